package console

import (
	"cmp"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/creative"
)

// poolView is the assets of one slot, compared in a bar chart that is a table as well.
type poolView struct {
	Name    string
	Learned bool // bars are rates; otherwise shares of the impressions
	Assets  []assetView
}

// assetView is one bar.
type assetView struct {
	Text, Image string // what the asset is; one of them for most
	Named       bool   // Text is shown beside Image
	Impressions int64
	Value       string  // what the bar says, in words
	Bar         float64 // its length in the coordinates of a chart
}

// pools compares the assets of every slot that has a choice, the best first.
func (s *subject) pools(memory *rates) []poolView {
	var rates standardised
	if s.learned != nil {
		rates = memory.of(s.ad.ID, s.learned)
	}
	var out []poolView
	for i, pool := range s.feed.Pools {
		if len(pool.Assets) > 1 {
			out = append(out, s.pool(i, pool, rates))
		}
	}
	return out
}

// pool compares the assets of one slot.
func (s *subject) pool(i int, pool creative.Pool, rates standardised) poolView {
	shown, total := make([]int64, len(pool.Assets)), int64(0)
	for k, had := range s.had {
		shown[s.feed.Slots(k)[i]] += had.Impressions
		total += had.Impressions
	}
	values := make([]float64, len(pool.Assets))
	for a := range values {
		values[a] = float64(shown[a]) / float64(max(1, total))
		if rates != nil {
			values[a] = rates[i][a]
		}
	}
	order := make([]int, len(values))
	for a := range order {
		order[a] = a
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(values[b], values[a]) })
	view := poolView{Name: poolLabel(pool.Name), Learned: rates != nil}
	most := slices.Max(values)
	for _, a := range order {
		asset := pool.Assets[a]
		one := assetView{Text: assetText(asset, a), Image: picture(asset, 128), Impressions: shown[a], Value: percent(values[a]), Bar: barOf(values[a], most)}
		if asset.Slot == creative.Image && len(s.names) > 0 {
			one.Text, one.Named = cmp.Or(s.names[asset.Hash], one.Text), true
		}
		if asset.Slot == creative.Background {
			one.Image, one.Named = s.background(asset.Type), true
		}
		view.Assets = append(view.Assets, one)
	}
	return view
}

// poolLabel is a slot in a person's words.
func poolLabel(name string) string {
	switch name {
	case "image":
		return "Images"
	case "title":
		return "Headlines"
	case "body":
		return "Primary texts"
	case "description":
		return "Descriptions"
	case "call_to_action":
		return "Buttons"
	case "link":
		return "Links"
	case "background":
		return "Backgrounds"
	}
	return name
}

// assetText says in words what an asset is; images are numbered in the order of the feed.
func assetText(a creative.Asset, position int) string {
	switch a.Slot {
	case creative.Image:
		return "Image " + number(int64(position)+1)
	case creative.Video:
		return "Video " + a.VideoID
	case creative.CallToAction:
		return cmp.Or(creative.ButtonLabel(a.Type), "No button")
	case creative.Link:
		return a.URL
	case creative.Background:
		return styleLabel(a.Type)
	}
	return a.Text
}

// maxContexts is how many contexts a page shows.
const maxContexts = 12

// contextView is one context with the combination that does best in it.
type contextView struct {
	Label       string
	Impressions int64
	Image       string
	Title, Rest string // the headline; text, description and button
	Mean        string
	Combination string
}

// oneForAll reports whether the same combination is best in all of some contexts.
func oneForAll(list []contextView) bool {
	return len(list) > 1 && !slices.ContainsFunc(list, func(c contextView) bool { return c.Combination != list[0].Combination })
}

// contexts says for whom which combination is best, the contexts with most impressions first; nothing before anything was learnt.
func (s *subject) contexts() []contextView {
	if s.learned == nil {
		return nil
	}
	var out []contextView
	for _, one := range s.seen {
		k := s.learned.Model.BestBySignature(one.Signature)
		c := s.card(k)
		rest := strings.Join(slices.DeleteFunc([]string{c.Body, c.Description, c.Button}, func(s string) bool { return s == "" }), " · ")
		out = append(out, contextView{Label: capital(contextLabel(one.Signature)), Impressions: one.Impressions, Image: c.Image, Title: c.Title, Rest: rest,
			Mean: percent(s.learned.Model.Rate(one.Signature, k).Mean), Combination: c.ID})
	}
	return out
}
