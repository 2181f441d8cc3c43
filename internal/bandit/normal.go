package bandit

import "gonum.org/v1/gonum/mat"

// quadratic is what data say of some effects, apart from what was believed of them: a normal likelihood in information form.
type quadratic struct {
	precision mat.SymDense
	pull      mat.VecDense // precision · where the likelihood is highest
}

// normal is a belief about some effects.
type normal struct {
	mean       mat.VecDense
	covariance mat.SymDense
	evidence   float64 // logarithm of the likelihood averaged over the prior, relative to that of no effect
}

// quadraticOf divides a prior out of a posterior; not ok when either is singular.
func quadraticOf(posteriorMean, priorMean *mat.VecDense, posterior, prior *mat.SymDense) (q *quadratic, ok bool) {
	var a, b mat.Cholesky
	var before mat.SymDense
	q = &quadratic{}
	if !a.Factorize(posterior) || !b.Factorize(prior) || a.InverseTo(&q.precision) != nil || b.InverseTo(&before) != nil {
		return nil, false
	}
	var part mat.VecDense
	part.MulVec(&before, priorMean)
	q.pull.MulVec(&q.precision, posteriorMean)
	q.pull.SubVec(&q.pull, &part)
	before.ScaleSym(-1, &before)
	q.precision.AddSym(&q.precision, &before)
	return q, true
}

// under is the posterior under another normal prior; not ok when that is singular.
func (q *quadratic) under(mean *mat.VecDense, covariance *mat.SymDense) (n *normal, ok bool) {
	var a, b mat.Cholesky
	var before, sum mat.SymDense
	if !a.Factorize(covariance) || a.InverseTo(&before) != nil {
		return nil, false
	}
	sum.AddSym(&q.precision, &before)
	if !b.Factorize(&sum) {
		return nil, false
	}
	n = &normal{}
	var part, pull mat.VecDense
	part.MulVec(&before, mean)
	pull.AddVec(&q.pull, &part)
	if b.SolveVecTo(&n.mean, &pull) != nil || b.InverseTo(&n.covariance) != nil {
		return nil, false
	}
	n.evidence = (mat.Dot(&pull, &n.mean) - mat.Dot(mean, &part) - a.LogDet() - b.LogDet()) / 2
	return n, true
}
