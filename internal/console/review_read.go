package console

import (
	"context"
	"slices"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// How much of a creative's past its page shows.
const (
	mostTexts  = 200 // more than are ever made for one
	mostEvents = 100
)

// reviewView is a creative with its generated texts.
type reviewView struct {
	frame
	version
	ID, Name, Account string
	Busy              bool   // texts are being made
	Failed            string // why none were made; "" when they were
	Fallback          string // why rewrites stand in for a model; "" when they do not
	Pending           int64
	Decides           bool
	Gated, FourEyes   bool       // what the account asks of reviews
	Texts             []textView // pending and approved ones, oldest first
	Rejected          []textView
	Refused           []refusedView // candidates that the gate refused
	RefusedAll        int64
	Flags             []string // what was odd about the advertiser's text
	Button            string   // what the text would have on its button
	History           []eventView
	Fault             string // of a decision about a text that is not on the page
}

// textView is one generated text beside its original.
type textView struct {
	ID, Kind, State, Tone string
	Text, Language        string // Language is an ISO 639-1 code, "" where it is not known
	Original              []part // kept and removed parts; none where there is no original
	Variant               []part // kept and added parts
	Altered               bool   // the text is no longer the one that was generated
	By, Did               string // what wrote it, and what was done, in words
	Facts                 []factView
	Fault                 string
}

// factView is one thing that is known of a text.
type factView struct {
	Name, Value string
	Code        []string // names of rules and the like, as the Graph API has them
}

// refusedView is how many candidates the gate refused for one reason.
type refusedView struct {
	Count      int64
	Code, Says string // Says completes "The text …"
}

// readReview reads the page of a creative.
func (c *console) readReview(ctx context.Context, v visitor, id string) (out *reviewView, err error) {
	err = c.db.Read(ctx, func(tx store.Tx) error {
		made, account, err := reviewed(ctx, tx, v, id)
		if err != nil {
			return err
		}
		out = &reviewView{ID: id, Name: title(made), Account: account.Text("name"), Decides: v.decides(), Busy: made.Status == edition.InProcess,
			Gated: account.Text("review_gate") == "required", FourEyes: account.Data["four_eyes"] == true}
		if err := out.readTexts(ctx, tx, made); err != nil {
			return err
		}
		if err := out.readJobs(ctx, tx, v); err != nil {
			return err
		}
		return out.readHistory(ctx, tx, v)
	})
	return out, err
}

// readTexts reads what was generated.
func (o *reviewView) readTexts(ctx context.Context, tx store.Tx, made *store.Object) error {
	assets, err := tx.List(ctx, store.Listing{Type: edition.AssetType, Field: "creative_id", To: made.ID}, store.Page{Limit: mostTexts})
	slices.Reverse(assets)
	for _, a := range assets {
		text := textOf(a, original(made, a.Text("kind")))
		switch text.State {
		case object.AssetRejected:
			o.Rejected = append(o.Rejected, text)
			continue
		case object.AssetPending:
			o.Pending++
		}
		o.Texts = append(o.Texts, text)
	}
	return err
}

// readJobs reads what the making of the texts came to.
func (o *reviewView) readJobs(ctx context.Context, tx store.Tx, v visitor) error {
	all, err := generate.Generations(ctx, tx, []string{o.ID})
	g := all[o.ID]
	if g.State == "FAILED" {
		o.Failed = reasonFor(v, g.Error)
	}
	if g.Fallback != "" {
		o.Fallback = reasonFor(v, g.Fallback)
	}
	o.Flags, o.Button = g.Flags, creative.ButtonLabel(g.Button)
	o.Refused = refusals(g.Rejected)
	for _, r := range o.Refused {
		o.RefusedAll += r.Count
	}
	return err
}

// readHistory reads who decided what, and when.
func (o *reviewView) readHistory(ctx context.Context, tx store.Tx, v visitor) error {
	events, err := generate.Events(ctx, tx, o.ID, mostEvents)
	if err != nil {
		return err
	}
	wanted := wantedBy(events)
	slices.Sort(wanted)
	found, err := tx.Objects(ctx, slices.Compact(wanted))
	o.History = eventViews(events, found, v)
	return err
}

// fault puts the fault of a decision beside its text.
func (o *reviewView) fault(asset, message string) {
	for _, list := range [][]textView{o.Texts, o.Rejected} {
		for i := range list {
			if list[i].ID == asset {
				list[i].Fault = message
				return
			}
		}
	}
	o.Fault = message
}

// textOf is a generated text beside the one that it was made from.
func textOf(a *store.Object, own string) textView {
	out := textView{ID: a.ID, Kind: kindLabel(a.Text("kind")), State: edition.State(a), Text: a.Text("text"), Language: a.Text("language"), Altered: !edition.Unaltered(a)}
	out.Tone = map[string]string{object.AssetPending: "busy", object.AssetApproved: "good", object.AssetRejected: "warn"}[out.State]
	parts := []part{{out.Text, kept}}
	if own != "" {
		parts = difference(own, out.Text)
		out.Original = without(added, parts)
	}
	out.Variant = without(removed, parts)
	out.By, out.Did = generatorName(a.Text("generator"), a.Text("model")), movesWords(object.IDs(a.Data["moves"]))
	out.Facts = facts(a)
	return out
}
