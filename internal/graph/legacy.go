package graph

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// This file is the parts of the protocol that the platform gave up with v26.0, and for every version on 2026-10-27: they answer as before
// with Config.LegacyProtocol. The last part, ids at the root, is an ordinary read.

// retired refuses what today's platform refuses. The other three parts it ignores.
func (c *Call) retired() error {
	if c.handler.config.LegacyProtocol || c.verb != "get" {
		return nil
	}
	if c.Params["date_format"] != nil {
		return fault(codeParameter, "(#100) The parameter date_format has been retired; times are written as 2026-01-31T08:00:00-0800", "date_format")
	}
	if c.Params["ids"] != nil && c.path.node == "" {
		return fault(codeUnknown, "The parameter ids has been retired; ask for each object by its id, or send a batch", "ids")
	}
	return nil
}

// dateFormat reads the parameter of that name.
func (c *Call) dateFormat() (string, error) {
	format, _ := c.Params["date_format"].(string)
	if len(format) > maxDateFormat {
		return "", fault(codeParameter, fmt.Sprintf("(#100) Param date_format must be at most %d characters", maxDateFormat), "date_format")
	}
	return format, nil
}

// note is one entry of __debug__.
type note struct {
	Link    string `json:"link,omitempty"`
	Message string `json:"message"`
	Type    string `json:"type"` // info or warning
}

// debugged adds __debug__ to an answer that is an object, when `debug` asks for it: all, or one type of notes.
func (c *Call) debugged(answer any) any {
	members, isObject := answer.(object.Ordered)
	level, _ := c.Params["debug"].(string)
	if !isObject || !c.handler.config.LegacyProtocol || !slices.Contains([]string{"all", "info", "warning"}, level) {
		return answer
	}
	notes := slices.DeleteFunc(c.notes(members), func(n note) bool { return level != "all" && n.Type != level })
	if notes == nil {
		notes = []note{}
	}
	return append(slices.Clip(members), object.Member{Name: "__debug__", Value: object.Ordered{{Name: "messages", Value: notes}}})
}

// notes is what there is to say about a request that was answered: another version than the one asked, advice on what was written, and
// parameters of a read that nothing looked at.
func (c *Call) notes(answer object.Ordered) (notes []note) {
	if c.path.asked < c.Version {
		notes = append(notes, note{Type: "warning", Message: fmt.Sprintf("v%s has ended; the request was answered as v%s", versionText(c.path.asked), versionText(c.Version))})
	}
	for _, m := range answer {
		warnings, _ := m.Value.([]object.Warning)
		for _, w := range warnings {
			notes = append(notes, note{Type: "warning", Message: strings.TrimPrefix(strings.Join(w.Path, ".")+": "+w.Message, ": ")})
		}
	}
	if c.verb != "get" || c.Node == nil {
		return notes
	}
	for _, name := range slices.Sorted(maps.Keys(c.Params)) {
		if !slices.Contains(c.readParams(), name) {
			notes = append(notes, note{Type: "warning", Message: name + ": not a parameter of this request; ignored"})
		}
	}
	return notes
}

// readParams are the parameters that a read of the call's node or of one of its edges looks at.
func (c *Call) readParams() []string {
	names := append(protocolParams(), "ids", "limit", "after", "before", "order", "filtering")
	if t := c.handler.registry.Type(c.Node.Type); t != nil && c.path.edge != "" {
		if e := c.edge(t, c.path.edge); e != nil {
			for _, f := range e.Params {
				names = append(append(names, f.Name), f.Alias...)
			}
		}
	}
	return names
}

// finish gives an answer its last form: indented for `pretty`, with a tag by which a read can be asked for again, and with the status of a
// success for `suppress_http_code`.
func (rep *reply) finish(a *asked, legacy bool) {
	params := a.sent.merged()
	if legacy && wished(params["pretty"]) {
		rep.body = indented(rep.body)
	}
	if legacy && rep.status == http.StatusOK && a.sent.verb(a.Method) == "get" {
		sum := sha256.Sum256(rep.body)
		tag := `"` + hex.EncodeToString(sum[:20]) + `"` // as long as the platform's
		rep.head.Set("ETag", tag)
		if matches(a.Header.Get("If-None-Match"), tag) {
			rep.status, rep.body = http.StatusNotModified, nil
		}
	}
	if rep.status >= http.StatusBadRequest && wished(params["suppress_http_code"]) {
		rep.status = http.StatusOK
	}
}

// wished reads a switch of the protocol, which nothing that cannot be read turns on.
func wished(raw any) bool {
	on, bad := (&object.Field{Kind: object.Bool}).Coerce("", raw, nil)
	return bad == nil && on == true
}

// indented is JSON for people; what is no JSON stays as it is.
func indented(body []byte) []byte {
	var out bytes.Buffer
	if json.Indent(&out, body, "", "   ") != nil {
		return body
	}
	return out.Bytes()
}

// matches reports whether an If-None-Match header names the tag; weak ones count.
func matches(header, tag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		if part = strings.TrimSpace(part); part == "*" || strings.TrimPrefix(part, "W/") == tag {
			return true
		}
	}
	return false
}
