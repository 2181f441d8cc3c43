package console

import (
	"time"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// moment is a time as pages show it, UTC.
type moment struct{ Machine, Person string }

// at is the moment of so many unix seconds.
func at(seconds int64) moment {
	t := time.Unix(seconds, 0).UTC()
	return moment{t.Format(time.RFC3339), t.Format("2006-01-02 15:04")}
}

// eventView is a line of what happened to texts and pictures.
type eventView struct {
	When           moment
	What           string // approved, rejected, …
	Tone           string
	Creative, Name string // id and name
	Text           string // that it is about, or the name of a picture
	Who            string // name of a token, or the generator
	UserID         string
	Why            string // of a failure; how, of a decision
	Ads            []string

	pictures int64 // that were made of items of a product set
}

// wantedBy are the ids of what events name.
func wantedBy(events []generate.Event) []string {
	var ids []string
	for _, e := range events {
		ids = append(ids, e.Creative)
		if e.Asset != "" {
			ids = append(ids, e.Asset)
		}
	}
	return ids
}

// eventViews are events as pages show them, with the assets and creatives that were found. Slices of one job that follow each other are one line.
func eventViews(events []generate.Event, found map[string]*store.Object, v visitor) []eventView {
	out := make([]eventView, 0, len(events))
	for _, e := range events {
		one := eventView{When: at(e.At), Creative: e.Creative, Text: assetWords(found[e.Asset]), Who: e.Reviewer, UserID: e.ReviewerID, Ads: e.Ads, pictures: int64(len(e.Pictures))}
		if n := len(out); n > 0 && one.pictures > 0 && out[n-1].pictures > 0 && out[n-1].Creative == e.Creative {
			out[n-1].pictures += one.pictures
			continue
		}
		if made := found[e.Creative]; made != nil {
			one.Name = title(made)
		}
		one.say(e, found[e.Asset], v)
		out = append(out, one)
	}
	for i := range out {
		if out[i].pictures > 0 {
			out[i].Text = "Pictures of items: " + number(out[i].pictures)
		}
	}
	return out
}

// say puts into words what happened to an asset, nil for none.
func (o *eventView) say(e generate.Event, asset *store.Object, v visitor) {
	switch e.Kind {
	case "generated":
		o.What, o.Tone, o.Who = "Written", "calm", generatorName(e.Generator, e.Model)
		if o.pictures > 0 || asset != nil && edition.IsPicture(asset) {
			o.What, o.Who = "Made", painterName(e.Generator, e.Model)
		}
	case "approved":
		o.What, o.Tone = "Approved", "good"
		if e.By == "activation" {
			o.Why = "by setting the ad " + e.Ad + " ACTIVE"
		}
	case "rejected":
		o.What, o.Tone = "Rejected", "warn"
	case "delivered":
		o.What, o.Tone = "Shown from now on", "busy"
	case "failed":
		o.What, o.Tone, o.Why = "Failed", "warn", reasonFor(v, e.Error)
	}
}

// reasonFor is why a job failed, for whom it may concern: as in the Graph API, what goes wrong inside is for the operator.
func reasonFor(v visitor, why string) string {
	if v.open || v.Can(object.Admin) {
		return why
	}
	return "only the operator of this server sees why"
}
