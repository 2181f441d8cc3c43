package marquetry_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"
)

// Every test TestDiffNN of the files differences_*_test.go shows, over HTTP, what docs/differences.md says under that number;
// TestDifferencesAreTested holds the two together.

// TestDifferencesAreTested compares the numbers of the document with those of the tests.
func TestDifferencesAreTested(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("differences_*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	documented := numbersIn(t, `(?m)^## (\d+)\. \S`, "docs/differences.md")
	tested := numbersIn(t, `(?m)^func TestDiff0*(\d+)[A-Z]`, files...)
	if len(documented) == 0 || !slices.Equal(documented, tested) {
		t.Errorf("documented %v, tested %v", documented, tested)
	}
}

// numbersIn is what a pattern's group matches in some files, as numbers in their order.
func numbersIn(t *testing.T, pattern string, files ...string) (numbers []int) {
	t.Helper()
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(pattern).FindAllSubmatch(text, -1) {
			n, err := strconv.Atoi(string(m[1]))
			if err != nil {
				t.Fatal(err)
			}
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return numbers
}
