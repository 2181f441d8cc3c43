package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/marquetry/marquetry/internal/bandit"
)

// print writes the tables.
func (r offpolicyReport) print(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "policy\tdecisions\tcontexts\tchi-square\tdegrees of freedom\tp\tunlike\t\n")
	for _, f := range r.Frequencies {
		fmt.Fprintf(w, "%s\t%d\t%d\t%.1f\t%d\t%.3f\t%d\t\n", f.Policy, f.Decisions, f.Contexts, f.Statistic, f.Freedom, f.P, f.Unlike)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "\nworld %s, %d combinations %v, %d ads from seed %d, %d impressions each after %d, control slice %g %%\n\n",
		r.Preset, bandit.Space{Sizes: r.Space}.Size(), r.Space, r.Instances, r.FirstSeed, r.Impressions, r.Before, 100*r.Control)
	fmt.Fprintf(w, "policy\tmethod\tlogs\ttruth %%\testimate %%\tRMSE %%\tstated error %%\tz mean\tz sd\twithin 2\teffective\tlargest weight\t\n")
	for _, e := range r.Estimates {
		fmt.Fprintf(w, "%s\t%s\t%d of %d\t%.3f\t%.3f\t%.3f\t%.3f\t%+.2f\t%.2f\t%.0f %%\t%.0f\t%.0f\t\n", e.Target, e.Method, e.Logs, r.Instances,
			100*e.Truth, 100*e.Estimate, 100*e.RMSE, 100*e.Error, e.ZMean, e.ZSD, 100*e.Coverage, e.Effective, e.Largest)
	}
	if err := w.Flush(); err != nil || len(r.OpenBandit) == 0 {
		return err
	}
	fmt.Fprintf(out, "\nOpen Bandit Dataset, men\n\n")
	fmt.Fprintf(w, "policy\tlog\tmethod\testimate %%\tstated error %%\ton its own log %%\terror %%\tz\teffective\tsupport\t\n")
	for _, o := range r.OpenBandit {
		fmt.Fprintf(w, "%s\t%s\t%s\t%.3f\t%.3f\t%.3f\t%.3f\t%+.2f\t%.0f\t%s\t\n", o.Policy, o.Log, o.Method,
			100*o.Estimate, 100*o.Error, 100*o.OnPolicy, 100*o.OnPolicyError, o.Z, o.Effective, o.Rule)
	}
	return w.Flush()
}
