package ads

import "github.com/marquetry/marquetry/internal/graph"

// service holds what the hooks and resolvers share. It is not changed once it is made.
type service struct {
	config Config
}

// New provides everything that the declarations name, but for insights, adset.learning, pixel.events and adaccount.amount_spent, which
// other services know.
func New(config Config) (graph.Extensions, error) {
	if err := config.Validate(); err != nil {
		return graph.Extensions{}, err
	}
	s := &service{config}
	return graph.Extensions{
		Hooks: map[string]graph.Hook{
			"adaccount":  s.account,
			"campaign":   s.campaign,
			"adset":      s.adset,
			"adcreative": s.creative,
			"ad":         s.ad,
		},
		Deletes: map[string]graph.DeleteHook{
			"campaign":   deleteParent,
			"adset":      deleteParent,
			"adcreative": deleteCreative,
			"ad":         deleteAd,
			"adimage":    deleteImage,
		},
		Fields: s.fields(),
		Edges: map[string]graph.EdgeResolver{
			"user.adaccounts":    userAccounts,
			"user.accounts":      userPages,
			"adaccount.adimages": accountImages,
			"adset.adcreatives":  adsetCreatives,
			"combinations":       combinations,
		},
		Actions: map[string]graph.Action{
			"adimages.upload": upload,
			"adimages.delete": removeImage,
		},
		Prepare: map[string]graph.Preparation{"adimages.upload": readyPictures},
	}, nil
}

// fields are the computed fields, by the name in the declaration.
func (s *service) fields() map[string]graph.FieldResolver {
	return map[string]graph.FieldResolver{
		"configured_status":              configuredStatus,
		"effective_status":               effectiveStatus,
		"issues":                         s.issues,
		"budget_remaining":               s.budgetRemaining,
		"campaign.can_use_spend_cap":     each(canUseSpendCap),
		"ad.targeting":                   adTargeting,
		"ad.bid_type":                    each(bidType),
		"adaccount.timezone_offset":      each(timezoneOffset),
		"adaccount.age":                  each(age),
		"adaccount.min_daily_budget":     each(minDailyBudget),
		"adaccount.min_spend_cap":        each(minSpendCap),
		"page.access_token":              each(pageToken),
		"adspixel.owner":                 pixelOwner,
		"adspixel.code":                  each(pixelCode),
		"adspixel.creation_time":         each(creationTime),
		"adimage.url":                    each(imageURL(0)),
		"adimage.url_128":                each(imageURL(128)),
		"adimage.used":                   imageUsed,
		"adimage.creatives":              imageCreatives,
		"adcreative.body":                each(sentOr("body", firstAsset("body"))),
		"adcreative.title":               each(sentOr("title", firstAsset("title"))),
		"adcreative.image_hash":          each(sentOr("image_hash", firstAsset("image"))),
		"adcreative.image_url":           each(sentOr("image_url", creativeImage)),
		"adcreative.thumbnail_url":       each(sentOr("thumbnail_url", creativeThumbnail)),
		"adcreative.call_to_action_type": each(firstAsset("call_to_action")),
		"adcreative.object_type":         each(sentOr("object_type", objectType)),
		"adcreative.story_id":            each(storyID),
		"adcreative.authorization":       each(authorization),
	}
}
