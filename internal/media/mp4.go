package media

import (
	"encoding/binary"
	"errors"
	"io"
	"slices"
)

// What can be wrong with a video.
var (
	ErrVideo        = errors.New("the file is no MP4 or QuickTime video")
	ErrVideoDamaged = errors.New("the video is damaged: its header is not whole")
)

// Limits of what is read of a video.
const (
	maxBoxes = 100_000
	maxDepth = 8
	maxCover = 10 << 20 // bytes
)

// Video is what the header of a video says.
type Video struct {
	Type   string  // content type
	Length float64 // seconds
	Width  int     // pixels, of the largest track
	Height int
	Still  []byte // a picture that the file carries: its cover, else the first frame where frames are JPEG; nil for most files
}

// InspectVideo reads the header of an MP4 or QuickTime file (ISO/IEC 14496-12). Frames are not decoded, except that a frame which is a
// JPEG picture is passed on.
func InspectVideo(r io.ReaderAt, size int64) (Video, error) {
	m := &movie{r: r, left: maxBoxes, video: Video{Type: "video/quicktime"}}
	if err := m.boxes(0, size, "", 0); err != nil {
		return Video{}, err
	}
	switch {
	case m.scale == 0 && m.typed:
		return Video{}, ErrVideoDamaged
	case m.scale == 0:
		return Video{}, ErrVideo
	}
	m.video.Length = float64(max(m.duration, m.fragments)) / float64(m.scale)
	if m.video.Still == nil && m.frame.size > 0 {
		m.video.Still = m.picture(m.frame.at, m.frame.size)
	}
	return m.video, nil
}

// movie is what was read so far.
type movie struct {
	r         io.ReaderAt
	left      int // boxes that may still be read
	typed     bool
	scale     uint32 // units of time in a second; 0 until the header of the movie was seen
	duration  uint64 // in those units
	fragments uint64 // length of a movie that comes in fragments
	video     Video
	track     span // first sample of the track that is being read
	jpeg      bool // whether that track's samples are JPEG pictures
	frame     span // first sample of the first track of JPEG pictures
}

// span is a place in the file.
type span struct{ at, size int64 }

// boxes visits the boxes between two places, in a box of the given kind.
func (m *movie) boxes(at, end int64, in string, depth int) error {
	for at < end {
		var head [16]byte
		if end-at < 8 && depth > 0 { // QuickTime ends some lists with a zero
			return nil
		}
		if m.left--; m.left < 0 || depth > maxDepth || end-at < 8 || !m.read(head[:8], at) {
			return m.damaged()
		}
		size, header := int64(binary.BigEndian.Uint32(head[:4])), int64(8)
		switch size {
		case 0: // the last box needs no size
			size = end - at
		case 1:
			if !m.read(head[8:], at+8) {
				return m.damaged()
			}
			size, header = int64(binary.BigEndian.Uint64(head[8:])), 16
		}
		if size < header || size > end-at {
			return m.damaged()
		}
		if err := m.box(string(head[4:8]), in, span{at + header, size - header}, depth); err != nil {
			return err
		}
		at += size
	}
	return nil
}

// damaged tells a video with a hole from something else.
func (m *movie) damaged() error {
	if m.typed || m.scale > 0 {
		return ErrVideoDamaged
	}
	return ErrVideo
}

// containers are the boxes that hold other boxes which matter.
func containers() []string {
	return []string{"moov", "trak", "mdia", "minf", "stbl", "mvex", "ilst", "covr"}
}

// box reads one box.
func (m *movie) box(kind, in string, s span, depth int) error {
	switch {
	case kind == "trak":
		m.track, m.jpeg = span{}, false
		if err := m.boxes(s.at, s.at+s.size, kind, depth+1); err != nil {
			return err
		}
		if m.jpeg && m.frame.size == 0 {
			m.frame = m.track
		}
		return nil
	case slices.Contains(containers(), kind):
		return m.boxes(s.at, s.at+s.size, kind, depth+1)
	case kind == "udta": // what people and programs added; if it cannot be read there is just no cover
		_ = m.boxes(s.at, s.at+s.size, kind, depth+1)
		return nil
	case kind == "meta" && in == "udta": // four bytes of version and flags come first
		return m.boxes(s.at+min(4, s.size), s.at+s.size, kind, depth+1)
	}
	m.leaf(kind, in, s)
	return nil
}

