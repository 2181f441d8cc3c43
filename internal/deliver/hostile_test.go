package deliver

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestUnprintableNames sends names of conversions that one of the databases cannot keep, which would stop whoever folds the log.
func TestUnprintableNames(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	token := f.decide(t, client1()).Token
	for name, escaped := range map[string]string{"a\x00b": `a\u0000b`, "a\nb": `a\nb`, "a\u202eb": `a\u202eb`, "a\xffb": `a\ufffdb`} {
		if w, body := f.get(t, "/tr?id="+thePixel+"&ev="+url.QueryEscape(name)); w.StatusCode != http.StatusBadRequest || !strings.Contains(body, `"rule":"name.text"`) {
			t.Errorf("pixel, %q: %d %s", name, w.StatusCode, body)
		}
		_, body := f.send(t, http.MethodPost, "/v1/events", `{"events":[{"type":"conversion","token":"`+token+`","name":"`+escaped+`"}]}`, "")
		if !strings.Contains(body, `"rule":"name.text"`) {
			t.Errorf("event, %q: %s", name, body)
		}
		_, rules := f.convert(t, `[{"event_name":"`+escaped+`","event_time":NOW,"action_source":"website","user_data":{"em":"x"}}]`, "")
		if diff := cmp.Diff([]string{"data.0.event_name conversions.event_name.text"}, rules); diff != "" {
			t.Errorf("server, %q: %s", name, diff)
		}
	}
	if n := len(f.logged(t)); n != 0 {
		t.Errorf("%d events are logged", n)
	}
}
