package backdrop

import "hash/fnv"

// A die is a small seeded generator, SplitMix64: https://prng.di.unimi.it/splitmix64.c. The same seed throws the same numbers on every
// machine and with every version of Go.
type die uint64

// dice starts a generator from a name.
func dice(name string) *die {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name)) // never fails
	d := die(h.Sum64())
	return &d
}

// next throws 64 bits.
func (d *die) next() uint64 {
	*d += 0x9e3779b97f4a7c15
	return scramble(uint64(*d))
}

// scramble spreads every bit of a number over all of them.
func scramble(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below throws a number from 0 to n-1.
func (d *die) below(n int) int { return int(d.next() % uint64(n)) }

// between throws a number from a up to b.
func (d *die) between(a, b float64) float64 {
	return a + float64((b-a)*(float64(d.next()>>11)/(1<<53)))
}

// shuffle is Fisher and Yates's.
func (d *die) shuffle(n int, swap func(i, j int)) {
	for i := n - 1; i > 0; i-- {
		swap(i, d.below(i+1))
	}
}
