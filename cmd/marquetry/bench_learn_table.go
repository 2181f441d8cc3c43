package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// learnTable is what the policies reach in one kind of world.
type learnTable struct {
	World     string       `json:"world"`
	Space     []int        `json:"space"` // assets per slot
	FirstSeed uint64       `json:"seed0"`
	Instances int          `json:"instances"`
	Batch     int          `json:"batch"`
	Lag       int          `json:"lag"`
	Horizon   float64      `json:"horizon"` // optimisation events
	Policies  []sim.Result `json:"policies"`
}

// compare sets every policy beside the first that is not the default.
func (t *learnTable) compare() {
	for _, baseline := range t.Policies {
		if baseline.Policy == "default" {
			continue
		}
		for _, r := range t.Policies {
			if r.Policy != baseline.Policy {
				r.Compare(baseline)
			}
		}
		return
	}
}

// print writes the table: one line for each policy and checkpoint, errors in brackets.
func (t *learnTable) print(out io.Writer) error {
	fmt.Fprintf(out, "world %s, %d combinations %v, %d ads from seed %d, feedback every %d impressions, %d late, horizon %.0f events\n\n",
		t.World, bandit.Space{Sizes: t.Space}.Size(), t.Space, t.Instances, t.FirstSeed, t.Batch, t.Lag, t.Horizon)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "policy\timpressions\tcumulative %%\tlast tenth %%\tcapture\tahead, cumulative\tahead, last tenth\tdecide\trefit\t\n")
	for _, r := range t.Policies {
		for _, p := range r.Checkpoints {
			fmt.Fprintf(w, "%s\t%d\t%.1f (%.1f)\t%.1f (%.1f)\t%.3f (%.3f)\t", r.Policy, p.Impressions,
				p.Cumulative, p.CumulativeError, p.LastTenth, p.LastTenthError, p.Capture, p.StandardError)
			if a := p.Ahead; a != nil {
				fmt.Fprintf(w, "%+.1f (%.1f)\t%+.1f (%.1f)\t", a.Cumulative, a.CumulativeError, a.LastTenth, a.LastTenthError)
			} else {
				fmt.Fprint(w, "\t\t")
			}
			fmt.Fprintf(w, "%.0f ns\t%.2f ms\t\n", r.DecideNS, r.RefitMS)
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(out)
	return err
}
