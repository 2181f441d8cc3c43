package media

import (
	"bytes"
	"encoding/binary"
	"math"
)

// profile is what a colour profile says that has three primaries and their curves, or one curve of grey (ICC.1:2010).
type profile struct {
	grey   bool
	curves [3]curve      // of red, green and blue; the first for grey
	matrix [3][3]float64 // from linear red, green and blue to CIE XYZ under D50, in rows
}

// curve is how much light, from 0 to 1, each value of a channel stands for.
type curve [256]float64

// embedded is the colour profile in a picture's file; nil for none. A profile that is too long or not whole is empty.
func embedded(format string, data []byte) []byte {
	switch format {
	case "jpeg":
		return jpegProfile(data)
	case "png":
		if _, packed, ok := bytes.Cut(find(format, data, "iCCP", ""), []byte{0}); ok && len(packed) > 0 {
			content, _ := unpack(packed[1:])
			return append([]byte{}, content...)
		}
	case "webp":
		return find(format, data, "ICCP", "")
	}
	return nil
}

// jpegProfile joins the segments of a profile, which are numbered from 1 on.
func jpegProfile(data []byte) []byte {
	const prefix = "ICC_PROFILE\x00"
	var pieces [256][]byte
	count := 0
	for p := range parts("jpeg", data) {
		if rest, ok := bytes.CutPrefix(p.content, []byte(prefix)); ok && p.kind == "\xe2" && len(rest) > 2 {
			pieces[rest[0]], count = rest[2:], int(rest[1])
		}
	}
	if count == 0 {
		return nil
	}
	joined := []byte{}
	for _, piece := range pieces[1 : count+1] {
		joined = append(joined, piece...)
	}
	return joined
}

// parseProfile reads a profile; false for one of another kind, such as those of printers, and for a damaged one.
func parseProfile(data []byte) (p profile, ok bool) {
	if len(data) < 132 || string(data[36:40]) != "acsp" || string(data[20:24]) != "XYZ " {
		return p, false
	}
	tags := profileTags(data)
	switch string(data[16:20]) {
	case "GRAY":
		p.grey = true
		p.curves[0], ok = parseCurve(tags["kTRC"])
		return p, ok
	case "RGB ":
		for i, c := range "rgb" {
			var light [3]float64
			if p.curves[i], ok = parseCurve(tags[string(c)+"TRC"]); !ok {
				return p, false
			}
			if light, ok = parseXYZ(tags[string(c)+"XYZ"]); !ok {
				return p, false
			}
			for row := range light {
				p.matrix[row][i] = light[row]
			}
		}
		return p, true
	}
	return p, false
}

// mostTags is more than any profile has.
const mostTags = 100

// profileTags are the tags of a profile by their names. Those that reach beyond the file are left out.
func profileTags(data []byte) map[string][]byte {
	tags := map[string][]byte{}
	list := data[132:]
	for range min(binary.BigEndian.Uint32(data[128:]), mostTags) {
		if len(list) < 12 {
			break
		}
		at, size := uint64(binary.BigEndian.Uint32(list[4:])), uint64(binary.BigEndian.Uint32(list[8:]))
		if at+size <= uint64(len(data)) {
			tags[string(list[:4])] = data[at : at+size]
		}
		list = list[12:]
	}
	return tags
}

// parseXYZ reads a tag that holds one colour.
func parseXYZ(tag []byte) (light [3]float64, ok bool) {
	if len(tag) < 20 || string(tag[:4]) != "XYZ " {
		return light, false
	}
	for i := range light {
		light[i] = fixed16(tag[8+4*i:])
	}
	return light, true
}

// fixed16 reads a signed number with 16 bits behind the point.
func fixed16(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) / 65536 }

// parseCurve reads a tag that holds a curve, as a table or a formula.
func parseCurve(tag []byte) (c curve, ok bool) {
	if len(tag) < 12 {
		return c, false
	}
	var light func(x float64) float64
	switch string(tag[:4]) {
	case "curv":
		light = table(tag[8:])
	case "para":
		light = formula(tag[8:])
	}
	if light == nil {
		return c, false
	}
	for i := range c {
		y := light(float64(i) / 255)
		if math.IsNaN(y) {
			return c, false
		}
		c[i] = math.Min(math.Max(y, 0), 1)
	}
	return c, true
}

// table is a curve of evenly spaced values between which lines are drawn. One value alone is an exponent, none is a straight line.
func table(b []byte) func(float64) float64 {
	n, values := uint64(binary.BigEndian.Uint32(b)), b[4:]
	if 2*n > uint64(len(values)) {
		return nil
	}
	at := func(i int) float64 { return float64(binary.BigEndian.Uint16(values[2*i:])) }
	switch n {
	case 0:
		return func(x float64) float64 { return x }
	case 1:
		return func(x float64) float64 { return math.Pow(x, at(0)/256) }
	}
	return func(x float64) float64 {
		x *= float64(n - 1)
		i := min(int(x), int(n)-2)
		return (at(i) + float64((at(i+1)-at(i))*(x-float64(i)))) / 65535
	}
}

// formula is a curve of the parametric kind: (ax+b)^g + e from d on, and cx + f below. Shorter kinds leave some of these out.
func formula(b []byte) func(float64) float64 {
	kind := binary.BigEndian.Uint16(b)
	count := map[uint16]int{0: 1, 1: 3, 2: 4, 3: 5, 4: 7}[kind]
	if count == 0 || len(b) < 4+4*count {
		return nil
	}
	v := [7]float64{1, 1, 0, 0, 0, 0, 0} // g, a, b, c, d, e, f
	for i := range count {
		v[i] = fixed16(b[4+4*i:])
	}
	if kind == 1 || kind == 2 { // the bend is where the power is zero, and c is what is added on both sides
		v[3], v[4], v[5], v[6] = 0, -v[2]/v[1], v[3], v[3]
	}
	return func(x float64) float64 {
		if x < v[4] {
			return float64(v[3]*x) + v[6]
		}
		return math.Pow(float64(v[1]*x)+v[2], v[0]) + v[5]
	}
}
