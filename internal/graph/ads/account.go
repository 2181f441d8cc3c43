package ads

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// highestCPM is the largest price of a thousand impressions, in millionths of the currency: 10,000.00.
const highestCPM = 10_000_000_000

// account checks what can change of an ad account.
func (s *service) account(ctx context.Context, w *graph.Write) error {
	accountStatus(w)
	attribution(w, "")
	zone := object.Text(w.Data, "timezone_name")
	if _, err := time.LoadLocation(zone); err != nil || zone == "" || zone == "Local" {
		w.Fault(object.Broken("account.timezone", 0, "timezone_name must be a name such as America/Los_Angeles", "timezone_name").Without())
	}
	if currency := object.Text(w.Data, "currency"); !slices.Contains(object.Currencies(), currency) {
		w.Fault(coded(set(object.Broken("account.currency", 0, "currency must be one of "+strings.Join(object.Currencies(), " "), "currency"), "USD"), 2607))
	}
	if cpm := object.Whole(w.Data, "marquetry_cpm_micros"); cpm < 0 || cpm > highestCPM {
		w.Fault(object.Broken("account.cpm", 0, "marquetry_cpm_micros must be 0 to 10000000000", "marquetry_cpm_micros").Without())
	}
	reviewSettings(w)
	guidelines(w)
	brandColours(w)
	if w.Creating() {
		return nil
	}
	if err := s.accountCap(ctx, w); err != nil {
		return err
	}
	return settled(ctx, w)
}

// settled refuses to change what the results of an account's ads are counted in.
func settled(ctx context.Context, w *graph.Write) error {
	var changed []string
	for _, name := range []string{"timezone_name", "currency"} {
		if object.Text(w.Data, name) != object.Text(w.Old.Data, name) {
			changed = append(changed, name)
		}
	}
	if changed == nil {
		return nil
	}
	every := []string{object.Active, object.Paused, object.Archived, object.Deleted}
	n, err := w.Tx.Count(ctx, store.Listing{Type: "ad", Field: "account_id", To: w.Old.ID, Statuses: every})
	for _, name := range changed {
		if n > 0 {
			w.Fault(coded(drop(object.Broken("account.settled", 0, name+" can't change once the account has had an ad: its results are counted in the old one", name)), 2615))
		}
	}
	return err
}

// accountStatus checks a change of the account's status, which is ours and needs the scope sandbox.
func accountStatus(w *graph.Write) {
	sent, changed := w.Sent["account_status"]
	switch {
	case !changed:
	case !w.Caller.Can(object.Sandbox):
		w.Fault(sandboxOnly("account_status"))
	case !slices.Contains([]any{int64(1), int64(2), int64(3), int64(7), int64(8), int64(9), int64(100), int64(101)}, sent):
		w.Fault(object.Broken("account.status", 0, "account_status must be one of 1, 2, 3, 7, 8, 9, 100, 101", "account_status").Without())
	}
}

// userAccounts lists every ad account, newest first; the protocol leaves out those that the token may not touch.
func userAccounts(ctx context.Context, _ *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	return everything(ctx, tx, "adaccount")
}

// userPages lists every Page, newest first.
func userPages(ctx context.Context, _ *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	return everything(ctx, tx, "page")
}

// everything lists all objects of a type of which an instance has few.
func everything(ctx context.Context, tx store.Tx, typ string) (*graph.Rows, error) {
	var list []*store.Object
	err := tx.All(ctx, typ, func(o *store.Object) error {
		list = append(list, o)
		return nil
	})
	slices.Reverse(list)
	return &graph.Rows{Objects: list, Total: len(list)}, err
}

// adsetCreatives lists the creatives that an ad set's live ads show, newest first.
func adsetCreatives(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	ads, err := children(ctx, tx, "ad", "adset_id", call.Node.ID)
	if err != nil {
		return nil, err
	}
	found, err := above(ctx, tx, ads, "creative_id")
	var list []*store.Object
	for _, o := range found {
		list = append(list, o)
	}
	slices.SortFunc(list, func(a, b *store.Object) int { return int(b.Seq - a.Seq) })
	return &graph.Rows{Objects: list, Total: len(list)}, err
}
