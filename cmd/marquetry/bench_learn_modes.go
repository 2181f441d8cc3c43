package main

import (
	"slices"

	"github.com/alecthomas/kong"
)

// given lists the flags that a command line has.
func given(line *kong.Context) []string {
	var names []string
	for _, p := range line.Path {
		if p.Flag != nil {
			names = append(names, p.Flag.Name)
		}
	}
	return names
}

// mode is the flag that chooses what is measured; "" for the tournament in process.
func (c benchLearnCmd) mode() string {
	switch {
	case c.LiveAds > 0:
		return "live-ads"
	case c.OverHTTP:
		return "over-http"
	}
	return ""
}

// checkMode refuses flags that have no meaning in a mode, so that none is silently ignored.
func checkMode(mode string, flags []string) error {
	common := []string{"preset", "world", "space", "seed0", "instances", "json"}
	may := map[string][]string{
		"":          {"impressions", "policies", "batch", "lag", "checkpoints", "day", "objective", "instant", "delay", "forgetting", "replicas", "horizon"},
		"live-ads":  {"live-ads", "rate", "seconds"},
		"over-http": {"over-http", "url", "token", "connections", "impressions", "policies", "batch", "checkpoints"},
	}
	for _, name := range flags {
		if slices.Contains(common, name) || slices.Contains(may[mode], name) {
			continue
		}
		if mode == "" {
			return usageError("--" + name + " has a meaning only with --live-ads or --over-http")
		}
		return usageError("--" + name + " has no meaning with --" + mode)
	}
	return nil
}
