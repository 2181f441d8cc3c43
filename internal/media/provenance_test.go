package media

import (
	"bytes"
	"compress/zlib"
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestProvenanceComesBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringMatching(`[ -~äжあ]{0,40}`)
		value := func(name string) string { return strings.TrimSpace(words.Draw(t, name)) }
		want := Provenance{Trained, value("tool"), value("system"), value("version"), value("source")}
		for _, encode := range []func(Provenance) ([]byte, error){
			func(p Provenance) ([]byte, error) { return EncodeJPEG(marked(9, 9), 92, p) },
			func(p Provenance) ([]byte, error) { return EncodePNG(marked(9, 9), p) },
		} {
			data, err := encode(want)
			if err != nil {
				t.Fatal(err)
			}
			if got := ProvenanceOf(data); got != want {
				t.Fatalf("%+v became %+v", want, got)
			}
			if _, _, err := Pixels(data); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestProvenanceOfOthersIsRead(t *testing.T) {
	t.Parallel()
	const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
		<rdf:Description rdf:about="" xmlns:i="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
			i:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"/></rdf:RDF></x:xmpmeta>`
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	_, _ = w.Write([]byte(packet))
	_ = w.Close()
	file := encoded(t, "png", marked(9, 9))
	for name, chunk := range map[string][]byte{
		"plain":      makeChunk("iTXt", []byte(pngXMP+plain+packet)),
		"compressed": makeChunk("iTXt", []byte(pngXMP+"\x01\x00de\x00xmp\x00"), packed.Bytes()),
	} {
		got := ProvenanceOf(slices.Concat(file[:33], chunk, file[33:]))
		if got != (Provenance{Origin: Composite}) || !got.Labelled() {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestFilesSayNothingUnasked(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"jpeg", "png", "gif", "webp"} {
		if got := ProvenanceOf(encoded(t, format, marked(9, 9))); got != (Provenance{}) || got.Labelled() {
			t.Errorf("%s: %+v", format, got)
		}
	}
}

func TestJPEGLaysGlassOnWhite(t *testing.T) {
	t.Parallel()
	data, err := EncodeJPEG(image.NewNRGBA(image.Rect(0, 0, 16, 16)), 95, Provenance{})
	if err != nil {
		t.Fatal(err)
	}
	img, _, err := Pixels(data)
	if err != nil || img.NRGBAAt(8, 8) != (color.NRGBA{255, 255, 255, 255}) {
		t.Errorf("nothing at all became %v, %v", img.NRGBAAt(8, 8), err)
	}
}

// FuzzProvenance looks for metadata that crashes its reader or is longer than it may be.
func FuzzProvenance(f *testing.F) {
	for _, p := range []Provenance{{Origin: Trained, Tool: "a & b"}, {Source: "0123"}} {
		f.Add(mark("jpeg", encoded(f, "jpeg", marked(9, 9)), p))
		f.Add(mark("png", encoded(f, "png", marked(9, 9)), p))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if p := ProvenanceOf(data); len(p.Origin)+len(p.Tool)+len(p.Source) > 3*longestValue {
			t.Errorf("%+v", p)
		}
	})
}
