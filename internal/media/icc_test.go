package media

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"image/color"
	"math"
	"slices"
	"testing"
)

// icc draws up a profile: a colour space and its tags in pairs of name and content.
func icc(space string, tags ...[]byte) []byte {
	head := make([]byte, 132, 1024)
	copy(head[12:], "mntr"+space+"XYZ ")
	copy(head[36:], "acsp")
	binary.BigEndian.PutUint32(head[128:], uint32(len(tags)/2))
	at := len(head) + 6*len(tags)
	var content []byte
	for i := 0; i < len(tags); i += 2 {
		head = append(head, tags[i]...)
		head = append(head, be(uint32(at+len(content)), uint32(len(tags[i+1])))...)
		content = append(content, tags[i+1]...)
	}
	return append(head, content...)
}

// parametric is a curve as a formula.
func parametric(kind uint16, values ...float64) []byte {
	tag := slices.Concat([]byte("para"), be(uint32(0), kind, uint16(0)))
	for _, v := range values {
		tag = append(tag, be(int32(math.Round(v*65536)))...)
	}
	return tag
}

// tabled is a curve as a table.
func tabled(values ...uint16) []byte {
	return slices.Concat([]byte("curv"), be(uint32(0), uint32(len(values)), values))
}

// primaries is a profile in colours with one curve for all.
func primaries(curve []byte, r, g, b [3]float64) []byte {
	tags := [][]byte{}
	for i, p := range [][3]float64{r, g, b} {
		xyz := slices.Concat([]byte("XYZ "), be(uint32(0)))
		for _, v := range p {
			xyz = append(xyz, be(int32(math.Round(v*65536)))...)
		}
		tags = append(tags, []byte("rgb"[i:i+1]+"XYZ"), xyz, []byte("rgb"[i:i+1]+"TRC"), curve)
	}
	return icc("RGB ", tags...)
}

// srgbCurve is the curve of sRGB as a formula.
func srgbCurve() []byte { return parametric(3, 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045) }

// The primaries of three well-known colour spaces under D50.
func displayP3() []byte {
	return primaries(srgbCurve(), [3]float64{0.51512, 0.24120, -0.00105}, [3]float64{0.29198, 0.69225, 0.04189}, [3]float64{0.15710, 0.06657, 0.78407})
}

func adobeRGB() []byte {
	return primaries(tabled(563), [3]float64{0.60974, 0.31111, 0.01947}, [3]float64{0.20528, 0.62567, 0.06087}, [3]float64{0.14919, 0.06322, 0.74457})
}

func plainSRGB(curve []byte) []byte {
	return primaries(curve, [3]float64{0.43607, 0.22249, 0.01392}, [3]float64{0.38515, 0.71687, 0.09708}, [3]float64{0.14307, 0.06061, 0.71410})
}

// withProfile puts a profile into a JPEG, in two pieces, or into a PNG.
func withProfile(format string, data, profile []byte) []byte {
	if format == "png" {
		var packed bytes.Buffer
		w := zlib.NewWriter(&packed)
		_, _ = w.Write(profile)
		_ = w.Close()
		return slices.Concat(data[:33], makeChunk("iCCP", []byte("name\x00\x00"), packed.Bytes()), data[33:])
	}
	prefix, cut := []byte("ICC_PROFILE\x00"), len(profile)/2
	return slices.Concat(data[:2], jpegSegment(0xe2, prefix, []byte{2, 2}, profile[cut:]), jpegSegment(0xe2, prefix, []byte{1, 2}, profile[:cut]), data[2:])
}

// swatches are the colours of the test, and what Little CMS 2.14 makes of them with the same profiles.
func swatches(profile string) [6]color.NRGBA {
	return map[string][6]color.NRGBA{
		"":      {{200, 100, 50, 255}, {255, 255, 255, 255}, {128, 128, 128, 9}, {10, 20, 30, 255}, {60, 180, 90, 255}, {90, 60, 200, 255}},
		"p3":    {{214, 92, 30, 255}, {255, 255, 255, 255}, {128, 128, 128, 9}, {7, 20, 30, 255}, {0, 183, 77, 255}, {95, 58, 207, 255}},
		"adobe": {{227, 100, 42, 255}, {255, 255, 255, 255}, {129, 129, 129, 9}, {0, 12, 24, 255}, {0, 181, 82, 255}, {99, 57, 204, 255}},
	}[profile]
}

