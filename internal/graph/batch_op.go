package graph

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// operation is one entry of a batch as it was sent. Path, query and body may hold references to the answers of other operations.
type operation struct {
	name   string
	method string
	path   string
	query  Params
	body   Params
	header http.Header
	keep   bool  // answer it although others depend on it
	needs  []int // places of the operations that have to be answered before
}

// operations reads the entries of a batch and what they depend on. Files are the parameters of the request around them.
func operations(raw any, files Params) ([]*operation, error) {
	list := object.Field{Name: "batch", Kind: object.List, Elem: object.Object}
	value, bad := list.Coerce("batch", raw, nil)
	if bad != nil {
		bad.Code, bad.Message = codeBatch, "(#960) "+strings.TrimPrefix(bad.Message, "(#100) ")
		return nil, bad
	}
	items, _ := value.([]any)
	if len(items) == 0 || len(items) > maxBatch {
		return nil, malformed(fmt.Sprintf("A batch has 1 to %d operations, %d were sent", maxBatch, len(items)))
	}
	ops := make([]*operation, len(items))
	after := make([][]string, len(items))
	places := map[string]int{}
	for i, item := range items {
		entry, _ := item.(map[string]any)
		var err error
		if ops[i], after[i], err = newOperation(entry, files, i); err != nil {
			return nil, err
		}
		if name := ops[i].name; name != "" {
			if _, taken := places[name]; taken {
				return nil, malformed(fmt.Sprintf("Two operations are named %q", name), "batch", strconv.Itoa(i), "name")
			}
			places[name] = i
		}
	}
	return ops, connectOperations(ops, after, places)
}

// newOperation reads one entry and the names that it depends on.
func newOperation(entry map[string]any, files Params, place int) (*operation, []string, error) {
	word := func(name string) string { text, _ := entry[name].(string); return text }
	op := &operation{name: word("name"), method: strings.ToUpper(strings.TrimSpace(word("method"))), header: headersIn(entry["headers"])}
	if op.method == "" {
		op.method = http.MethodGet
	}
	target, isText := entry["relative_url"].(string)
	if !isText {
		return nil, nil, malformed("An operation needs a relative_url", "batch", strconv.Itoa(place), "relative_url")
	}
	if omit, sent := entry["omit_response_on_success"]; sent && omit != nil {
		yes, _ := (&object.Field{Kind: object.Bool}).Coerce("omit_response_on_success", omit, nil)
		op.keep = yes == false
	}
	var rawQuery string
	var err error
	op.path, rawQuery, _ = strings.Cut(target, "?")
	if unescaped, bad := url.PathUnescape(op.path); bad == nil {
		op.path = unescaped
	}
	if op.query, err = looseForm(rawQuery); err != nil {
		return nil, nil, err
	}
	if op.body, err = bodyIn(entry["body"]); err != nil {
		return nil, nil, err
	}
	if token := word("access_token"); token != "" {
		op.query["access_token"] = token
	}
	if err := op.attach(entry, files); err != nil {
		return nil, nil, err
	}
	needs := slices.Concat(refersTo(op.path), refersTo(map[string]any(op.query)), refersTo(map[string]any(op.body)), object.IDs(entry["depends_on"]))
	return op, needs, nil
}

// attach puts the named files of the request around the batch among the operation's parameters. They are named by a comma list, or by
// an object that also says which parameter each one is.
func (op *operation) attach(entry map[string]any, files Params) error {
	raw := entry["attached_files"]
	if raw == nil {
		raw = entry["attachedFiles"]
	}
	as := map[string]string{}
	switch v := raw.(type) {
	case string:
		for name := range strings.SplitSeq(v, ",") {
			as[strings.TrimSpace(name)] = strings.TrimSpace(name)
		}
	case []any:
		for _, name := range object.IDs(v) {
			as[name] = name
		}
	case map[string]any:
		for part := range v {
			as[part] = object.Text(v, part)
		}
	}
	delete(as, "")
	for _, part := range slices.Sorted(maps.Keys(as)) {
		file, ok := files[part].(*File)
		if !ok {
			return malformed(fmt.Sprintf("The request has no file %q", part), "batch", "attached_files")
		}
		op.body[as[part]] = &File{Param: as[part], Name: file.Name, Data: file.Data}
	}
	return nil
}

// headersIn reads an operation's headers: "Name: value" lines, {"name","value"} objects, or an object of values.
func headersIn(raw any) http.Header {
	head := http.Header{}
	switch v := raw.(type) {
	case map[string]any:
		for name := range v {
			head.Set(name, object.Text(v, name))
		}
	case []any:
		for _, item := range v {
			if line, ok := item.(string); ok {
				name, value, _ := strings.Cut(line, ":")
				head.Set(strings.TrimSpace(name), strings.TrimSpace(value))
			} else if pair, ok := item.(map[string]any); ok {
				head.Set(object.Text(pair, "name"), object.Text(pair, "value"))
			}
		}
	}
	return head
}

// bodyIn reads an operation's body: a form's text, or JSON, as text or as it is.
func bodyIn(raw any) (Params, error) {
	switch v := raw.(type) {
	case map[string]any:
		return v, nil
	case string:
		if strings.HasPrefix(strings.TrimSpace(v), "{") {
			return decodeJSON(v)
		}
		return looseForm(v)
	}
	return Params{}, nil
}

// looseForm reads a form whose values may not be percent-encoded, as one SDK sends them: a piece without = belongs to the value
// before it.
func looseForm(text string) (Params, error) {
	var pairs []pair
	for part := range strings.SplitSeq(text, "&") {
		name, value, hasValue := strings.Cut(part, "=")
		switch {
		case part == "" && len(pairs) == 0:
			continue
		case !hasValue && len(pairs) > 0:
			last := &pairs[len(pairs)-1]
			last.value = last.value.(string) + "&" + part
			continue
		case len(pairs) == maxParams:
			return nil, tooMany(maxParams + 1)
		}
		pairs = append(pairs, pair{loosely(name), value})
	}
	for i := range pairs {
		pairs[i].value = loosely(pairs[i].value.(string))
	}
	return nest(pairs)
}

// loosely decodes a value that is percent-encoded and leaves one that is not: whoever encodes leaves no space, quote or brace. References
// count as neither.
func loosely(text string) string {
	places := referencePattern.FindAllStringIndex(text, -1)
	plain := referencePattern.ReplaceAllString(text, "")
	raw := strings.ContainsFunc(plain, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"{}<>\\|^`", r) })
	if _, err := url.QueryUnescape(plain); raw || err != nil {
		return text
	}
	var out strings.Builder
	from := 0
	for _, place := range append(places, []int{len(text), len(text)}) {
		piece, _ := url.QueryUnescape(text[from:place[0]]) // the whole was decoded above
		out.WriteString(piece + text[place[0]:place[1]])
		from = place[1]
	}
	return out.String()
}
