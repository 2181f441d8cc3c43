package console

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/sim"
	"github.com/marquetry/marquetry/internal/store"
)

// arenaView is the arena: every policy serves the same simulated people, whose true rates are known.
type arenaView struct {
	frame
	course
	Ad, Name   string // the ad whose rates are taken for true, if one is
	Worlds     []choiceView
	Sizes      []choiceView
	Runs       []runView // the best first; the policies that still have to run follow without figures
	Lines      []lineChart
	Left       int    // policies that have not run
	Next       string // address at which the next one runs
	Impression string // how many impressions, in words
	Ads        int    // simulated ads that figures are means of
}

// choiceView is one entry of a list to choose from.
type choiceView struct {
	Value, Label string
	Chosen       bool
}

// runView is one policy with what it came to.
type runView struct {
	Name, About           string
	Ours, Done            bool
	Cumulative, LastTenth string // percent of the clicks that the best combination for everyone would have brought
	Error                 string // standard error of LastTenth
	Bar                   float64
}

// lineChart is a policy's percent of optimal so far, by impressions, in the coordinates of the chart.
type lineChart struct {
	Name, Points string
	Ours         bool
	End          float64 // height at which the name stands
}

// arena shows the arena, or plays one more policy and shows how the race stands.
func (c *console) arena(whole bool) page {
	return func(w http.ResponseWriter, r *http.Request, v visitor) {
		out, err := c.readArena(r.Context(), v, r.URL.Query())
		if err == nil && !whole {
			err = c.races.play(r.Context(), out.course)
		}
		switch {
		case errors.Is(err, errNoAd):
			c.page(w, r, v, http.StatusNotFound, "missing", &listView{})
			return
		case err != nil:
			c.fail(w, r, err)
			return
		}
		out.fill(c.races.enter(out.course).results)
		if whole {
			c.page(w, r, v, http.StatusOK, "arena", out)
			return
		}
		c.write(w, r, http.StatusOK, "arena-race", out)
	}
}

// readArena finds out what to race on. What is not known among the choices is the first of them.
func (c *console) readArena(ctx context.Context, v visitor, q url.Values) (*arenaView, error) {
	out := &arenaView{Ad: q.Get("ad")}
	address := url.Values{}
	if out.Ad != "" {
		s, err := c.arenaAd(ctx, v, out.Ad)
		if err != nil {
			return nil, err
		}
		out.Name, out.course = s.ad.Text("name"), courseOf(s)
		address.Set("ad", out.Ad)
	} else {
		world, size := known(q.Get("world"), worldNames()), known(q.Get("size"), sizeNames())
		course, err := presetCourse(world, size)
		if err != nil {
			return nil, err
		}
		out.course, out.Worlds, out.Sizes = course, choices(worldNames(), world, worldLabel), choices(sizeNames(), size, sizeLabel)
		address.Set("world", world)
		address.Set("size", size)
	}
	out.Next = "/console/arena/race?" + address.Encode()
	out.Impression, out.Ads = number(int64(out.impressions)), out.instances
	return out, nil
}

// arenaAd reads an ad whose rates, as far as they have been learnt, are to be the truth of the race.
func (c *console) arenaAd(ctx context.Context, v visitor, id string) (*subject, error) {
	s := &subject{}
	err := c.db.Read(ctx, func(tx store.Tx) error {
		ad, around, err := findAd(ctx, tx, v, id)
		if err != nil {
			return err
		}
		s.ad = ad
		return c.readSubject(ctx, tx, s, around[ad.Text("creative_id")])
	})
	if err == nil && (s.learned == nil || len(s.seen) == 0 || s.learned.Space.Size() > mostRaced) {
		err = errNoAd
	}
	return s, err
}

// known is the wanted one of some names, or the first.
func known(wanted string, names []string) string {
	if slices.Contains(names, wanted) {
		return wanted
	}
	return names[0]
}

// choices are names to choose from.
func choices(names []string, chosen string, label func(string) string) []choiceView {
	var out []choiceView
	for _, name := range names {
		out = append(out, choiceView{name, label(name), name == chosen})
	}
	return out
}