// painted is the swatches in a row.
func painted() *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, 6, 1))
	for x, c := range swatches("") {
		img.SetNRGBA(x, 0, c)
	}
	return img
}

func TestColoursBecomeSRGB(t *testing.T) {
	t.Parallel()
	for name, profile := range map[string][]byte{"p3": displayP3(), "adobe": adobeRGB()} {
		got, info, err := Pixels(withProfile("png", encoded(t, "png", painted()), profile))
		if err != nil || info.Warning != "" {
			t.Fatal(name, info, err)
		}
		for x, want := range swatches(name) {
			if c := got.NRGBAAt(x, 0); distance(c, want) > 1 || c.A != want.A {
				t.Errorf("%s, swatch %d: %v, want %v", name, x, c, want)
			}
		}
	}
}

// distance is the largest of a channel, without transparency.
func distance(a, b color.NRGBA) int {
	far := func(a, b byte) int { return max(int(a)-int(b), int(b)-int(a)) }
	return max(far(a.R, b.R), far(a.G, b.G), far(a.B, b.B))
}

func TestProfilesOfSRGBChangeNothing(t *testing.T) {
	t.Parallel()
	sampled := make([]uint16, 1024)
	for i := range sampled {
		sampled[i] = uint16(math.Round(light(float64(i)/1023) * 65535))
	}
	long := parametric(4, 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045, 0, 0)
	for name, curve := range map[string][]byte{"formula": srgbCurve(), "longer formula": long, "table": tabled(sampled...)} {
		for _, format := range []string{"png", "jpeg"} {
			file := encoded(t, format, painted())
			_, want, err := Decode(file)
			if err != nil {
				t.Fatal(err)
			}
			info, got, err := Decode(withProfile(format, file, plainSRGB(curve)))
			if err != nil || info.Warning != "" || !bytes.Equal(pixels(got).Pix, pixels(want).Pix) {
				t.Errorf("%s in %s: %+v, %v", name, format, info, err)
			}
		}
	}
}

func TestGreyBecomesSRGB(t *testing.T) {
	t.Parallel()
	img := image.NewGray(image.Rect(0, 0, 2, 1))
	img.Pix = []byte{100, 200}
	got, _, err := Pixels(withProfile("png", encoded(t, "png", img), icc("GRAY", []byte("kTRC"), tabled(461)))) // a power of 1.8
	if err != nil || got.NRGBAAt(0, 0) != (color.NRGBA{119, 119, 119, 255}) || got.NRGBAAt(1, 0) != (color.NRGBA{210, 210, 210, 255}) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestProfilesOfOtherKindsAreWarnedOf(t *testing.T) {
	t.Parallel()
	whole := displayP3()
	for name, profile := range map[string][]byte{
		"printer":           icc("CMYK"),
		"no tags":           icc("RGB "),
		"cut off":           whole[:len(whole)-40],
		"not a profile":     []byte("hello"),
		"curve of no kind":  plainSRGB([]byte("curvature is not a thing")),
		"formula too short": plainSRGB(parametric(4, 2.4)),
		"formula unknown":   plainSRGB(parametric(9, 1, 2, 3, 4, 5, 6, 7)),
		"not a number":      plainSRGB(parametric(1, 0.5, -1, -1)),
		"table too short":   plainSRGB(slices.Concat([]byte("curv"), be(uint32(0), uint32(1<<31), uint32(0)))),
	} {
		for _, format := range []string{"png", "jpeg"} {
			file := encoded(t, format, painted())
			want, _, _ := Pixels(file)
			got, info, err := Pixels(withProfile(format, file, profile))
			if err != nil || info.Warning == "" || !bytes.Equal(got.Pix, want.Pix) {
				t.Errorf("%s in %s: %+v, %v", name, format, info, err)
			}
		}
	}
}

// FuzzProfile looks for a profile that crashes its reader.
func FuzzProfile(f *testing.F) {
	for _, profile := range [][]byte{displayP3(), adobeRGB(), icc("GRAY", []byte("kTRC"), tabled(461)), plainSRGB(parametric(4, 2.4, 1, 0, 1, 0.04, 0, 0)), plainSRGB(tabled(0, 9, 65535))} {
		f.Add(profile)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, ok := parseProfile(data)
		if !ok {
			return
		}
		pixel := []byte{1, 2, 3, 4}
		if p.conversion().convert(pixel); pixel[3] != 4 {
			t.Errorf("transparency changed to %d", pixel[3])
		}
	})
}
