package previews

import (
	"cmp"
	"context"
	"slices"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// described is the creative of a request: the stored one that it names, or the one that it holds, checked like one that is to be stored.
func described(ctx context.Context, call *graph.Call, tx store.Tx) (map[string]any, error) {
	spec, _ := call.Args["creative"].(map[string]any)
	path := []string{"creative"}
	for inner := object.Members(spec, "creative"); inner != nil; inner = object.Members(spec, "creative") {
		spec, path = inner, append(path, "creative")
	}
	if spec == nil {
		return nil, object.Broken("preview.creative", 0, "(#100) The parameter creative is required", path...)
	}
	if id := cmp.Or(object.Text(spec, "creative_id"), object.Text(spec, "id")); id != "" {
		return stored(ctx, call, tx, id, append(path, "creative_id"))
	}
	normal, faults := creative.Check(spec, creative.Rules{Version: call.Version})
	for i, f := range faults {
		moved := *f
		moved.Path = slices.Concat(path, f.Path)
		if f.Rule == "story.one" || f.Rule == "story.required" { // nothing is wrong with it, there is only too little of it
			moved.Code, moved.Subcode = codeImpossible, 0
		}
		faults[i] = &moved
	}
	creative.Complete(normal.Spec)
	return normal.Spec, faults.Err()
}

// stored is a creative by its id.
func stored(ctx context.Context, call *graph.Call, tx store.Tx, id string, path []string) (map[string]any, error) {
	found, err := tx.Objects(ctx, []string{id})
	if err != nil {
		return nil, err
	}
	o := found[id]
	if o == nil || o.Type != "adcreative" || !call.Caller.Sees(o) || call.Account != nil && o.AccountID != call.Account.AccountID {
		return nil, object.Broken("preview.creative", 0, "creative "+id+" does not exist, or is not in this ad account", path...)
	}
	return o.Data, nil
}

// scene lays a creative out and looks up what it refers to, in one store call.
func (s *Service) scene(ctx context.Context, call *graph.Call, tx store.Tx, spec map[string]any, format object.PreviewFormat) (scene, error) {
	values := tagValues(object.Members(call.Args, "dynamic_creative_spec"), "")
	if s.config.Product != nil && (spec["product_set_id"] != nil || call.Args["product_item_ids"] != nil) {
		product, err := s.config.Product(ctx, call, tx, object.Text(spec, "product_set_id"), object.IDs(call.Args["product_item_ids"]))
		if err != nil {
			return scene{}, err
		}
		for name, value := range product {
			values[name] = cmp.Or(values[name], value)
		}
	}
	made, err := compose(creative.Labelled(spec, object.Text(call.Args, "dynamic_asset_label")), format, call.Now, values)
	if err != nil {
		return scene{}, err
	}
	account := ""
	if call.Account != nil {
		account = call.Account.AccountID
	}
	return made, made.complete(ctx, tx, spec, account, format)
}

// complete adds the name of the Page and the sizes of the images.
func (s *scene) complete(ctx context.Context, tx store.Tx, spec map[string]any, account string, format object.PreviewFormat) error {
	page := cmp.Or(object.Text(object.Members(spec, "object_story_spec"), "page_id"), object.Text(spec, "actor_id"), object.Text(spec, "object_id"))
	wanted := []string{page}
	for _, hash := range s.hashes() {
		wanted = append(wanted, account+":"+hash)
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
		case c.Hash == "":
		case image != nil:
			c.crop(spec, image.Data, format)
		case account != "":
			return impossible("image " + c.Hash + " is not in the account's library")
		}
	}
	return nil
}

// tagValues flattens an object of values into tags: {"product":{"name":"Lamp"}} and {"product.name":"Lamp"} are the same.
func tagValues(v map[string]any, prefix string) map[string]string {
	values := map[string]string{}
	for name, value := range v {
		switch value := value.(type) {
		case map[string]any:
			for inner, text := range tagValues(value, prefix+name+".") {
				values[inner] = text
			}
		case string:
			values[prefix+name] = value
		}
	}
	return values
}
