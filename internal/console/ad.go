package console

import (
	"context"
	"errors"
	"net/http"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/insights"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// adView is one ad with what has been learnt of it.
type adView struct {
	frame
	version
	ID, Name, Account, Campaign, AdSet string
	Status                             string // effective, in the platform's words
	Rule, Closed                       string // that keeps it from everybody, and the same in words; "" when there is none
	State                              bandit.State
	Sentence                           string // what the state means
	Goal                               string // what the rates count per impression: clicks, purchases
	Figures                            []figureView
	Combinations                       []cardView
	Size                               int64  // how many combinations there are
	Events                             string // the pixel event that counts as a conversion
	Pools                              []poolView
	Pairs                              pairsView
	Tastes                             tastesView
	Contexts                           []contextView
	OneForAll                          bool // the same combination is best in all Contexts
	Forms                              []formView
	Review                             string // id of the creative, if something is generated for it
	Undecided                          int64  // how many texts and pictures of it wait for review
}

// figureView is one number of the head line.
type figureView struct{ Label, Value string }

// errNoAd means that there is no such ad for this visitor.
var errNoAd = errors.New("there is no such ad")

// ad shows one ad, or only its numbers.
func (c *console) ad(whole bool) page {
	return func(w http.ResponseWriter, r *http.Request, v visitor) {
		var out *adView
		err := c.db.Read(r.Context(), func(tx store.Tx) (err error) {
			out, err = c.readAd(r.Context(), tx, v, r.PathValue("id"))
			return err
		})
		switch {
		case errors.Is(err, errNoAd):
			c.page(w, r, v, http.StatusNotFound, "missing", &listView{})
		case err != nil:
			c.fail(w, r, err)
		default:
			c.show(w, r, v, "ad", whole, out)
		}
	}
}

// subject is everything that the parts of an ad's page are made from.
type subject struct {
	ad, account *store.Object
	feed        creative.Feed
	learned     *bandit.Learned            // nil when nothing was learnt of this feed
	best        []float64                  // probability to be best by combination number; nil as learned
	event       string                     // the pixel's event that counts as a conversion
	had         map[int]*insights.Delivery // by combination number
	seen        []bandit.Seen
	generated
}

// findAd reads an ad that a visitor may see, and what is around it.
func findAd(ctx context.Context, tx store.Tx, v visitor, id string) (*store.Object, surroundings, error) {
	ad, err := tx.Object(ctx, id)
	if errors.Is(err, store.ErrNotFound) || err == nil && (ad.Type != "ad" || !v.sees(ad.AccountID)) {
		return nil, nil, errNoAd
	}
	if err != nil {
		return nil, nil, err
	}
	around, err := parents(ctx, tx, []*store.Object{ad})
	return ad, around, err
}

// readAd reads an ad's page.
func (c *console) readAd(ctx context.Context, tx store.Tx, v visitor, id string) (*adView, error) {
	ad, around, err := findAd(ctx, tx, v, id)
	if err != nil {
		return nil, err
	}
	adset := around[ad.Text("adset_id")]
	s := &subject{ad: ad, event: object.PromotedEvent(dataOf(adset))}
	if s.account, err = tx.Object(ctx, "act_"+ad.AccountID); err != nil {
		return nil, err
	}
	if err := c.readSubject(ctx, tx, s, around[ad.Text("creative_id")]); err != nil {
		return nil, err
	}
	out := &adView{ID: ad.ID, Name: ad.Text("name"), Account: s.account.Text("name"),
		Campaign: around[ad.Text("campaign_id")].Text("name"), AdSet: adset.Text("name"), Status: around.effective(ad),
		Goal: goalOf(dataOf(adset)), State: bandit.Learning, Size: int64(s.feed.Combinations()), Events: events(s.event)}
	out.Rule, out.Closed = c.learner.Closed(ad.ID)
	if s.learned != nil {
		out.State = s.learned.State
	}
	if made := around[ad.Text("creative_id")]; made != nil && edition.Generates(made.Data) {
		out.Review, out.Undecided = made.ID, s.undecided
	}
	out.Sentence = sentence(s.learned, out.Goal)
	out.Combinations, out.Forms = s.cards(), s.forms
	out.Contexts = s.contexts()
	out.OneForAll = oneForAll(out.Contexts)
	out.Pools, out.Pairs, out.Tastes = s.pools(), s.pairs(), s.tastes()
	total, err := insights.Delivered(ctx, tx, insights.AdLevel, []string{ad.ID})
	out.Figures = s.figures(total[ad.ID])
	return out, err
}

// readSubject reads the creative and what came of it.
func (c *console) readSubject(ctx context.Context, tx store.Tx, s *subject, made *store.Object) (err error) {
	if made == nil {
		return nil
	}
	whole := made
	if made, err = edition.Shown(ctx, tx, made); err != nil {
		return err
	}
	if s.generated, err = readGenerated(ctx, tx, whole, edition.Content(made), c.Now().Unix()); err != nil {
		return err
	}
	s.feed, _ = creative.FeedOf(edition.Content(made)) // a creative without assets of its own is an empty feed: nothing to show
	if len(s.feed.Pools) == 0 {
		return nil
	}
	if learned, ok := c.learner.Learned(s.ad.ID); ok && learned != nil && learned.Model != nil && insights.Fits(learned, s.feed) {
		s.learned, s.best = learned, learned.Model.ProbabilityBest()
	}
	if s.had, err = insights.DeliveredByCombination(ctx, tx, s.ad.ID, s.feed); err != nil {
		return err
	}
	s.seen, err = c.learner.Contexts(ctx, tx, s.ad.ID, made.ID, maxContexts)
	return err
}

// figures is the head line.
func (s *subject) figures(had *insights.Delivery) []figureView {
	if had == nil {
		had = &insights.Delivery{}
	}
	currency := s.account.Text("currency")
	money := func(micros int64) string { return insights.Money(micros, currency) + " " + currency }
	out := []figureView{{"Impressions", number(had.Impressions)}, {"Clicks", number(had.Clicks)}}
	if had.Impressions > 0 {
		out = append(out, figureView{"Click rate", percent(float64(had.Clicks) / float64(had.Impressions))})
	}
	out = append(out, figureView{capital(events(s.event)), number(had.Events[s.event])}, figureView{"Spent", money(had.Spend)})
	if had.Clicks > 0 {
		out = append(out, figureView{"Cost per click", money(had.Spend / had.Clicks)})
	}
	if n := had.Events[s.event]; n > 0 {
		out = append(out, figureView{"Cost per " + spaced(s.event), money(had.Spend / n)})
	}
	return out
}
