package deliver

import "github.com/marquetry/marquetry/internal/bandit"

// maxControlShare is the largest control slice.
const maxControlShare = 0.5

// steering is how an ad's combinations are to be chosen, as its advertiser or else the operator wants it.
type steering struct {
	share     float64          // of the control slice
	even      *bandit.Rotation // over what may be shown
	unlearned *bandit.Learned  // even rotation, for as long as there is no model
}

// steer reads an ad that has a creative.
func (a *ad) steer(data map[string]any, cfg *Config) {
	a.share, a.even = cfg.ControlShare, a.creative.even
	if share, set := data["marquetry_control_share"]; set {
		a.share, _ = share.(float64)
	}
	a.unlearned = &bandit.Learned{Space: a.creative.space, Policy: bandit.NewControl(a.even, a.even, a.share), State: bandit.Learning, Winner: -1}
}
