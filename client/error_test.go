package client

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFailure(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		status int
		body   string
		want   *Error
	}{
		"success":              {200, `{"id":"1"}`, nil},
		"redirect":             {302, ``, nil},
		"list that has errors": {200, `{"data":[],"error":{"message":"of a row"}}`, nil},
		"error with success status": {
			200, `{"error":{"message":"confirm","code":31,"error_subcode":3858385}}`,
			&Error{Status: 200, Code: 31, Subcode: 3858385, Message: "confirm"},
		},
		"full envelope": {
			400, `{"error":{"message":"Invalid parameter","type":"OAuthException","code":100,"error_subcode":1885553,"is_transient":true,
				"error_user_title":"T","error_user_msg":"M","fbtrace_id":"A1","error_data":{"blame_field_specs":[["a","b"]]}}}`,
			&Error{
				Status: 400, Code: 100, Subcode: 1885553, Type: "OAuthException", Message: "Invalid parameter", Transient: true,
				UserTitle: "T", UserMessage: "M", TraceID: "A1", Blame: [][]string{{"a", "b"}},
			},
		},
		"error_data as a string": {
			400, `{"error":{"message":"no","code":100,"error_data":"{\"blame_field_specs\":[[\"x\"]]}"}}`,
			&Error{Status: 400, Code: 100, Message: "no", Blame: [][]string{{"x"}}},
		},
		"text":        {404, "no such page\n", &Error{Status: 404, Message: "no such page"}},
		"empty":       {502, "", &Error{Status: 502, Message: "Bad Gateway"}},
		"overload":    {503, "busy", &Error{Status: 503, Message: "busy", Transient: true}},
		"cut letters": {500, string(make([]byte, 199)) + "é", &Error{Status: 500, Message: string(make([]byte, 199))}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, _ := errors.AsType[*Error](failure(test.status, []byte(test.body)))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestErrorText(t *testing.T) {
	t.Parallel()
	tests := map[string]*Error{
		"no (status 404)": {Status: 404, Message: "no"},
		"Invalid parameter: Six titles are too many. [asset_feed_spec.titles] (status 400, code 100/1885, trace A1)": {
			Status: 400, Code: 100, Subcode: 1885, Message: "Invalid parameter", TraceID: "A1",
			UserMessage: "Six titles are too many.", Blame: [][]string{{"asset_feed_spec", "titles"}},
		},
	}
	for want, err := range tests {
		if got := err.Error(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// FuzzFailure: whatever a server sends, an error status is an error and nothing panics.
func FuzzFailure(f *testing.F) {
	f.Add(400, `{"error":{"message":"m","code":1,"error_data":"{"}}`)
	f.Add(200, `{"error":null}`)
	f.Fuzz(func(t *testing.T, status int, body string) {
		err := failure(status, []byte(body))
		if status >= 400 && err == nil {
			t.Errorf("status %d with %q is no error", status, body)
		}
		if err != nil && err.Error() == "" {
			t.Error("an error without text")
		}
	})
}
