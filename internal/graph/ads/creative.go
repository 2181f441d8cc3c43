package ads

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// creative brings a new creative into its normal form, checks it, and answers with the one that the account has already if there is
// one with the same content.
func (s *service) creative(ctx context.Context, w *graph.Write) error {
	if !w.Creating() {
		changedCreative(w)
		return nil
	}
	if status := object.Text(w.Data, "status"); status != object.Active {
		w.Fault(object.Broken("creative.status", 0, "status must be ACTIVE on creation", "status").Put(object.Active))
	}
	addresses(w)
	if err := attach(ctx, w, w.Data); err != nil {
		return err
	}
	normal, faults := creative.Check(w.Data, creative.Rules{Version: w.Version})
	w.Faults = append(w.Faults, consequential(w.Faults, faults)...)
	w.Warnings = append(w.Warnings, normal.Changes...)
	clear(w.Data)
	maps.Copy(w.Data, normal.Spec)
	if err := posted(ctx, w); err != nil {
		return err
	}
	if err := shown(ctx, w, normal); err != nil || len(w.Faults) > 0 {
		return err
	}
	creative.Complete(w.Data)
	guard(w, s.config.FewAssets, normal.Advice()...)
	if err := known(ctx, w, normal.Informal); err != nil || w.Existing != nil {
		return err
	}
	return feedLabels(ctx, w)
}

// addresses checks what stands outside of the story and the feed and is opened or shown as it is.
func addresses(w *graph.Write) {
	for _, name := range []string{"image_url", "link_url", "object_url"} {
		text := strings.ToLower(object.Text(w.Data, name))
		if text != "" && !strings.HasPrefix(text, "http://") && !strings.HasPrefix(text, "https://") {
			w.Fault(drop(object.Broken("creative.url", 0, name+" must begin with http:// or https://", name)))
		}
	}
}

// informalMark remembers, under a name that no field has, that a creative was once sent in the informal shape: an ad that shows it by
// its id may make an empty ad set dynamic, like one that was sent with it.
const informalMark = "informal"

// consequential leaves out that a creative shows nothing when what it was to show could not be read or is not there.
func consequential(before, faults object.Faults) object.Faults {
	lost := map[string]bool{}
	for _, f := range before {
		if len(f.Path) > 0 {
			lost[f.Path[0]] = true
		}
		if f.Rule == "reference" && f.Path[0] == "product_set_id" {
			f.Subcode = 1487831
		}
	}
	if !lost["asset_feed_spec"] && !lost["product_set_id"] {
		return faults
	}
	return slices.DeleteFunc(faults, func(f *object.Fault) bool {
		return f.Rule == "story.one" || f.Rule == "story.required" || f.Rule == "product_set_id.required"
	})
}

// changedCreative checks an update. What a creative shows is fixed: ads and their results refer to it.
func changedCreative(w *graph.Write) {
	for _, f := range w.Faults {
		if f.Rule == "fixed" {
			f.Subcode = 1815573
		}
	}
	switch status := object.Text(w.Data, "status"); {
	case w.Old.Status == object.Deleted:
		frozen(w, w.Old.Status, status)
	case status == object.Active && w.Old.Status == edition.InProcess:
		w.Data["status"] = edition.InProcess // until its texts are there
	case status != object.Active && status != object.Deleted && status != w.Old.Status:
		w.Fault(object.Broken("creative.status", 0, "status must be ACTIVE or DELETED", "status").Without())
	}
}

// deleteCreative refuses to delete what a live ad shows.
func deleteCreative(ctx context.Context, _ *graph.Call, tx store.Tx, o *store.Object) error {
	n, err := tx.Count(ctx, store.Listing{Type: "ad", Field: "creative_id", To: o.ID})
	if err == nil && n > 0 {
		return object.Broken("creative.used", 0, "the creative is shown by "+digits(n)+" ads; delete them or give them another creative", "status")
	}
	return err
}

// known looks for a creative of the same content. One that generates assets is always new, because the opt-in is for this request only.
func known(ctx context.Context, w *graph.Write, informal bool) error {
	hash, err := fingerprint(w.Data)
	if err != nil {
		return err
	}
	if informal {
		w.Data[informalMark] = true
	}
	if w.Data["name"] == nil {
		w.Data["name"] = named(w.Data, hash, w.Now)
	}
	if len(generating(w.Data)) > 0 {
		return nil
	}
	w.Hash = hash
	same, err := w.Tx.ObjectByHash(ctx, "adcreative", w.Account.AccountID, hash)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return nil
	case err != nil || same.Status == object.Deleted:
		return err
	}
	w.Existing = same
	if informal && same.Data[informalMark] == nil {
		same.Data[informalMark] = true
		return w.Save(ctx, w.Tx, same)
	}
	return nil
}

// fingerprint is a hash of what a creative shows: of everything but its name, status and labels, in canonical JSON.
func fingerprint(data map[string]any) (string, error) {
	content := maps.Clone(data)
	for _, name := range []string{"name", "status", "adlabels", "execution_options"} {
		delete(content, name)
	}
	canonical, err := json.Marshal(content) // members come out sorted
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:16]), nil
}

// longestName is the platform's limit on a creative's name, in characters; a date and a hash take 44 of them.
const longestName = 100

// named makes the name of a creative that was sent without one, in the platform's manner: a text, the date and a hash.
func named(data map[string]any, hash string, now int64) string {
	suffix := " " + time.Unix(now, 0).UTC().Format(time.DateOnly) + "-" + hash
	title := []rune(cmp.Or(firstText(data, "title"), firstText(data, "body"), "Creative"))
	return string(title[:min(len(title), longestName-len(suffix))]) + suffix
}

// generating are the features that make new assets and that the creative is opted in to.
func generating(data map[string]any) []string {
	var in []string
	features := object.Members(data, "degrees_of_freedom_spec", "creative_features_spec")
	for _, name := range []string{"text_generation", "image_uncrop", "image_background_gen", "image_templates"} {
		if object.Text(object.Members(features, name), "enroll_status") == "OPT_IN" {
			in = append(in, name)
		}
	}
	return in
}

// attach uploads the image that a creative sends along as a part of the same multipart body, and puts its hash where the
// creative shows it.
func attach(ctx context.Context, w *graph.Write, spec map[string]any) error {
	name := object.Text(spec, "image_file")
	if name == "" {
		return nil
	}
	delete(spec, "image_file")
	for _, f := range files(w.Params) {
		if f.Name != name && f.Param != name {
			continue
		}
		img, fault := keep(ctx, w.Call, w.Tx, f.Name, f.Data)
		if fault != nil {
			return fault
		}
		if link := object.Members(spec, "object_story_spec", "link_data"); link != nil {
			link["image_hash"] = object.Text(img.Data, "hash")
		} else {
			spec["image_hash"] = object.Text(img.Data, "hash")
		}
		return nil
	}
	w.Fault(object.Broken("creative.image_file", 0, "image_file names no file part of this request", "image_file").Without())
	return nil
}
