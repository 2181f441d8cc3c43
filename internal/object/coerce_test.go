package object

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// losAngeles is an account's zone with daylight saving.
func losAngeles(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// Every kind takes all the spellings in which clients send it.
func TestCoerceAccepts(t *testing.T) {
	t.Parallel()
	zone := losAngeles(t)
	enum := []string{"A", "B"}
	for _, c := range []struct {
		field Field
		raw   any
		want  any
	}{
		{Field{Kind: String}, "{{product.name | titleize}}", "{{product.name | titleize}}"},
		{Field{Kind: String}, `"quoted" as meant`, `"quoted" as meant`},
		{Field{Kind: String}, json.Number("12"), "12"},
		{Field{Kind: String}, true, "true"},
		{Field{Kind: String}, nil, nil},
		{Field{Kind: Bool}, "True", true},
		{Field{Kind: Bool}, "1", true},
		{Field{Kind: Bool}, "", false},
		{Field{Kind: Bool}, json.Number("0"), false},
		{Field{Kind: Int}, "", nil},
		{Field{Kind: Enum, Enum: enum}, "", nil},
		{Field{Kind: Int}, "-5", int64(-5)},
		{Field{Kind: Int}, json.Number("5.0"), int64(5)},
		{Field{Kind: Int}, float64(7), int64(7)},
		{Field{Kind: Money}, `"5000"`, int64(5000)},
		{Field{Kind: Float}, "1.5", 1.5},
		{Field{Kind: ID}, json.Number("120200000000000001"), "120200000000000001"},
		{Field{Kind: Object}, map[string]any{"a": "[1]"}, map[string]any{"a": "[1]"}},
		{Field{Kind: Object, Inside: Kinds{"n": Int, "id": ID}}, `{"a":"{\"b\":\"[\\\"US\\\",1]\"}","c":"{{d}}"}`, map[string]any{"a": map[string]any{"b": []any{"US", int64(1)}}, "c": "{{d}}"}},
		{Field{Kind: Any, Inside: Kinds{"page": ID}}, `[{"page":[1]}]`, []any{map[string]any{"page": []any{"1"}}}},
		{Field{Kind: List, Elem: Object, Inside: Kinds{"n": Int, "id": ID}}, `[{"n":["1",2,"x"],"in":{"n":"3","id":[4]}},{"m":"5"}]`, []any{
			map[string]any{"n": []any{int64(1), int64(2), "x"}, "in": map[string]any{"n": int64(3), "id": []any{"4"}}}, map[string]any{"m": "5"},
		}},
		{Field{Kind: ID}, `"act_1"`, "act_1"},
		{Field{Kind: ID}, "1:9d37", "1:9d37"},
		{Field{Kind: Time}, "1769875200", int64(1769875200)},
		{Field{Kind: Time}, json.Number("0"), int64(0)},
		{Field{Kind: Time}, "2026-01-31T08:00:00-0800", int64(1769875200)},
		{Field{Kind: Time}, "2026-01-31T16:00:00Z", int64(1769875200)},
		{Field{Kind: Time}, "2026-01-31T08:00:00-08:00", int64(1769875200)},
		{Field{Kind: Time}, "2026-01-31 08:00:00 PST", int64(1769875200)},
		{Field{Kind: Time}, "2026-01-31 08:00:00", int64(1769875200)},
		{Field{Kind: Time}, "2026-01-31T08:00", int64(1769875200)},
		{Field{Kind: Time}, "2026-01-31", int64(1769875200 - 8*3600)},
		{Field{Kind: Time}, "2026-07-01 00:00:00 IST", int64(1782844200)},
		{Field{Kind: Enum, Enum: enum}, ` "A" `, "A"},
		{Field{Kind: List, Elem: String}, "a, b", []any{"a", "b"}},
		{Field{Kind: List, Elem: String}, `["a, b"]`, []any{"a, b"}},
		{Field{Kind: List, Elem: String}, `"a,b"`, []any{"a", "b"}},
		{Field{Kind: List, Elem: String}, []any{"a", json.Number("1")}, []any{"a", "1"}},
		{Field{Kind: List, Elem: String}, `"[\"a\"]"`, []any{"a"}},
		{Field{Kind: List, Elem: Enum, Enum: enum}, "B", []any{"B"}},
		{Field{Kind: List, Elem: ID}, []any{json.Number("1")}, []any{"1"}},
		{Field{Kind: List, Elem: Object}, map[string]any{"a": json.Number("1")}, []any{map[string]any{"a": int64(1)}}},
		{Field{Kind: List, Elem: Object}, `[{"a":1.5},"{\"b\":2}"]`, []any{map[string]any{"a": 1.5}, map[string]any{"b": int64(2)}}},
		{Field{Kind: List, Elem: String}, "", []any{}},
		{Field{Kind: Object}, `{"a":{"b":[1,"x",1e400]}}`, map[string]any{"a": map[string]any{"b": []any{int64(1), "x", "1e400"}}}},
		{Field{Kind: Object}, `"{\"a\":\"{}\"}"`, map[string]any{"a": "{}"}},
		{Field{Kind: Object}, `{'since':'2026-01-01','it''s':1}`, nil},
		{Field{Kind: Object}, `{'since':'2026-01-01', "a":'say \'hi\' "x"'}`, map[string]any{"since": "2026-01-01", "a": `say 'hi' "x"`}},
		{Field{Kind: Object}, "", nil},
		{Field{Kind: Object}, []any{}, map[string]any{}},
		{Field{Kind: Any}, `[{"a":1}]`, []any{map[string]any{"a": int64(1)}}},
		{Field{Kind: Any}, "{{product.price}}", "{{product.price}}"},
		{Field{Kind: Any}, json.Number("3"), int64(3)},
	} {
		got, fault := c.field.Coerce("x", c.raw, zone)
		if c.want == nil && c.raw != nil && c.raw != "" {
			if fault == nil {
				t.Errorf("kind %d, %v: %v, want a fault", c.field.Kind, c.raw, got)
			}
			continue
		}
		if fault != nil {
			t.Errorf("kind %d, %v: %v", c.field.Kind, c.raw, fault)
		} else if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("kind %d, %v (-want +got):\n%s", c.field.Kind, c.raw, diff)
		}
	}
}

