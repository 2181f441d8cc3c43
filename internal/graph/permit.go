package graph

import (
	"cmp"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Can reports whether the caller's token has a permission, itself or by one that implies it.
func (c Caller) Can(scope string) bool {
	return scope == object.AnyToken || slices.Contains(c.Scopes, scope) || slices.Contains(c.Scopes, object.Admin) ||
		scope == object.AdsRead && slices.Contains(c.Scopes, object.AdsManagement)
}

// limited reports whether the token is for some accounts only.
func (c Caller) limited() bool { return len(c.Accounts) > 0 }

// scopes are what objects of a type ask for.
func (c Caller) scopes(typ string) object.Scopes {
	if c.types == nil || c.types.Type(typ) == nil {
		return object.Scopes{}
	}
	return c.types.Type(typ).Scopes
}

// Sees reports whether the caller may know that an object exists: of one kept for a token, by the token; of an account, by the account; of none, by the permission that its type
// names, if the token is limited at all. A user is known to itself.
func (c Caller) Sees(o *store.Object) bool {
	if c.private(o) {
		return false
	}
	if !c.limited() || o.ID == c.UserID {
		return true
	}
	if account := accountOf(o); account != "" {
		return slices.Contains(c.Accounts, account)
	}
	scopes := c.scopes(o.Type)
	return o.Type != "user" && (scopes.Read == "" || scopes.Shared || c.Can(scopes.Read))
}

// accountOf is the digits of the account that an object belongs to, or is.
func accountOf(o *store.Object) string {
	if digits, ok := strings.CutPrefix(o.ID, "act_"); ok {
		return digits
	}
	return o.AccountID
}

// permit refuses a read or write of a visible object, or of one of its edges, that the token's permissions do not cover.
func (c Caller) permit(o *store.Object, e *object.Edge, write bool) error {
	switch {
	case e != nil && e.Scope != "":
		return c.need(e.Scope)
	case accountOf(o) == "":
		return c.permitOutside(o, write)
	case c.Kind == store.AppToken:
		return fault(codeApp, "(#272) An application's own token cannot touch ad accounts: this needs the token of a user or of a system user")
	}
	scope, code, named := object.AdsRead, codeReading, c.scopes(o.Type).Read
	if write {
		scope, code, named = object.AdsManagement, codeManaging, c.scopes(o.Type).Write
	}
	also := ""
	if e != nil && e.Also != "" {
		also = " or " + e.Also
	}
	switch {
	case c.Can(scope) || named != "" && c.Can(named) || also != "" && c.Can(e.Also):
		return nil
	case strings.HasPrefix(o.ID, "act_"):
		return fault(codeScope, "(#200) The access token lacks the permission "+scope+" for this ad account")
	case write:
		return fault(code, "(#294) Managing ads needs an access token with the permission "+scope+also)
	}
	return fault(code, "(#278) Reading ads needs an access token with the permission "+scope)
}

// permitRows refuses rows that are reached from another object when the token could not read them by their ids. Bare ids may stand in an
// answer, unless they were chosen by what is in them.
func (c Caller) permitRows(bare bool, objs []*store.Object) error {
	if bare {
		return nil
	}
	for _, o := range objs {
		if err := c.permit(o, nil, false); err != nil {
			return err
		}
	}
	return nil
}

// permitOutside is permit for what belongs to no account. A token that is not limited has the permissions for ads everywhere.
func (c Caller) permitOutside(o *store.Object, write bool) error {
	scopes := c.scopes(o.Type)
	named, usual := scopes.Read, object.AdsRead
	if write {
		named, usual = scopes.Write, object.AdsManagement
	}
	switch {
	case named != "" && c.Can(named):
		return nil
	case c.Can(usual) && (!c.limited() || !write && (named == "" || scopes.Shared)):
		return nil
	case write && named == "" && c.limited():
		return fault(codePermission, "(#10) This action needs an access token that is not limited to ad accounts")
	}
	return c.need(cmp.Or(named, usual))
}

// need refuses a token without a permission, for what is not about an account.
func (c Caller) need(scope string) error {
	if c.Can(scope) {
		return nil
	}
	return fault(codePermission, "(#10) This action needs the permission "+scope)
}
