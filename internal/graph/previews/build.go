package previews

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/catalog"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// described is the creative of a request: the stored one that it names, or the one that it holds, checked like one that is to be stored.
func described(ctx context.Context, call *graph.Call, tx store.Tx) (subject, error) {
	spec, _ := call.Args["creative"].(map[string]any)
	path := []string{"creative"}
	for inner := object.Members(spec, "creative"); inner != nil; inner = object.Members(spec, "creative") {
		spec, path = inner, append(path, "creative")
	}
	if spec == nil {
		return subject{}, object.Broken("preview.creative", 0, "(#100) The parameter creative is required", path...)
	}
	if id := cmp.Or(object.Text(spec, "creative_id"), object.Text(spec, "id")); id != "" {
		return stored(ctx, call, tx, id, append(path, "creative_id"))
	}
	normal, faults := creative.Check(spec, creative.Rules{Version: call.Version, Preview: true})
	for i, f := range faults {
		moved := *f
		moved.Path = slices.Concat(path, f.Path)
		if f.Rule == "story.one" || f.Rule == "story.required" { // nothing is wrong with it, there is only too little of it
			moved.Code, moved.Subcode = codeImpossible, 0
		}
		faults[i] = &moved
	}
	creative.Complete(normal.Spec)
	return subject{spec: normal.Spec}, faults.Err()
}

// stored is a creative by its id.
func stored(ctx context.Context, call *graph.Call, tx store.Tx, id string, path []string) (subject, error) {
	found, err := tx.Objects(ctx, []string{id})
	if err != nil {
		return subject{}, err
	}
	o := found[id]
	if o == nil || o.Type != "adcreative" || !call.Caller.Sees(o) || call.Account != nil && o.AccountID != call.Account.AccountID {
		return subject{}, object.Broken("preview.creative", 0, "creative "+id+" does not exist, or is not in this ad account", path...)
	}
	return subjectOf(ctx, tx, o)
}

// subject is what is previewed.
type subject struct {
	spec map[string]any // its content as it is shown
	row  *store.Object  // of the creative; nil for one that is stored nowhere
}

// subjectOf is a stored creative: what was approved for it is shown, too; while nothing was, what was generated is, to be looked at.
func subjectOf(ctx context.Context, tx store.Tx, c *store.Object) (subject, error) {
	shown, err := edition.Shown(ctx, tx, c)
	if err != nil {
		return subject{}, err
	}
	return subject{shown.Data, c}, nil
}

// own is the content without anything that was generated.
func (s subject) own() map[string]any {
	if s.row == nil {
		return s.spec
	}
	return edition.Own(s.row.Data)
}

// staging is what a scene is laid out by.
type staging struct {
	format  object.PreviewFormat
	which   choice
	items   []*store.Object // of the catalogue
	account string          // whose library the images are in, in digits; "" for any
	now     int64           // unix seconds
	sees    func(*store.Object) bool
}

// staging reads how the caller wants to see a creative.
func (s *Service) staging(ctx context.Context, call *graph.Call, tx store.Tx, spec map[string]any, format object.PreviewFormat) (staging, error) {
	st := staging{format: format, which: choice{object.Text(call.Args, "combination_id"), call.Now / day}, now: call.Now, sees: call.Caller.Sees}
	if call.Account != nil {
		st.account = call.Account.AccountID
	}
	var err error
	st.items, err = products(ctx, call, tx, spec)
	return st, err
}

// scene lays a creative out and looks up what it refers to, in as many store calls for any creative. Pictures that were made for the placement stand in
// the place of others where the content says so.
func (st staging) scene(ctx context.Context, tx store.Tx, spec map[string]any) (scene, error) {
	spec, borrowed, err := told(ctx, tx, spec, st.sees)
	if err != nil {
		return scene{}, err
	}
	if borrowed {
		st.account = ""
	}
	items := make([]catalog.Item, len(st.items))
	for i, o := range st.items {
		items[i] = o.Data
	}
	made, err := compose(spec, st.format, st.which, items, st.now)
	if err != nil {
		return scene{}, err
	}
	for i := range made.Cards {
		if c := &made.Cards[i]; !c.Video {
			c.ref = cmp.Or(c.Hash, c.URL)
		}
	}
	if err := made.complete(ctx, tx, spec, st.account, st.format); err != nil {
		return scene{}, err
	}
	made.renew(spec, st.placement())
	if background := backgroundOf(spec, made.style); background.Recipe != "" && (st.placement() == backgroundPlace || background.Feature != "image_background_gen") {
		_, err = made.dress(ctx, tx, background, st)
	}
	return made, err
}

// placement is the value of ad_format that generated pictures know the place by.
func (st staging) placement() string {
	if st.format.Name == "INSTGRAM_STORY" {
		return "INSTAGRAM_STORY"
	}
	return st.format.Name
}

