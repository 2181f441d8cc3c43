package marquetry_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/object"
)

// Every file of testdata/exemplary is one thing that a caller does and how it is answered. Its comment is a sentence; its parts are requests,
// each with the answer after it:
//
//	Makes a campaign.
//	-- request --
//	POST /v25.0/{account}/campaigns
//	name=Spring
//	special_ad_categories=[]
//	-- answer --
//	200
//	{"id": "{id}"}
//
// Words in braces are ids of what is there already; what is not is made when it is named (see props). A request's lines are parameters, sent as a
// form; lines that begin with @ are file parts, written @name=file.csv:text with \n for line feeds. The files named after an object are shown on its page, those named error_ on the page of errors.

// exemplary is one file.
type exemplary struct {
	name    string // without the ending
	title   string
	archive *txtar.Archive
}

// exemplaries reads them all, in the order of their names.
func exemplaries(t *testing.T) (list []exemplary) {
	t.Helper()
	paths, err := filepath.Glob("testdata/exemplary/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, exemplary{strings.TrimSuffix(filepath.Base(path), ".txtar"), strings.TrimSpace(string(archive.Comment)), archive})
	}
	return list
}

// TestExemplary carries out every file on a server of its own and compares the answers, or writes them with -update. Answers that are one
// object of a declared type are also held against the OpenAPI document.
func TestExemplary(t *testing.T) {
	t.Parallel()
	c := newContract(t)
	for _, x := range exemplaries(t) {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			p := newProps(t)
			for i := 0; i+1 < len(x.archive.Files); i += 2 {
				request, answer := x.archive.Files[i], &x.archive.Files[i+1]
				got := p.carryOut(string(request.Data))
				if typ := p.readType(string(request.Data)); typ != "" && strings.HasPrefix(got, "200\n") {
					c.holds(t, typ, p.last)
				}
				if *update {
					answer.Data = []byte(got)
				} else if got != string(answer.Data) {
					t.Errorf("%s\nis answered\n%s\nnot\n%s", request.Data, got, answer.Data)
				}
			}
			if *update {
				if err := os.WriteFile(filepath.Join("testdata/exemplary", x.name+".txtar"), txtar.Format(x.archive), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// props are a server and what its exemplary requests name: ids by name, made when they are first asked for.
type props struct {
	shop
	base string
	ids  map[string]string
	last []byte // body of the last answer
}

// noon is when exemplary requests happen.
func noon() time.Time { return time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC) }

// newProps starts a server whose clock stands still.
func newProps(t *testing.T) *props {
	t.Helper()
	server, api := start(t, marquetry.Config{Data: t.TempDir(), ManualLearning: true, Now: noon, FetchAllow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	s := shop{t, server, api, server.Fresh}
	code := s.get(server.Fresh.PixelID, client.Params{"fields": "code"}).String("code")
	return &props{shop: s, base: regexp.MustCompile(`https?://[^/]+`).FindString(code), ids: map[string]string{
		"account": s.fresh.AccountID, "page": s.fresh.PageID, "pixel": s.fresh.PixelID, "app": s.fresh.AppID, "token": s.fresh.Token,
	}}
}

// carryOut sends a request and writes down its answer, with names in the place of ids.
func (p *props) carryOut(request string) string {
	p.Helper()
	lines := strings.Split(strings.TrimRight(request, "\n"), "\n")
	method, target, found := strings.Cut(p.fill(lines[0]), " ")
	if !found {
		p.Fatalf("no method and path in %q", lines[0])
	}
	answer := p.send(method, target, lines[1:])
	p.last = bytes.Clone(answer.Body.Bytes())
	var indented bytes.Buffer
	if json.Indent(&indented, bytes.TrimSpace(p.last), "", "  ") != nil {
		indented.Write(p.last)
	}
	return fmt.Sprintf("%d\n%s\n", answer.Code, p.anonymous(indented.String()))
}

// send sends a request with the parameters of some lines: a GET's in the query, others as a form, or as multipart when one is a file.
func (p *props) send(method, target string, lines []string) *httptest.ResponseRecorder {
	p.Helper()
	form, files := url.Values{}, map[string]string{}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, "=")
		if file, isFile := strings.CutPrefix(name, "@"); isFile {
			files[file] = value
		} else {
			form.Add(name, p.fill(value))
		}
	}
	if method == http.MethodGet && len(form) > 0 {
		target += "?" + form.Encode()
	}
	if len(files) == 0 {
		body := ""
		if method != http.MethodGet {
			body = form.Encode()
		}
		return p.serve(method, target, "application/x-www-form-urlencoded", strings.NewReader(body))
	}
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for _, name := range slices.Sorted(maps.Keys(form)) {
		if err := parts.WriteField(name, form.Get(name)); err != nil {
			p.Fatal(err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file, text, _ := strings.Cut(files[name], ":")
		part, err := parts.CreateFormFile(name, file)
		if err == nil {
			_, err = part.Write([]byte(strings.ReplaceAll(text, `\n`, "\n")))
		}
		if err != nil {
			p.Fatal(err)
		}
	}
	if err := parts.Close(); err != nil {
		p.Fatal(err)
	}
	return p.serve(method, target, parts.FormDataContentType(), &body)
}

// serve answers one request as the server does, without a network between.
func (p *props) serve(method, target, contentType string, body io.Reader) *httptest.ResponseRecorder {
	request := httptest.NewRequestWithContext(p.Context(), method, p.base+target, body)
	request.Header.Set("Content-Type", contentType)
	request.Header.Set("Authorization", "Bearer "+p.fresh.Token)
	answer := httptest.NewRecorder()
	p.server.Handler().ServeHTTP(answer, request)
	return answer
}

// fill puts ids in the place of names in braces.
func (p *props) fill(text string) string {
	p.Helper()
	return regexp.MustCompile(`\{([a-z_]+)\}`).ReplaceAllStringFunc(text, func(name string) string { return p.id(strings.Trim(name, "{}")) })
}

// anonymous puts names in the place of ids, and of what differs from run to run.
func (p *props) anonymous(text string) string {
	for _, name := range slices.SortedFunc(maps.Keys(p.ids), func(a, b string) int { return len(p.ids[b]) - len(p.ids[a]) }) {
		text = strings.ReplaceAll(text, p.ids[name], "{"+name+"}")
	}
	text = strings.ReplaceAll(text, strings.TrimPrefix(p.fresh.AccountID, "act_"), "{account_digits}")
	text = strings.ReplaceAll(text, p.base, "{host}")
	text = regexp.MustCompile(`("fbtrace_id": )"[^"]+"`).ReplaceAllString(text, `$1"{trace}"`)
	return regexp.MustCompile(`\b1202\d{14}\b`).ReplaceAllString(text, "{id}")
}

// readType is the type of the object that a request reads whole: the prop that its path names; "" for every other request.
func (p *props) readType(request string) string {
	m := regexp.MustCompile(`^GET /v2[56]\.0/\{([a-z_]+)\}\n`).FindStringSubmatch(request)
	if m == nil {
		return ""
	}
	name := map[string]string{"account": "adaccount", "pixel": "adspixel", "creative": "adcreative", "dynamic_adset": "adset", "image": "adimage", "me": "user"}[m[1]]
	if name == "" {
		name = m[1]
	}
	if slices.ContainsFunc(object.Types(), func(t *object.Type) bool { return t.Name == name }) {
		return name
	}
	return ""
}
