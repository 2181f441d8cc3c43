package graph

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/store"
)

// Scopes that the protocol asks for.
const (
	scopeRead  = "ads_read"
	scopeWrite = "ads_management" // implies scopeRead
	scopePages = "pages_read_engagement"
	scopeAdmin = "admin" // implies every scope
)

// tokenPattern is what any token looks like; anything else was never one.
var tokenPattern = regexp.MustCompile(`^[A-Za-z0-9_|.~+/=-]{8,512}$`)

// authenticate finds out who asks. The token may be in the query, in the body or in a header; the answer is the same. Open edges are also
// for callers without one.
func (h *Handler) authenticate(ctx context.Context, r *http.Request, s sent, path target) (Caller, error) {
	text, err := tokenOf(r, s)
	if e := h.root.Edge(path.edge); path.node == "" && e != nil && e.Open {
		return Caller{}, nil
	}
	if err != nil {
		return Caller{}, err
	}
	var token *store.Token
	err = h.db.Read(ctx, func(tx store.Tx) (err error) {
		token, err = tx.TokenByHash(ctx, store.HashToken(text))
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		return Caller{}, fault(codeToken, "Invalid OAuth access token")
	}
	if err != nil {
		return Caller{}, err
	}
	if now := h.config.Now(); token.Expires != 0 && token.Expires <= now.Unix() {
		f := fault(codeToken, "Error validating access token: Session has expired on "+time.Unix(token.Expires, 0).UTC().Format(time.RFC1123)+". The current time is "+now.UTC().Format(time.RFC1123))
		f.Subcode = subExpired
		return Caller{}, f
	}
	return Caller{UserID: token.UserID, Name: token.Label, Scopes: token.Scopes, Accounts: token.Accounts, token: text}, nil
}

// tokenOf collects the token from every place. Two that differ are an error, never a guess which one is meant.
func tokenOf(r *http.Request, s sent) (string, error) {
	var found []string
	add := func(value any) {
		text, isText := value.(string)
		if value != nil && (!isText || text != "") {
			found = append(found, strings.TrimPrefix(strings.TrimSpace(text), "/")) // the documentation has access_token=/<TOKEN>
		}
	}
	add(s.query["access_token"])
	add(s.body["access_token"])
	scheme, credentials, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") || strings.EqualFold(scheme, "OAuth") {
		add(credentials)
	}
	found = slices.Compact(found)
	switch {
	case len(found) == 0:
		return "", fault(codeNoToken, "An access token is required to request this resource.")
	case len(found) > 1:
		return "", fault(codeParameter, "(#100) Different access tokens were sent in one request; send one", "access_token")
	case !tokenPattern.MatchString(found[0]):
		return "", fault(codeToken, "Invalid OAuth access token - Cannot parse access token")
	}
	return found[0], nil
}

// Can reports whether the caller's token has a scope, itself or by one that implies it.
func (c Caller) Can(scope string) bool {
	return slices.Contains(c.Scopes, scope) || slices.Contains(c.Scopes, scopeAdmin) || scope == scopeRead && slices.Contains(c.Scopes, scopeWrite)
}

// Sees reports whether the caller may know that an object exists. A user is known to itself; what belongs to no account, such as a Page,
// is known to everyone with a token.
func (c Caller) Sees(o *store.Object) bool {
	account := accountOf(o)
	switch {
	case len(c.Accounts) == 0:
		return true
	case o.Type == "user":
		return o.ID == c.UserID
	}
	return account == "" || slices.Contains(c.Accounts, account)
}

// accountOf is the digits of the account that an object belongs to, or is.
func accountOf(o *store.Object) string {
	if digits, ok := strings.CutPrefix(o.ID, "act_"); ok {
		return digits
	}
	return o.AccountID
}

// permit refuses a read or write of a visible object that the token's scopes do not cover. A user may always be read.
func (c Caller) permit(o *store.Object, write bool) error {
	scope, granted := scopeRead, c.Can(scopeRead)
	if write {
		scope, granted = scopeWrite, c.Can(scopeWrite)
	}
	switch {
	case write && accountOf(o) == "" && len(c.Accounts) > 0: // users and Pages are everybody's
		return fault(codePermission, "(#10) This action needs an access token that is not limited to ad accounts")
	case granted, o.Type == "user" && !write, o.Type == "page" && !write && c.Can(scopePages):
		return nil
	case accountOf(o) == "":
		return fault(codePermission, "(#10) This action needs the permission "+scope)
	}
	return fault(codeScope, "(#200) The access token lacks the permission "+scope+" for this ad account")
}
