package bandit

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
)

// probes is how many draws at most the estimate of the spread averages over; the mean over a group's coefficients makes few enough.
const probes = 16

// fitPosterior finds the mode, estimates the spread of each group of effects from the data, and draws from the posterior.
func fitPosterior(r *regression, believed [groups]float64, weight float64, temper tempering, opt Options, seed uint64) (*posterior, error) {
	noise := normals(r.layout.size, opt.Draws, seed)
	some := noise
	some.Cols = min(probes, noise.Cols)
	factor, err := r.solve(believed, 4)
	if err != nil {
		return nil, err
	}
	sd := r.spread(believed, believed, weight, deviations(factor, some))
	if factor, err = r.solve(sd, 50); err != nil {
		return nil, err
	}
	p := &posterior{mode: r.mode, scratch: &scratch{factor, r.prior, r.mean, r.spreads(believed)}}
	p.honest = around(r.mode, deviations(factor, noise))
	for g, alpha := range temper {
		from, to := r.layout.span(group(g))
		blas64.Scal(alpha, blas64.Vector{N: (to - from) * noise.Stride, Inc: 1, Data: noise.Data[from*noise.Stride:]})
	}
	p.bold = around(r.mode, deviations(factor, noise))
	return p, nil
}

// solve moves the mode towards its place under the given spreads, in so many steps at most, and returns the posterior's factor.
func (r *regression) solve(sd [groups]float64, steps int) (blas64.Triangular, error) {
	r.setPriors(sd)
	r.data.curve(r.mode, r.curves)
	factor, err := r.factor()
	if err == nil {
		r.descend(factor, steps)
	}
	return factor, err
}

// spread is the standard deviation of each group by one step of empirical Bayes (MacKay's fixed point, 1992), with what was believed
// before any data counting as much as weight effects: without it the estimates drift to zero and exploration dies. Sample is deviations
// under the spreads sd.
func (r *regression) spread(sd, believed [groups]float64, weight float64, sample blas64.General) [groups]float64 {
	for g := groupMain; g < groups; g++ {
		from, to := r.layout.span(g)
		squares, uncertainty := 0.0, 0.0
		for i := from; i < to; i++ {
			off, share := (r.mode[i]-r.mean[i])/r.scale[i], 1/(r.scale[i]*r.scale[i]*float64(sample.Cols))
			squares += off * off
			for _, x := range sample.Data[i*sample.Stride:][:sample.Cols] {
				uncertainty += x * x * share
			}
		}
		determined := max(0, float64(to-from)-uncertainty/(sd[g]*sd[g]))
		sd[g] = math.Sqrt((squares + weight*believed[g]*believed[g]) / (determined + weight))
	}
	return sd
}

// normals is a matrix of independent standard normals, one column per draw.
func normals(size, draws int, seed uint64) blas64.General {
	source := rand.New(rand.NewPCG(seed, 0x9E3779B97F4A7C15))
	z := blas64.General{Rows: size, Cols: draws, Stride: draws, Data: make([]float64, size*draws)}
	for i := range z.Data {
		z.Data[i] = source.NormFloat64()
	}
	return z
}

// deviations turns standard normals into draws with the covariance of which factor is the precision's Cholesky factor.
func deviations(factor blas64.Triangular, noise blas64.General) blas64.General {
	x := noise
	x.Data = append([]float64(nil), noise.Data...)
	blas64.Trsm(blas.Left, blas.NoTrans, 1, factor, x)
	return x
}

// around adds deviations to the mode; one slice of coefficients per draw.
func around(mode []float64, deviations blas64.General) [][]float64 {
	draws := make([][]float64, deviations.Cols)
	for j := range draws {
		draws[j] = make([]float64, len(mode))
		for i, m := range mode {
			draws[j][i] = m + deviations.Data[i*deviations.Stride+j]
		}
	}
	return draws
}
