package ads

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/marquetry/marquetry/internal/creative"
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
	if err := attach(ctx, w, w.Data); err != nil {
		return err
	}
	normal, faults := creative.Check(w.Data, creative.Rules{Version: w.Version})
	w.Faults = append(w.Faults, consequential(w.Faults, faults)...)
	w.Warnings = append(w.Warnings, normal.Changes...)
	clear(w.Data)
	maps.Copy(w.Data, normal.Spec)
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

// informalMark remembers, under a name that no field has, that a creative was once sent in the informal shape: an ad that shows it by
// its id may make an empty ad set dynamic, like one that was sent with it.
const informalMark = "informal"

// consequential leaves out that a creative shows nothing when the feed that it was to show could not be read.
func consequential(before, faults object.Faults) object.Faults {
	if !slices.ContainsFunc(before, func(f *object.Fault) bool { return len(f.Path) > 0 && f.Path[0] == "asset_feed_spec" }) {
		return faults
	}
	return slices.DeleteFunc(faults, func(f *object.Fault) bool { return f.Rule == "story.one" || f.Rule == "story.required" })
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

// shown checks that the images exist in the account's library, and keeps their ids as references.
func shown(ctx context.Context, w *graph.Write, normal creative.Normalised) error {
	places := hashes(w.Data, nil)
	var wanted []string
	for _, p := range places {
		wanted = append(wanted, imageID(w.Account, p.hash))
	}
	found, err := w.Tx.Objects(ctx, wanted)
	if err != nil {
		return err
	}
	var refs []any
	for i, id := range wanted {
		if o := found[id]; o == nil || o.Status == object.Deleted {
			f := object.Broken("creative.image", 1487212, "image "+places[i].hash+" is not in the account's library; upload it to adimages first", normal.SentPath(places[i].path)...)
			if n := len(places[i].path); n == 4 && len(found) > 0 { // one of the feed's images, and others are there
				f.Without(normal.SentPath(places[i].path[:n-1])...)
			}
			w.Fault(f)
			continue
		}
		outside(w, normal, places[i], found[id])
		if !slices.Contains(refs, any(id)) {
			refs = append(refs, id)
		}
	}
	if len(refs) > 0 {
		w.Data["image_ids"] = refs
	}
	return nil
}

// outside refuses crops that reach beyond their image.
func outside(w *graph.Write, normal creative.Normalised, p place, image *store.Object) {
	width, height := object.Whole(image.Data, "width"), object.Whole(image.Data, "height")
	crops := object.Members(p.in, "image_crops")
	for _, name := range slices.Sorted(maps.Keys(crops)) {
		box, ok := creative.Crop(crops[name])
		if ok && (int64(box[2]) > width || int64(box[3]) > height) {
			path := append(slices.Clone(p.path[:len(p.path)-1]), "image_crops", name)
			w.Fault(object.Broken("creative.crop", 0, fmt.Sprintf("the crop reaches to %d, %d, but the image has %dx%d pixels", box[2], box[3], width, height), normal.SentPath(path)...).Without())
		}
	}
}

// place is where a spec names an image.
type place struct {
	path []string
	hash string
	in   map[string]any // what has the hash as a member
}

// hashes finds every image that a spec names, wherever the platform lets it: under hash, image_hash and thumbnail_hash.
func hashes(v any, path []string) []place {
	var found []place
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			at := append(slices.Clone(path), name)
			if hash, ok := v[name].(string); ok && slices.Contains([]string{"hash", "image_hash", "thumbnail_hash"}, name) {
				found = append(found, place{at, hash, v})
			}
			found = append(found, hashes(v[name], at)...)
		}
	case []any:
		for i, elem := range v {
			found = append(found, hashes(elem, append(slices.Clone(path), digits(i)))...)
		}
	}
	return found
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
