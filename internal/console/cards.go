package console

import (
	"cmp"
	"net/url"
	"slices"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/insights"
)

// shownCards is how many combinations a page shows as pictures.
const shownCards = 12

// cardView is one combination as a picture of the ad with what is known of it.
type cardView struct {
	ID                                            string
	Image, Title, Body, Description, Button, Host string
	Style                                         string // of the background, of a catalog ad
	Impressions, Clicks, Events                   int64
	Learned                                       bool
	Rate                                          span
	Mean, Best                                    string
	Verdict                                       string
}

// cards pictures the combinations that matter: those most likely to be best, then those most shown; the highest mean first.
func (s *subject) cards() []cardView {
	if len(s.feed.Pools) == 0 {
		return nil
	}
	chosen := s.choose()
	rates, most := map[int]bandit.Estimate{}, 0.0
	for _, k := range chosen {
		rates[k] = s.rate(k)
		most = max(most, rates[k].High)
	}
	slices.SortStableFunc(chosen, func(a, b int) int { return cmp.Compare(rates[b].Mean, rates[a].Mean) })
	var out []cardView
	for _, k := range chosen {
		c := s.card(k)
		if s.learned != nil {
			c.Rate, c.Mean = spanOf(rates[k], most), percent(rates[k].Mean)
		}
		out = append(out, c)
	}
	return out
}

// choose picks the combinations to show.
func (s *subject) choose() []int {
	all := make([]int, s.feed.Combinations())
	for k := range all {
		all[k] = k
	}
	impressions := make([]int64, len(all))
	for k, had := range s.had {
		impressions[k] = had.Impressions
	}
	best := s.best
	if best == nil {
		best = make([]float64, len(all))
	}
	slices.SortFunc(all, func(a, b int) int {
		return cmp.Or(cmp.Compare(best[b], best[a]), cmp.Compare(impressions[b], impressions[a]), cmp.Compare(a, b))
	})
	return all[:min(shownCards, len(all))]
}

// rate is what is believed of a combination, zero when nothing is.
func (s *subject) rate(k int) bandit.Estimate {
	if s.learned == nil {
		return bandit.Estimate{}
	}
	return s.learned.Model.Rate("", k)
}

// card pictures combination k.
func (s *subject) card(k int) cardView {
	slots := s.feed.Slots(k)
	c := cardView{ID: s.feed.CombinationID(slots), Learned: s.learned != nil}
	c.fill(s.feed.Assets(slots))
	s.dress(&c, s.feed.Assets(slots))
	if had := s.had[k]; had != nil {
		c.Impressions, c.Clicks, c.Events = had.Impressions, had.Clicks, had.Events[s.event]
	}
	if s.learned != nil {
		c.Best = chance(s.best[k])
		if insights.VerdictOf(s.learned, k) == insights.VerdictWinner {
			c.Verdict = "Winner"
		}
	}
	return c
}

// fill puts the assets of a combination in their places.
func (c *cardView) fill(assets []creative.Asset) {
	for _, a := range assets {
		switch a.Slot {
		case creative.Image:
			c.Image = picture(a, 256)
		case creative.Title:
			c.Title = a.Text
		case creative.Body:
			c.Body = a.Text
		case creative.Description:
			c.Description = a.Text
		case creative.CallToAction:
			c.Button = creative.ButtonLabel(a.Type)
		case creative.Link:
			c.Host = host(a.URL)
		}
	}
}

// host is the part of an address that people know a site by.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// picture is the address of an image asset's small copy, "" for what this server does not keep: pages load nothing from elsewhere.
func picture(a creative.Asset, width int) string {
	if a.Slot != creative.Image || a.Hash == "" {
		return ""
	}
	return "/media/" + url.PathEscape(a.Hash) + "/" + number(int64(width))
}
