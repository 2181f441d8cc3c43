package console

import (
	"context"
	"net/http"
	"slices"

	"github.com/marquetry/marquetry/internal/edition"
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
	Waiting   string // how many texts and pictures
	Creatives []creativeView
	More      int64 // creatives beyond those
}

// creativeView is one of them.
type creativeView struct {
	ID, Name, Text string
	Image          string // address of a small copy of its first picture, "" for none
	Waiting        string
	Since          moment
}

// amount is so many texts and pictures in words.
func amount(texts, pictures int64) string {
	switch {
	case pictures == 0:
		return plural(texts, "text")
	case texts == 0:
		return plural(pictures, "picture")
	}
	return plural(texts, "text") + ", " + plural(pictures, "picture")
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
	var texts, pictures int64
	for i, one := range list {
		texts, pictures = texts+one.Pending-one.Pictures, pictures+one.Pictures
		if made := found[one.Creative]; i < mostWaiting && made != nil {
			out.Creatives = append(out.Creatives, creativeView{ID: one.Creative, Name: title(made), Text: original(made, "body"), Image: firstPicture(made),
				Waiting: amount(one.Pending-one.Pictures, one.Pictures), Since: at(one.Since)})
		}
	}
	out.Waiting = amount(texts, pictures)
	return out
}

// firstPicture is the address of a small copy of the first of a creative's own pictures that this server keeps, "" for none.
func firstPicture(c *store.Object) string {
	for _, o := range edition.Originals(edition.Own(c.Data)) {
		if o.Hash != "" {
			return file(o.Hash) + "/128"
		}
	}
	return ""
}
