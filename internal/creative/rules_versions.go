package creative

import (
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// Versions at which the rules of features changed.
const (
	statedSince object.Version = 200 // product_extensions must be stated where they are possible
	unstated    object.Version = 200 // standard_enhancements need no longer be stated
	unbundled   object.Version = 220 // standard_enhancements ended
)

// featuresAt is the place of creative_features_spec.
func featuresAt() at {
	return top("degrees_of_freedom_spec", "features").member("creative_features_spec")
}

// features checks what depends on the version: the bundle, which had to be stated, then could be, and then
// ended, and what came later.
func (c *checker) features(spec map[string]any) {
	keys := dig(spec, "degrees_of_freedom_spec", "creative_features_spec")
	_, bundled := keys[bundle]
	switch p := featuresAt().member(bundle); {
	case bundled && c.version >= unbundled:
		c.fault(p, "ended", "standard_enhancements can't be set since v22.0; enrol in its parts, such as image_touchups, one by one").
			unbundle(p, keys).Subcode = 3858504
	case c.version < unstated && !c.preview && !c.stored && len(keys) == 0 && enhanceable(spec):
		f := c.fault(p, "required", "up to v19.0 a creative of one image or video must say whether it takes part in standard_enhancements")
		f.Subcode = 3858082
		f.Fixes = []object.Fix{{Path: p.member("enroll_status").path, Value: optOut}}
	}
	if c.stored {
		return
	}
	if c.version < object.Newest {
		for name := range strings.FieldsSeq(latestFeatures) {
			if keys[name] != nil {
				c.fault(featuresAt().key(name), "unknown", "Invalid keys %q were found in param %q: the feature came with v26.0", name, "creative_features_spec").drop(featuresAt().key(name))
			}
		}
	}
	set := dig(spec, "creative_sourcing_spec")["associated_product_set_id"]
	if p := featuresAt().member("product_extensions"); set != nil && keys["product_extensions"] == nil && c.version >= statedSince {
		f := c.fault(p, "required", "since v20.0 a creative with associated_product_set_id must say whether it takes part in product_extensions")
		f.Fixes = []object.Fix{{Path: p.member("enroll_status").path, Value: optOut}}
	}
}

// enhanceable reports whether a creative was one for standard enhancements: a post with a single image or video.
func enhanceable(spec map[string]any) bool {
	link := dig(spec, "object_story_spec", "link_data")
	single := link != nil && link["child_attachments"] == nil && (link["image_hash"] != nil || link["picture"] != nil)
	return spec["asset_feed_spec"] == nil && (single || dig(spec, "object_story_spec", "video_data") != nil)
}
