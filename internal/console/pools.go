package console

import (
	"cmp"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/creative"
)

// poolView is the assets of one slot, compared in a bar chart that is a table as well.
type poolView struct {
	Name    string
	Learned bool    // charts are effects; otherwise shares of the impressions
	One     float64 // where no effect is, in the coordinates of the charts
	Assets  []assetView
}

// assetView is one bar.
type assetView struct {
	Text, Image string // what the asset is; one of them for most
	Named       bool   // Text is shown beside Image
	Impressions int64
	Bar         float64 // a share's length in the coordinates of a chart
	judged              // relative to the average of the slot; without a model only Value, which is the share
	order       float64 // the highest stands first
}

// judged is a finding as a chart and in words.
type judged struct {
	Effect        span
	Value         string // what the chart says
	Verdict, Tone string // "" while nothing can be said
}

// judge draws a finding on a scale that ends at most.
func judge(f bandit.Finding, most float64) judged {
	verdict, tone := sayLabel(f.Say)
	return judged{effectSpan(f.Effect, most), change(f.Effect.Mean), verdict, tone}
}

// pools compares the assets of every slot that has a choice, the best first.
func (s *subject) pools() []poolView {
	var out []poolView
	for i, pool := range s.feed.Pools {
		if len(pool.Assets) > 1 {
			out = append(out, s.pool(i, pool))
		}
	}
	return out
}

// pool compares the assets of one slot.
func (s *subject) pool(i int, pool creative.Pool) poolView {
	shown, total := make([]int64, len(pool.Assets)), int64(0)
	for k, had := range s.had {
		shown[s.feed.Slots(k)[i]] += had.Impressions
		total += had.Impressions
	}
	view := poolView{Name: poolLabel(pool.Name), Learned: s.learned != nil && i < len(s.learned.Assets)}
	values, most := make([]float64, len(pool.Assets)), 0.0
	for a := range values {
		values[a] = float64(shown[a]) / float64(max(1, total))
		most = max(most, values[a])
		if view.Learned {
			values[a] = s.learned.Assets[i][a].Effect.Mean
			most = max(1, most, s.learned.Assets[i][a].Effect.High)
		}
	}
	view.One = barOf(1, most)
	for a, asset := range pool.Assets {
		one := s.asset(asset, a)
		one.Impressions, one.order = shown[a], values[a]
		if view.Learned {
			one.judged = judge(s.learned.Assets[i][a], most)
		} else {
			one.Value, one.Bar = percent(values[a]), barOf(values[a], most)
		}
		view.Assets = append(view.Assets, one)
	}
	slices.SortStableFunc(view.Assets, func(a, b assetView) int { return cmp.Compare(b.order, a.order) })
	return view
}

// asset says what an asset is.
func (s *subject) asset(asset creative.Asset, position int) assetView {
	one := assetView{Text: assetText(asset, position), Image: picture(asset, 128)}
	if asset.Slot == creative.Image && len(s.names) > 0 {
		one.Text, one.Named = cmp.Or(s.names[asset.Hash], one.Text), true
	}
	if asset.Slot == creative.Background {
		one.Image, one.Named = s.background(asset.Type), true
	}
	return one
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
