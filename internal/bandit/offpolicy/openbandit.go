package offpolicy

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/marquetry/marquetry/internal/bandit"
)

// maxOpenBandit bounds the impressions read of one file.
const maxOpenBandit = 2_000_000

// ReadOpenBandit reads impressions in the format of the Open Bandit Dataset (Saito et al., NeurIPS 2021): comma-separated, with a header, of
// which the columns item_id, position, click and propensity_score are used. The position is the context, the item the combination.
func ReadOpenBandit(r io.Reader) ([]Event, error) {
	rows := csv.NewReader(r)
	rows.ReuseRecord = true
	header, err := rows.Read()
	if err != nil {
		return nil, fmt.Errorf("open bandit: header: %w", err)
	}
	at := map[string]int{}
	for i, name := range header {
		at[name] = i
	}
	for _, name := range []string{"item_id", "position", "click", "propensity_score"} {
		if _, ok := at[name]; !ok {
			return nil, fmt.Errorf("open bandit: there is no column %s", name)
		}
	}
	var events []Event
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return events, nil
		}
		if err != nil {
			return nil, fmt.Errorf("open bandit: %w", err)
		}
		item, err1 := strconv.ParseUint(row[at["item_id"]], 10, 8)
		click, err2 := strconv.ParseFloat(row[at["click"]], 64)
		propensity, err3 := strconv.ParseFloat(row[at["propensity_score"]], 64)
		if err := errors.Join(err1, err2, err3); err != nil {
			return nil, fmt.Errorf("open bandit: impression %d: %w", len(events)+1, err)
		}
		if !(propensity > 0 && propensity <= 1) || len(events) == maxOpenBandit {
			return nil, fmt.Errorf("open bandit: impression %d: propensity %v; at most %d impressions", len(events)+1, propensity, maxOpenBandit)
		}
		events = append(events, Event{bandit.Signature(row[at["position"]]), int(item), propensity, click})
	}
}

// Observed is the policy behind a log as its frequencies tell: the share of each combination in each context, the mean over time of
// propensities that changed.
type Observed struct {
	shares map[bandit.Signature][]float64
}

// Observe counts the choices of a log among so many combinations.
func Observe(events []Event, combinations int) Observed {
	o, totals := Observed{map[bandit.Signature][]float64{}}, map[bandit.Signature]float64{}
	for _, e := range events {
		if o.shares[e.Signature] == nil {
			o.shares[e.Signature] = make([]float64, combinations)
		}
		o.shares[e.Signature][e.Combination]++
		totals[e.Signature]++
	}
	for sig, shares := range o.shares {
		for k := range shares {
			shares[k] /= totals[sig]
		}
	}
	return o
}

// Propensity is the share of a combination in a context; 0 in one without data.
func (o Observed) Propensity(sig bandit.Signature, combination int) float64 {
	if shares := o.shares[sig]; combination < len(shares) {
		return shares[combination]
	}
	return 0
}
