package graph

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/object"
)

// decoded runs the decoder on a request with a body of a content type.
func decoded(method, target, contentType, body string) (sent, error) {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	return decode(r, 1<<20)
}

// Every way to send a parameter is read on every method.
func TestDecode(t *testing.T) {
	t.Parallel()
	form, multi := "application/x-www-form-urlencoded", "multipart/form-data; boundary=B"
	part := func(head, body string) string {
		return "--B\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + body + "\r\n"
	}
	for name, c := range map[string]struct {
		target, contentType, body string
		want                      Params
	}{
		"query":                     {"/?a=1&b=x%20y+z", "", "", Params{"a": "1", "b": "x y z"}},
		"last wins":                 {"/?a=1&a=2", "", "", Params{"a": "2"}},
		"body over query":           {"/?a=1&b=2", form, "a=3", Params{"a": "3", "b": "2"}},
		"empty brackets":            {"/?a[]=1&a[]=2", "", "", Params{"a": []any{"1", "2"}}},
		"indexes":                   {"/?a[1]=y&a[0]=x", "", "", Params{"a": []any{"x", "y"}}},
		"index and empty":           {"/?a[4]=y&a[]=z", "", "", Params{"a": []any{"y", "z"}}},
		"members":                   {"/?a[b][c]=1&a[b][d][]=2", "", "", Params{"a": map[string]any{"b": map[string]any{"c": "1", "d": []any{"2"}}}}},
		"broken brackets":           {"/?a[b=1&[c]=2&d]=3&a[b[]=4", "", "", Params{"a[b": "1", "[c]": "2", "d]": "3", "a[b[]": "4"}},
		"value in the way":          {"/?a=1&a[b]=2", "", "", Params{"a": map[string]any{"b": "2"}}},
		"semicolon":                 {"/?a=1;b=2", "", "", Params{"a": "1;b=2"}},
		"no value, no name":         {"/?a&=1", "", "", Params{"a": ""}},
		"fields of nothing":         {"/?fields=%20", "", "", Params{}},
		"JSON":                      {"/", "application/json", `{"a":{"b":[1,"x"]},"c":null}`, Params{"a": map[string]any{"b": []any{json.Number("1"), "x"}}, "c": nil}},
		"JSON under another name":   {"/", form, ` {"a":1}`, Params{"a": json.Number("1")}},
		"JSON without a type":       {"/", "", `{"a":1}`, Params{"a": json.Number("1")}},
		"empty JSON":                {"/", "application/json; charset=utf-8", "{}", Params{}},
		"null JSON":                 {"/?a=1", "application/json", "null", Params{"a": "1"}},
		"form without a type":       {"/", "", "a=1", Params{"a": "1"}},
		"JSON strings stay strings": {"/", form, `a={"b":1}`, Params{"a": `{"b":1}`}},
		"multipart":                 {"/?a=1", multi, part(`name="b"`, "x y") + part(`name="c[]"`, "1") + "--B--\r\n", Params{"a": "1", "b": "x y", "c": []any{"1"}}},
		"file":                      {"/", multi, part(`name="source"; filename="x.png"`, "\x89PNG") + "--B--\r\n", Params{"source": &File{Param: "source", Name: "x.png", Data: []byte("\x89PNG")}}},
	} {
		for _, method := range []string{"GET", "POST", "DELETE"} {
			s, err := decoded(method, c.target, c.contentType, c.body)
			if err != nil {
				t.Errorf("%s %s: %v", method, name, err)
			} else if diff := cmp.Diff(c.want, s.merged()); diff != "" {
				t.Errorf("%s %s (-want +got):\n%s", method, name, diff)
			}
		}
	}
}

