package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"text/tabwriter"

	"github.com/marquetry/marquetry/internal/bandit/archive"
)

// benchUpworthyCmd is `marquetry bench upworthy`.
type benchUpworthyCmd struct {
	Data     string   `help:"The archive as a table, packages.csv, or the directory that it is in." required:"" type:"path" placeholder:"DIR"`
	Policies []string `help:"Policies to measure; all unless said otherwise." placeholder:"NAME"`
	Truth    []string `help:"What is taken for the truth: the rates measured; those rates shrunk by what chance contributes; or rates split, where policies learn from one half of the counts and are measured by the other. One table each." enum:"measured,shrunk,split" default:"measured" placeholder:"KIND"`
	Traffic  float64  `help:"Visitors, as a share of each test's impressions." default:"1"`
	Batch    int      `help:"Visitors between two deliveries of feedback." default:"500"`
	Folds    int      `help:"Parts of the archive; what is learnt from other tests is learnt from the other parts." default:"10"`
	Past     bool     `help:"Parts follow each other in time, and a test learns only from those before it."`
	Seed     uint64   `help:"Of the visitors." default:"1"`
	JSON     bool     `name:"json" help:"Print one JSON object for each table."`
}

// Help is the example shown by --help.
func (benchUpworthyCmd) Help() string {
	return "Replays the A/B tests of headlines and images of the Upworthy Research Archive at the traffic that they had. Capture is the share of the prize " +
		"that a policy gets: of the clicks that knowing the best arm brings over an even split. \"learnt\" believes beforehand what the other tests teach: how " +
		"far arms differ, and which words work. Standard errors are by bootstrap over tests.\n\n" +
		"Example:\n  marquetry bench upworthy --data upworthy --truth measured,shrunk"
}

// upworthyTable is what is printed.
type upworthyTable struct {
	Tests   int           `json:"tests"`
	Truth   string        `json:"truth"`
	Traffic float64       `json:"traffic"`
	Batch   int           `json:"batch"`
	Past    bool          `json:"past"`
	Prize   float64       `json:"prize"` // clicks of the best arms over an even split, as a share of these
	Rows    []archive.Row `json:"policies"`
}

// Run measures and prints.
func (c benchUpworthyCmd) Run(to streams) error {
	if c.Batch < 1 || c.Folds < 2 || !(c.Traffic > 0 && c.Traffic <= 100) {
		return usageError("--batch must be at least 1, --folds at least 2, and --traffic above 0 and at most 100")
	}
	tests, err := c.tests()
	if err != nil {
		return err
	}
	policies := c.Policies
	if len(policies) == 0 {
		policies = archive.Policies()
	}
	for _, truth := range c.Truth {
		table := upworthyTable{Tests: len(tests), Truth: truth, Traffic: c.Traffic, Batch: c.Batch, Past: c.Past}
		table.Rows, table.Prize, err = archive.Contest(tests, archive.Config{
			Policies: policies, Truth: truth, Batch: c.Batch, Traffic: c.Traffic, Folds: c.Folds, Past: c.Past, Seed: c.Seed, Workers: runtime.GOMAXPROCS(0),
		})
		if err != nil {
			return err
		}
		if c.JSON {
			err = printJSON(to.out, table)
		} else {
			err = table.print(to.out)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// tests reads the archive.
func (c benchUpworthyCmd) tests() ([]archive.Test, error) {
	name := c.Data
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		name = filepath.Join(name, "packages.csv")
	}
	file, err := os.Open(name) //nolint:gosec // the operator names it
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	tests, err := archive.Read(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return tests, nil
}

// print writes one table.
func (t upworthyTable) print(out io.Writer) error {
	fmt.Fprintf(out, "%d tests, truth %s, %g of the traffic, feedback every %d visitors; the best arms bring %.1f %% over an even split\n",
		t.Tests, t.Truth, t.Traffic, t.Batch, 100*t.Prize)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "policy\tcapture\tclicks over even\tahead\t\n")
	for _, r := range t.Rows {
		fmt.Fprintf(w, "%s\t%.3f (%.3f)\t%+.1f %%\t%+.3f (%.3f)\t\n", r.Policy, r.Capture, r.StandardError, 100*r.Lift, r.Ahead, r.AheadError)
	}
	return w.Flush()
}
