package graph

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// sessions keeps the answers to the operations of an `asyncbatch`, each under an id that the same token can ask for. They are run at once;
// how long they seem to take is the instance's latency.
func (h *Handler) sessions(a *asked, ops []*operation, replies []*reply) (any, error) {
	now := h.config.Now().Unix()
	var made []object.Ordered
	err := h.db.Write(a.Context(), func(tx store.Tx) error {
		made = nil
		for i, op := range ops {
			id, seq, err := tx.NextID(a.Context())
			if err != nil {
				return err
			}
			made = append(made, object.Ordered{{Name: "id", Value: id}})
			o := &store.Object{ID: id, Seq: seq, Type: "asyncsession", Created: now, Updated: now, Data: map[string]any{
				"name": op.name, "method": op.method, "uri": "/" + op.path, "platform_version": "v" + versionText(a.path.version),
				"user_id": a.batched.UserID, holder: store.HashToken(a.batched.token), "answer": strings.TrimSpace(string(replies[i].body)), "code": int64(replies[i].status),
			}}
			o.Refs = References(h.registry.Type(o.Type), o)
			if err := tx.Insert(a.Context(), o); err != nil {
				return err
			}
		}
		return nil
	})
	return object.Ordered{{Name: "async_sessions", Value: made}}, err
}

// holder is where an object that only one token may see keeps that token's hash.
const holder = "holder"

// Failure reads the error's code and message out of an operation's answer.
func Failure(status int, body []byte) (code int64, message string) {
	var answer struct {
		Error struct {
			Code    int64
			Message string
		}
	}
	if status < http.StatusBadRequest || json.Unmarshal(body, &answer) != nil {
		return 0, ""
	}
	return answer.Error.Code, answer.Error.Message
}

// private reports whether an object is kept for one token that is another than the caller's.
func (c Caller) private(o *store.Object) bool {
	hash := o.Text(holder)
	return hash != "" && hash != store.HashToken(c.token)
}
