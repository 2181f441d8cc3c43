package graph

import (
	"maps"
	"slices"

	"github.com/marquetry/marquetry/internal/object"
)

// protocolParams are understood on every request, so they are never listed as ignored. The parent's id is in every body of one SDK.
func protocolParams() []string {
	return []string{
		"access_token", "appsecret_proof", "method", "fields", "id", "account_id", "summary", "locale", "pretty", "format", "debug",
		"execution_options", "include_headers", "redownload", "date_format", "suppress_http_code",
	}
}

// fill coerces what the caller sent into the write's Data and Sent, collecting every fault. A field that cannot be changed is a
// fault; a parameter that no declaration knows is ignored, as the platform does, with a warning.
func (w *Write) fill(params Params) {
	w.raw = params
	known := map[string]bool{}
	for _, name := range protocolParams() {
		known[name] = true
	}
	for i := range w.Type.Fields {
		f := &w.Type.Fields[i]
		as, raw := spelled(f, params)
		_, sent := params[as]
		switch {
		case !f.Has(object.Create) && !f.Has(object.Update):
			continue
		case !in(w.Version, f.Since, f.Until):
			if sent {
				known[as] = true
				w.Fault(otherVersion(f, as, w.Version))
			}
			continue
		case sent:
			known[f.Name] = true
			for _, alias := range f.Alias {
				known[alias] = true
			}
			if f.Support == object.Refused {
				w.Fault(notEmulated("parameter", as, w.Type).Without())
				continue
			}
			w.take(f, as, raw)
		case w.Creating() && f.Preset != nil:
			w.Data[f.Name] = cloneValue(f.Preset)
		}
		replaced := slices.ContainsFunc(f.Unless, func(other string) bool { return params[other] != nil })
		lacking := w.Data[f.Name] == nil || w.Data[f.Name] == ""
		if f.Has(object.Required) && (sent || w.Creating()) && !replaced && lacking && !w.blames(f.Name, as) {
			w.Fault(required(f))
		}
	}
	if options := object.Listed(w.Sent, "execution_options"); len(options) > 0 && !slices.Contains(options, any("validate_only")) {
		w.Fault(object.Broken("execution_options.alone", 0, "include_recommendations and synchronous_ad_review go with validate_only", "execution_options").Without())
	}
	for _, name := range slices.Sorted(maps.Keys(params)) {
		if _, isFile := params[name].(*File); !known[name] && !isFile {
			w.Warnings = append(w.Warnings, object.Warning{Rule: "ignored", Path: []string{name}, Message: "not a parameter of " + w.Type.Name + "; ignored"})
		}
	}
}

// take coerces one sent value. Null unsets.
func (w *Write) take(f *object.Field, as string, raw any) {
	if !w.Creating() && !f.Has(object.Update) {
		if w.repeats(f, as, raw) {
			return
		}
		w.Fault((&object.Fault{Path: []string{as}, Rule: "fixed", Message: "(#100) Param " + as + " is set at creation and cannot be changed"}).Without())
		return
	}
	if w.Creating() && !f.Has(object.Create) {
		w.Fault((&object.Fault{Path: []string{as}, Rule: "update_only", Message: "(#100) Param " + as + " can only be changed on an existing object"}).Without())
		return
	}
	value, bad := f.Coerce(as, raw, w.handler.zone(w.Account))
	switch {
	case bad != nil:
		w.Fault(bad)
	case value == nil:
		delete(w.Data, f.Name)
		w.Sent[f.Name] = nil
	default:
		w.Data[f.Name], w.Sent[f.Name] = value, cloneValue(value)
	}
}

// repeats reports whether a parameter says what the object has already: some clients send a whole object back to change a part of it.
func (w *Write) repeats(f *object.Field, as string, raw any) bool {
	value, bad := f.Coerce(as, raw, w.handler.zone(w.Account))
	return bad == nil && alike(value, w.Old.Data[f.Name])
}

// blames reports whether a fault names one of the parameters already.
func (w *Write) blames(names ...string) bool {
	return slices.ContainsFunc(w.Faults, func(f *object.Fault) bool { return len(f.Path) > 0 && slices.Contains(names, f.Path[0]) })
}

// settle drops what is not kept: parameters that cannot be read back, expansions of ids, and unset values.
func (w *Write) settle() {
	for name, value := range w.Data {
		f := w.Type.Field(name)
		if value == nil || f != nil && (!f.Has(object.Read) || expands(f)) {
			delete(w.Data, name)
		}
	}
}

// clone copies data so deep that changes to the copy do not show in the original.
func clone(data map[string]any) map[string]any {
	out := make(map[string]any, len(data)+1)
	for name, value := range data {
		out[name] = cloneValue(value)
	}
	return out
}

// cloneValue copies one value of a kind.
func cloneValue(value any) any {
	switch v := value.(type) {
	case map[string]any:
		return clone(v)
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = cloneValue(item)
		}
		return out
	}
	return value
}
