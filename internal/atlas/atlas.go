// Package atlas holds what targeting can name: countries and groups of them, regions, cities, ZIP codes, languages, and what people are interested
// in, do or are. The tables are small and ours.
package atlas

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The tables are ours: all countries, and of everything else a small choice. A line is a row, bars stand between its cells, # begins a comment.
//
//go:embed tables/*.txt
var files embed.FS

// Country is one of all.
type Country struct {
	Code, Name, Part string // part of the world
	People           int64
}

// Place is a region, a city or a ZIP code.
type Place struct {
	Kind, Key, Name, Country string
	Region, RegionName       string // key and name, of what lies in one
	People                   int64
}

// Category is something that people are interested in, do or are.
type Category struct {
	Kind, ID, Name string
	Path           []string // without its own name
	Share          float64  // of all people
	About          string
}

// Locale is a language with its country: Code is de_DE, or de_XX for all of its variants.
type Locale struct {
	Key  int64
	Code string
	Name string
}

// Tables are everything that can be looked up. They are not changed once they are read.
type Tables struct {
	Countries  []Country
	Places     []Place
	Categories []Category
	Locales    []Locale
	Kinds      []string // of categories, sorted

	ByCode map[string]Country
	ByID   map[string]Category // by kind and id, with a space between
	ByKey  map[string]Place    // by kind and key, with a space between
}

// Read reads the embedded files.
func Read() (*Tables, error) {
	t := &Tables{ByCode: map[string]Country{}, ByID: map[string]Category{}, ByKey: map[string]Place{}}
	for name, add := range map[string]func(cells []string) error{
		"countries": t.addCountry, "places": t.addPlace, "categories": t.addCategory, "locales": t.addLocale,
	} {
		text, err := files.ReadFile("tables/" + name + ".txt")
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(text)) {
			line = strings.TrimSuffix(line, "\n")
			if strings.HasPrefix(line, "#") {
				continue
			}
			if err := add(append(strings.Split(line, "|"), "", "", "", "", "", "")); err != nil {
				return nil, fmt.Errorf("atlas: table %s, %q: %w", name, line, err)
			}
		}
	}
	return t, nil
}

// addCountry takes code, name, people in thousands and part of the world.
func (t *Tables) addCountry(c []string) error {
	people, err := strconv.ParseInt(c[2], 10, 64)
	one := Country{Code: c[0], Name: c[1], Part: c[3], People: people * 1000}
	t.Countries = append(t.Countries, one)
	t.ByCode[one.Code] = one
	return err
}

// addPlace takes kind, key, name, country, key:name of the region and people in thousands.
func (t *Tables) addPlace(c []string) error {
	people, err := strconv.ParseInt(c[5], 10, 64)
	one := Place{Kind: c[0], Key: c[1], Name: c[2], Country: c[3], People: people * 1000}
	one.Region, one.RegionName, _ = strings.Cut(c[4], ":")
	t.Places = append(t.Places, one)
	t.ByKey[one.Kind+" "+one.Key] = one
	return err
}

// addCategory takes kind, id, name, path, people of a thousand and a description.
func (t *Tables) addCategory(c []string) error {
	share, err := strconv.ParseInt(c[4], 10, 64)
	one := Category{Kind: c[0], ID: c[1], Name: c[2], Path: strings.Split(c[3], ">"), Share: float64(share) / 1000, About: c[5]}
	t.Categories = append(t.Categories, one)
	t.ByID[one.Kind+" "+one.ID] = one
	if at, known := slices.BinarySearch(t.Kinds, one.Kind); !known {
		t.Kinds = slices.Insert(t.Kinds, at, one.Kind)
	}
	return err
}

// addLocale takes number, code and name.
func (t *Tables) addLocale(c []string) error {
	key, err := strconv.ParseInt(c[0], 10, 64)
	t.Locales = append(t.Locales, Locale{Key: key, Code: c[1], Name: c[2]})
	return err
}

// Within is the path of a category with its own name at the end.
func (c Category) Within() []any {
	var path []any
	for _, part := range append(slices.Clone(c.Path), c.Name) {
		path = append(path, part)
	}
	return path
}
