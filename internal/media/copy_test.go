package media

import (
	"bytes"
	"image"
	"testing"

	"golang.org/x/image/webp"
)

// TestCopiesAsWebP: they are the same picture without loss, say how it was made, and are not tried of photographs.
func TestCopiesAsWebP(t *testing.T) {
	t.Parallel()
	for name, alpha := range map[string]byte{"opaque": 255, "translucent": 90} {
		img := image.NewNRGBA(image.Rect(0, 0, 600, 3))
		for i := range 600 * 3 {
			copy(img.Pix[4*i:], []byte{byte(i / 50), 90, byte(i), alpha})
		}
		made := Provenance{Origin: Composite, Tool: "test"}
		for _, p := range []Provenance{{}, made} {
			data, err := EncodePNG(img, p)
			if err != nil {
				t.Fatal(err)
			}
			c, err := Copy(data, 300)
			if err != nil || c.WebP == nil || ProvenanceOf(c.WebP) != p || ProvenanceOf(c.Data) != p {
				t.Fatalf("%s: %v, %+v", name, err, ProvenanceOf(c.WebP))
			}
			if info, err := Inspect(c.WebP); err != nil || info.Width != 300 || info.Height != 2 {
				t.Errorf("%s: %+v %v", name, info, err)
			}
			if p == made && alpha < 255 {
				continue // the decoder here does not take the flag that the format wants
			}
			got, err := webp.Decode(bytes.NewReader(c.WebP))
			if n, ok := got.(*image.NRGBA); err != nil || !ok || !bytes.Equal(n.Pix, Scale(img, 300).(*image.NRGBA).Pix) {
				t.Errorf("%s: %T, %v", name, got, err)
			}
		}
	}
	data, err := EncodeJPEG(image.NewNRGBA(image.Rect(0, 0, 300, 300)), 90, Provenance{})
	if err != nil {
		t.Fatal(err)
	}
	if c, err := Copy(data, 256); err != nil || c.WebP != nil || c.Type != "image/jpeg" {
		t.Errorf("%s, %d bytes, %v", c.Type, len(c.WebP), err)
	}
}
