package insights

import (
	"context"
	"fmt"
	"time"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/store"
)

// remembered bounds each map of a directory; a full one is emptied, as everything in it can be read again.
const remembered = 20_000

// directory looks up what the fold needs to know of the objects that events name, once each: none of it ever changes.
type directory struct {
	ads      map[string]*adInfo
	accounts map[string]*accountInfo
	feeds    map[string]creative.Feed // by id of creative or edition
}

// adInfo is where an ad belongs.
type adInfo struct {
	campaign, adset string
	account         *accountInfo
}

// accountInfo is what decides how an account's events are counted.
type accountInfo struct {
	id       string         // digits
	location *time.Location // where its days begin
	currency string         // ISO 4217
}

// newDirectory returns an empty directory.
func newDirectory() *directory {
	return &directory{ads: map[string]*adInfo{}, accounts: map[string]*accountInfo{}, feeds: map[string]creative.Feed{}}
}

// learn loads what is not known yet of these ads, their accounts and these creatives, and of accounts named beside them.
// Ids that do not exist stay unknown.
func (d *directory) learn(ctx context.Context, tx store.Tx, ads, creatives, accounts map[string]bool) error {
	if max(len(d.ads), len(d.accounts), len(d.feeds)) > remembered {
		*d = *newDirectory()
	}
	wanted := missing(d.ads, ads)
	wanted = append(wanted, missing(d.feeds, creatives)...)
	if len(wanted) == 0 && len(missing(d.accounts, accounts)) == 0 {
		return nil
	}
	objects, err := tx.Objects(ctx, wanted)
	if err != nil {
		return fmt.Errorf("insights: look up ads: %w", err)
	}
	owners := map[string]bool{}
	for id := range accounts {
		owners[id] = true
	}
	for _, o := range objects {
		owners[o.AccountID] = true
	}
	if err := d.learnAccounts(ctx, tx, owners); err != nil {
		return err
	}
	for id, o := range objects {
		d.add(id, o)
	}
	return nil
}

// learnAccounts loads accounts by their digits.
func (d *directory) learnAccounts(ctx context.Context, tx store.Tx, digits map[string]bool) error {
	var ids []string
	for _, id := range missing(d.accounts, digits) {
		ids = append(ids, "act_"+id)
	}
	if len(ids) == 0 {
		return nil
	}
	objects, err := tx.Objects(ctx, ids)
	if err != nil {
		return fmt.Errorf("insights: look up accounts: %w", err)
	}
	for _, o := range objects {
		d.accounts[o.AccountID] = accountOf(o)
	}
	return nil
}

// add remembers an ad or a creative.
func (d *directory) add(id string, o *store.Object) {
	switch o.Type {
	case "ad":
		if account := d.accounts[o.AccountID]; account != nil {
			d.ads[id] = &adInfo{campaign: o.Text("campaign_id"), adset: o.Text("adset_id"), account: account}
		}
	case "adcreative", "edition":
		// A creative that cannot be read as a feed has no assets to report; its impressions still count.
		feed, _ := creative.FeedOf(edition.Content(o))
		d.feeds[id] = feed
	}
}

// accountOf reads an account's settings.
func accountOf(o *store.Object) *accountInfo {
	return &accountInfo{id: o.AccountID, location: o.Zone(), currency: o.Text("currency")}
}

// missing lists the ids of want that a map lacks.
func missing[V any](have map[string]V, want map[string]bool) []string {
	var out []string
	for id := range want {
		if _, ok := have[id]; !ok && id != "" {
			out = append(out, id)
		}
	}
	return out
}
