package account

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

// country is one of all.
type country struct {
	code, name, part string // part of the world
	people           int64
}

// place is a region, a city or a ZIP code.
type place struct {
	kind, key, name, country string
	region, regionName       string // key and name, of what lies in one
	people                   int64
}

// category is something that people are interested in, do or are.
type category struct {
	kind, id, name string
	path           []string // without its own name
	share          float64  // of all people
	about          string
}

// locale is a language with its country.
type locale struct {
	key  int64
	name string
}

// tables are everything that can be looked up. They are not changed once they are read.
type tables struct {
	countries  []country
	places     []place
	categories []category
	locales    []locale
	kinds      []string // of categories, sorted

	byCode map[string]country
	byID   map[string]category // by kind and id
	byKey  map[string]place    // by kind and key
}

// readTables reads the embedded files.
func readTables() (*tables, error) {
	t := &tables{byCode: map[string]country{}, byID: map[string]category{}, byKey: map[string]place{}}
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
				return nil, fmt.Errorf("account: table %s, %q: %w", name, line, err)
			}
		}
	}
	return t, nil
}

// addCountry takes code, name, people in thousands and part of the world.
func (t *tables) addCountry(c []string) error {
	people, err := strconv.ParseInt(c[2], 10, 64)
	one := country{code: c[0], name: c[1], part: c[3], people: people * 1000}
	t.countries = append(t.countries, one)
	t.byCode[one.code] = one
	return err
}

// addPlace takes kind, key, name, country, key:name of the region and people in thousands.
func (t *tables) addPlace(c []string) error {
	people, err := strconv.ParseInt(c[5], 10, 64)
	one := place{kind: c[0], key: c[1], name: c[2], country: c[3], people: people * 1000}
	one.region, one.regionName, _ = strings.Cut(c[4], ":")
	t.places = append(t.places, one)
	t.byKey[one.kind+" "+one.key] = one
	return err
}

// addCategory takes kind, id, name, path, people of a thousand and a description.
func (t *tables) addCategory(c []string) error {
	share, err := strconv.ParseInt(c[4], 10, 64)
	one := category{kind: c[0], id: c[1], name: c[2], path: strings.Split(c[3], ">"), share: float64(share) / 1000, about: c[5]}
	t.categories = append(t.categories, one)
	t.byID[one.kind+" "+one.id] = one
	if at, known := slices.BinarySearch(t.kinds, one.kind); !known {
		t.kinds = slices.Insert(t.kinds, at, one.kind)
	}
	return err
}

// addLocale takes number, code and name.
func (t *tables) addLocale(c []string) error {
	key, err := strconv.ParseInt(c[0], 10, 64)
	t.locales = append(t.locales, locale{key: key, name: c[2]})
	return err
}

// within is the path of a category with its own name at the end.
func (c category) within() []any {
	var path []any
	for _, part := range append(slices.Clone(c.path), c.name) {
		path = append(path, part)
	}
	return path
}
