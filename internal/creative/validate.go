package creative

import (
	"cmp"
	"slices"

	"github.com/marquetry/marquetry/internal/object"
)

// SetKind is what is known of the ad set that a creative is for.
type SetKind uint8

// The kinds of ad set.
const (
	AnySet      SetKind = iota // the creative is made on its own
	OrdinarySet                // an ad set without is_dynamic_creative
	DynamicSet                 // an ad set with is_dynamic_creative=true
)

// Rules is what the rules of a creative depend on besides the creative.
type Rules struct {
	Version   object.Version // of the request; 0 means the newest
	Set       SetKind
	Objective string // of the campaign; "" while unknown: what an objective asks for is then not checked
	Preview   bool   // nothing is made of it, so that nothing need be stated that only concerns delivery
	Stored    bool   // it was accepted before, in whatever version: what came or had to be stated in one is not asked again
	Strict    bool   // ask for a Page wherever the platform documents one; otherwise an asset feed may stand alone
}

// Validate finds every fault of a normalised creative (see [Normalise]) in one pass. Members of the creative that are no part of its
// specs, such as its name, are left to the object's declaration.
func Validate(spec map[string]any, rules Rules) object.Faults {
	c := &checker{version: cmp.Or(rules.Version, object.Newest), preview: rules.Preview, stored: rules.Stored}
	for _, s := range specs() {
		if v := spec[s.member]; v != nil {
			c.walk(top(s.member, s.rule), s.shape(), v)
		}
	}
	feed, hasFeed := spec["asset_feed_spec"].(map[string]any)
	if hasFeed {
		c.feed(feed, rules)
	}
	c.story(spec, rules)
	c.features(spec)
	c.postCrops(spec)
	c.sourcing(spec)
	c.set(feed, rules)
	return c.faults
}

// typedSpec is a member of a creative whose content has a shape.
type typedSpec struct {
	member, rule string // rule is the word that names of rules begin with
	shape        func() shape
}

// specs are the members of a creative that this package knows.
func specs() []typedSpec {
	return []typedSpec{
		{"asset_feed_spec", "feed", feedShape},
		{"object_story_spec", "story", storyShape},
		{"degrees_of_freedom_spec", "features", featuresShape},
		{"creative_sourcing_spec", "sourcing", sourcingShape},
		{"media_sourcing_spec", "media", mediaShape},
		{"platform_customizations", "platforms", platformShape},
		{"portrait_customizations", "portrait", portraitShape},
		{"recommender_settings", "recommender", recommenderShape},
		{"template_url_spec", "template_urls", templateURLShape},
		{"format_transformation_spec", "formats", formatsShape},
		{"contextual_multi_ads", "multi_ads", multiAdsShape},
		{"image_crops", "crops", cropsShape},
		{"call_to_action", "button", actionShape},
		{"url_tags", "url_tags", func() shape { return short(maxURL) }},
	}
}

// set checks that creative and ad set are of the same kind.
func (c *checker) set(feed map[string]any, rules Rules) {
	classic := feed != nil && isClassic(feed)
	switch p := top("asset_feed_spec", "feed"); {
	case rules.Set == DynamicSet && feed == nil:
		c.fault(p, "dynamic_set", "a Dynamic Creative ad set needs a creative with asset_feed_spec").Subcode = 1885852
	case rules.Set == DynamicSet && !classic:
		c.fault(p.member("optimization_type"), "dynamic_set",
			"the feed of a Dynamic Creative ad set must have optimization_type REGULAR or none").drop(p.member("optimization_type"))
	case rules.Set == OrdinarySet && classic:
		c.fault(p, "ordinary_set", "a Dynamic Creative ad can be made only in an ad set with is_dynamic_creative=true").Subcode = 1885998
	}
}

// Advise names the lists of a classic feed that give the learner little to choose from; the platform's advice is five or more of a
// kind. Buttons and links are left out: few ads have five good ones.
func Advise(spec map[string]any) []object.Warning {
	feed, ok := spec["asset_feed_spec"].(map[string]any)
	if !ok || !isClassic(feed) {
		return nil
	}
	var advice []object.Warning
	for _, name := range []string{"images", "videos", "titles", "bodies", "descriptions"} {
		n := len(elems(feed, name))
		if n >= maxTexts || slices.Contains([]string{"images", "videos"}, name) && n == 0 {
			continue // a feed has one kind of media; the other is not missed
		}
		p := feedAt(name)
		advice = append(advice, object.Warning{Rule: p.rule + ".few", Path: p.path, Message: few(name, n)})
	}
	return advice
}
