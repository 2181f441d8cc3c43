package expand

// mostStep is the greatest step across a border that is healed, in levels: beyond it two things meet.
const mostStep = 24.0

// heal lets the steps at the borders of the known rectangle fade away outwards.
func (c *canvas) heal() {
	for _, at := range []place{left, right, top, bottom} {
		if s := c.side(at); s.depth > 1 && s.inside > 1 {
			for ch := range 3 {
				s.heal(ch)
			}
		}
	}
}

// heal works on one channel: the smooth part of the step reaches far out, its fine part just a few pixels.
func (s *side) heal(ch int) {
	steps := s.steps(ch)
	broad := smooth(steps, 12)
	for i := range steps {
		steps[i] -= broad[i]
	}
	fine := smooth(steps, 1.5)
	far := float64(max(1, min(s.depth, s.inside/6)))
	for d := range min(s.depth, int(far)) {
		wide, near := 1-float64(d)/far, max(0, 1-float64(d)/2.5)
		for i := range s.n {
			p := &s.pix[s.at(i, d)+ch]
			*p = byteOf(float64(*p) + float64(broad[i]*wide*wide) + float64(fine[i]*near))
		}
	}
}

// steps is how much brighter the inside is than the outside at the border itself, each continued by half a pixel.
func (s *side) steps(ch int) []float64 {
	in0, in1, out0, out1 := s.profile(-1, ch), s.profile(-2, ch), s.profile(0, ch), s.profile(1, ch)
	for i := range in0 {
		step := in0[i] + (in0[i]-in1[i])/2 - out0[i] - (out0[i]-out1[i])/2
		in0[i] = max(-mostStep, min(mostStep, step))
	}
	return in0
}
