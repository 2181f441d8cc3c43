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

// mostEvents is how much of a creative's past its page shows.
const mostEvents = 100

// reviewView is a creative with what was generated for it.
type reviewView struct {
	frame
	version
	ID, Name, Account string
	Busy              bool   // something is being made
	Failed            string // why nothing was made; "" when it was
	Fallback          string // why rules stand in for a model; "" when they do not
	Pending           int64
	Decides           bool
	Gated, FourEyes   bool       // what the account asks of reviews
	Writes            bool       // texts were ordered
	Texts             []textView // pending and approved ones, oldest first
	Groups            []groupView
	Progress          *progressView
	Refusals          []refusalView // pictures that could not be made
	Examples          []itemView    // items without pictures
	Rejected          []rejectedView
	Refused           []refusedView // candidates that the gate refused
	RefusedAll        int64
	Flags             []string // what was odd about the advertiser's text
	Button            string   // what the text would have on its button
	History           []eventView
	Faults            map[string]string // of decisions, by asset
	Fault             string            // of a decision about something that is not on the page

	decided map[string]bool // assets that have a place on the page
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
}

// rejectedView is an asset that was rejected.
type rejectedView struct{ ID, Kind, By, Text, Picture string }

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
			Gated: account.Text("review_gate") == "required", FourEyes: account.Data["four_eyes"] == true, Writes: edition.OptedIn(made.Data), decided: map[string]bool{}}
		assets, err := edition.Assets(ctx, tx, id)
		if err != nil {
			return err
		}
		ad, err := adFor(ctx, tx, made)
		if err != nil {
			return err
		}
		out.sort(made, assets, ad)
		if err := out.readStyles(ctx, tx, made, assets, c.Now().Unix()); err != nil {
			return err
		}
		if err := out.readJobs(ctx, tx, v, len(assets), c.Now().Unix()); err != nil {
			return err
		}
		return out.readHistory(ctx, tx, v)
	})
	return out, err
}

// adFor lays out the ad that stands around a creative's pictures.
func adFor(ctx context.Context, tx store.Tx, made *store.Object) (*creative.View, error) {
	found, err := tx.Objects(ctx, []string{pageOf(made)})
	view := adOf(edition.Own(made.Data))
	view.PageName, view.Button = found[pageOf(made)].Text("name"), creative.ButtonLabel(view.Button)
	return &view, err
}

// sort puts assets, the oldest first, in their places on the page, but for the styles of backgrounds.
func (o *reviewView) sort(made *store.Object, assets []*store.Object, ad *creative.View) {
	for _, a := range assets {
		state := edition.State(a)
		if state == object.AssetPending {
			o.Pending++
		}
		o.decided[a.ID] = state != object.AssetIneligible
		switch kind := a.Text("kind"); {
		case state == object.AssetIneligible:
			o.Refusals = append(o.Refusals, refusalOf(a))
		case state == object.AssetRejected:
			o.Rejected = append(o.Rejected, rejectedOf(a))
		case kind == edition.Image:
			g := o.group(a.Text("feature"))
			g.Pictures = append(g.Pictures, pictureOf(a, ad))
		case kind != edition.Background:
			o.Texts = append(o.Texts, textOf(a, original(made, kind)))
		}
	}
}

// readStyles puts the styles of backgrounds on the page, each with pictures of some items.
func (o *reviewView) readStyles(ctx context.Context, tx store.Tx, made *store.Object, assets []*store.Object, now int64) error {
	styles := slices.DeleteFunc(slices.Clone(assets), func(a *store.Object) bool {
		return a.Text("kind") != edition.Background || a.Status == object.AssetRejected || a.Status == object.AssetIneligible
	})
	recipes := make([]recipe, len(styles))
	for i, a := range styles {
		recipes[i] = recipeOf(a)
	}
	some, err := readSamples(ctx, tx, edition.Own(made.Data), recipes, now)
	if err != nil {
		return err
	}
	for _, a := range styles {
		g := o.group(a.Text("feature"))
		g.Styles = append(g.Styles, some.row(a))
	}
	return nil
}

// rejectedOf is an asset that was rejected: a text, or a picture by its name.
func rejectedOf(a *store.Object) rejectedView {
	if edition.IsPicture(a) {
		return rejectedView{a.ID, "Picture", painterName(a.Text("generator"), a.Text("model")), pictureName(a), file(a.Text("image_hash"))}
	}
	return rejectedView{a.ID, kindLabel(a.Text("kind")), generatorName(a.Text("generator"), a.Text("model")), a.Text("text"), ""}
}

// readJobs reads what the making came to; have is how many assets there are.
func (o *reviewView) readJobs(ctx context.Context, tx store.Tx, v visitor, have int, now int64) error {
	all, err := generate.Generations(ctx, tx, []string{o.ID})
	if err != nil {
		return err
	}
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
	if o.Progress = progressOf(o.ID, g, have); o.Progress != nil {
		o.Examples, err = readExamples(ctx, tx, g.Progress.Examples, now)
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

// fault puts the fault of a decision beside what it is about.
func (o *reviewView) fault(asset, message string) {
	if o.decided[asset] {
		o.Faults = map[string]string{asset: message}
		return
	}
	o.Fault = message
}

// textOf is a generated text beside the one that it was made from.
func textOf(a *store.Object, own string) textView {
	out := textView{ID: a.ID, Kind: kindLabel(a.Text("kind")), State: edition.State(a), Text: a.Text("text"), Language: a.Text("language"), Altered: !edition.Unaltered(a)}
	out.Tone = toneOf(out.State)
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
