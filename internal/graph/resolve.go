package graph

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// resolve finds the node of a path and the account that owns it, and puts both into the call. What does not exist and
// what the caller may not see get the same answer.
func (h *Handler) resolve(ctx context.Context, call *Call, tx store.Tx, id string) (*object.Type, error) {
	asked := id
	if id == "" { // the root, which is no object
		call.Node = &store.Object{Type: object.RootName}
		return h.root, nil
	}
	switch id {
	case "me":
		if id = call.Caller.UserID; id == "" {
			return nil, fault(codeSyntax, "An active access token of a user must be used to query information about the current user.")
		}
	case "app":
		id = call.Caller.AppID
	}
	node, err := h.find(ctx, tx, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, absent(call.verb, asked)
	}
	if err != nil {
		return nil, err
	}
	typ := h.registry.Type(node.Type)
	if typ == nil || !call.Caller.Sees(node) {
		return nil, missing(call.verb, asked)
	}
	account, err := owner(ctx, tx, node)
	if err != nil {
		return nil, err
	}
	call.Node, call.Account = node, account
	if err := call.Caller.permit(node, call.edge(typ, call.path.edge), call.verb != "get"); err != nil {
		return typ, err
	}
	if err := call.alive(); err != nil {
		return typ, err
	}
	return typ, h.admit(ctx, call, tx)
}

// find finds an object by its id, by another address that an extension knows, or as what another object amounts to.
func (h *Handler) find(ctx context.Context, tx store.Tx, id string) (*store.Object, error) {
	kind, rest, _ := strings.Cut(id, ":")
	if address := h.ext.Address[kind]; address != nil {
		return address(ctx, tx, rest)
	}
	node, err := tx.Object(ctx, id)
	for _, typ := range slices.Sorted(maps.Keys(h.ext.Finders)) {
		if !errors.Is(err, store.ErrNotFound) {
			break
		}
		node, err = h.ext.Finders[typ](ctx, tx, id)
	}
	return node, err
}

// alive refuses calls on what belongs to an ad account in a version that has ended for those, when the operator wants that.
func (c *Call) alive() error {
	if !c.handler.config.StrictVersions || c.Account == nil || !object.MarketingEnded(c.path.asked, time.Unix(c.Now, 0)) {
		return nil
	}
	f := fault(codeEnded, fmt.Sprintf("(#%d) v%s of the Marketing API has ended. %s", codeEnded, versionText(c.path.asked), useVersion()))
	f.Rule = "version.ended"
	return f
}

// useVersion names the version to go to.
func useVersion() string { return "Use v" + versionText(object.Newest) + "." }

// owner loads the account of an object: itself, another row, or none.
func owner(ctx context.Context, tx store.Tx, node *store.Object) (*store.Object, error) {
	digits := accountOf(node)
	switch {
	case digits == "":
		return nil, nil
	case node.ID == "act_"+digits:
		return node, nil
	}
	account, err := tx.Object(ctx, "act_"+digits)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	return account, err
}

// edge finds an edge of a type in the call's version, or nil.
func (c *Call) edge(t *object.Type, name string) *object.Edge {
	if e := t.Edge(name); e != nil && in(c.Version, e.Since, e.Until) {
		return e
	}
	return nil
}

// field finds a readable field of a type in the call's version, or nil.
func (c *Call) field(t *object.Type, name string) *object.Field {
	if f := t.Field(name); f != nil && f.Has(object.Read) && in(c.Version, f.Since, f.Until) {
		return f
	}
	return nil
}

// at is the same call as seen from another node, with the parameters of an expanded edge.
func (c *Call) at(node, account *store.Object, params Params, args Args) *Call {
	moved := *c
	moved.Node, moved.Account, moved.Params, moved.Args = node, account, params, args
	return &moved
}