// still gives a video's card the picture that stands for it in the library.
func (c *card) still(video map[string]any) {
	for _, elem := range object.Listed(video, "thumbnails") {
		thumb, _ := elem.(map[string]any)
		if preferred, _ := thumb["is_preferred"].(bool); preferred || c.Hash == "" {
			c.Hash, c.Width, c.Height = object.Text(thumb, "hash"), int(object.Whole(thumb, "width")), int(object.Whole(thumb, "height"))
		}
	}
}

// mostItems is how many items of a set a preview shows; where a feature is looked at, they are chosen from the newest mostSought.
const (
	mostItems  = 4
	mostSought = 64
)

// products are the items that a catalogue creative shows: what dynamic_creative_spec says, those that the caller names, or the newest of the set; where
// a feature is looked at, those first that have pictures of it.
func products(ctx context.Context, call *graph.Call, tx store.Tx, spec map[string]any) (items []*store.Object, err error) {
	var rows []*store.Object
	set, ids := object.Text(spec, "product_set_id"), object.IDs(call.Args["product_item_ids"])
	switch said := tagValues(object.Members(call.Args, "dynamic_creative_spec")); {
	case len(said) > 0:
		return []*store.Object{{Data: said}}, nil
	case len(ids) > 0:
		found, err := tx.Objects(ctx, ids[:min(len(ids), mostCards)])
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if o := found[id]; o != nil && o.Type == "productitem" {
				rows = append(rows, o)
			}
		}
	case set != "":
		if rows, err = newest(ctx, tx, set, object.Text(call.Args, "creative_feature") != ""); err != nil {
			return nil, err
		}
	}
	for _, o := range rows {
		if call.Caller.Sees(o) {
			items = append(items, o)
		}
	}
	return items, nil
}

// newest are the newest items of a set, or of the newest those first that have other backgrounds.
func newest(ctx context.Context, tx store.Tx, set string, dressed bool) ([]*store.Object, error) {
	limit := mostItems
	if dressed {
		limit = mostSought
	}
	rows, err := tx.List(ctx, store.Listing{Type: "productitem", Field: "set_ids", To: set}, store.Page{Limit: limit})
	if err != nil || !dressed {
		return rows, err
	}
	ids := make([]string, len(rows))
	for i, o := range rows {
		ids[i] = o.ID
	}
	made, err := edition.Generated(ctx, tx, ids)
	slices.SortStableFunc(rows, func(a, b *store.Object) int { return cmp.Compare(min(len(made[b.ID]), 1), min(len(made[a.ID]), 1)) })
	return rows[:min(len(rows), mostItems)], err
}

// tagValues reads the values of catalogue tags: {"product":{"name":"Lamp"}} and {"product.name":"Lamp"} are the same.
func tagValues(v map[string]any) catalog.Item {
	item := catalog.Item{}
	for name, value := range v {
		if field, ok := strings.CutPrefix(name, "product."); ok {
			item[field] = value
		}
	}
	maps.Copy(item, object.Members(v, "product"))
	return item
}

// told is a creative with the post that it shows in place of the post's id, and whether the post is not of the creative's own making: its
// pictures need not be in the account's library then.
func told(ctx context.Context, tx store.Tx, spec map[string]any, sees func(*store.Object) bool) (map[string]any, bool, error) {
	id := object.Text(spec, "object_story_id")
	page, rest, _ := strings.Cut(id, "_")
	if id == "" {
		return spec, false, nil
	}
	found, err := tx.Objects(ctx, []string{id, rest})
	if made := found[rest]; made != nil && made.Type == "adcreative" && sees(made) &&
		object.Text(object.Members(made.Data, "object_story_spec"), "page_id") == page {
		return made.Data, true, err
	}
	if post := found[id]; post != nil && post.Type == "pagepost" && sees(post) {
		return map[string]any{"object_story_spec": map[string]any{"page_id": page, "link_data": post.Data}}, true, err
	}
	return spec, false, err
}

// complete adds the name of the Page and the sizes of the images.
func (s *scene) complete(ctx context.Context, tx store.Tx, spec map[string]any, account string, format object.PreviewFormat) error {
	page := cmp.Or(object.Text(object.Members(spec, "object_story_spec"), "page_id"), object.Text(spec, "actor_id"), object.Text(spec, "object_id"))
	wanted := []string{page}
	for _, c := range s.Cards {
		wanted = append(wanted, account+":"+c.Hash, c.video)
	}
	found, err := tx.Objects(ctx, wanted)
	if err != nil {
		return err
	}
	if p := found[page]; p != nil && p.Type == "page" {
		s.Page = object.Text(p.Data, "name")
	}
	for i := range s.Cards {
		c := &s.Cards[i]
		image := found[account+":"+c.Hash]
		switch {
		case c.Hash == "" && c.URL == "" && found[c.video] != nil:
			c.still(found[c.video].Data)
		case c.Hash == "":
		case image != nil:
			c.crop(spec, image.Data, format)
		case account != "":
			return impossible("image " + c.Hash + " is not in the account's library")
		}
	}
	return nil
}
