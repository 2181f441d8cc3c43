package account

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
)

// How long people stay in an audience, in days: of a site or an app, and of what they did on the platform.
const (
	mostRetention   = 180
	mostEngagement  = 365
	secondsInADay   = 86_400
	mostAudienceSet = 50 // rules in a rule
)

// keepRule turns a rule that was sent as an object, or as its text, into text, as it is read back.
func keepRule(w *graph.Write, name string) {
	switch sent := w.Data[name].(type) {
	case nil:
	case string:
		if _, changed := w.Sent[name]; changed && sent != "" {
			w.Fault(object.Broken(name+".json", 0, name+" must be a JSON object", name))
		}
	case map[string]any:
		w.Data[name] = jsonText(sent)
	default:
		w.Fault(object.Broken(name+".json", 0, name+" must be a JSON object", name))
	}
}

// jsonText writes decoded JSON with its characters as they are.
func jsonText(v any) string {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if e.Encode(v) != nil {
		return "" // what was decoded can be encoded
	}
	return strings.TrimSpace(out.String())
}

// ruleOf decodes a kept rule.
func ruleOf(data map[string]any) map[string]any {
	decoded, err := object.DecodeJSON(object.Text(data, "rule"))
	if err != nil {
		return nil
	}
	rule, _ := object.Exact(decoded).(map[string]any)
	return rule
}

// audienceRule checks the rule of an audience that finds its people: inclusions with sources of events and how long they count; or the older
// form, a rule on addresses beside pixel_id and retention_days.
func audienceRule(ctx context.Context, w *graph.Write, subtype string) error {
	if !w.Creating() && w.Sent["rule"] == nil {
		return nil
	}
	rule := ruleOf(w.Data)
	if rule == nil {
		if w.Data["rule"] == nil {
			w.Fault(object.Broken("audience.rule", 0, "rule is required for a "+subtype+" audience", "rule"))
		}
		return nil
	}
	if _, older := rule["inclusions"]; !older && object.Text(w.Data, "pixel_id") != "" {
		return nil
	}
	inclusions := object.Members(rule, "inclusions")
	list := object.Listed(inclusions, "rules")
	if len(list) == 0 || len(list) > mostAudienceSet {
		w.Fault(object.Broken("audience.rule", 0, fmt.Sprintf("inclusions.rules must have 1 to %d rules", mostAudienceSet), "rule", "inclusions", "rules"))
		return nil
	}
	var pixels []string
	for i, elem := range list {
		one, _ := elem.(map[string]any)
		pixels = append(pixels, sourcesOf(w, one, "rule", "inclusions", "rules", strconv.Itoa(i))...)
	}
	found, err := w.Tx.Objects(ctx, pixels)
	for _, id := range pixels {
		if o := found[id]; err == nil && (o == nil || o.Type != "adspixel" || o.AccountID != w.Account.AccountID) {
			w.Fault(object.Broken("reference", 0, "rule names "+id+", which is no pixel of this ad account", "rule", "inclusions", "rules"))
		}
	}
	return err
}

// sourcesOf checks one rule of an audience and answers the pixels that it names.
func sourcesOf(w *graph.Write, rule map[string]any, path ...string) (pixels []string) {
	sources, longest := object.Listed(rule, "event_sources"), int64(mostEngagement)
	if len(sources) == 0 {
		w.Fault(object.Broken("audience.rule", 0, "a rule needs event_sources", append(path, "event_sources")...))
	}
	for i, elem := range sources {
		source, _ := elem.(map[string]any)
		id, kind := object.Text(source, "id"), object.Text(source, "type")
		if id == "" || kind == "" {
			w.Fault(object.Broken("audience.rule", 0, "an event source needs id and type", append(path, "event_sources", strconv.Itoa(i))...))
		}
		if kind == "pixel" || kind == "app" {
			longest = mostRetention
		}
		if kind == "pixel" && id != "" {
			pixels = append(pixels, id)
		}
	}
	if seconds := object.Whole(rule, "retention_seconds"); seconds < 1 || seconds > longest*secondsInADay {
		w.Fault(object.Broken("audience.retention", 0, fmt.Sprintf("retention_seconds must be 1 to %d, which is %d days", longest*secondsInADay, longest), append(path, "retention_seconds")...))
	}
	return pixels
}
