package graph

import (
	"encoding/json"
	"net/url"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// link is the complete address of another page of an edge, on the host that the caller used. It keeps every parameter; the token
// only if it came as a parameter, since clients that send it in a header send it again.
func (rd *reader) link(node *store.Object, e *object.Edge, params Params, place, at string) string {
	query := url.Values{}
	for name, value := range params {
		if text, ok := linkText(value); ok {
			query.Set(name, text)
		}
	}
	for _, name := range []string{"after", "before", "ids", "id", "method", "access_token"} {
		query.Del(name)
	}
	if rd.call.token != "" {
		query.Set("access_token", rd.call.token)
	}
	query.Set(place, at)
	u := *rd.call.Base
	u = *u.JoinPath("v"+versionText(rd.call.Version), node.ID, e.Name)
	u.RawQuery = query.Encode()
	return u.String()
}

// linkText writes a parameter as a query can carry it: lists and objects as JSON text. Files cannot be carried.
func linkText(value any) (string, bool) {
	switch v := value.(type) {
	case string:
		return v, true
	case nil, *File:
		return "", false
	}
	text, err := json.Marshal(value)
	return string(text), err == nil
}