// What cannot be read is refused with code 100.
func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ target, contentType, body, want string }{
		"percent":          {"/?a=%zz", "", "", `"a" is not percent-encoded`},
		"JSON syntax":      {"/", "application/json", "{", "ends too early"},
		"JSON list":        {"/", "application/json", "[1]", "must be a JSON object"},
		"no boundary":      {"/", "multipart/form-data", "--B", "no boundary"},
		"broken part":      {"/", "multipart/form-data; boundary=B", "--B\r\nContent-", "to its end"},
		"too large":        {"/", "", strings.Repeat("a", 1<<20+1), "larger than 1048576 bytes"},
		"too many":         {"/", "", strings.Repeat("a=1&", 1001), "Too many parameters: 1001"},
		"too many in JSON": {"/", "application/json", `{"` + strings.Repeat(`":1,"a`, 1) + `":1` + manyMembers(1001) + "}", "Too many parameters"},
		"too deep":         {"/?a[b][c][d][e][f][g][h][i]=1", "", "", "too deeply nested"},
		"too deep JSON":    {"/", "application/json", `{"a":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + "}", "32 levels"},
		"too long":         {"/?" + strings.Repeat("a", 300) + "=1", "", "", "too long"},
	} {
		_, err := decoded("POST", c.target, c.contentType, c.body)
		if faults := faultsOf(err); faults == nil || !strings.Contains(faults[0].Message, c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader("x"))
	r.Header.Set("Content-Encoding", "br")
	if _, err := decode(r, 10); faultsOf(err) == nil {
		t.Errorf("a compressed body: %v, want a fault", err)
	}
}

// manyMembers is n further members of a JSON object.
func manyMembers(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(`,"m` + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + json.Number(strings.Repeat("1", i/26+1)).String() + `":1`)
	}
	return b.String()
}

// A POST's method parameter decides what the request is; nothing else has one.
func TestVerb(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ method, target, body, want string }{
		{"POST", "/?method=delete", "", "delete"},
		{"POST", "/", "method=GET", "get"},
		{"POST", "/?method=get", "method=DELETE", "delete"},
		{"POST", "/", "", "post"},
		{"GET", "/?method=delete", "", "get"},
		{"HEAD", "/", "", "get"},
		{"PUT", "/", "", "put"},
	} {
		s, err := decoded(c.method, c.target, "", c.body)
		if got := s.verb(c.method); err != nil || got != c.want {
			t.Errorf("%s %s %s is %q, want %q (%v)", c.method, c.target, c.body, got, c.want, err)
		}
	}
}

// The decoder ends on any bytes of any kind, with parameters or a fault.
func FuzzParams(f *testing.F) {
	for _, contentType := range []string{"", "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=B"} {
		for _, body := range []string{"", "a=1&b[]=2&b[3]=4&c[d][e]=5", `{"a":[{"b":null}]}`, "--B\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f\"\r\n\r\nx\r\n--B--\r\n", "%", "[", "a[=&]=1"} {
			f.Add(contentType, "x=1&y[]=2", body)
		}
	}
	f.Fuzz(func(t *testing.T, contentType, query, body string) {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		r.URL.RawQuery = query
		r.Header["Content-Type"] = []string{contentType}
		s, err := decode(r, 1<<16)
		if err != nil {
			if faultsOf(err) == nil {
				t.Fatalf("%v is no fault", err)
			}
			return
		}
		for name, value := range s.merged() {
			if text, ok := linkText(value); ok && utf8.ValidString(name) {
				url.Values{name: {text}}.Encode()
			}
		}
	})
}

// intent is what a caller wants to send, before it is encoded in some way.
type intent map[string]any

// drawIntent makes values for the fields of the fixture's campaign.
func drawIntent(t *rapid.T) intent {
	text := rapid.StringMatching(`[ -~äß€]{1,20}`)
	in := intent{"name": text.Draw(t, "name"), "objective": "OUTCOME_SALES"}
	maybe := func(name string, value any) {
		if rapid.Bool().Draw(t, "has "+name) {
			in[name] = value
		}
	}
	maybe("daily_budget", rapid.Int64Range(0, 1<<50).Draw(t, "budget"))
	maybe("is_big", rapid.Bool().Draw(t, "big"))
	maybe("score", rapid.Float64Range(-1000, 1000).Draw(t, "score"))
	maybe("start_time", rapid.Int64Range(0, 1<<33).Draw(t, "start"))
	maybe("labels", rapid.SliceOfN(text, 1, 4).Draw(t, "labels"))
	maybe("categories", rapid.SliceOfN(rapid.SampledFrom([]string{"NONE", "CREDIT"}), 0, 3).Draw(t, "categories"))
	maybe("spec", map[string]any{"a": text.Draw(t, "member"), "b": map[string]any{"c": []any{rapid.Int64Range(-5, 1<<40).Draw(t, "n"), true, nil}}})
	return in
}

// form writes an intent as a form does: scalars as text, the rest as JSON text.
func (in intent) form() url.Values {
	values := url.Values{}
	for name, value := range in {
		if text, ok := value.(string); ok {
			values.Set(name, text)
			continue
		}
		text, _ := json.Marshal(value)
		values.Set(name, string(text))
	}
	return values
}

// requests encodes an intent in every way in which clients do.
func (in intent) requests() map[string]*http.Request {
	form := in.form()
	whole, _ := json.Marshal(in)
	flat := map[string]any{}
	for name := range form {
		flat[name] = form.Get(name)
	}
	strung, _ := json.Marshal(flat)
	var multi bytes.Buffer
	w := multipart.NewWriter(&multi)
	for name := range form {
		_ = w.WriteField(name, form.Get(name))
	}
	_ = w.Close()
	request := func(target, contentType string, body []byte) *http.Request {
		r := httptest.NewRequest(http.MethodPost, target, bytes.NewReader(body))
		r.Header.Set("Content-Type", contentType)
		return r
	}
	return map[string]*http.Request{
		"query":          request("/?"+form.Encode(), "", nil),
		"form":           request("/", "application/x-www-form-urlencoded", []byte(form.Encode())),
		"multipart":      request("/", w.FormDataContentType(), multi.Bytes()),
		"JSON":           request("/", "application/json", whole),
		"JSON, no type":  request("/", "", whole),
		"JSON of text":   request("/", "application/json", strung),
		"query and body": request("/?name=other", "application/json", whole),
	}
}

// The same intent is the same write, however it was encoded.
func TestEncodingsAgree(t *testing.T) {
	t.Parallel()
	registry, err := object.Build(testTypes()...)
	if err != nil {
		t.Fatal(err)
	}
	h := &Handler{registry: registry}
	rapid.Check(t, func(t *rapid.T) {
		in := drawIntent(t)
		var first *Write
		for name, r := range in.requests() {
			s, err := decode(r, 1<<20)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			w := &Write{Call: &Call{handler: h, Version: object.Newest}, Type: registry.Type("campaign"), Data: map[string]any{}, Sent: map[string]any{}}
			w.fill(s.merged())
			if len(w.Faults) > 0 {
				t.Fatalf("%s: %v", name, w.Faults)
			}
			if first == nil {
				first = w
			}
			if diff := cmp.Diff(first.Sent, w.Sent) + cmp.Diff(first.Data, w.Data) + cmp.Diff(first.Warnings, w.Warnings); diff != "" {
				t.Fatalf("%s: %s", name, diff)
			}
		}
	})
}
