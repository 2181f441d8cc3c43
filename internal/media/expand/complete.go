package expand

import (
	"context"
	"image"
	"runtime"
	"sync"
)

// Coarsest is the short side of what is known at the first level, in pixels; each level is step times as large as the one before.
const (
	coarsest = 40
	step     = 1.6
)

// largeLevel is the longer side, in pixels, beyond which a level just follows the one before it.
const largeLevel = 640

// newPainter makes a painter for an order.
func newPainter(o Order) *painter {
	workers := o.Workers
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	return &painter{workers: workers, seed: o.Seed, weights: weights()}
}

// fill paints what is still hidden by patches of what is known, coarse to fine (Wexler et al., Space-Time Completion of Video, 2007).
func (p *painter) fill(ctx context.Context, c *canvas) error {
	if c.known == c.img.Rect {
		return nil
	}
	salient := newSalience(c.img, c.known)
	var v *level
	all := sizes(c.known.Size())
	for i, size := range all {
		next := newLevel(c, size.X, size.Y)
		next.prior = newPrior(next, salient, c, i)
		if v == nil {
			next.start()
		} else {
			next.inherit(v)
		}
		v = next
		if err := p.level(ctx, v, i, i == len(all)-1); err != nil {
			return err
		}
	}
	p.blend(v)
	v.store(c)
	c.heal()
	c.known = c.img.Rect
	return nil
}

// sizes are those of the known part at each level, the coarsest first.
func sizes(full image.Point) []image.Point {
	var out []image.Point
	for short := float64(coarsest); short < 0.8*float64(min(full.X, full.Y)); short *= step {
		f := short / float64(min(full.X, full.Y))
		out = append(out, image.Pt(int(f*float64(full.X)+0.5), int(f*float64(full.Y)+0.5)))
	}
	return append(out, full)
}

// painter works through levels on several goroutines.
type painter struct {
	workers int
	seed    uint64
	weights [energyEnd]int64
	energy  []int32
}

// level alternates between looking for sources and painting like them.
func (p *painter) level(ctx context.Context, v *level, i int, last bool) error {
	e := effortAt(v, i)
	for round := range e.rounds {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		for s := range e.sweeps {
			p.sweep(v, s%2 == 1, e.radius, uint64(i)<<32|uint64(round)<<16|uint64(s))
		}
		if last && round == e.rounds-1 {
			p.vote(v, vote{variance: 15, round: 5})
			return nil
		}
		p.vote(v, vote{variance: 60})
		if round < e.rounds-1 {
			v.settle()
			p.strips(v.inner, v.reckon)
		}
	}
	return nil
}

// effort is how much is done at a level: rounds of so many sweeps, with a random search of that radius.
type effort struct{ rounds, sweeps, radius int }

// effortAt spends most at coarse levels, where what goes where is settled and little is to be compared.
func effortAt(v *level, i int) effort {
	long := max(v.w, v.h)
	switch {
	case i == 0:
		return effort{12, 4, long}
	case long > largeLevel:
		return effort{1, 2, 4}
	case i == 1:
		return effort{8, 2, long / 4}
	}
	return effort{max(2, 10-2*i), 2, long / 8}
}

// sweep runs one sweep, strip by strip. Strips read the row before them as it was before the sweep: so they may run in any order.
func (p *painter) sweep(v *level, back bool, radius int, salt uint64) {
	var jobs []sweep
	for from := 0; from < v.h; from += stripRows {
		s := sweep{level: v, back: back, radius: radius, random: random((p.seed ^ salt<<20) + uint64(from)), first: -1}
		row := from - 1
		if back {
			row = min(v.h, from+stripRows)
		}
		if row >= 0 && row < v.h {
			s.above = append([]pair(nil), v.q[row*v.w:(row+1)*v.w]...)
			s.first = row + 1
			if back {
				s.first = row - 1
			}
		}
		jobs = append(jobs, s)
	}
	p.each(len(jobs), func(i int) {
		jobs[i].strip(max(i*stripRows, v.inner.Min.Y), min((i+1)*stripRows, v.inner.Max.Y))
	})
}

// vote paints all that is hidden.
func (p *painter) vote(v *level, o vote) {
	if len(p.energy) < len(v.cost) {
		p.energy = make([]int32, len(v.cost))
	}
	p.strips(v.inner, func(from, to int) { v.energies(o, from, to, p.energy) })
	p.strips(image.Rect(0, 0, v.w, v.h), func(from, to int) { v.paint(o, from, to, p.energy, &p.weights) })
}

// strips cuts rows into strips and works on all.
func (p *painter) strips(r image.Rectangle, work func(from, to int)) {
	n := (r.Dy() + stripRows - 1) / stripRows
	p.each(n, func(i int) { work(r.Min.Y+i*stripRows, min(r.Max.Y, r.Min.Y+(i+1)*stripRows)) })
}

// each calls work for 0 to n-1 on so many goroutines as are allowed. What one of them panics with, the caller does: elsewhere it would end the process.
func (p *painter) each(n int, work func(int)) {
	var group sync.WaitGroup
	var mu sync.Mutex
	var panicked any
	for first := range min(n, p.workers) {
		group.Go(func() {
			defer func() {
				if what := recover(); what != nil {
					mu.Lock()
					defer mu.Unlock()
					panicked = what
				}
			}()
			for i := first; i < n; i += p.workers {
				work(i)
			}
		})
	}
	if group.Wait(); panicked != nil {
		panic(panicked)
	}
}

// store copies what was painted into the canvas.
func (v *level) store(c *canvas) {
	for y := range c.img.Rect.Dy() {
		for x := 0; x < c.img.Rect.Dx(); x++ {
			if (image.Point{X: x, Y: y}).In(c.known) {
				x = c.known.Max.X - 1
				continue
			}
			copy(c.img.Pix[c.img.PixOffset(x, y):][:4], v.pix[4*((y+reach)*v.w+x+reach):])
		}
	}
}
