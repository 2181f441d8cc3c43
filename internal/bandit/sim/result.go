package sim

import "math"

// Result is what a contender reaches, mean over the instances.
type Result struct {
	Policy      string         `json:"policy"`
	Checkpoints []MeanPoint    `json:"checkpoints"`
	DecideNS    float64        `json:"decide_ns"`   // one choice; 0 without a clock
	RefitMS     float64        `json:"refit_ms"`    // one learning, mean over the run; 0 without a clock
	ModelBytes  float64        `json:"model_bytes"` // memory that is kept of one learning; 0 without a clock
	Runs        [][]Checkpoint `json:"-"`           // by instance
}

// MeanPoint is a checkpoint averaged over instances, with standard errors of the means.
type MeanPoint struct {
	Checkpoint
	StandardError   float64 `json:"standard_error"` // of Capture
	CumulativeError float64 `json:"cumulative_standard_error"`
	LastTenthError  float64 `json:"last_tenth_standard_error"`
	Ahead           *Ahead  `json:"ahead,omitempty"`
}

// Ahead is by how much a contender is ahead of another in the same worlds: means of the differences, and their standard errors.
type Ahead struct {
	Of              string  `json:"of"` // policy
	Cumulative      float64 `json:"cumulative"`
	CumulativeError float64 `json:"cumulative_standard_error"`
	LastTenth       float64 `json:"last_tenth"`
	LastTenthError  float64 `json:"last_tenth_standard_error"`
}

// NewResult averages runs, which have the same checkpoints.
func NewResult(policy string, runs [][]Checkpoint) Result {
	r := Result{Policy: policy, Runs: runs}
	for i := range runs[0] {
		m := MeanPoint{Checkpoint: Checkpoint{Impressions: runs[0][i].Impressions}}
		m.Cumulative, m.CumulativeError = mean(runs, func(run int) float64 { return runs[run][i].Cumulative })
		m.LastTenth, m.LastTenthError = mean(runs, func(run int) float64 { return runs[run][i].LastTenth })
		m.Capture, m.StandardError = mean(runs, func(run int) float64 { return runs[run][i].Capture })
		m.Regret, _ = mean(runs, func(run int) float64 { return runs[run][i].Regret })
		m.Cells, _ = mean(runs, func(run int) float64 { return runs[run][i].Cells })
		r.Checkpoints = append(r.Checkpoints, m)
	}
	return r
}

// Compare fills in by how much the result is ahead of another of the same tournament.
func (r Result) Compare(other Result) {
	for i := range r.Checkpoints {
		a := Ahead{Of: other.Policy}
		a.Cumulative, a.CumulativeError = mean(r.Runs, func(run int) float64 { return r.Runs[run][i].Cumulative - other.Runs[run][i].Cumulative })
		a.LastTenth, a.LastTenthError = mean(r.Runs, func(run int) float64 { return r.Runs[run][i].LastTenth - other.Runs[run][i].LastTenth })
		r.Checkpoints[i].Ahead = &a
	}
}

// mean is the mean of a figure over runs, and its standard error; 0 for a single run.
func mean(runs [][]Checkpoint, figure func(run int) float64) (average, standardError float64) {
	n, squares := float64(len(runs)), 0.0
	for run := range runs {
		average += figure(run) / n
	}
	for run := range runs {
		squares += (figure(run) - average) * (figure(run) - average)
	}
	return average, math.Sqrt(squares / max(1, n-1) / n)
}
