package catalog

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// read collects a file's items; the error is the one that ends it.
func read(file string, format Format) (all []Record, err error) {
	for r, failed := range Records(strings.NewReader(file), format) {
		if failed != nil {
			return all, failed
		}
		all = append(all, r)
	}
	return all, nil
}

// gzipped packs a file.
func gzipped(file string) string {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, _ = io.WriteString(w, file)
	_ = w.Close()
	return out.String()
}

// zipped packs files into an archive.
func zipped(t *testing.T, files ...string) string {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i, file := range files {
		f, err := w.Create(strings.Repeat("x", i+1))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(f, file)
	}
	_ = w.Close()
	return out.String()
}

// wide writes text in UTF-16, low byte first.
func wide(text string) string {
	var out []byte
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return string(out)
}

// The same two items in every form that a file can have.
func TestForms(t *testing.T) {
	const table = "id,title\n1,Rote Schuhe ü\n2,\"a, b\"\n"
	const rss = `<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title><item><g:id>1</g:id><title>Rote Schuhe ü</title><g:shipping><g:country>DE</g:country></g:shipping></item>
		<item><g:id>2</g:id><title><![CDATA[a, b]]></title></item></channel></rss>`
	for name, c := range map[string]struct {
		file   string
		format Format
	}{
		"comma":          {table, Format{}},
		"marked UTF-8":   {"\xef\xbb\xbf" + table, Format{Encoding: "AUTODETECT"}},
		"capitals":       {strings.Replace(table, "id,title", "ID, g:Title", 1), Format{}},
		"line ends":      {strings.ReplaceAll(table, "\n", "\r\n"), Format{Quotes: "on"}},
		"tab":            {"id\ttitle\n1\tRote Schuhe ü\n2\ta, b\n", Format{}},
		"named":          {"id~title\n\n1~Rote Schuhe ü\n2~a, b", Format{Delimiter: "TILDE", Quotes: "OFF"}},
		"latin 1":        {"id;title\n1;Rote Schuhe \xfc\n2;a, b\n", Format{Encoding: "LATIN1"}},
		"wide":           {wide(table), Format{Encoding: "UTF16LE"}},
		"wide, marked":   {wide("\ufeff" + table), Format{}},
		"RSS":            {rss, Format{}},
		"RSS in latin 1": {strings.ReplaceAll(strings.Replace(rss, `"1.0"`, `"1.0" encoding="ISO-8859-1"`, 1), "ü", "\xfc"), Format{}},
		"Atom":           {`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>Rote Schuhe ü</title></entry><entry><id>2</id><title>a, b</title></entry></feed>`, Format{}},
		"JSON":           {`[{"id":"1","title":"Rote Schuhe ü"},{"id":"2","title":"a, b"}]`, Format{}},
		"JSON data":      {`{"data":[{"id":"1","title":"Rote Schuhe ü"},{"id":"2","title":"a, b"}],"next":null}`, Format{}},
		"gzip":           {gzipped(table), Format{}},
		"zip":            {zipped(t, rss), Format{}},
	} {
		all, err := read(c.file, c.format)
		if err != nil || len(all) != 2 {
			t.Errorf("%s: %v, %v", name, all, err)
			continue
		}
		delete(all[0].Cells, "shipping")
		if diff := cmp.Diff([]map[string]any{{"id": "1", "title": "Rote Schuhe ü"}, {"id": "2", "title": "a, b"}}, []map[string]any{all[0].Cells, all[1].Cells}); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Where XML has an element twice, the cell is a list; Atom's links are attributes.
func TestElements(t *testing.T) {
	all, err := read(`<feed><entry><link href="https://a.example"/><additional_image_link>1</additional_image_link><additional_image_link>2</additional_image_link></entry></feed>`, Format{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{"link": "https://a.example", "additional_image_link": []any{"1", "2"}}, all[0].Cells); diff != "" {
		t.Error(diff)
	}
}

// What cannot be read says why; the items before it were good.
func TestUnreadable(t *testing.T) {
	for file, want := range map[string]string{
		"":                                    "empty",
		"\n\n":                                "empty",
		"id\n\xff\xfa\n":                      "no UTF-8",
		"<rss><item><id>1</item></rss>":       "no XML",
		"<html><body>not found</body></html>": "neither RSS",
		`<?xml version="1.0" encoding="koi8-r"?><rss/>`: "koi8-r",
		`{"a":{"b":[]}}`:                        "a list of objects",
		`[1]`:                                   "no JSON list",
		`[{"id":1}`:                             "no JSON list",
		zipped(t, "a", "b"):                     "must have one file",
		"\x1f\x8b\x00":                          "damaged",
		"PK\x03\x04nothing":                     "damaged",
		"id\n\"" + strings.Repeat("x", 3<<20):   "larger than",
		"<a>" + strings.Repeat("x", 3<<20):      "larger than",
		`[{"id":"` + strings.Repeat("x", 3<<20): "larger than",
		strings.Repeat("a,", 501) + "\n":        "502 columns",
	} {
		if _, err := read(file, Format{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %q", file, err, want)
		}
	}
	if _, err := read("id\n\"a\"b\n", Format{Quotes: "ON"}); err == nil {
		t.Error("a stray quote was read with quotes on")
	}
	if all, err := read("id\n1\n\"", Format{Quotes: "ON"}); err == nil || len(all) != 1 {
		t.Errorf("%v, %v: the item before the end is good", all, err)
	}
}

// Whatever a table's writer writes reads back, by every delimiter.
func TestTablesReadBack(t *testing.T) {
	cell := rapid.StringMatching(`[a-z ,;|"'~\n\t<\[ü]{0,8}`)
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 2, 2), 1, 6).Draw(t, "rows")
		name := rapid.SampledFrom([]string{"COMMA", "TAB", "SEMICOLON", "BAR", "TILDE"}).Draw(t, "delimiter")
		var file strings.Builder
		w := csv.NewWriter(&file)
		w.Comma = delimiter(name, nil)
		_ = w.WriteAll(append([][]string{{"id", "title"}}, rows...))
		all, err := read(file.String(), Format{Delimiter: name})
		if err != nil || len(all) != len(rows) {
			t.Fatalf("%v, %v", all, err)
		}
		for i, r := range all {
			if diff := cmp.Diff(map[string]any{"id": rows[i][0], "title": rows[i][1]}, r.Cells); diff != "" {
				t.Error(diff)
			}
		}
	})
}

