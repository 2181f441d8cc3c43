package offpolicy

import "math"

// moments are sums over impressions of a score and of the reward beside it: enough for the mean score, its variance, and its
// covariance with the mean reward.
type moments struct{ n, score, reward, scores, rewards, cross float64 }

// add takes one impression.
func (m *moments) add(score, reward float64) {
	m.n++
	m.score += score
	m.reward += reward
	m.scores += score * score
	m.rewards += reward * reward
	m.cross += score * reward
}

// estimate is the mean score beside the mean reward.
func (m *moments) estimate(method Method) Estimate {
	if m.n == 0 {
		return Estimate{Method: method}
	}
	mean, logged := m.score/m.n, m.reward/m.n
	return newEstimate(method, mean, logged, uncertainty{
		value: (m.scores - m.n*mean*mean) / (m.n * m.n), logged: (m.rewards - m.n*logged*logged) / (m.n * m.n),
		both: (m.cross - m.n*mean*logged) / (m.n * m.n),
	})
}

// ratio are the sums of a weighted mean, divided by the weights and not by their number.
type ratio struct{ n, weight, hit, reward, weights, hits, squares, rewards, cross float64 }

// add takes one impression.
func (s *ratio) add(w, r float64) {
	s.n++
	s.weight += w
	s.hit += w * r
	s.reward += r
	s.weights += w * w
	s.hits += w * w * r
	s.squares += w * w * r * r
	s.rewards += r * r
	s.cross += w * r * r
}

// estimate is the weighted mean; the errors are those of its linearisation, w (r - mean) / mean weight.
func (s *ratio) estimate() Estimate {
	if s.weight == 0 {
		return Estimate{Method: SNIPS}
	}
	mean, logged := s.hit/s.weight, s.reward/s.n
	return newEstimate(SNIPS, mean, logged, uncertainty{
		value:  (s.squares - 2*mean*s.hits + mean*mean*s.weights) / (s.weight * s.weight),
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
