package bandit

// An ad is fitted first after firstEvents and again whenever its events have doubled, or so many are new, but at least this share of
// those that it was fitted to: early models move fast, later ones need not.
const (
	firstEvents  = 50
	minNewEvents = 500
	minNewShare  = 0.05
)

// Due reports whether an ad that was fitted to so many events (0 for never) should be fitted again now that it has had so many. Impressions
// count as events, and so do what follows them.
func Due(fitted, events int64) bool {
	fresh := events - fitted
	return fresh < 0 || fresh >= max(firstEvents, min(fitted, minNewEvents), int64(minNewShare*float64(fitted)))
}
