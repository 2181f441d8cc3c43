package console

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/generate/text/gate"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// kindLabel is the kind of a text in a person's words.
func kindLabel(kind string) string {
	switch kind {
	case "body":
		return "Primary text"
	case "headline":
		return "Headline"
	case "description":
		return "Description"
	}
	return kind
}

// generatorName is what wrote a text: rewrites, which are made by rules, or a model by its name.
func generatorName(generator, model string) string {
	if generator == "embedded" {
		return "rewrites"
	}
	return cmp.Or(model, generator)
}

// moveWords say what a rule did, by its label or the beginning of it.
func moveWords(label string) string {
	area, rest, _ := strings.Cut(label, ".")
	switch area {
	case "model":
		return "said anew by the model"
	case "order":
		return "sentences in another order"
	case "trim":
		return "sentences left out"
	case "history":
		return "a sentence from earlier"
	case "button":
		return "a sentence for the button"
	case "short":
		return "cut down to its point"
	case "split":
		return "a sentence split in two"
	case "join":
		return "sentences made one"
	case "list":
		return "a list in other words"
	case "cta":
		return "another call to action"
	case "offer":
		return "the offer in other words"
	case "urgency", "time":
		return "the time in other words"
	case "opener", "open", "hook", "meet":
		return "another beginning"
	case "move":
		return moveForm(rest)
	}
	return "other words"
}

// moveForm says which form a sentence took.
func moveForm(form string) string {
	switch form {
	case "question":
		return "a statement made a question"
	case "imperative":
		return "a statement made an invitation"
	case "fragment":
		return "a sentence in fewer words"
	}
	return "a sentence said anew"
}

// movesWords are the words for what was done to a text, each once.
func movesWords(labels []string) string {
	var all []string
	for _, label := range labels {
		if words := moveWords(label); !slices.Contains(all, words) {
			all = append(all, words)
		}
	}
	return strings.Join(all, ", ")
}

// facts are what is known of how a text came about.
func facts(a *store.Object) []factView {
	moves := object.IDs(a.Data["moves"])
	out := []factView{writtenBy(a), {Name: "What was done", Value: cmp.Or(movesWords(moves), "nothing that has a name"), Code: moves}}
	out = append(out, evidence(object.IDs(a.Data["evidence"]))...)
	out = append(out, factView{Name: "Checks", Value: checked(a)}, provenance(a.Text("digital_source_type")))
	for _, f := range []factView{
		{Name: "In the place of", Value: a.Text("previous")}, {Name: "Ordered by", Value: a.Text("requested_by")},
		{Name: "Language", Value: a.Text("language")}, {Name: "Seed", Value: a.Text("seed")},
		{Name: "SHA-256 of what was asked", Value: a.Text("prompt_hash")}, {Name: "SHA-256 of the text", Value: a.Text("sha256")},
	} {
		if f.Value != "" {
			out = append(out, f)
		}
	}
	return out
}

// writtenBy says who wrote a text.
func writtenBy(a *store.Object) factView {
	f := factView{Name: "Written by", Value: generatorName(a.Text("generator"), a.Text("model"))}
	if a.Text("generator") == "embedded" {
		f.Value += ": rules of this server, no model"
	} else {
		f.Value += ", a language model"
	}
	return f
}

// evidence says where sentences came from that the source does not have.
func evidence(from []string) []factView {
	var out []factView
	for _, e := range from {
		kind, id, _ := strings.Cut(e, ":")
		switch kind {
		case "ad":
			out = append(out, factView{Name: "Leans on", Value: "a sentence of the account's creative " + id})
		case "post":
			out = append(out, factView{Name: "Leans on", Value: "a sentence of the Page's post number " + id + ", counted from the newest"})
		default:
			out = append(out, factView{Name: "Leans on", Value: e})
		}
	}
	if len(out) == 0 {
		out = []factView{{Name: "Leans on", Value: "your text alone"}}
	}
	return out
}

// checked says what the gate made of a text and of those beside it.
func checked(a *store.Object) string {
	words := "passed, version " + a.Text("gate_version")
	var n int64
	for _, r := range refusals(counts(object.Members(a.Data, "rejected"))) {
		n += r.Count
	}
	if n > 0 {
		words += "; " + plural(n, "other candidate") + " of the same job refused"
	}
	return words
}

// counts are whole numbers by name.
func counts(data map[string]any) map[string]int64 {
	out := map[string]int64{}
	for name := range data {
		out[name] = object.Whole(data, name)
	}
	return out
}

// refusals are the counts of refused candidates with the sentences for their codes, the most frequent first.
func refusals(by map[string]int64) []refusedView {
	says := map[string]string{"taken": "is one that the creative has, or that the account rejected", "encoding": "is not text"}
	for _, c := range gate.Codes() {
		says[string(c.Code)] = c.Says
	}
	var out []refusedView
	for _, code := range slices.Sorted(maps.Keys(by)) {
		if by[code] > 0 {
			out = append(out, refusedView{by[code], code, cmp.Or(says[code], "was refused")})
		}
	}
	slices.SortStableFunc(out, func(a, b refusedView) int { return cmp.Compare(b.Count, a.Count) })
	return out
}

// flagWords say what was odd about the advertiser's text.
func flagWords(flag string) string {
	switch flag {
	case "injection":
		return "A part of it speaks to a machine: it stands in no variation."
	case "markup":
		return "It holds HTML, which was taken out."
	case "shouting":
		return "It is written in capitals, which were brought down."
	case "hidden":
		return "It holds invisible characters, which were taken out."
	}
	return "It is odd: " + flag + "."
}