// leaf reads a box that holds values. A box that is too short for its values is passed over.
func (m *movie) leaf(kind, in string, s span) {
	b := m.start(s)
	switch {
	case kind == "ftyp":
		m.typed = true
		if len(b) >= 4 && string(b[:4]) != "qt  " {
			m.video.Type = "video/mp4"
		}
	case kind == "mvhd":
		m.scale, m.duration = times(b, 12, 20)
	case kind == "mehd" && len(b) >= 12 && b[0] == 1:
		m.fragments = binary.BigEndian.Uint64(b[4:])
	case kind == "mehd" && len(b) >= 8:
		m.fragments = uint64(binary.BigEndian.Uint32(b[4:]))
	case kind == "tkhd" && len(b) >= 84:
		w, h := sides(b)
		if w*h > m.video.Width*m.video.Height {
			m.video.Width, m.video.Height = w, h
		}
	case kind == "stsd" && len(b) >= 16:
		m.jpeg = slices.Contains([]string{"jpeg", "mjpa", "mjpg"}, string(b[12:16]))
	case kind == "stsz" && len(b) >= 12:
		if m.track.size = int64(binary.BigEndian.Uint32(b[4:])); m.track.size == 0 && len(b) >= 16 {
			m.track.size = int64(binary.BigEndian.Uint32(b[12:]))
		}
	case kind == "stco" && len(b) >= 12:
		m.track.at = int64(binary.BigEndian.Uint32(b[8:]))
	case kind == "co64" && len(b) >= 16:
		m.track.at = int64(binary.BigEndian.Uint64(b[8:]))
	case kind == "data" && in == "covr" && s.size > 8 && m.video.Still == nil:
		m.video.Still = m.picture(s.at+8, s.size-8)
	}
}

// times reads a time scale and the duration after it: 32 bits in version 0 of the movie's header, 64 in version 1.
func times(b []byte, short, long int) (scale uint32, duration uint64) {
	switch {
	case len(b) >= long+12 && b[0] == 1:
		return binary.BigEndian.Uint32(b[long:]), binary.BigEndian.Uint64(b[long+4:])
	case len(b) >= short+8 && b[0] == 0:
		scale, duration = binary.BigEndian.Uint32(b[short:]), uint64(binary.BigEndian.Uint32(b[short+4:]))
		if duration == 1<<32-1 { // not known
			duration = 0
		}
	}
	return scale, duration
}

// sides reads the width and height in a track's header, which are its last two values, in 65536ths of a pixel. A matrix before them may turn
// the track on its side.
func sides(b []byte) (width, height int) {
	end := 84
	if b[0] == 1 && len(b) >= 96 {
		end = 96
	}
	width, height = int(binary.BigEndian.Uint32(b[end-8:])>>16), int(binary.BigEndian.Uint32(b[end-4:])>>16)
	if matrix := b[end-44:]; binary.BigEndian.Uint32(matrix) == 0 && binary.BigEndian.Uint32(matrix[4:]) != 0 {
		return height, width
	}
	return width, height
}

// start is the beginning of a box's content, long enough for every value that is read.
func (m *movie) start(s span) []byte {
	b := make([]byte, min(s.size, 128))
	if !m.read(b, s.at) {
		return nil
	}
	return b
}

// picture is the bytes at a place if they are a picture.
func (m *movie) picture(at, size int64) []byte {
	if size > maxCover {
		return nil
	}
	b := make([]byte, size)
	if !m.read(b, at) {
		return nil
	}
	if _, err := Inspect(b); err != nil {
		return nil
	}
	return b
}

// read fills b from a place, or reports that it could not.
func (m *movie) read(b []byte, at int64) bool {
	if at < 0 {
		return false
	}
	n, err := m.r.ReadAt(b, at)
	return n == len(b) && (err == nil || errors.Is(err, io.EOF))
}
