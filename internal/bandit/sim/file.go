package sim

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/marquetry/marquetry/internal/bandit"
)

// Limits of a world from a file.
const (
	mostSegments = 64
	mostNumbers  = 4 << 20 // in a table
)

// file is a world as JSON.
type file struct {
	Name          string      `json:"name"`
	Space         []int       `json:"space"`         // assets per slot
	Slots         []string    `json:"slots"`         // their names, as many; may be left out
	Attribute     string      `json:"attribute"`     // of the context, whose values the segments are; may be left out
	Segments      []string    `json:"segments"`      // all equally frequent; left out, there is one and no context
	Probabilities [][]float64 `json:"probabilities"` // of a click: a line for each segment, combinations with the last slot fastest
	Conversions   [][]float64 `json:"conversions"`   // of a conversion after a click, likewise; may be left out
}

// ReadWorld reads a world from a file: JSON, or a table with a line for each creative: id, the numbers of its assets from 0, its click
// rate. Combinations that a table does not have may not be shown; they must be those with some pairs of assets. The seed of the world,
// which draws its visitors, is 0.
func ReadWorld(data []byte) (World, error) {
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) {
		return readJSON(data)
	}
	return readTable(string(data))
}

// readJSON reads the JSON form.
func readJSON(data []byte) (World, error) {
	var f file
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return World{}, fmt.Errorf("world: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return World{}, errors.New("world: something follows the object")
	}
	if err := f.check(); err != nil {
		return World{}, fmt.Errorf("world: %w", err)
	}
	w := World{
		Name: f.Name, Slots: f.Slots, Space: bandit.Space{Sizes: f.Space}, Attributes: []string{}, Segments: []bandit.Signature{""},
		Before: f.Probabilities, After: f.Probabilities,
	}
	if len(f.Segments) > 0 {
		w.Attributes, w.Segments = []string{f.Attribute}, nil
	}
	for _, s := range f.Segments {
		w.Segments = append(w.Segments, bandit.Signature(s))
	}
	if f.Conversions != nil {
		w.Converts = func() [][]float64 { return f.Conversions }
	}
	return w, nil
}

// check names the first member that makes no sense.
func (f file) check() error {
	space := bandit.Space{Sizes: f.Space}
	if err := space.Validate(); err != nil {
		return fmt.Errorf("space: %w", err)
	}
	if n := len(f.Slots); n != 0 && n != len(f.Space) {
		return fmt.Errorf("slots: %d names for %d slots", n, len(f.Space))
	}
	if len(f.Segments) > mostSegments {
		return fmt.Errorf("segments: at most %d", mostSegments)
	}
	seen := map[string]bool{}
	for _, s := range f.Segments {
		if s == "" || strings.Contains(s, "|") || seen[s] {
			return fmt.Errorf("segments: %q is empty, twice there, or has a |", s)
		}
		seen[s] = true
	}
	lines := max(1, len(f.Segments))
	if err := checkTable(f.Probabilities, lines, space.Size()); err != nil {
		return fmt.Errorf("probabilities: %w", err)
	}
	if f.Conversions == nil {
		return nil
	}
	if err := checkTable(f.Conversions, lines, space.Size()); err != nil {
		return fmt.Errorf("conversions: %w", err)
	}
	return nil
}

// checkTable checks the shape of a table and that it holds probabilities.
func checkTable(table [][]float64, lines, columns int) error {
	if len(table) != lines || lines*columns > mostNumbers {
		return fmt.Errorf("%d lines, wanted %d, one for each segment, and at most %d numbers", len(table), lines, mostNumbers)
	}
	for s, line := range table {
		if len(line) != columns {
			return fmt.Errorf("line %d has %d numbers, wanted %d, one for each combination", s, len(line), columns)
		}
		highest := 0.0
		for _, p := range line {
			if p < 0 || p > 1 {
				return fmt.Errorf("line %d: %v is no probability", s, p)
			}
			highest = max(highest, p)
		}
		if highest == 0 {
			return fmt.Errorf("line %d: all are 0", s)
		}
	}
	return nil
}
