package retouch

import (
	"image"
	"math"

	"github.com/marquetry/marquetry/internal/media/colour"
)

// Limits of [Adjust].
const (
	mostClipped = 0.005 // share of the pixels that may newly reach the end of a channel
	mostGain    = 1.8   // by which light is multiplied at most
	mostHaze    = 0.03  // of full light, which is taken off the shadows at most
	leastEffect = 2.5   // mean change in code values below which nobody sees a difference
)

// Adjust spreads the light of a picture over the range, brightens what is dark in the middle and adds a little contrast, all as one curve
// of the light of a pixel: its channels are multiplied by the same number, so that colours of skin and the balance of white stay. It does
// less where more would clip; a picture that is right already is refused with CodeNothing.
func Adjust(src *image.NRGBA) Result {
	t := newTones(src)
	for effect := 1.0; effect > 0.1; effect *= 0.7 {
		gain := t.curve().gains(effect)
		if t.clipped(src, gain) > mostClipped {
			continue
		}
		img, change := t.apply(src, gain)
		if change >= leastEffect {
			return Result{Image: img, Kept: src.Rect}
		}
		break
	}
	return refused(CodeNothing, "Brightness and contrast of this picture are right already.")
}

// levels is how many steps of light a curve has; light itself has 16 bits.
const levels = 1 << 10

// tones is what is measured of a picture: how many pixels have which light.
type tones struct {
	linear [256]int32 // light of the code values, in 16 bits
	coded  []uint8    // code values of light in 12 bits
	count  [levels]int
	total  int
}

// newTones counts the pixels that can be seen.
func newTones(src *image.NRGBA) *tones {
	t := &tones{coded: make([]uint8, 1<<12)}
	for i, v := range colour.Linear() {
		t.linear[i] = int32(math.Round(v * 65535))
	}
	code := 0
	for i := range t.coded {
		for code < 255 && int32(i<<4+8) >= (t.linear[code]+t.linear[code+1])/2 {
			code++
		}
		t.coded[i] = uint8(code)
	}
	for i := 0; i < len(src.Pix); i += 4 {
		if src.Pix[i+3] > 0 {
			t.count[t.light(src.Pix[i:])>>6]++
			t.total++
		}
	}
	return t
}

// light is the luminance of a pixel in 16 bits, with Rec. 709's weights.
func (t *tones) light(p []uint8) int32 {
	return (t.linear[p[0]]*871 + t.linear[p[1]]*2929 + t.linear[p[2]]*296) >> 12
}

// percentile is the light, 0 to 1, below which a share of the pixels lies.
func (t *tones) percentile(share float64) float64 {
	left := int(share * float64(t.total))
	for i, n := range t.count {
		if left -= n; left < 0 {
			return (float64(i) + 0.5) / levels
		}
	}
	return 1
}

// A curve is how light is changed: haze is taken off, the rest multiplied, the middle lifted by a power, and contrast added by an S.
type curve struct{ haze, gain, power, bend float64 }

// curve is what a picture needs, within the limits. The middle is only ever brightened: what is light is meant to be.
func (t *tones) curve() curve {
	low, middle, high := t.percentile(0.005), t.percentile(0.5), t.percentile(0.995)
	c := curve{haze: min(low, mostHaze), power: 1}
	c.gain = min(max(0.96/(high-c.haze), 1), mostGain)
	middle = max((middle-c.haze)*c.gain, 0.005)
	if aim := 0.14; middle < aim {
		c.power = max(math.Log(aim)/math.Log(middle), 0.72)
	}
	spread := math.Cbrt(float64(t.percentile(0.9)*c.gain)) - math.Cbrt(t.percentile(0.1)*c.gain)
	c.bend = min(max(0.6*(0.55-spread), 0), 0.18)
	return c
}

// gains are the factors of each step of light, 12 bits behind the point; effect is how much of the curve is used, 0 to 1.
func (c curve) gains(effect float64) []int32 {
	gains := make([]int32, levels+1)
	for i := range gains {
		y := max(float64(i)/levels, 0.5/levels)
		to := math.Pow(min(max((y-c.haze)*c.gain, 0), 1), c.power)
		v := math.Cbrt(to) // evenly spaced for eyes
		v += float64(c.bend * float64(v*(1-v)*(2*v-1)))
		gain := 1 + float64(effect*(float64(v*v*v)/y-1))
		gains[i] = int32(math.Round(min(max(gain, 0.3), 2.5) * 4096))
	}
	return gains
}

// at is the factor of a pixel: between two steps of light.
func at(gain []int32, light int32) int32 {
	i, f := light>>6, light&63
	return gain[i] + (gain[i+1]-gain[i])*f>>6
}

// clipped is the share of pixels of which a channel would newly reach its end.
func (t *tones) clipped(src *image.NRGBA, gain []int32) float64 {
	n := 0
	for i := 0; i < len(src.Pix); i += 4 {
		p := src.Pix[i:][:4]
		most := max(p[0], p[1], p[2])
		if p[3] > 0 && most < 253 && int64(t.linear[most])*int64(at(gain, t.light(p)))>>12 > int64(t.linear[254]) {
			n++
		}
	}
	return float64(n) / float64(max(t.total, 1))
}

// apply changes every pixel and answers the mean change in code values of the greatest channel.
func (t *tones) apply(src *image.NRGBA, gain []int32) (*image.NRGBA, float64) {
	img, change := image.NewNRGBA(src.Rect), 0
	for i := 0; i < len(src.Pix); i += 4 {
		p, q := src.Pix[i:][:4], img.Pix[i:][:4]
		factor, most := int64(at(gain, t.light(p))), 0
		for ch := range 3 {
			v := min(int64(t.linear[p[ch]])*factor>>12, 65535)
			q[ch] = t.code(int32(v))
			most = max(most, int(q[ch])-int(p[ch]), int(p[ch])-int(q[ch]))
		}
		q[3] = p[3]
		change += most
	}
	return img, float64(change) / float64(max(t.total, 1))
}

// code is the code value that is nearest to a light of 16 bits.
func (t *tones) code(light int32) uint8 {
	c := t.coded[light>>4]
	for c < 255 && light-t.linear[c] > t.linear[c+1]-light {
		c++
	}
	for c > 0 && t.linear[c]-light > light-t.linear[c-1] {
		c--
	}
	return c
}
