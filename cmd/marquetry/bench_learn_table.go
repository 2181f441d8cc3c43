package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"unsafe"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// learnTable is what the policies reach in one kind of world.
type learnTable struct {
	World     string       `json:"world"`
	Space     []int        `json:"space"`           // assets per slot
	Slots     []string     `json:"slots,omitempty"` // their names
	Objective string       `json:"objective"`
	FirstSeed uint64       `json:"seed0"`
	Instances int          `json:"instances"`
	Batch     int          `json:"batch"`
	Lag       int          `json:"lag"`
	Horizon   float64      `json:"horizon"` // optimisation events
	Policies  []sim.Result `json:"policies"`
	Replicas  *replicated  `json:"merged,omitempty"`
}

// replicated is whether the counters of some replicas, merged, gave the model of one.
type replicated struct {
	Replicas  int  `json:"replicas"`
	Identical bool `json:"identical"`
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
	fmt.Fprintf(out, "world %s, %d combinations (%s), %d ads from seed %d\nobjective %s, feedback every %d impressions, %d late, %s\n\n",
		t.World, bandit.Space{Sizes: t.Space}.Size(), t.dimensions(), t.Instances, t.FirstSeed, t.Objective, t.Batch, t.Lag, t.horizon())
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "policy\timpressions\tcumulative %%\tlast tenth %%\tcapture\tahead, cumulative\tahead, last tenth\t\n")
	for _, r := range t.Policies {
		for _, p := range r.Checkpoints {
			fmt.Fprintf(w, "%s\t%d\t%.1f (%.1f)\t%.1f (%.1f)\t%.3f (%.3f)\t", r.Policy, p.Impressions,
				p.Cumulative, p.CumulativeError, p.LastTenth, p.LastTenthError, p.Capture, p.StandardError)
			if a := p.Ahead; a != nil {
				fmt.Fprintf(w, "%+.1f (%.1f)\t%+.1f (%.1f)\t\n", a.Cumulative, a.CumulativeError, a.LastTenth, a.LastTenthError)
			} else {
				fmt.Fprint(w, "\t\t\n")
			}
		}
	}
	fmt.Fprintln(w)
	return w.Flush()
}

// horizon says what the default policy was told of the ad's life.
func (t *learnTable) horizon() string {
	if t.Horizon == 0 {
		return "horizon unknown"
	}
	return fmt.Sprintf("horizon %.0f events", t.Horizon)
}

// printCosts writes what each policy costs, and whether replicas agree.
func (t *learnTable) printCosts(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "policy\tone decision\tone refit\tcounters of an ad\tlearnt of an ad\t\n")
	for _, r := range t.Policies {
		cells := r.Checkpoints[len(r.Checkpoints)-1].Cells
		fmt.Fprintf(w, "%s\t%.0f ns\t%.2f ms\t%.0f × %d bytes\t%.1f kB\t\n",
			r.Policy, r.DecideNS, r.RefitMS, cells, unsafe.Sizeof(bandit.Cell{}), r.ModelBytes/1000)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if t.Replicas != nil {
		fmt.Fprintf(out, "\ncounters of %d replicas, merged, give the model of one to the last bit: %t\n", t.Replicas.Replicas, t.Replicas.Identical)
	}
	_, err := fmt.Fprintln(out)
	return err
}

// dimensions is the assets of each slot, with their names if they have any: 5 size × 8 color.
func (t *learnTable) dimensions() string {
	parts := make([]string, len(t.Space))
	for f, n := range t.Space {
		if parts[f] = strconv.Itoa(n); t.Slots != nil {
			parts[f] += " " + t.Slots[f]
		}
	}
	return strings.Join(parts, " × ")
}
