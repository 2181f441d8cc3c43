package graph

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/store"
)

// tokenPattern is what any token looks like; anything else was never one.
var tokenPattern = regexp.MustCompile(`^[A-Za-z0-9_|.~+/=-]{8,512}$`)

// authenticate finds out who asks. The token may be in the query, in the body or in a header; the answer is the same. Open edges are also
// for callers without one.
func (h *Handler) authenticate(ctx context.Context, r *http.Request, s sent, path target) (Caller, error) {
	if e := h.root.Edge(path.edge); path.node == "" && e != nil && e.Open {
		return Caller{}, nil
	}
	text, err := tokenOf(r, s)
	if err != nil {
		return Caller{}, err
	}
	var token *store.Token
	err = h.db.Read(ctx, func(tx store.Tx) (err error) {
		if token, err = Identify(ctx, tx, text, h.config.Now()); err == nil {
			err = h.checkProof(ctx, tx, token, text, s.merged()["appsecret_proof"])
		}
		return err
	})
	if err != nil {
		return Caller{}, err
	}
	return Caller{
		UserID: token.UserID, Name: token.Label, Kind: token.Kind, AppID: token.AppID, Scopes: token.Scopes, Accounts: token.Accounts,
		token: text, types: h.registry,
	}, nil
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
		return "", unreadable()
	}
	return found[0], nil
}

// challenge adds the header that the platform sends with an error of the token. Quotes would end its text early.
func challenge(head http.Header, err error) {
	faults := faultsOf(err)
	if faults == nil {
		return
	}
	reason := map[int]string{codeToken: "invalid_token", codeNoToken: "invalid_request"}[leading(faults).Code]
	if reason != "" {
		head.Set("WWW-Authenticate", `OAuth "Facebook Platform" "`+reason+`" "`+strings.ReplaceAll(leading(faults).Message, `"`, "'")+`"`)
	}
}
