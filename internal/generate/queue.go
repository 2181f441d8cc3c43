package generate

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Waiting is a creative with texts or pictures that nobody has decided on.
type Waiting struct {
	Account  string // act_…
	Creative string
	Pending  int64 // texts and pictures
	Pictures int64 // of these
	Since    int64 // unix seconds, when the oldest of them came about
}

// pendingOf selects the PENDING assets of some accounts whose creatives are still there.
const pendingOf = ` FROM object_refs a JOIN object_refs c ON c.object_id = a.object_id AND c.field = 'creative_id'
	JOIN objects made ON made.id = c.to_id AND made.status <> '` + object.Deleted + `'
	JOIN objects o ON o.id = a.object_id
	WHERE a.field = 'account_id' AND a.type = '` + edition.AssetType + `' AND a.status = '` + object.AssetPending + `' AND a.to_id IN (`

// ofPictures is 1 for a row that is a picture. In JSON as the store writes it no text can hold what is looked for: quotes inside are escaped.
const ofPictures = `CASE WHEN o.data LIKE '%"kind":"` + edition.Image + `"%' OR o.data LIKE '%"kind":"` + edition.Background + `"%' THEN 1 ELSE 0 END`

// mostAccounts is how many accounts one query names: SQLite takes 500 terms in a compound SELECT.
const mostAccounts = 400

// Queue lists what waits for a decision in some accounts, act_…: of each account, the creative that has waited longest first.
func Queue(ctx context.Context, tx store.Tx, accounts []string) ([]Waiting, error) {
	var all []Waiting
	for some := range slices.Chunk(accounts, mostAccounts) {
		marks, args := list(some)
		rows, err := tx.Query(ctx, "SELECT a.to_id, c.to_id, COUNT(*), SUM("+ofPictures+"), MIN(o.created)"+pendingOf+marks+") GROUP BY a.to_id, c.to_id ORDER BY a.to_id, MIN(o.seq)", args...)
		if err == nil {
			err = scanned(rows, func() error {
				w := new(Waiting)
				err := rows.Scan(&w.Account, &w.Creative, &w.Pending, &w.Pictures, &w.Since)
				all = append(all, *w)
				return err
			})
		}
		if err != nil {
			return nil, fmt.Errorf("generate: queue: %w", err)
		}
	}
	return all, nil
}

// Pending is how many texts and pictures wait for a decision in some accounts, act_….
func Pending(ctx context.Context, tx store.Tx, accounts []string) (n int64, err error) {
	for some := range slices.Chunk(accounts, mostAccounts) {
		marks, args := list(some)
		var more int64
		if err := tx.QueryRow(ctx, "SELECT COUNT(*)"+pendingOf+marks+")", args...).Scan(&more); err != nil {
			return 0, fmt.Errorf("generate: queue: %w", err)
		}
		n += more
	}
	return n, nil
}

// list are the marks and arguments of an SQL list.
func list(values []string) (marks string, args []any) {
	return strings.TrimSuffix(strings.Repeat("?,", len(values)), ","), anys(values)
}

// scanned calls each for every row, and closes the rows.
func scanned(rows *sql.Rows, each func() error) error {
	defer func() { _ = rows.Close() }() // rows.Err below has the cause
	for rows.Next() {
		if err := each(); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Event is a line of the ledger for people.
type Event struct {
	At         int64    `json:"-"` // unix seconds
	Account    string   `json:"-"` // digits
	Creative   string   `json:"-"`
	Kind       string   `json:"-"` // generated, approved, rejected, delivered or failed
	Asset      string   `json:"asset"`
	Generator  string   `json:"generator"`
	Model      string   `json:"model"`
	By         string   `json:"by"` // of a decision: review, or activation of the Ad
	Ad         string   `json:"ad"`
	Reviewer   string   `json:"reviewer"` // name of the token
	ReviewerID string   `json:"reviewer_id"`
	Ads        []string `json:"ads"` // of a delivery
	Error      string   `json:"error"`

	Pictures []json.RawMessage `json:"pictures"` // of items of a product set, one for each item and feature
}

// Events are the newest lines about a creative, newest first.
func Events(ctx context.Context, tx store.Tx, creativeID string, limit int) ([]Event, error) {
	return events(ctx, tx, "creative_id = ?", []any{creativeID}, limit)
}

// Decisions are the newest lines about what was approved, rejected and given up in some accounts, act_…, newest first. Of each account so
// many are read in the order of an index, however long the ledger is.
func Decisions(ctx context.Context, tx store.Tx, accounts []string, limit int) ([]Event, error) {
	const one = "SELECT * FROM (SELECT seq FROM ledger WHERE account_id = ? AND kind IN ('" + recordApproved + "', '" + recordRejected + "', '" + recordFailed +
		"') ORDER BY seq DESC LIMIT ?) l"
	var all []Event
	for some := range slices.Chunk(accounts, mostAccounts) {
		arms, args := make([]string, len(some)), make([]any, 0, 2*len(some))
		for i, id := range some {
			arms[i], args = one, append(args, strings.TrimPrefix(id, "act_"), limit)
		}
		found, err := events(ctx, tx, "seq IN ("+strings.Join(arms, " UNION ALL ")+")", args, limit)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortStableFunc(all, func(a, b Event) int { return cmp.Compare(b.At, a.At) })
	return all[:min(limit, len(all))], nil
}

// events reads lines that meet a condition, newest first.
func events(ctx context.Context, tx store.Tx, where string, args []any, limit int) ([]Event, error) {
	rows, err := tx.Query(ctx, "SELECT at, account_id, creative_id, kind, body FROM ledger WHERE "+where+" ORDER BY seq DESC LIMIT ?", append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("generate: ledger: %w", err)
	}
	var all []Event
	err = scanned(rows, func() error {
		var e Event
		var body string
		if err := rows.Scan(&e.At, &e.Account, &e.Creative, &e.Kind, &body); err != nil {
			return err
		}
		_ = json.Unmarshal([]byte(body), &e) // what somebody wrote over is for Verify to find
		all = append(all, e)
		return nil
	})
	return all, err
}
