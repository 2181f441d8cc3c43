package sim

import (
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/bandit"
)

// TestLiveAdsAreFittedWhenDue: on a clock that moves a millisecond a reading, so that times count readings.
func TestLiveAdsAreFittedWhenDue(t *testing.T) {
	t.Parallel()
	tick := time.Time{}
	live := Live{
		World: preset(t, "real", 3).Worlds(smallSpace()), FirstSeed: 1, Truths: 2, Ads: 20, Rate: 100, Seconds: 20, Options: bandit.DefaultOptions(),
		Now: func() time.Time { tick = tick.Add(time.Millisecond); return tick },
	}
	load, err := live.Run()
	if err != nil {
		t.Fatal(err)
	}
	if load.Events != 2000 || load.Refits < 1 || load.Refits > 40 { // events of an ad are due after 50 at the soonest
		t.Errorf("%+v", load)
	}
	if want := float64(load.Refits) * 0.001 / 20; load.LongestMS != 1 || load.Refitting < want*0.99 || load.Refitting > want*1.01 {
		t.Errorf("%+v", load)
	}
}
