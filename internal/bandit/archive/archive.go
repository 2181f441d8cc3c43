// Package archive replays published A/B tests of headlines and images, as the Upworthy Research Archive has them (Matias, Munger, Le Quere
// and Ebersole, Scientific Data 8, 195, 2021), with the traffic that they had: what would policies have made of it that choose as they learn?
package archive

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Arm is one package that a test showed, with what came of it.
type Arm struct {
	Headline, Excerpt, Image string // Image is an id: equal for the same image
	Impressions, Clicks      int64
}

// Test is a number of arms among which visitors were divided at random.
type Test struct {
	ID   string
	Week int // yyyyww
	Arms []Arm
}

// columns are those of the file, by name.
func columns() []string {
	return []string{"test_id", "test_week", "headline", "excerpt", "image_id", "impressions", "clicks", "problem"}
}

// Read reads a table of packages, one a row, and returns the tests of at least two arms in ascending order of their ids. Rows whose
// column problem is 1 are left out: their assignment was not random.
func Read(r io.Reader) ([]Test, error) {
	reader := csv.NewReader(r)
	head, err := reader.Read()
	if err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	at := make([]int, len(columns()))
	for i, name := range columns() {
		if at[i] = slices.Index(head, name); at[i] < 0 {
			return nil, fmt.Errorf("archive: there is no column %s", name)
		}
	}
	tests := map[string]*Test{}
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("archive: %w", err)
		}
		if row[at[7]] == "1" {
			continue
		}
		if err := add(tests, row, at); err != nil {
			line, _ := reader.FieldPos(0)
			return nil, fmt.Errorf("archive: line %d: %w", line, err)
		}
	}
	return sorted(tests), nil
}

// add takes one row.
func add(tests map[string]*Test, row []string, at []int) error {
	id := row[at[0]]
	week, err := strconv.Atoi(row[at[1]])
	if err != nil {
		return err
	}
	a := Arm{Headline: row[at[2]], Excerpt: row[at[3]], Image: row[at[4]]}
	if a.Impressions, err = strconv.ParseInt(row[at[5]], 10, 64); err != nil {
		return err
	}
	if a.Clicks, err = strconv.ParseInt(row[at[6]], 10, 64); err != nil {
		return err
	}
	if a.Clicks < 0 || a.Clicks > a.Impressions {
		return fmt.Errorf("%d clicks on %d impressions", a.Clicks, a.Impressions)
	}
	if a.Impressions == 0 {
		return nil
	}
	if tests[id] == nil {
		tests[id] = &Test{ID: id, Week: week}
	}
	tests[id].Arms = append(tests[id].Arms, a)
	return nil
}

// sorted is the tests with something to choose, by id.
func sorted(tests map[string]*Test) []Test {
	var list []Test
	for _, t := range tests {
		if len(t.Arms) > 1 {
			list = append(list, *t)
		}
	}
	slices.SortFunc(list, func(a, b Test) int { return strings.Compare(a.ID, b.ID) })
	return list
}
