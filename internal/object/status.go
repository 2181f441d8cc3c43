package object

// Configured statuses, the platform's words.
const (
	Active   = "ACTIVE"
	Paused   = "PAUSED"
	Archived = "ARCHIVED"
	Deleted  = "DELETED"
)

// EffectiveStatus computes what an ad's chain of configured statuses amounts to: a deleted or archived ancestor comes first, then
// the ad's own pause, then that of its parents. Pass "" for levels that do not apply: an ad set has no ad, a campaign neither.
func EffectiveStatus(campaign, adset, ad string) string {
	for _, gone := range []string{Deleted, Archived} {
		if campaign == gone || adset == gone || ad == gone {
			return gone
		}
	}
	switch {
	case ad == Paused || (ad == "" && adset == Paused) || (ad == "" && adset == "" && campaign == Paused):
		return Paused
	case campaign == Paused:
		return "CAMPAIGN_PAUSED"
	case adset == Paused:
		return "ADSET_PAUSED"
	}
	return Active
}
