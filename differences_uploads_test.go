package marquetry_test

import (
	"bytes"
	"encoding/base64"
	"image/color"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

func TestDiff120FourFormats(t *testing.T) {
	t.Parallel()
	a := newAccess(t)
	for file, want := range map[string]string{
		"BM\x46\x00\x00\x00\x00\x00\x00\x00\x36":           "in the format BMP, which is not taken: send it as PNG",
		"II*\x00\x08\x00\x00\x00":                          "in the format TIFF, which is not taken: send it as JPEG or PNG",
		"\x00\x00\x00\x1cftypavif":                         "in the format AVIF, which is not taken",
		"\x00\x00\x00\x1cftypheic":                         "in the format HEIC, which is not taken",
		"RIFF\x0a\x00\x00\x00WEBPVP8X\x01\x00\x00\x00\x02": "an animated WebP",
		"hello": "not a JPEG, PNG, GIF or WebP picture",
	} {
		w := a.ask(a.Fresh.Token, "POST", a.Fresh.AccountID+"/adimages", "bytes", base64.StdEncoding.EncodeToString([]byte(file)))
		a.want(w, want, `"error_subcode":2446496`, "image.file")
	}
}

func TestDiff121NoMetadata(t *testing.T) {
	t.Parallel()
	a := newAccess(t)
	plain, err := base64.StdEncoding.DecodeString(picture(t, color.White))
	if err != nil {
		t.Fatal(err)
	}
	const comment = "52.3731,4.8922"
	sent := base64.StdEncoding.EncodeToString(append(bytes.Clone(plain), comment...))
	w := a.ask(a.Fresh.Token, "POST", a.Fresh.AccountID+"/adimages", "bytes", sent)
	hash := regexp.MustCompile(`"hash":"(\w{32})"`).FindStringSubmatch(w.Body.String())[1]
	r := httptest.NewRecorder()
	a.Handler().ServeHTTP(r, httptest.NewRequestWithContext(t.Context(), "GET", "/media/"+hash, nil))
	if !bytes.Equal(r.Body.Bytes(), plain) || strings.Contains(r.Body.String(), comment) {
		t.Errorf("%d bytes are served of %d", r.Body.Len(), len(plain)+len(comment))
	}
}