// What does not fit gets the platform's message, with the path of the element.
func TestCoerceRefuses(t *testing.T) {
	t.Parallel()
	enum := []string{"A", "B"}
	for _, c := range []struct {
		field Field
		raw   any
		path  string
		want  string // part of the message
	}{
		{Field{Kind: Enum, Enum: enum}, "C", "x", "(#100) Param x must be one of {A, B}"},
		{Field{Kind: List, Elem: Enum, Enum: enum}, "A,C", "x.1", "(#100) x[1] must be one of the following values: A, B"},
		{Field{Kind: List, Elem: Int}, []any{"1", nil}, "x.1", "Param x[1] must be an integer"},
		{Field{Kind: List, Elem: Int}, "1,,2", "x.1", "Param x[1] must be an integer"},
		{Field{Kind: List, Elem: Object}, "word", "x.0", "Param x[0] must be an object: "},
		{Field{Kind: List, Elem: String}, "[1", "x", "must be an array: the JSON value ends too early"},
		{Field{Kind: Int}, "1.5", "x", "must be an integer"},
		{Field{Kind: Int}, "9007199254740993", "x", "must be an integer"},
		{Field{Kind: Int}, []any{}, "x", "must be an integer, not an array or object"},
		{Field{Kind: Money}, "-1", "x", "minor unit"},
		{Field{Kind: Float}, "NaN", "x", "must be a number"},
		{Field{Kind: Bool}, "perhaps", "x", "must be a boolean"},
		{Field{Kind: ID}, "1; DROP", "x", "must be an id"},
		{Field{Kind: Time}, "yesterday", "x", "must be a time"},
		{Field{Kind: Time}, "-5", "x", "must be a time"},
		{Field{Kind: Object}, "[1]", "x", "must be an object, not an array"},
		{Field{Kind: Object}, `{"a": <--- Primary Text Here }`, "x", `at character 7 near "<--- Primary Text He"`},
		{Field{Kind: Object}, `{} {}`, "x", "more after the end"},
		{Field{Kind: Object}, strings.Repeat(`{"a":`, 40) + "1" + strings.Repeat("}", 40), "x", "more than 32 levels"},
		{Field{Kind: String, MaxRunes: 3}, "äöüß", "x", "at most 3 characters, 4 were sent"},
		{Field{Kind: String}, "a\x00b", "x", "UTF-8"},
		{Field{Kind: String}, "\xff", "x", "UTF-8"},
		{Field{Kind: String, Mode: Create}, strings.Repeat("a", maxRunes+1), "x", "at most 100000"},
		{Field{Kind: List, Elem: Int}, strings.Repeat("1,", maxItems), "x", "at most 5000 elements, 5001 were sent"},
	} {
		got, fault := c.field.Coerce("x", c.raw, nil)
		if fault == nil {
			t.Errorf("kind %d, %.60v: %v, want a fault", c.field.Kind, c.raw, got)
			continue
		}
		if path := strings.Join(fault.Path, "."); path != c.path || !strings.Contains(fault.Message, c.want) {
			t.Errorf("kind %d, %.60v: fault at %s: %s, want %s: %s", c.field.Kind, c.raw, path, fault.Message, c.path, c.want)
		}
	}
}

// Whatever is sent, coercion ends, and what it accepts can be kept as JSON and coerces to itself.
func FuzzCoerce(f *testing.F) {
	for _, seed := range []string{"", "1", `"x"`, `{"a":[1,{"b":"c"}]}`, "[1,2", `{'a':'b'}`, "2026-01-31 08:00:00 PDT", "a,b", "\xff", `"[\"x\"]"`, "1e999", "-0", "-0.0"} {
		for kind := String; kind <= Any; kind++ {
			f.Add(byte(kind), seed)
		}
	}
	f.Fuzz(func(t *testing.T, kind byte, raw string) {
		field := Field{Name: "x", Kind: Kind(kind%byte(Any)) + 1, Enum: []string{"A"}}
		if field.Kind == List {
			field.Elem = Kind(len(raw)%int(Any)) + 1
			if field.Elem == List {
				field.Elem = String
			}
		}
		value, fault := field.Coerce("x", raw, time.UTC)
		if fault != nil {
			if !utf8.ValidString(fault.Message) && utf8.ValidString(raw) {
				t.Errorf("message is not UTF-8: %q", fault.Message)
			}
			return
		}
		if _, err := json.Marshal(value); err != nil {
			t.Fatalf("%q became %v: %v", raw, value, err)
		}
		again, fault := field.Coerce("x", value, time.UTC)
		if fault != nil && field.Kind != List && field.Kind != String {
			t.Fatalf("%q became %v, which is refused: %v", raw, value, fault)
		}
		if field.Kind <= Enum && field.Kind != String && !cmp.Equal(value, again) {
			t.Errorf("%q became %v, then %v", raw, value, again)
		}
	})
}
