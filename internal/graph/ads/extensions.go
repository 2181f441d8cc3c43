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
			"adaccount":        worded(s.account),
			"campaign":         worded(s.campaign),
			"adset":            worded(s.adset),
			"adcreative":       s.creative,
			"ad":               worded(s.ad),
			"highdemandperiod": worded(period),
			"adlabel":          adlabel,
			"adlabels":         labels,
		},
		Filters: map[string]graph.RowFilter{"periods": periodsBetween},
		Deletes: map[string]graph.DeleteHook{
			"campaign":   deleteParent,
			"adset":      deleteParent,
			"adcreative": deleteCreative,
			"ad":         deleteAd,
			"adimage":    deleteImage,
		},
		Fields: s.fields(),
		Edges: map[string]graph.EdgeResolver{
			"user.adaccounts":           userAccounts,
			"user.accounts":             userPages,
			"adaccount.adimages":        accountImages,
			"adaccount.minimum_budgets": minimumBudgets,
			"adset.adcreatives":         adsetCreatives,
			"adspixel.adaccounts":       pixelAccounts,
			"combinations":              combinations,
			"campaignsbylabels":         byLabels("campaign"),
			"adsetsbylabels":            byLabels("adset"),
			"adsbylabels":               byLabels("ad"),
			"adcreativesbylabels":       byLabels("adcreative"),
		},
		Actions: map[string]graph.Action{
			"ad.review":        decideReview,
			"adimages.upload":  upload,
			"adimages.delete":  removeImage,
			"adlabels.add":     addLabels,
			"adlabels.remove":  removeLabels,
			"copy":             copyObject,
			"campaigns.delete": deleteCampaigns,
		},
		Prepare: map[string]graph.Preparation{"adimages.upload": s.readyPictures},
	}, nil
}

// fields are the computed fields, by the name in the declaration.
func (s *service) fields() map[string]graph.FieldResolver {
	return map[string]graph.FieldResolver{
		"configured_status":              graph.Each(configuredStatus),
		"adlabels":                       labelsOf,
		"effective_status":               effectiveStatus,
		"issues":                         s.issues,
		"budget_remaining":               s.budgetRemaining,
		"campaign.start_time":            campaignStart,
		"campaign.stop_time":             campaignStop,
		"campaign.can_use_spend_cap":     graph.Each(canUseSpendCap),
		"generatedasset.source":          generatedSource,
		"generatedasset.state":           graph.Each(reviewState),
		"generatedasset.url":             graph.Each(generatedURL),
		"ad.targeting":                   adTargeting,
		"ad.review_feedback":             graph.Each(adReviewFeedback),
		"adset.review_feedback":          reviewFeedback,
		"adset.bid_info":                 graph.Each(bidInfo),
		"ad.bid_type":                    graph.Each(bidType),
		"adaccount.timezone_offset":      graph.Each(timezoneOffset),
		"adaccount.spend_cap":            graph.Each(spendCap),
		"special_ad_categories":          specialCategories,
		"adaccount.age":                  graph.Each(age),
		"adaccount.review_gate":          graph.Each(reviewGate),
		"adaccount.four_eyes":            graph.Each(fourEyes),
		"adaccount.min_daily_budget":     graph.Each(minDailyBudget),
		"adaccount.min_spend_cap":        graph.Each(minSpendCap),
		"page.access_token":              graph.Each(pageToken),
		"owner":                          owningAccount,
		"adspixel.code":                  graph.Each(pixelCode),
		"adspixel.creation_time":         graph.Each(creationTime),
		"adimage.url":                    graph.Each(imageURL(0)),
		"adimage.url_128":                graph.Each(imageURL(128)),
		"adimage.used":                   imageUsed,
		"adimage.creatives":              imageCreatives,
		"adcreative.body":                graph.Each(sentOr("body", firstAsset("body"))),
		"adcreative.title":               graph.Each(sentOr("title", firstAsset("title"))),
		"adcreative.image_hash":          graph.Each(sentOr("image_hash", firstAsset("image"))),
		"adcreative.image_url":           graph.Each(sentOr("image_url", creativeImage)),
		"adcreative.thumbnail_url":       graph.Each(sentOr("thumbnail_url", creativeThumbnail)),
		"adcreative.call_to_action_type": graph.Each(firstAsset("call_to_action")),
		"adcreative.object_type":         graph.Each(sentOr("object_type", objectType)),
		"adcreative.story_id":            graph.Each(storyID),
		"adcreative.authorization":       graph.Each(authorization),
	}
}
