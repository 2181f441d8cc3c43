package object

// campaignCopies copies a campaign, with everything in it if that is asked for.
func campaignCopies() Edge {
	return Edge{Name: "copies", Target: "campaign", By: "source_campaign_id", Action: "copy", Doc: "Copies of the campaign; a POST makes one.",
		Params: joined(runParams(), copyParams(), deepParams(), taken(Bool, "migrate_to_advantage_plus"), taken(Object, "parameter_overrides"))}
}

// adsetCopies copies an ad set, into another campaign and with its ads if that is asked for.
func adsetCopies() Edge {
	return Edge{Name: "copies", Target: "adset", By: "source_adset_id", Action: "copy", Doc: "Copies of the ad set; a POST makes one.",
		Params: joined(runParams(), copyParams(), deepParams(), []Field{
			{Name: "campaign_id", Kind: ID, Doc: "The campaign to put the copy in; the same one when it is not sent.", Example: "120200000000000005"},
			{Name: "create_dco_adset", Kind: Bool, Doc: "Whether the copy is for Dynamic Creative.", Example: "false"},
		})}
}

// adCopies copies an ad, into another ad set and with another creative if that is asked for.
func adCopies() Edge {
	return Edge{Name: "copies", Target: "ad", By: "source_ad_id", Action: "copy", Doc: "Copies of the ad; a POST makes one.",
		Params: joined(listParams(), copyParams(), []Field{
			{Name: "adset_id", Kind: ID, Doc: "The ad set to put the copy in; the same one when it is not sent.", Example: "120200000000000006"},
			{Name: "creative_parameters", Kind: Object, Doc: "Members that replace those of the creative.", Example: `{"url_tags":"utm_campaign=copy"}`},
		})}
}

// copyParams are of every copy.
func copyParams() []Field {
	return []Field{
		{Name: "status_option", Kind: Enum, Enum: []string{Active, Paused, "INHERITED_FROM_SOURCE"}, Doc: "Status of the copies; PAUSED when it is not sent.", Example: Paused},
		{Name: "rename_options", Kind: Object, Doc: "rename_strategy DEEP_RENAME, ONLY_TOP_LEVEL_RENAME or NO_RENAME, rename_prefix and rename_suffix.", Example: `{"rename_strategy":"DEEP_RENAME","rename_suffix":" 2"}`},
	}
}

// deepParams are of copies that can take children along.
func deepParams() []Field {
	return []Field{
		{Name: "deep_copy", Kind: Bool, Doc: "Whether what is live below is copied, too.", Example: "true"},
		{Name: "start_time", Kind: Time, Doc: "Start of the copied ad sets instead of the sources'.", Example: "2026-12-01T08:00:00-0800"},
		{Name: "end_time", Kind: Time, Doc: "End of the copied ad sets instead of the sources'.", Example: "2026-12-31T08:00:00-0800"},
	}
}
