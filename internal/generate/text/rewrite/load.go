package rewrite

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// ruleFiles are the rules that every build has.
//
//go:embed rules
var ruleFiles embed.FS

// loadRules reads the files of the directory rules in the order of their names. The error joins those of all lines, each with file and line.
func loadRules(files fs.FS) ([]*rule, error) {
	names, err := fs.Glob(files, "rules/*.rules")
	if err != nil {
		return nil, err
	}
	var all []*rule
	var errs []error
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		rules, err := readRules(path.Base(name), string(data))
		all, errs = append(all, rules...), append(errs, err)
	}
	return all, errors.Join(errs...)
}

// readRules reads the lines of one file.
func readRules(file, data string) ([]*rule, error) {
	language, _, _ := strings.Cut(strings.TrimSuffix(file, ".rules"), "-")
	label := "paraphrase"
	var all []*rule
	var errs []error
	for i, line := range strings.Split(data, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
			label = strings.Trim(line, "[]")
		default:
			rules, err := parseRule(line)
			if err != nil {
				errs = append(errs, fmt.Errorf("%s:%d: %w", file, i+1, err))
				continue
			}
			for _, r := range rules {
				r.Label, r.Language, r.File, r.Line = label, language, file, i+1
				all = append(all, r)
			}
		}
	}
	return all, errors.Join(errs...)
}
