package console

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/inspect"
	"github.com/marquetry/marquetry/internal/object"
)

// shownRequests is how many requests a page lists.
const shownRequests = 50

// briefValues is how many of the allowed values a message keeps when it is shown briefly.
const briefValues = 5

// requestsView is the list of the last requests.
type requestsView struct {
	frame
	Only   bool // refused ones only
	Object string
	Lines  []requestLine
	Older  string // address of the next page, "" on the last
}

// requestLine is one request in the list.
type requestLine struct {
	inspect.Record
	When, Tone string
	Changed    int // values that were not stored as they were sent
}

// requestView is one request.
type requestView struct {
	frame
	requestLine
	Sent, Corrected, Repaired, Took string // JSON texts, and how long it took
	Lists                           []notesView
	Faults                          []faultView
	Objects                         []storedView
}

// notesView is what became of some values.
type notesView struct {
	Name, Meaning string
	Notes         []noteView
}

// noteView is one of them.
type noteView struct {
	Path, Object, Message, Value string
	Long                         bool // the value takes more than a line
}

// faultView is one broken rule.
type faultView struct {
	inspect.Fault
	At   string
	Left bool // it is still broken in what was tried
}

// storedView is one object that was written.
type storedView struct {
	inspect.Stored
	Text string
}

// requests lists the last requests that a visitor may see.
func (c *console) requests(w http.ResponseWriter, r *http.Request, v visitor) {
	q := r.URL.Query()
	before, _ := strconv.ParseInt(q.Get("before"), 10, 64) // anything else is the first page
	f := inspect.Filter{Errors: q.Get("only") == "refused", Object: q.Get("object"), Before: before, Limit: shownRequests, Sees: v.inspector()}
	records, next, err := c.Requests.Records(f)
	if err != nil {
		c.fail(w, r, err)
		return
	}
	out := &requestsView{Only: f.Errors, Object: f.Object}
	for _, one := range records {
		out.Lines = append(out.Lines, lineOf(one))
	}
	if next > 0 {
		q.Set("before", strconv.FormatInt(next, 10))
		out.Older = "/console/requests?" + q.Encode()
	}
	c.page(w, r, v, http.StatusOK, "requests", out)
}

// request shows one request with its explanation.
func (c *console) request(w http.ResponseWriter, r *http.Request, v visitor) {
	records, _, err := c.Requests.Records(inspect.Filter{Trace: r.PathValue("trace"), Limit: 1, Sees: v.inspector()})
	switch {
	case err != nil:
		c.fail(w, r, err)
	case len(records) == 0:
		c.page(w, r, v, http.StatusNotFound, "no-request", &requestsView{})
	default:
		c.page(w, r, v, http.StatusOK, "request", requestOf(records[0]))
	}
}

// inspector is what a visitor may see of the requests; of an open console, everything.
func (v visitor) inspector() inspect.Viewer {
	if v.open {
		return inspect.Viewer{All: true}
	}
	return inspect.Viewer{All: v.Can(object.Admin) && len(v.Accounts) == 0, Accounts: v.Accounts, Reads: true, Holder: v.tokenHash}
}

// lineOf is a request as the list shows it.
func lineOf(r inspect.Record) requestLine {
	l := requestLine{Record: r, When: r.Time.UTC().Format("2006-01-02 15:04:05"), Tone: "good"}
	l.Changed = len(r.Ignored) + len(r.Collapsed) + len(r.Defaulted) + len(r.StoredOnly)
	if r.Status >= http.StatusBadRequest {
		l.Tone = "warn"
	}
	return l
}

// requestOf is a request as its own page shows it.
func requestOf(r inspect.Record) *requestView {
	out := &requestView{requestLine: lineOf(r), Sent: indented(r.Sent), Took: milliseconds(r.Micros)}
	for _, s := range r.Stored {
		out.Objects = append(out.Objects, storedView{s, indented(s.Values)})
	}
	for _, list := range []struct {
		name, meaning string
		notes         []inspect.Note
	}{
		{"Ignored", "Nothing knows these values, or they change nothing.", r.Ignored},
		{"Read as something else", "These values were understood, and stand elsewhere or otherwise now.", r.Collapsed},
		{"Filled in", "Nobody sent these values.", r.Defaulted},
		{"Kept without effect", "These values are stored and read back; nothing follows from them here.", r.StoredOnly},
	} {
		if len(list.notes) > 0 {
			out.Lists = append(out.Lists, notesView{list.name, list.meaning, notesOf(list.notes)})
		}
	}
	if e := r.Explanation; e != nil {
		out.Corrected, out.Repaired = indented(e.Corrected), e.Repaired
		for _, f := range e.Faults {
			out.Faults = append(out.Faults, faultView{Fault: f, At: strings.Join(f.Path, "."), Left: !e.Accepted && remains(f, e.Remaining)})
		}
	}
	return out
}

// remains reports whether a fault is among those that no change could satisfy.
func remains(f inspect.Fault, left []inspect.Fault) bool {
	for _, l := range left {
		if l.Rule == f.Rule && strings.Join(l.Path, ".") == strings.Join(f.Path, ".") {
			return true
		}
	}
	return false
}

// notesOf are notes as a page shows them.
func notesOf(notes []inspect.Note) []noteView {
	out := make([]noteView, len(notes))
	for i, n := range notes {
		value := indented(n.Value)
		out[i] = noteView{strings.Join(n.Path, "."), n.Object, n.Message, value, strings.Contains(value, "\n")}
	}
	return out
}

// brief is a message in which a long list of what is allowed, in braces, is cut after a few values.
func brief(message string) string {
	before, rest, found := strings.Cut(message, "{")
	list, after, closed := strings.Cut(rest, "}")
	values := strings.Split(list, ", ")
	if !found || !closed || len(values) <= briefValues+1 {
		return message
	}
	return before + "{" + strings.Join(values[:briefValues], ", ") + ", … " + strconv.Itoa(len(values)-briefValues) + " more}" + after
}

// indented is a value as JSON for reading; "" for none.
func indented(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case map[string]any:
		if len(v) == 0 {
			return ""
		}
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if e.Encode(value) != nil {
		return ""
	}
	return strings.TrimSpace(out.String())
}

// milliseconds writes a duration.
func milliseconds(micros int64) string {
	return strconv.FormatFloat(float64(micros)/1000, 'f', 1, 64) + " ms"
}
