package marquetry_test

import (
	"bytes"
	"cmp"
	"encoding/base64"
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
	"sync/atomic"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store/storetest"
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
// Words in braces are ids, tokens and the like of what is there already; what is not is made when it is named (see props). A request's lines are
// parameters, sent as a form; lines that begin with @ are file parts, written @name=file.csv:text with \n for line feeds, or with {png} and the like
// for bytes. An access_token among the parameters takes the place of the admin's. A part "server" before the first request holds flags of the server.
// The files named after an object are shown on its page, those named error_ on the page of errors.

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
// object of a declared type are also held against the OpenAPI document. Every twelfth file is carried out on PostgreSQL, too: the answers are
// the same.
func TestExemplary(t *testing.T) {
	t.Parallel()
	c := newContract(t)
	for i, x := range exemplaries(t) {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			x.check(t, c, "")
			if *update {
				if err := os.WriteFile(filepath.Join("testdata/exemplary", x.name+".txtar"), txtar.Format(x.archive), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		})
		if i%12 == 0 && !*update {
			t.Run(x.name+" on PostgreSQL", func(t *testing.T) {
				t.Parallel()
				x.check(t, c, storetest.Postgres(t))
			})
		}
	}
}

// check carries out one file on a new server that keeps its objects in a database, "" for SQLite.
func (x exemplary) check(t *testing.T, c contract, db string) {
	parts, flags := x.archive.Files, ""
	if parts[0].Name == "server" {
		parts, flags = parts[1:], string(parts[0].Data)
	}
	p := newProps(t, db, flags)
	for i := 0; i+1 < len(parts); i += 2 {
		request, answer := parts[i], &parts[i+1]
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
}

// props are a server and what its exemplary requests name: ids by name, made when they are first asked for.
type props struct {
	shop
	ids   map[string]string
	named string        // every request so far, to tell which foreign addresses callers named
	last  []byte        // body of the last answer
	later *atomic.Int64 // seconds since noon
}

// host is where callers reach the server; answers say so, too.
const host = "http://marquetry.test"

// noon is when exemplary requests happen.
func noon() time.Time { return time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC) }

// newProps starts a server whose clock stands still unless a prop needs time to pass, on a database, with some of the flags of marquetry serve.
func newProps(t *testing.T, db, flags string) *props {
	t.Helper()
	later := &atomic.Int64{}
	now := func() time.Time { return noon().Add(time.Duration(later.Load()) * time.Second) }
	config := marquetry.Config{Data: storetest.Dir(t), DB: db, ManualLearning: true, Now: now, AppSecret: "0123456789abcdef", FetchAllow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
		Generation: marquetry.Generation{Patience: time.Minute}}
	for flag := range strings.FieldsSeq(flags) {
		switch name, value, _ := strings.Cut(flag, "="); name {
		case "--strict-versions":
			config.Platform.StrictVersions = true
		case "--rate-limits":
			config.Platform.RateLimits = value
		case "--require-proof":
			config.RequireProof = true
		default:
			t.Fatalf("unknown flag %s", flag)
		}
	}
	server, api := start(t, config)
	return &props{shop: shop{t, server, api, server.Fresh}, later: later, ids: map[string]string{
		"account": server.Fresh.AccountID, "account_digits": strings.TrimPrefix(server.Fresh.AccountID, "act_"), "page": server.Fresh.PageID, "pixel": server.Fresh.PixelID,
		"app": server.Fresh.AppID, "app_secret": server.Fresh.AppSecret, "token": server.Fresh.Token,
		"app_token": server.Fresh.AppID + "|" + server.Fresh.AppSecret,
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
	p.named += request
	p.leaks()
	var indented bytes.Buffer
	if json.Indent(&indented, bytes.TrimSpace(p.last), "", "  ") != nil {
		indented.Write(p.last)
	}
	return fmt.Sprintf("%d\n%s\n", answer.Code, p.anonymous(indented.String()))
}

// leaks fails for an address in the last answer that is neither the server's own nor one that a caller named, nor a word of the IPTC's vocabulary.
func (p *props) leaks() {
	p.Helper()
	for _, m := range regexp.MustCompile(`https?:[\\/]+([^/\\"'<>&\s{}]+)`).FindAllStringSubmatch(string(p.last), -1) {
		if m[1] != "marquetry.test" && m[1] != "shop.example" && m[1] != "cv.iptc.org" && !strings.Contains(p.named, m[1]) {
			p.Errorf("the answer names the foreign address %s:\n%s", m[0], p.last)
		}
	}
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
		return p.serve(method, target, form, "application/x-www-form-urlencoded", strings.NewReader(body))
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
			_, err = part.Write(p.content(text))
		}
		if err != nil {
			p.Fatal(err)
		}
	}
	if err := parts.Close(); err != nil {
		p.Fatal(err)
	}
	return p.serve(method, target, form, parts.FormDataContentType(), &body)
}

// content is what a file part holds: text with \n for line feeds, or the bytes that a prop holds as base64.
func (p *props) content(text string) []byte {
	p.Helper()
	if !strings.HasPrefix(text, "{") {
		return []byte(strings.ReplaceAll(text, `\n`, "\n"))
	}
	data, err := base64.StdEncoding.DecodeString(p.fill(text))
	if err != nil {
		p.Fatal(err)
	}
	return data
}

// serve answers one request as the server does, without a network between. The admin sends it unless its form has a token.
func (p *props) serve(method, target string, form url.Values, contentType string, body io.Reader) *httptest.ResponseRecorder {
	request := httptest.NewRequestWithContext(p.Context(), method, host+target, body)
	request.Header.Set("Content-Type", contentType)
	if !form.Has("access_token") {
		request.Header.Set("Authorization", "Bearer "+p.fresh.Token)
	}
	answer := httptest.NewRecorder()
	p.server.Handler().ServeHTTP(answer, request)
	return answer
}

// fill puts ids in the place of names in braces. What nothing makes is something else, such as the fields of an expanded object.
func (p *props) fill(text string) string {
	p.Helper()
	return regexp.MustCompile(`\{([a-z_]+)\}`).ReplaceAllStringFunc(text, func(name string) string {
		return cmp.Or(p.id(strings.Trim(name, "{}")), name)
	})
}

// anonymous puts names in the place of ids, and of what differs from run to run.
func (p *props) anonymous(text string) string {
	for _, name := range slices.SortedFunc(maps.Keys(p.ids), func(a, b string) int {
		return cmp.Or(len(p.ids[b])-len(p.ids[a]), strings.Compare(a, b))
	}) {
		text = strings.ReplaceAll(text, p.ids[name], "{"+name+"}")
	}
	text = strings.ReplaceAll(text, host, "{host}")
	text = regexp.MustCompile(`("fbtrace_id": )"[^"]+"`).ReplaceAllString(text, `$1"{trace}"`)
	text = regexp.MustCompile(`/preview\?d=[\w-]+`).ReplaceAllString(text, "/preview?d={preview}")
	return regexp.MustCompile(`(\b|_)1202\d{14}\b`).ReplaceAllString(text, "${1}{id}")
}

// readType is the type of the object that a request reads whole: the prop that its path names; "" for every other request.
func (p *props) readType(request string) string {
	m := regexp.MustCompile(`^GET /v2[56]\.0/\{([a-z_]+)\}\n`).FindStringSubmatch(request)
	if m == nil {
		return ""
	}
	name := map[string]string{"account": "adaccount", "pixel": "adspixel", "creative": "adcreative", "dynamic_adset": "adset", "image": "adimage", "me": "user", "app": "application"}[m[1]]
	if name == "" {
		name = m[1]
	}
	if slices.ContainsFunc(object.Types(), func(t *object.Type) bool { return t.Name == name }) {
		return name
	}
	return ""
}

// TestExemplaryComplete looks for an example of all that can be done with objects: create, read, update, delete and list.
func TestExemplaryComplete(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, x := range exemplaries(t) {
		known[x.name] = true
	}
	edges := map[string]bool{} // types that some edge lists
	for _, typ := range object.Types() {
		for _, e := range typ.Edges {
			edges[e.Target] = edges[e.Target] || e.Support != object.Refused
		}
	}
	for _, typ := range object.Types() {
		wanted := map[string]bool{
			"create": slices.ContainsFunc(typ.Fields, func(f object.Field) bool { return f.Has(object.Create) }),
			"read":   len(typ.Fields) > 0,
			"update": slices.ContainsFunc(typ.Fields, func(f object.Field) bool { return f.Has(object.Update) }),
			"delete": typ.Erased || typ.Field("status") != nil && slices.Contains(typ.Field("status").Enum, object.Deleted),
			"list":   edges[typ.Name],
		}
		for verb, want := range wanted {
			if name := typ.Name + "_" + verb; want && !known[name] && unshown()[name] == "" {
				t.Errorf("there is no testdata/exemplary/%s.txtar", name)
			} else if unshown()[name] != "" && (!want || known[name]) {
				t.Errorf("%s is no exception", name)
			}
		}
	}
}

// unshown says why something that declarations allow has no example.
func unshown() map[string]string {
	rows := "its rows cannot be asked for one by one"
	return map[string]string{
		"adactivity_read": rows, "adstudycell_read": rows, "deliveryestimate_read": rows, "reachestimate_read": rows, "searchrow_read": rows,
		"sentenceline_read": rows, "targetingunified_read": rows, "business_create": "the first start makes the one business",
	}
}

// TestExemplaryErrors counts the errors that are shown, each told from the others by its code and subcode, which its file's name has, too.
func TestExemplaryErrors(t *testing.T) {
	t.Parallel()
	shown := map[string]bool{}
	for _, x := range exemplaries(t) {
		if !strings.HasPrefix(x.name, "error_") {
			continue
		}
		var answer struct {
			Error struct {
				Code    int `json:"code"`
				Subcode int `json:"error_subcode"`
			} `json:"error"`
		}
		_, body, _ := strings.Cut(string(x.archive.Files[len(x.archive.Files)-1].Data), "\n")
		if err := json.Unmarshal([]byte(body), &answer); err != nil {
			t.Errorf("%s: %v", x.name, err)
		}
		number := fmt.Sprintf("error_%d_%d_", answer.Error.Code, answer.Error.Subcode)
		if shown[number] = true; !strings.HasPrefix(x.name, number) {
			t.Errorf("%s is answered with %s", x.name, number)
		}
	}
	if len(shown) < 60 {
		t.Errorf("%d errors are shown", len(shown))
	}
}
