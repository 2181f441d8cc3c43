package archive

import (
	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/heritage"
)

// design is a test as an ad: its slots, and the combination that each arm is.
type design struct {
	slots []heritage.Slot
	space bandit.Space
	arm   []int // by combination
}

// newDesign makes a test an ad of headlines and images if it crossed them, and one of a single slot otherwise, named by what varies.
func newDesign(t Test) design {
	headlines, images := distinct(t.Arms, func(a Arm) string { return a.Headline }), distinct(t.Arms, func(a Arm) string { return a.Image })
	if d, ok := crossed(t, headlines, images); ok {
		return d
	}
	d := design{space: bandit.Space{Sizes: []int{len(t.Arms)}}}
	slot := heritage.Slot{Name: "package"}
	switch {
	case len(images) == 1 && len(headlines) > 1:
		slot.Name = "title"
	case len(headlines) == 1 && len(images) > 1:
		slot.Name = "image"
	}
	for i, a := range t.Arms {
		asset := heritage.Asset{Key: a.Headline + "\n" + a.Image}
		switch slot.Name {
		case "title":
			asset = titled(a.Headline)
		case "image":
			asset = heritage.Asset{Key: a.Image}
		default:
			asset.Text = a.Headline
		}
		slot.Assets = append(slot.Assets, asset)
		d.arm = append(d.arm, i)
	}
	d.slots = []heritage.Slot{slot}
	return d
}

// titled is a headline as an asset.
func titled(headline string) heritage.Asset { return heritage.Asset{Key: headline, Text: headline} }

// crossed is the design of a test of several headlines and images that showed each with each, once.
func crossed(t Test, headlines, images []string) (design, bool) {
	if len(headlines) < 2 || len(images) < 2 || len(headlines)*len(images) != len(t.Arms) {
		return design{}, false
	}
	d := design{slots: []heritage.Slot{{Name: "title"}, {Name: "image"}}, space: bandit.Space{Sizes: []int{len(headlines), len(images)}}}
	for _, h := range headlines {
		d.slots[0].Assets = append(d.slots[0].Assets, titled(h))
		for _, i := range images {
			at := -1
			for k, a := range t.Arms {
				if a.Headline == h && a.Image == i {
					at = k
				}
			}
			if at < 0 {
				return design{}, false
			}
			d.arm = append(d.arm, at)
		}
	}
	for _, i := range images {
		d.slots[1].Assets = append(d.slots[1].Assets, heritage.Asset{Key: i})
	}
	return d, true
}

// distinct is the different values of a property, in order of appearance.
func distinct(arms []Arm, of func(Arm) string) []string {
	var list []string
	seen := map[string]bool{}
	for _, a := range arms {
		if v := of(a); !seen[v] {
			seen[v] = true
			list = append(list, v)
		}
	}
	return list
}

// ad is what a test teaches about others.
func (d design) ad(t Test) heritage.Ad {
	ad := heritage.Ad{ID: t.ID, Slots: d.slots}
	for k, i := range d.arm {
		ad.Cells = append(ad.Cells, bandit.Cell{Combination: k, Impressions: t.Arms[i].Impressions, Clicks: t.Arms[i].Clicks})
	}
	return ad
}
