package ads

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// match checks that the creative is for what the ad set promotes: its Page, and its app.
func (c *adChecks) match(context.Context) error {
	if c.creative == nil || c.set == nil {
		return nil
	}
	promoted := object.Members(c.set.Data, "promoted_object")
	speaks, wanted := object.Text(object.Members(c.creative.Data, "object_story_spec"), "page_id"), object.Text(promoted, "page_id")
	if speaks != "" && wanted != "" && speaks != wanted {
		f := object.Broken("ad.page", 1885029, "the creative speaks for Page "+speaks+", the ad set promotes Page "+wanted, c.at("object_story_spec", "page_id")...)
		if c.normal.Spec != nil {
			f.Put(wanted)
		}
		c.Fault(f)
	}
	app := strings.Contains(c.objective(), "APP_") || promoted["application_id"] != nil
	if link := first(c.creative.Data, "link").URL; !app && c.campaign != nil && isStore(link) {
		c.Fault(object.Broken("ad.store", 1487810, "an address in an app store needs a campaign that promotes an app", c.at()...))
	}
	if c.Sent["creative_asset_groups_spec"] != nil && !slices.Contains([]string{"", "OUTCOME_SALES", "OUTCOME_APP_PROMOTION"}, c.objective()) {
		c.Fault(object.Broken("ad.groups", 0, "flexible ads (creative_asset_groups_spec) are for OUTCOME_SALES and OUTCOME_APP_PROMOTION", "creative_asset_groups_spec").Without())
	}
	return nil
}

// at is a path inside the creative as it was sent; the creative itself when it was named by its id.
func (c *adChecks) at(path ...string) []string {
	if len(path) > 0 && c.normal.Spec != nil {
		return append(slices.Clone(c.path), c.normal.SentPath(path)...)
	}
	return c.path
}

// isStore reports whether an address is of an app in one of the two stores.
func isStore(address string) bool {
	u, err := url.Parse(address)
	return err == nil && slices.Contains([]string{"play.google.com", "itunes.apple.com", "apps.apple.com"}, u.Hostname())
}
