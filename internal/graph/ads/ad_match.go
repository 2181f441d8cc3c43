package ads

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// match checks that the creative, and what is sent beside it, is for what the campaign is for.
func (c *adChecks) match(context.Context) error {
	if c.creative == nil || c.set == nil {
		return nil
	}
	app := strings.Contains(c.objective(), "APP_") || object.Members(c.set.Data, "promoted_object")["application_id"] != nil
	if link := first(c.creative.Data, "link").URL; !app && c.campaign != nil && isStore(link) {
		c.Fault(object.Broken("ad.store", 1487810, "an address in an app store needs a campaign that promotes an app", c.path...))
	}
	if c.Sent["creative_asset_groups_spec"] != nil && !slices.Contains([]string{"", "OUTCOME_SALES", "OUTCOME_APP_PROMOTION"}, c.objective()) {
		c.Fault(drop(object.Broken("ad.groups", 0, "flexible ads (creative_asset_groups_spec) are for OUTCOME_SALES and OUTCOME_APP_PROMOTION", "creative_asset_groups_spec")))
	}
	return nil
}

// isStore reports whether an address is of an app in one of the two stores.
func isStore(address string) bool {
	u, err := url.Parse(address)
	return err == nil && slices.Contains([]string{"play.google.com", "itunes.apple.com", "apps.apple.com"}, u.Hostname())
}
