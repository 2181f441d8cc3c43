package marquetry_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// recorded is one request of a real client, as it was observed on the wire. Multipart boundaries are B; bytes stand as code points.
type recorded struct {
	Client         string            `json:"client"`
	Seq            int               `json:"seq"`
	Method         string            `json:"method"`
	Path           string            `json:"path"`
	Query          map[string]string `json:"query"`
	ContentType    string            `json:"content_type"`
	Authorization  string            `json:"authorization"`
	UserAgent      string            `json:"user_agent"`
	AcceptEncoding string            `json:"accept_encoding"`
	Body           string            `json:"body"`
}

// recordings reads testdata/clients/requests.jsonl: eight clients of the Marketing API, driven against a server that answered anything.
func recordings(t *testing.T) (list []recorded) {
	t.Helper()
	file, err := os.ReadFile("testdata/clients/requests.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(file))
	for lines.Scan() {
		var r recorded
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	return list
}

// stage is a server with the objects that the recorded requests name by made-up ids.
type stage struct {
	shop
	base  string            // of the server
	ids   map[string]string // real ids by made-up ones in paths
	names map[string]string // real ids by the parameter that holds one
	png   []byte            // the picture in place of the cut ones
}

// newStage makes an ad of every kind that the recordings speak of.
func newStage(t *testing.T) stage {
	t.Helper()
	server, api := start(t, marquetry.Config{Data: storetest.Dir(t), ManualLearning: true})
	s := shop{t, server, api, server.Fresh}
	g := stage{shop: s, base: regexp.MustCompile(`https?://[^/]+`).FindString(s.get(s.fresh.PixelID, client.Params{"fields": "code"}).String("code"))}
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	g.png = picture.Bytes()
	images := s.post(s.fresh.AccountID+"/adimages", client.Params{"bytes": base64.StdEncoding.EncodeToString(g.png)}).Object("images")
	hash := images.Object("bytes").String("hash")
	campaign := s.campaign(nil)
	set := s.post(s.fresh.AccountID+"/adsets", s.setParams(campaign, nil)).String("id")
	creative := s.post(s.fresh.AccountID+"/adcreatives", s.link(nil)).String("id")
	ad := s.post(s.fresh.AccountID+"/ads", client.Params{"name": "ad", "adset_id": set, "creative": map[string]any{"creative_id": creative}}).String("id")
	business := s.get("me/businesses", nil).List("data")[0].String("id")
	catalog := s.post(business+"/owned_product_catalogs", client.Params{"name": "Shop"}).String("id")
	g.ids = map[string]string{
		"3": creative, "4": ad, "9": s.fresh.PixelID, "77": catalog, "5": catalog, "777": creative, "888": ad, "act_42": s.fresh.AccountID,
		"120200000000000001": campaign, "120200000000000004": ad,
	}
	g.names = map[string]string{
		"campaign_id": campaign, "adset_id": set, "creative_id": creative, "page_id": s.fresh.PageID, "pixel_id": s.fresh.PixelID, "image_hash": hash, "hash": hash,
	}
	return g
}

// made finds a made-up id behind the parameter that holds it, in a form, in multipart, in JSON, and in JSON inside of these.
var made = regexp.MustCompile(`(campaign_id|adset_id|creative_id|page_id|pixel_id|image_hash|hash)((?:\\*"|%22)?(?:%3A|:|=|"\r\n\r\n)(?:\\*"|%22)?)([A-Za-z0-9]+)`)

// fit puts real ids, tokens, proofs and pictures in the place of the made-up ones, and leaves everything else as it was sent.
func (g stage) fit(text string) string {
	proof := hmac.New(sha256.New, []byte(g.fresh.AppSecret))
	proof.Write([]byte(g.fresh.Token))
	text = made.ReplaceAllStringFunc(text, func(found string) string {
		m := made.FindStringSubmatch(found)
		return m[1] + m[2] + g.names[m[1]]
	})
	text = regexp.MustCompile(`\b(352ffbae|f0c099f5)[0-9a-f]{56}\b`).ReplaceAllString(text, hex.EncodeToString(proof.Sum(nil)))
	text = regexp.MustCompile(`\btok\b|\bsandbox-token-0001\b|1\|s\b`).ReplaceAllString(text, g.fresh.Token)
	text = strings.ReplaceAll(text, "iVBORw0KGgo=", base64.StdEncoding.EncodeToString(g.png))
	text = regexp.MustCompile(`\x{89}PNG(\r\n\x{1a}\n)?`).ReplaceAllLiteralString(text, points(g.png))
	return strings.ReplaceAll(text, "act_42", g.fresh.AccountID)
}

// points is bytes as code points, as they stand in the recordings.
func points(data []byte) string {
	text := make([]rune, len(data))
	for i, b := range data {
		text[i] = rune(b)
	}
	return string(text)
}

// request is a recorded request as it is sent to the stage.
func (g stage) request(t *testing.T, r recorded) *http.Request {
	t.Helper()
	parts := strings.Split(r.Path, "/")
	for i, part := range parts {
		if id := g.ids[part]; id != "" {
			parts[i] = id
		}
	}
	query := url.Values{}
	for name, value := range r.Query {
		query.Set(name, g.fit(value))
	}
	var body []byte
	for _, char := range g.fit(r.Body) {
		body = append(body, byte(char))
	}
	req, err := http.NewRequestWithContext(t.Context(), r.Method, g.base+strings.Join(parts, "/")+"?"+query.Encode(), bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"Content-Type": r.ContentType, "Authorization": g.fit(r.Authorization), "User-Agent": r.UserAgent, "Accept-Encoding": r.AcceptEncoding} {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	return req
}

// send sends a recorded request and reads the answer, packed or not.
func (g stage) send(t *testing.T, r recorded) (status int, header http.Header, body []byte) {
	t.Helper()
	answer, err := http.DefaultTransport.RoundTrip(g.request(t, r))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	var text io.Reader = answer.Body
	if answer.Header.Get("Content-Encoding") == "gzip" {
		if text, err = gzip.NewReader(text); err != nil {
			t.Fatal(err)
		}
	}
	if body, err = io.ReadAll(text); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, body
}

// TestReplay sends what real clients sent, to a stage of its own for each. How each request ends stands in testdata/clients/answers.txt; no
// request fails inside, and no answer names a host that is neither the caller's nor one that an advertiser named.
func TestReplay(t *testing.T) {
	t.Parallel()
	var outcome strings.Builder
	var g stage
	last := ""
	for _, r := range recordings(t) {
		if r.Client != last {
			g, last = newStage(t), r.Client
		}
		status, header, body := g.send(t, r)
		if status >= http.StatusInternalServerError {
			t.Errorf("%s %d: %s", r.Client, r.Seq, body)
		}
		if header.Get("facebook-api-version") == "" || header.Get("x-fb-trace-id") == "" {
			t.Errorf("%s %d: no version or no trace in %v", r.Client, r.Seq, header)
		}
		fmt.Fprintf(&outcome, "%s %d %s %s: %d %s\n", r.Client, r.Seq, r.Method, r.Path, status, ending(body))
		for _, m := range regexp.MustCompile(`https?:\\?/\\?/([^/"'\\ <>?]+)`).FindAllStringSubmatch(string(body), -1) {
			if host := m[1]; "http://"+host != g.base && !regexp.MustCompile(`(^|\.)(example|example\.com|e\.com)$`).MatchString(host) {
				t.Errorf("%s %d: the answer names %s: %s", r.Client, r.Seq, host, body)
			}
		}
	}
	generated(t, "testdata/clients/answers.txt", outcome.String())
}

// ending is how an answer reads in short: the error, or the names of its members.
func ending(body []byte) string {
	var failed struct {
		Error struct {
			Code    int    `json:"code"`
			Subcode int    `json:"error_subcode"`
			Message string `json:"message"`
		} `json:"error"`
	}
	if json.Unmarshal(body, &failed) == nil && failed.Error.Code != 0 {
		return fmt.Sprintf("error %d/%d %s", failed.Error.Code, failed.Error.Subcode, regexp.MustCompile(`\d{15,}`).ReplaceAllString(failed.Error.Message, "ID"))
	}
	var members map[string]any
	if json.Unmarshal(body, &members) == nil {
		return strings.Join(slices.Sorted(maps.Keys(members)), ",")
	}
	var list []any
	if json.Unmarshal(body, &list) == nil {
		return fmt.Sprintf("list of %d", len(list))
	}
	return fmt.Sprintf("%.40q", body)
}

// TestSameIntent shows that one intent is read alike from every client that was recorded with it, whatever the form it came in.
func TestSameIntent(t *testing.T) {
	t.Parallel()
	g := newStage(t)
	for intent, from := range map[string]map[string]int{
		"a campaign":          {"facebook-nodejs-business-sdk": 1, "python-business-sdk": 2, "php-business-sdk": 1},
		"an ad":               {"facebook-nodejs-business-sdk": 5, "python-business-sdk": 5, "php-business-sdk": 4},
		"a status":            {"facebook-nodejs-business-sdk": 9, "python-business-sdk": 8, "php-business-sdk": 6, "mikusnuz-meta-ads-mcp": 11},
		"insights by title":   {"python-business-sdk": 9, "php-business-sdk": 7},
		"an expanded preview": {"facebook-nodejs-business-sdk": 7, "php-business-sdk": 5},
	} {
		var first string
		var want any
		for _, r := range recordings(t) {
			if seq, ok := from[r.Client]; !ok || seq != r.Seq {
				continue
			}
			_, header, body := g.send(t, r)
			got := g.read(t, header.Get("x-fb-trace-id"))
			if first == "" {
				first, want = r.Client, got
			} else if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s is not read as %s (-, +):\n%s\n%s", intent, r.Client, first, diff, body)
			}
		}
	}
}

// TestSamePicture shows that one picture is one image, however a client sends it.
func TestSamePicture(t *testing.T) {
	t.Parallel()
	g := newStage(t)
	uploads := 0
	for _, r := range recordings(t) {
		if r.Method != http.MethodPost || !strings.HasSuffix(r.Path, "/adimages") || strings.Contains(r.Body, `"url"`) {
			continue
		}
		uploads++
		if _, _, body := g.send(t, r); !bytes.Contains(body, []byte(`"hash":"`+g.names["hash"]+`"`)) {
			t.Errorf("%s: %s", r.Client, body)
		}
	}
	if uploads < 6 {
		t.Errorf("%d uploads were recorded", uploads)
	}
}

// read is what the server understood of a request: its parameters, without those that only say who asks and how.
func (g stage) read(t *testing.T, trace string) map[string]any {
	t.Helper()
	answer := g.raw(http.MethodGet, "/v1/inspector/requests/"+trace, g.fresh.Token, "")
	var record struct {
		Sent map[string]any `json:"sent"`
	}
	if err := json.Unmarshal(answer.Body.Bytes(), &record); err != nil {
		t.Fatalf("%v: %s", err, answer.Body)
	}
	for _, name := range []string{"access_token", "appsecret_proof", "id", "summary", "fields"} {
		delete(record.Sent, name)
	}
	return plain(record.Sent).(map[string]any)
}

// plain undoes the encodings that clients differ in: text that holds JSON, and numbers that are text.
func plain(value any) any {
	switch v := value.(type) {
	case string:
		var inner any
		if json.Unmarshal([]byte(v), &inner) == nil {
			return plain(inner)
		}
	case map[string]any:
		for name, member := range v {
			v[name] = plain(member)
		}
	case []any:
		for i, item := range v {
			v[i] = plain(item)
		}
	}
	return value
}
