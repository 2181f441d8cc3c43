package console

import (
	"context"
	"net/http"
	"slices"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/insights"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// listed is how many ads of one account the list shows, the newest ones.
const listed = 100

// listView is the list of running ads.
type listView struct {
	frame
	version
	Accounts []accountView
}

// accountView is one account with its running ads.
type accountView struct {
	Name, ID, Currency string
	Ads                []lineView
	More               bool // there are more than listed
}

// lineView is one ad in the list.
type lineView struct {
	ID, Name, Campaign, AdSet, Image string
	State                            bandit.State
	Impressions, Clicks, Events      int64
	Goal                             string // what Events counts: purchases
	Spend                            string
}

// list shows the ads that run, or only their numbers.
func (c *console) list(whole bool) page {
	return func(w http.ResponseWriter, r *http.Request, v visitor) {
		out := &listView{}
		err := c.db.Read(r.Context(), func(tx store.Tx) (err error) {
			out.Accounts, err = c.readList(r.Context(), tx, v)
			return err
		})
		if err != nil {
			c.fail(w, r, err)
			return
		}
		c.show(w, r, v, "list", whole, out)
	}
}

// readList reads the running ads of every account that a visitor may see, in a number of store calls that does not grow with them.
func (c *console) readList(ctx context.Context, tx store.Tx, v visitor) ([]accountView, error) {
	accounts, ids, err := visible(ctx, tx, v)
	if err != nil {
		return nil, err
	}
	ads, err := tx.ListMany(ctx, store.Listing{Type: "ad", Field: "account_id", Statuses: []string{object.Active}}, ids, listed+1)
	if err != nil {
		return nil, err
	}
	var all []*store.Object
	for _, some := range ads {
		all = append(all, some...)
	}
	around, err := parents(ctx, tx, all)
	if err != nil {
		return nil, err
	}
	adIDs := make([]string, len(all))
	for i, ad := range all {
		adIDs[i] = ad.ID
	}
	had, err := insights.Delivered(ctx, tx, insights.AdLevel, adIDs)
	if err != nil {
		return nil, err
	}
	var out []accountView
	for _, account := range accounts {
		one := accountView{Name: account.Text("name"), ID: account.AccountID, Currency: account.Text("currency")}
		one.More = len(ads[account.ID]) > listed
		for _, ad := range ads[account.ID][:min(listed, len(ads[account.ID]))] {
			if around.effective(ad) == object.Active {
				one.Ads = append(one.Ads, c.line(ad, around, had[ad.ID], one.Currency))
			}
		}
		out = append(out, one)
	}
	return out, nil
}

// visible is the accounts that a visitor may see, with their ids.
func visible(ctx context.Context, tx store.Tx, v visitor) (accounts []*store.Object, ids []string, err error) {
	err = tx.All(ctx, "adaccount", func(o *store.Object) error {
		if v.sees(o.AccountID) {
			accounts, ids = append(accounts, o), append(ids, o.ID)
		}
		return nil
	})
	return accounts, ids, err
}

// line is one ad in the list. It may have had nothing yet.
func (c *console) line(ad *store.Object, around surroundings, had *insights.Delivery, currency string) lineView {
	if had == nil {
		had = &insights.Delivery{}
	}
	adset := around[ad.Text("adset_id")]
	l := lineView{ID: ad.ID, Name: ad.Text("name"), Campaign: around[ad.Text("campaign_id")].Text("name"), AdSet: adset.Text("name"),
		Impressions: had.Impressions, Clicks: had.Clicks, Spend: insights.Money(had.Spend, currency), State: bandit.Learning}
	if learned, ok := c.learner.Learned(ad.ID); ok && learned != nil {
		l.State = learned.State
	}
	event := object.PromotedEvent(dataOf(adset))
	l.Goal, l.Events = events(event), had.Events[event]
	if l.Events == 1 {
		l.Goal = singular(l.Goal)
	}
	if feed, err := creative.FeedOf(dataOf(around[ad.Text("creative_id")])); err == nil {
		l.Image = picture(feed.Pools[0].Assets[0], 128)
	}
	return l
}

// surroundings is the ad sets, campaigns and creatives of some ads by id.
type surroundings map[string]*store.Object

// parents reads the surroundings of ads with one store call.
func parents(ctx context.Context, tx store.Tx, ads []*store.Object) (surroundings, error) {
	var ids []string
	for _, ad := range ads {
		ids = append(ids, ad.Text("adset_id"), ad.Text("campaign_id"), ad.Text("creative_id"))
	}
	slices.Sort(ids)
	return tx.Objects(ctx, slices.Compact(ids))
}

// effective is the effective status of an ad.
func (s surroundings) effective(ad *store.Object) string {
	status := func(id string) string {
		if o := s[id]; o != nil {
			return o.Status
		}
		return object.Deleted
	}
	return object.EffectiveStatus(status(ad.Text("campaign_id")), status(ad.Text("adset_id")), ad.Status)
}

// dataOf is an object's data, nil for no object.
func dataOf(o *store.Object) map[string]any {
	if o == nil {
		return nil
	}
	return o.Data
}
