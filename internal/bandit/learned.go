package bandit

// State is how far the learning of one ad has come, in the words of the reports.
type State string

// The states.
const (
	Learning        State = "LEARNING"         // too early to say anything; a winner is withheld
	LearningLimited State = "LEARNING_LIMITED" // at the current rate 50 optimisation events in 7 days cannot be reached
	StableWinner    State = "STABLE_WINNER"
	StableEven      State = "STABLE_NO_MATERIAL_DIFFERENCE"
)

// Totals sums an ad's cells, over all contexts and days.
type Totals struct {
	Impressions, Clicks, Conversions int64
	Value                            int64 // millionths of the account's currency
	FirstDay, LastDay                int32 // days since 1970-01-01 in the account's time zone
	Since                            int32 // day of the last significant edit, or 0
}

// TotalsOf sums cells; the days are those of the first and last cell with an impression.
func TotalsOf(cells []Cell) Totals {
	var t Totals
	for _, c := range cells {
		if c.Impressions > 0 && (t.Impressions == 0 || c.Day < t.FirstDay) {
			t.FirstDay = c.Day
		}
		if c.Impressions > 0 && (t.Impressions == 0 || c.Day > t.LastDay) {
			t.LastDay = c.Day
		}
		t.Impressions += c.Impressions
		t.Clicks += c.Clicks
		t.Conversions += c.Conversions
		t.Value += c.Value
	}
	return t
}

// Learned is everything that the learner publishes about one ad. It is immutable.
type Learned struct {
	Space  Space
	Policy Policy
	Parts  []Policy // of [Options.Parts]
	Model  Model
	Totals Totals
	Rule   Rule // by which State was found: reports say what it asks for
	State  State
	Winner int // combination number of the declared winner; -1 when none is

	Outlook  Outlook
	Contexts []Seen // those with most impressions, first; see Propensity

	Assets    [][]Finding      // per slot and asset
	Pairs     []PairFinding    // those of which something can be said first, then by the strength of their effect
	Segments  []SegmentFinding // in the order of Pairs
	Remaining float64          // value remaining, see Model
	Any       float64          // e-value against "no asset and no pair makes any difference"
	Progress  Progress         // towards the end of LEARNING
	Exit      Forecast         // of LEARNING
}
