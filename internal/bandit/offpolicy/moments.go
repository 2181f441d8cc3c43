package offpolicy

import "math"

// moments are sums over impressions of a score and of the reward beside it: enough for the mean score, its variance, and its
// covariance with the mean reward. The variance is measured twice: as the scores scatter, and as the model says that they should, given
// which combinations were shown. The second does not overlook rewards that are rare, heavy and happened not to come.
type moments struct {
	n, score, reward, scores, rewards, cross float64
	expected, squares                        float64 // what the model expects of score and of scores
}

// add takes one impression: a score, its mean and variance as the model has them, and the reward.
func (m *moments) add(score, mean, variance, reward float64) {
	m.n++
	m.score += score
	m.reward += reward
	m.scores += score * score
	m.rewards += reward * reward
	m.cross += score * reward
	m.expected += mean
	m.squares += mean*mean + variance
}

// estimate is the mean score beside the mean reward.
func (m *moments) estimate(method Method) Estimate {
	if m.n == 0 {
		return Estimate{Method: method}
	}
	mean, logged := m.score/m.n, m.reward/m.n
	return newEstimate(method, mean, logged, uncertainty{
		value:  max(m.scores-m.n*mean*mean, m.squares-2*mean*m.expected+m.n*mean*mean) / (m.n * m.n),
		logged: (m.rewards - m.n*logged*logged) / (m.n * m.n),
		both:   (m.cross - m.n*mean*logged) / (m.n * m.n),
	})
}

// ratio are the sums of a weighted mean, divided by the weights and not by their number.
type ratio struct {
	n, weight, hit, reward, weights, hits, squares, rewards, cross float64
	expectedHit, expectedHits, expectedSquares                     float64 // what the model expects of hit, hits and squares
}

// add takes one impression: its weight, its reward, and mean and mean square of that as the model has them.
func (s *ratio) add(w, r, mean, square float64) {
	s.n++
	s.weight += w
	s.hit += w * r
	s.reward += r
	s.weights += w * w
	s.hits += w * w * r
	s.squares += w * w * r * r
	s.rewards += r * r
	s.cross += w * r * r
	s.expectedHit += w * mean
	s.expectedHits += w * w * mean
	s.expectedSquares += w * w * square
}

// estimate is the weighted mean; the errors are those of its linearisation, w (r - mean) / mean weight.
func (s *ratio) estimate() Estimate {
	if s.weight == 0 {
		return Estimate{Method: SNIPS}
	}
	mean, logged := s.hit/s.weight, s.reward/s.n
	return newEstimate(SNIPS, mean, logged, uncertainty{
		value:  (max(s.squares-2*mean*s.hits, s.expectedSquares-2*mean*s.expectedHits) + mean*mean*s.weights) / (s.weight * s.weight),
		logged: (s.rewards - s.n*logged*logged) / (s.n * s.n),
		both:   (s.cross - mean*s.hit) / (s.weight * s.n),
	})
}

// uncertainty is the variances of an estimate and of the mean reward of the log, and their covariance.
type uncertainty struct{ value, logged, both float64 }

// newEstimate puts intervals around a value, and around its ratio to what the log brought, whose variance is by the delta method.
func newEstimate(method Method, value, logged float64, u uncertainty) Estimate {
	e := Estimate{Method: method, Value: around(value, math.Sqrt(max(0, u.value)))}
	if logged > 0 {
		times := value / logged
		e.Lift = around(times-1, math.Sqrt(max(0, u.value-2*times*u.both+times*times*u.logged))/logged)
	}
	return e
}