// FuzzRecords feeds files to all three parsers and what they read to the columns.
func FuzzRecords(f *testing.F) {
	for _, seed := range []string{"id,title\n1,a", "id\tprice\n1\t9.99 USD\n", `<rss><item><g:id>1</g:id></item></rss>`, `[{"id":1,"price":"9 USD"}]`, `{"data":[{}]}`, gzipped("id\n1"), wide("id\n1")} {
		f.Add(seed, "", "")
	}
	schema := NewSchema()
	f.Fuzz(func(t *testing.T, file, encoding, quotes string) {
		n := 0
		for r, err := range Records(strings.NewReader(file), Format{Encoding: encoding, Quotes: quotes}) {
			if n++; err != nil {
				if err.Error() == "" {
					t.Error("an error says nothing")
				}
				continue
			}
			item, problems := schema.Item(r.Cells, "USD")
			for _, p := range append(append(problems, item.Sound()...), item.Missing()...) {
				if p.Rule == "" || p.Message == "" {
					t.Errorf("a problem says nothing: %+v", p)
				}
			}
		}
		if n > len(file)+1 && !strings.HasPrefix(file, "\x1f\x8b") && !strings.HasPrefix(file, "PK") {
			t.Errorf("%d items out of %d bytes", n, len(file))
		}
	})
}
