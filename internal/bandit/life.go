package bandit

import "slices"

// maxSpans bounds the spans of a calendar.
const maxSpans = 32

// calendar divides the days of an ad's life into spans of one day or, when there are too many, of 2, 4, 8 … days.
type calendar struct {
	first int32 // span, counted like days since 1970
	shift int   // a span has 1 << shift days
	spans int
}

// calendar spans the days with data, of which there must be one.
func (t *table) calendar() calendar {
	first, last := t.days[0].day, t.days[0].day
	for _, d := range t.days {
		first, last = min(first, d.day), max(last, d.day)
	}
	shift := 0
	for int(last>>shift)-int(first>>shift) >= maxSpans {
		shift++
	}
	return calendar{first >> shift, shift, int(last>>shift) - int(first>>shift) + 1}
}

// span is the number of the span that a day lies in, from 0.
func (c calendar) span(day int32) int { return int(day>>c.shift) - int(c.first) }

// day is the first day of a span.
func (c calendar) day(span int) int32 { return (c.first + int32(span)) << c.shift }

// told is what some spans say of the first coefficients of a model, in information form: they are off its mode by information⁻¹ · score,
// with variance information⁻¹.
type told struct {
	score       []float64
	information []float64 // upper triangle of a square matrix
}

// newTold is nothing said of so many coefficients.
func newTold(width int) *told { return &told{make([]float64, width), make([]float64, width*width)} }

// see adds a combination that has been clicked more often than expected by over.
func (t *told) see(features []int32, expected, over float64) {
	for i, f := range features {
		t.score[f] += over
		line := t.information[int(f)*len(t.score):]
		for _, g := range features[i:] {
			line[g] += expected
		}
	}
}

// condition takes away what is known of the coefficients from the number of clicks alone: expected is how many of them are with each.
func (t *told) condition(expected []float64, clicks float64) {
	for i, x := range expected {
		line := t.information[i*len(expected):]
		for j := i; j < len(expected) && x > 0; j++ {
			line[j] -= x * expected[j] / clicks
		}
	}
}

// maxStrata bounds the situations whose base rates may move each by itself, those with most impressions; the others share one.
const maxStrata = 8

// stratum is what happened in one span in one situation.
type stratum struct {
	clicks, expected float64
	with             []float64 // expected clicks on combinations with each coefficient
}

// life tells how the clicks of every span fell to the combinations, against how the model, given how many there were in each situation,
// has them fall: a multinomial, in which base rates cancel. What is told of the spans that block gives the same number is summed;
// a negative number leaves a span out. Width is how many of the coefficients are looked at.
func (m *Logistic) life(width int, c calendar, blocks int, block func(span int) int) []*told {
	life := make([]*told, blocks)
	for i := range life {
		life[i] = newTold(width)
	}
	strata := make([]stratum, c.spans*maxStrata)
	of := func(d daily) *stratum { return &strata[c.span(d.day)*maxStrata+min(d.situation, maxStrata-1)] }
	m.runs(func(d daily, expected float64, _ []int32) {
		s := of(d)
		s.clicks, s.expected = s.clicks+float64(d.clicks), s.expected+expected
	})
	m.runs(func(d daily, expected float64, features []int32) {
		b, s := block(c.span(d.day)), of(d)
		if b < 0 || s.clicks == 0 {
			return
		}
		if s.with == nil {
			s.with = make([]float64, width)
		}
		expected *= s.clicks / s.expected
		end, _ := slices.BinarySearch(features, int32(width))
		life[b].see(features[:end], expected, float64(d.clicks)-expected)
		for _, f := range features[:end] {
			s.with[f] += expected
		}
	})
	for i, s := range strata {
		if s.with != nil {
			life[block(i/maxStrata)].condition(s.with, s.clicks)
		}
	}
	return life
}

// runs visits the days in the order of the table, with the clicks that the model expects and the features.
func (m *Logistic) runs(visit func(d daily, expected float64, features []int32)) {
	var features []int32
	slots := make([]uint8, len(m.space.Sizes))
	rate := 0.0
	for i, d := range m.table.days {
		if i == 0 || d.situation != m.table.days[i-1].situation || d.combination != m.table.days[i-1].combination {
			features = m.layout.features(features[:0], m.space.Slots(d.combination, slots), m.table.situations[d.situation].values)
			rate = sigmoid(linear(m.heads[0].mode, features))
		}
		visit(d, rate*float64(d.impressions), features)
	}
}
