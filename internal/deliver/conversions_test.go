package deliver

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/eventlog"
)

// convert sends a Conversions API body's data; NOW and TOKEN are replaced.
func (f *fixture) convert(t *testing.T, data, token string) (received int, rules []string) {
	t.Helper()
	data = strings.NewReplacer("NOW", fmt.Sprint(noon.Unix()), "TOKEN", token).Replace(data)
	var decoded any
	d := json.NewDecoder(strings.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&decoded); err != nil {
		t.Fatal(err)
	}
	received, faults, err := f.Conversions(t.Context(), thePixel, theAccount, decoded, noon)
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range faults {
		rules = append(rules, strings.Join(fault.Path, ".")+" "+fault.Rule)
	}
	return received, rules
}

func TestConversions(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	token := f.decide(t, client1()).Token
	const purchase = `{"event_name":"Purchase","event_time":NOW,"event_id":"abc","action_source":"website","event_source_url":"https://shop.example/thanks",
		"user_data":{"em":["62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f"],"external_id":["v1"],"fbc":"fb.1.1795315316000.TOKEN"},
		"custom_data":{"value":42.5,"currency":"usd","content_ids":["sku-1"]}}`
	if n, rules := f.convert(t, "["+purchase+","+purchase+"]", token); n != 2 || rules != nil { // the repeated event_id is received and counted once
		t.Fatalf("received %d, %v", n, rules)
	}
	text, err := json.Marshal("[" + strings.NewReplacer("abc", "def", "TOKEN", "IwAR0foreign").Replace(purchase) + "]")
	if err != nil {
		t.Fatal(err)
	}
	if n, rules := f.convert(t, string(text), ""); n != 1 || rules != nil { // data as a JSON string
		t.Fatalf("received %d, %v", n, rules)
	}
	if got := f.counts.duplicate.Load(); got != 1 || f.Refused() != (client.Refused{}) {
		t.Errorf("%d duplicates, refused %+v", got, f.Refused())
	}
	events := f.logged(t)
	if len(events) != 2 || events[0].Exposure == nil || events[1].Exposure != nil {
		t.Fatalf("%d events logged, want one with and one without its decision", len(events))
	}
	want := &eventlog.Outcome{
		PixelID: thePixel, AccountID: theAccount, Name: "Purchase", EventID: "abc", Viewer: f.viewers.hash("v1"),
		Value: 42_500_000, Currency: "USD", Source: "website", Items: []string{"sku-1"},
	}
	if diff := cmp.Diff(want, events[0].Outcome); diff != "" {
		t.Error(diff)
	}
	if events[0].At != noon.UnixMilli() {
		t.Errorf("at %d", events[0].At)
	}
}

func TestConversionFaults(t *testing.T) {
	t.Parallel()
	const good = `{"event_name":"Purchase","event_time":NOW,"action_source":"website","user_data":{"em":"x"}}`
	f := newFixture(t, nil)
	for data, want := range map[string][]string{
		`{}`:               {"data.0.event_name conversions.event_name.required", "data.0.action_source conversions.action_source.required", "data.0.event_time conversions.event_time.required", "data.0.user_data conversions.user_data.required"},
		`[]`:               {"data data.count"},
		`"nonsense"`:       {"data data.json"},
		`7`:                {"data data.required"},
		`[` + good + `,7]`: {"data.1 conversions.event.object"},
		`[` + good + `,` + strings.Replace(good, "NOW", "NOW000", 1) + `]`:                                  {"data.1.event_time conversions.event_time.seconds"},
		`[` + strings.Replace(good, "NOW", fmt.Sprint(noon.Unix()-8*86400), 1) + `]`:                        {"data.0.event_time conversions.event_time.old"},
		`[` + strings.Replace(good, "NOW", fmt.Sprint(noon.Unix()+3600), 1) + `]`:                           {"data.0.event_time conversions.event_time.future"},
		`[` + strings.Replace(good, "website", "shop", 1) + `]`:                                             {"data.0.action_source conversions.action_source.enum"},
		`[` + strings.Replace(good, `{"em":"x"}`, `{}`, 1) + `]`:                                            {"data.0.user_data conversions.user_data.required"},
		`[` + strings.Replace(good, `"user`, `"custom_data":{"value":"x","currency":"ABC"},"user`, 1) + `]`: {"data.0.custom_data.value conversions.value.range", "data.0.custom_data.currency conversions.currency.iso4217"},
	} {
		n, rules := f.convert(t, data, "")
		if diff := cmp.Diff(want, rules); diff != "" || n != 0 {
			t.Errorf("%s: received %d, %s", data, n, diff)
		}
	}
	if n := len(f.logged(t)); n != 0 {
		t.Errorf("%d events of refused requests were logged", n)
	}
	store := strings.NewReplacer("NOW", fmt.Sprint(noon.Unix()-60*86400), "website", "physical_store").Replace(good)
	if n, rules := f.convert(t, "["+store+"]", ""); n != 1 || rules != nil {
		t.Errorf("a shop's event of 60 days ago: %d, %v", n, rules)
	}
	if n, rules := f.convert(t, "["+strings.Repeat(good+",", 1000)+good+"]", ""); n != 0 || len(rules) != 1 {
		t.Errorf("1001 events: %d, %v", n, rules)
	}
}

// TestConversionOfOldClick reports purchases nine days after the decision: one that happened while its token was good, one after.
func TestConversionOfOldClick(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	token := f.decide(t, client1()).Token
	now := noon.Add(9 * 24 * time.Hour)
	for i, days := range []int{5, 8} {
		data := []any{map[string]any{
			"event_name": "Purchase", "event_time": noon.AddDate(0, 0, days).Unix(), "event_id": fmt.Sprint(i), "action_source": "website",
			"user_data": map[string]any{"fbc": "fb.1.1795315316000." + token},
		}}
		if n, faults, err := f.Conversions(t.Context(), thePixel, theAccount, data, now); n != 1 || faults != nil || err != nil {
			t.Fatalf("received %d, %v, %v", n, faults, err)
		}
	}
	events := f.logged(t)
	if len(events) != 2 || events[0].Exposure == nil || events[1].Exposure != nil {
		t.Errorf("%d events; want the first with its decision, the second without", len(events))
	}
}
