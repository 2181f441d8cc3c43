package console

import (
	"context"
	"net/http"
	"slices"

	"github.com/marquetry/marquetry/internal/generate"
	"github.com/marquetry/marquetry/internal/store"
)

// How much the queue shows.
const (
	mostWaiting   = 100 // creatives of an account
	mostDecisions = 20
)

// queueView is what waits for review, and what was decided lately.
type queueView struct {
	frame
	Accounts []waitingView
	Lately   []eventView
}

// waitingView is an account with creatives that wait.
type waitingView struct {
	Name, ID  string
	Pending   int64
	Creatives []creativeView
	More      int64 // creatives beyond those
}

// creativeView is one of them.
type creativeView struct {
	ID, Name, Text string
	Pending        int64
	Since          moment
}

// queue shows what waits.
func (c *console) queue(w http.ResponseWriter, r *http.Request, v visitor) {
	out := new(queueView)
	err := c.db.Read(r.Context(), func(tx store.Tx) error { return out.read(r.Context(), tx, v) })
	if err != nil {
		c.fail(w, r, err)
		return
	}
	c.page(w, r, v, http.StatusOK, "queue", out)
}

// read reads the queue in a number of store calls that does not grow with it.
func (q *queueView) read(ctx context.Context, tx store.Tx, v visitor) error {
	*q = queueView{}
	accounts, ids, err := visible(ctx, tx, v)
	if err != nil {
		return err
	}
	waiting, err := generate.Queue(ctx, tx, ids)
	if err != nil {
		return err
	}
	decided, err := generate.Decisions(ctx, tx, ids, mostDecisions)
	if err != nil {
		return err
	}
	by := map[string][]generate.Waiting{}
	wanted := wantedBy(decided)
	for _, one := range waiting {
		if by[one.Account] = append(by[one.Account], one); len(by[one.Account]) <= mostWaiting {
			wanted = append(wanted, one.Creative)
		}
	}
	slices.Sort(wanted)
	found, err := tx.Objects(ctx, slices.Compact(wanted))
	if err != nil {
		return err
	}
	for _, account := range accounts {
		if list := by[account.ID]; len(list) > 0 {
			q.Accounts = append(q.Accounts, waitingOf(account, list, found))
		}
	}
	q.Lately = eventViews(decided, found, v)
	return nil
}

// waitingOf is an account's part of the queue.
func waitingOf(account *store.Object, list []generate.Waiting, found map[string]*store.Object) waitingView {
	out := waitingView{Name: account.Text("name"), ID: account.AccountID, More: int64(max(0, len(list)-mostWaiting))}
	for i, one := range list {
		out.Pending += one.Pending
		if made := found[one.Creative]; i < mostWaiting && made != nil {
			out.Creatives = append(out.Creatives, creativeView{ID: one.Creative, Name: title(made), Text: original(made, "body"), Pending: one.Pending, Since: at(one.Since)})
		}
	}
	return out
}
