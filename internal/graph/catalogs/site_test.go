package catalogs_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/fetch"
	"github.com/marquetry/marquetry/internal/graph/catalogs"
	"github.com/marquetry/marquetry/internal/graph/graphtest"
)

// fields is a JSON object.
type fields = map[string]any

// shop is a fresh instance with an empty catalog.
type shop struct {
	*graphtest.Site
	catalog string
}

// newShop may fetch from this machine.
func newShop(t testing.TB) shop {
	t.Helper()
	s := graphtest.New(t, catalogs.New(catalogs.Config{Fetch: fetch.New(fetch.Config{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})}))
	return shop{s, id(t, s.Do("POST", s.Account("product_catalogs"), fields{"name": "Shop"}))}
}

// id is the id in a successful answer.
func id(t testing.TB, answer fields) string {
	t.Helper()
	text, ok := answer["id"].(string)
	if !ok {
		t.Fatalf("nothing was made: %v", answer)
	}
	return text
}

// make adds something to the catalog.
func (s shop) make(edge string, body fields) string {
	s.Helper()
	return id(s, s.Do("POST", s.catalog+"/"+edge, body))
}

// item is a new item in the API's words.
func item(sku string, changes fields) fields {
	it := fields{"retailer_id": sku, "name": "Item " + sku, "currency": "USD", "price": 999, "availability": "in stock", "condition": "new", "brand": "Acme",
		"description": "Good.", "url": "https://shop.example/" + sku, "image_url": "https://shop.example/" + sku + ".jpg"}
	for name, value := range changes {
		it[name] = value
	}
	return it
}

// entry is the same in a feed's words.
func entry(sku string, changes fields) fields {
	it := fields{"id": sku, "title": "Item " + sku, "price": "9.99 USD", "availability": "in stock", "condition": "new", "brand": "Acme",
		"description": "Good.", "link": "https://shop.example/" + sku, "image_link": "https://shop.example/" + sku + ".jpg"}
	for name, value := range changes {
		it[name] = value
	}
	return it
}

// get reads fields of a node.
func (s shop) get(path, want string) fields {
	s.Helper()
	return s.Do("GET", path+"?fields="+url.QueryEscape(want), nil)
}

// list reads an edge and gives one field of each row.
func (s shop) list(path, field string, query url.Values) (values []any) {
	s.Helper()
	if query == nil {
		query = url.Values{}
	}
	query.Set("fields", field)
	answer := s.Do("GET", path+"?"+query.Encode(), nil)
	rows, ok := answer["data"].([]any)
	if !ok {
		s.Fatalf("%s: %v", path, answer)
	}
	for _, row := range rows {
		values = append(values, row.(fields)[field])
	}
	return values
}

// send uploads a file to a feed as a browser does and gives the upload's counts.
func (s shop) send(feed, file string, more fields) string {
	s.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("file", "items.csv")
	if err != nil {
		s.Fatal(err)
	}
	_, _ = io.WriteString(part, file)
	for name, value := range more {
		_ = w.WriteField(name, value.(string))
	}
	_ = w.Close()
	r := httptest.NewRequestWithContext(s.Context(), http.MethodPost, "/"+feed+"/uploads", &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Authorization", "Bearer "+token)
	answer := httptest.NewRecorder()
	s.Handler.ServeHTTP(answer, r)
	var made fields
	if err := json.Unmarshal(answer.Body.Bytes(), &made); err != nil {
		s.Fatal(err)
	}
	return id(s, made)
}

// token is that of the site.
const token = "mq_test-token-of-the-advertiser"

// wantFault checks that an answer is a refusal that mentions a text.
func (s shop) wantFault(answer fields, text string) {
	s.Helper()
	refusal, _ := answer["error"].(fields)
	message, _ := refusal["message"].(string)
	if refusal == nil || !strings.Contains(message, text) {
		s.Errorf("answered %v, want a refusal with %q", answer, text)
	}
}
