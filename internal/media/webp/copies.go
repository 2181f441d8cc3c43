package webp

import "math/bits"

// token is one colour, or a copy of pixels that came before.
type token struct {
	colour uint32 // as 0xAARRGGBB
	length int32  // of a copy in pixels, 0 for a colour
	code   int32  // of a copy's distance
}

// Bounds on copies: their lengths and distances as the format has them, and how many earlier places are tried for one.
const (
	shortestCopy = 3
	longestCopy  = 4096
	farthest     = 1<<20 - 120
	mostTries    = 24
)

// hashBits is how many bits the hash of neighbouring pixels has.
const hashBits = 16

// tokens splits pixels into copies and colours (J. Ziv, A. Lempel, 1977), the longest copy first.
func tokens(pixels []uint32, width int) []token {
	list := make([]token, 0, len(pixels)/4)
	s := searching{pixels: pixels, width: width, heads: make([]int32, 1<<hashBits), before: make([]int32, len(pixels))}
	for i := 0; i < len(pixels); {
		length, distance := s.longest(i)
		if length < shortestCopy {
			list = append(list, token{colour: pixels[i]})
			length = 1
		} else {
			list = append(list, token{length: int32(length), code: int32(distanceCode(distance, width))})
		}
		for range length {
			s.remember(i)
			i++
		}
	}
	return list
}

// searching knows where pixels like others lie.
type searching struct {
	pixels []uint32
	width  int
	heads  []int32 // by hash, the last place plus one
	before []int32 // by place, the one before with that hash, plus one
}

// hash is of a place and the next one.
func (s *searching) hash(i int) uint32 {
	return uint32((uint64(s.pixels[i])<<32 | uint64(s.pixels[i+1])) * 0x9e3779b97f4a7c15 >> (64 - hashBits))
}

// remember makes a place known.
func (s *searching) remember(i int) {
	if i+1 < len(s.pixels) {
		h := s.hash(i)
		s.before[i], s.heads[h] = s.heads[h], int32(i)+1
	}
}

// longest finds what can be copied to a place, at best from beside or above, whose distances take the fewest bits.
func (s *searching) longest(i int) (length, distance int) {
	try := func(from int) {
		if from < 0 || i-from > farthest || i+length >= len(s.pixels) || s.pixels[from+length] != s.pixels[i+length] {
			return
		}
		if n := s.alike(from, i); n > length {
			length, distance = n, i-from
		}
	}
	if i == 0 || i+1 >= len(s.pixels) {
		return 0, 0
	}
	try(i - 1)
	try(i - s.width)
	for from, n := s.heads[s.hash(i)], 0; from > 0 && n < mostTries && length < longestCopy; from, n = s.before[from-1], n+1 {
		try(int(from) - 1)
	}
	return length, distance
}

// alike counts the pixels that are the same from two places on.
func (s *searching) alike(a, b int) int {
	most := min(longestCopy, len(s.pixels)-b)
	x, y := s.pixels[a:a+most], s.pixels[b:b+most]
	for n := range x {
		if x[n] != y[n] {
			return n
		}
	}
	return most
}

// nearby are the codes less one of distances to the pixels around, as the format orders them: rows from the one of the pixel upwards, each from 8 to the
// right to 7 to the left.
func nearby() *[128]uint8 {
	return &[...]uint8{
		96, 73, 55, 39, 23, 13, 5, 1, 255, 255, 255, 255, 255, 255, 255, 255,
		101, 78, 58, 42, 26, 16, 8, 2, 0, 3, 9, 17, 27, 43, 59, 79,
		102, 86, 62, 46, 32, 20, 10, 6, 4, 7, 11, 21, 33, 47, 63, 87,
		105, 90, 70, 52, 37, 28, 18, 14, 12, 15, 19, 29, 38, 53, 71, 91,
		110, 99, 82, 66, 48, 35, 30, 24, 22, 25, 31, 36, 49, 67, 83, 100,
		115, 108, 94, 76, 64, 50, 44, 40, 34, 41, 45, 51, 65, 77, 95, 109,
		118, 113, 103, 92, 80, 68, 60, 56, 54, 57, 61, 69, 81, 93, 104, 114,
		119, 116, 111, 106, 97, 88, 84, 74, 72, 75, 85, 89, 98, 107, 112, 117,
	}
}

// distanceCode is how a distance in pixels is written.
func distanceCode(distance, width int) int {
	y, x := distance/width, distance%width
	switch {
	case x <= 8 && y < 8:
		return int(nearby()[y*16+8-x]) + 1
	case x > width-8 && y < 7:
		return int(nearby()[(y+1)*16+8+width-x]) + 1
	}
	return distance + 120
}

// split is how lengths and distance codes from 1 are written: a symbol, and the bits that it leaves open.
func split(value int32) (symbol int, extra uint32, n uint) {
	v := uint32(value - 1)
	if v < 4 {
		return int(v), 0, 0
	}
	high := uint(bits.Len32(v)) - 1
	n = high - 1
	return int(2*uint32(high) + v>>n&1), v & (1<<n - 1), n
}
