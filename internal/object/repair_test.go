package object

import "testing"

func TestRepair(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"a comment of the documentation": {"{\"message\": \"New\", <--- Primary Text Here\n\"name\": \"x\"}", `{"message":"New","name":"x"}`},
		"such a comment in one line":     {`{"message": "New" <--- Primary Text Here, and more}`, `{"message":"New"}`},
		"without line ends":              {`{  "name": "x", <--- Campaign name  objective: 'SALES',  // for now  "a": [],}`, `{"name":"x","objective":"SALES","a":[]}`},
		"comments of languages":          {"{// one\n\"a\": 1, /* two */ \"b\": 2 # three\n}", `{"a":1,"b":2}`},
		"a comma too many":               {`{"a":[1,2,],}`, `{"a":[1,2]}`},
		"a comma too few":                {`{"a":1 "b":2}`, `{"a":1,"b":2}`},
		"names without quotes":           {`{name: "x", page_id: 12}`, `{"name":"x","page_id":12}`},
		"placeholders":                   {`{"page_id": <PAGE_ID>, "hash": $hash, "n": {{ad.id}}, "link": {your link}}`, `{"page_id":"<PAGE_ID>","hash":"$hash","n":"{{ad.id}}","link":"{your link}"}`},
		"words without quotes":           {`{"message": Primary text here, "link": https://example.com/a}`, `{"message":"Primary text here","link":"https://example.com/a"}`},
		"single quotes":                  {`{'a': 'it\'s', 'b': "x",}`, `{"a":"it's","b":"x"}`},
		"curly quotes":                   {`{“a”: “b”}`, `{"a":"b"}`},
		"Python":                         {`{'a': True, 'b': None, 'c': False,}`, `{"a":true,"b":null,"c":false}`},
		"PHP":                            {`['name' => 'x', 'titles' => ['a', 'b'], 'cta' => [['type' => 'SHOP_NOW']]]`, `{"name":"x","titles":["a","b"],"cta":[{"type":"SHOP_NOW"}]}`},
		"an ellipsis":                    {`{"a": [1, 2, ...]}`, `{"a":[1,2]}`},
		"never closed":                   {`{"a": {"b": [1, 2`, `{"a":{"b":[1,2]}}`},
		"closed too often":               {`{"a": 1}}`, `{"a":1}`},
		"escapes":                        {`{"a": "x\n\u00e9\"",}`, `{"a":"x\né\""}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, ok := Repair(c.text)
			if !ok || got != c.want {
				t.Errorf("%v %s, want %s", ok, got, c.want)
			}
		})
	}
	for _, text := range []string{"", "plain", `{"a":1}`, `"x"`, "a=b"} {
		if got, ok := Repair(text); ok {
			t.Errorf("%q was repaired to %s", text, got)
		}
	}
}

// FuzzRepair checks that whatever is called repaired is JSON.
func FuzzRepair(f *testing.F) {
	for _, seed := range []string{`{a:1,}`, "{\"m\": \"x\", <--- here\n}", `['a' => [1,2]]`, `{'a`, `[{{x}}]`, "[\"\\u12", "{<a>:`b'}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		fixed, ok := Repair(text)
		if _, err := DecodeJSON(fixed); ok && err != nil {
			t.Errorf("%q became %q: %v", text, fixed, err)
		}
	})
}

func TestNearest(t *testing.T) {
	t.Parallel()
	known := []string{"OUTCOME_SALES", "OUTCOME_TRAFFIC", "LEARN_MORE", "SHOP_NOW"}
	for word, want := range map[string]string{"outcome_sales": "OUTCOME_SALES", "SALES": "OUTCOME_SALES", "shop now": "SHOP_NOW", "LEARN_MOAR": "LEARN_MORE", "CONVERSIONS": "", "": ""} {
		if got, _ := Closest(word, known); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}