// fill puts in the results so far.
func (v *arenaView) fill(results map[string]sim.Result) {
	for _, name := range sim.ContenderNames() {
		run := runView{Name: name, About: policyLabel(name), Ours: name == "default"}
		if result, ok := results[name]; ok {
			end := result.Checkpoints[len(result.Checkpoints)-1]
			run.Done, run.Bar = true, barOf(end.LastTenth, 100)
			run.Cumulative, run.LastTenth = points(end.Cumulative), points(end.LastTenth)
			run.Error = "± " + strconv.FormatFloat(end.LastTenthError, 'f', 1, 64)
			v.Lines = append(v.Lines, lineOfRun(name, result))
		} else {
			v.Left++
		}
		v.Runs = append(v.Runs, run)
	}
	slices.SortStableFunc(v.Runs, func(a, b runView) int { return int(b.Bar - a.Bar) })
	v.spread()
}

// Chart measures, in the units of its coordinates: the lines have 1000 × 320, the names stand to their right.
const (
	chartHeight = 320.0
	nameHeight  = 17.0
)

// lineOfRun is the line of one result.
func lineOfRun(name string, result sim.Result) lineChart {
	line := lineChart{Name: name, Ours: name == "default"}
	end := result.Checkpoints[len(result.Checkpoints)-1].Impressions
	for _, p := range result.Checkpoints {
		line.End = round(chartHeight * (1 - clamp(p.Cumulative/100)))
		line.Points += fmt.Sprintf("%g,%g ", round(wide*float64(p.Impressions)/float64(end)), line.End)
	}
	return line
}

// spread moves names apart that would stand on each other: from the top down, and back up from the bottom edge.
func (v *arenaView) spread() {
	slices.SortStableFunc(v.Lines, func(a, b lineChart) int { return int(a.End*10 - b.End*10) })
	for i := range v.Lines {
		if i > 0 {
			v.Lines[i].End = max(v.Lines[i].End, v.Lines[i-1].End+nameHeight)
		}
	}
	limit := chartHeight
	for i := len(v.Lines) - 1; i >= 0; i-- {
		v.Lines[i].End = min(v.Lines[i].End, limit)
		limit = v.Lines[i].End - nameHeight
	}
}

// points writes a percentage of the best possible.
func points(percent float64) string { return strconv.FormatFloat(percent, 'f', 1, 64) + " %" }

// policyLabel says in a sentence how a policy chooses.
func policyLabel(name string) string {
	switch name {
	case "default":
		return "Marquetry: assets, pairs and viewers in one model; shows what a draw of it holds for best"
	case "uniform":
		return "Even rotation: everything equally often, for ever"
	case "asset-beta":
		return "Each asset by itself, whatever it is shown with (Thompson sampling)"
	case "asset-beta-segment":
		return "The same, for every kind of viewer by itself"
	case "combination-beta":
		return "Each combination by itself (Thompson sampling)"
	case "combination-beta-eb":
		return "The same, with rates drawn towards their mean"
	case "mvt1":
		return "Hill et al. 2017, MVT1: assets and viewers, probit"
	case "mvt2":
		return "Hill et al. 2017, MVT2: with pairs of assets"
	case "top-two":
		return "Marquetry's model, looking for the best rather than showing it (Russo 2016)"
	case "split-then-ship":
		return "A test of all, then the best of it for ever"
	}
	return name
}

// worldNames are the simulated worlds that can be chosen.
func worldNames() []string { return []string{"real", "hill", "main", "loud", "null", "drift"} }

// worldLabel says what is true in a world.
func worldLabel(name string) string {
	switch name {
	case "real":
		return "Like headline tests: images and headlines matter most"
	case "hill":
		return "Pairs of assets matter more than assets"
	case "main":
		return "Only assets matter, no pairs, no tastes"
	case "loud":
		return "Very large differences"
	case "null":
		return "Nothing makes any difference"
	case "drift":
		return "Tastes change half-way"
	}
	return name
}

// sizeNames are the sizes that can be chosen, as numbers of combinations.
func sizeNames() []string { return []string{"108", "18", "6250"} }

// sizeLabel is a size in words.
func sizeLabel(name string) string { return sizeWords(sizeOf(name)) + " combinations" }

// sizeOf is the assets per slot of a size.
func sizeOf(name string) bandit.Space {
	switch name {
	case "18":
		return bandit.Space{Sizes: []int{3, 3, 2}}
	case "6250":
		return bandit.Space{Sizes: []int{10, 5, 5, 5, 5}}
	}
	return bandit.Space{Sizes: []int{3, 3, 3, 2, 2}}
}

// sizeWords is 3 × 3 × 2 = 18.
func sizeWords(s bandit.Space) string {
	text := ""
	for i, n := range s.Sizes {
		if i > 0 {
			text += " × "
		}
		text += strconv.Itoa(n)
	}
	return text + " = " + number(int64(s.Size()))
}
