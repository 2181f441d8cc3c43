package creative

import (
	"fmt"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// put adds a change that satisfies the rule: another value at a place.
func (f *found) put(p at, value any) *found {
	f.Fixes = append(f.Fixes, object.Fix{Path: p.path, Value: value})
	return f
}

// drop adds a change that satisfies the rule: what is at a place goes.
func (f *found) drop(p at) *found {
	f.Fixes = append(f.Fixes, object.Fix{Path: p.path, Drop: true})
	return f
}

// dropFrom drops the elements of a list of n from one position on, of a very long list the first of them.
func (f *found) dropFrom(p at, first, n int) {
	for i := first; i < min(n, first+maxFaults); i++ {
		f.drop(p.index(i))
	}
}

// meant puts what a value was probably meant to be, if it can be told: the right shape with what was sent in it.
func (f *found) meant(p at, s shape, v any) {
	if value, ok := intended(s, v); ok {
		f.put(p, value)
	}
}

// intended is a value of a shape that a value of another one probably stands for.
func intended(s shape, v any) (any, bool) {
	said, isText := v.(string)
	if isText && looksEncoded(v) && (s.kind == list || s.kind == record) {
		fixed, _ := object.Repair(said)
		value, err := object.DecodeJSON(fixed)
		return value, err == nil
	}
	_, isList := v.([]any)
	_, isRecord := v.(map[string]any)
	switch {
	case s.kind == list && !isList && v != nil:
		if elem, ok := intended(*s.elem, v); ok {
			return []any{elem}, true
		}
		return []any{v}, s.elem.kind != record || isRecord
	case s.kind == record && !isList && !isRecord:
		name := s.principal(said)
		return map[string]any{name: v}, name != ""
	case s.kind == text && !isText && !isList && !isRecord:
		return fmt.Sprint(v), true
	case s.kind == boolean && isText:
		yes := slices.Contains([]string{"yes", "on", "y"}, strings.ToLower(said))
		return yes, yes || slices.Contains([]string{"no", "off", "n", "none"}, strings.ToLower(said))
	case s.kind == record && isList && len(v.([]any)) == 1:
		return v.([]any)[0], true
	}
	return nil, false
}

// principal is the member that a bare value stands for where an object should be; "" where that cannot be told.
func (s shape) principal(text string) string {
	if len(s.needs) == 1 {
		return s.needs[0]
	}
	if _, image := s.members["hash"]; !image {
		return ""
	}
	if _, err := parseWeb(text); err == nil {
		return "url"
	}
	return "hash"
}

// renamed moves the value of an unknown member to the known one that was probably meant, or drops it.
func (f *found) renamed(p at, name string, members map[string]any, known []string) *found {
	f.Known = object.Nearest(name, known, 3)
	f.drop(p.key(name))
	if len(f.Known) > 0 && members[f.Known[0]] == nil {
		f.put(p.key(f.Known[0]), members[name])
	}
	return f
}

// webbed is the address that was meant by one without a scheme.
func webbed(text string) (string, bool) {
	full := "https://" + strings.TrimLeft(strings.TrimSpace(text), "/:")
	u, err := parseWeb(full)
	return full, err == nil && strings.Contains(u.Hostname(), ".") && !strings.ContainsAny(u.Host, " <>{}")
}

// formatFor is the one format that shows the media of a feed.
func formatFor(feed map[string]any) string {
	switch images, videos := count(feed, "images"), count(feed, "videos"); {
	case videos == 0:
		return "SINGLE_IMAGE"
	case images == 0:
		return "SINGLE_VIDEO"
	}
	return "AUTOMATIC_FORMAT"
}

// shown puts the format that shows what a feed has, if it has anything and another format was asked for.
func (f *found) shown(feed map[string]any, format string) *found {
	if fits := formatFor(feed); fits != format && count(feed, "images")+count(feed, "videos") > 0 {
		f.put(feedAt("ad_formats"), []any{fits})
	}
	return f
}

// unbundle puts the parts of the bundle in its place, those that are not stated by themselves, with the enrolment that the bundle had.
func (f *found) unbundle(p at, features map[string]any) *found {
	f.drop(p)
	status := str(dig(features, bundle), "enroll_status")
	for _, part := range bundled() {
		if features[part] == nil && (status == optIn || status == optOut) {
			f.put(featuresAt().member(part), map[string]any{"enroll_status": status})
		}
	}
	return f
}
