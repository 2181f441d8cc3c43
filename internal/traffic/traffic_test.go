package traffic

import (
	"testing"

	"pgregory.net/rapid"
)

// Agents of the tests.
const (
	firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"
	chrome  = "Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
	hidden  = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36"
)

// TestJudge checks each rule beside what it must let pass.
func TestJudge(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		mode Mode
		e    Event
		want Reason
	}{
		"a browser":                        {Strict, Event{Agent: firefox, Asked: true, Click: true, After: 900, Clicks: 1, Limit: 10}, ""},
		"a telephone called Cubot":         {Strict, Event{Agent: chrome, Asked: true}, ""},
		"a search engine":                  {Count, Event{Agent: "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}, Crawler},
		"a preview of a link":              {Count, Event{Agent: "facebookexternalhit/1.1"}, Crawler},
		"a monitor":                        {Count, Event{Agent: "Pingdom.com_bot_version_1.4"}, Crawler},
		"an app's own mention of WhatsApp": {Count, Event{Agent: "WhatsApp/2.23.20 A"}, Crawler},
		"a prefetch":                       {Count, Event{Agent: firefox, Purpose: "prefetch;prerender"}, Prefetch},
		"curl":                             {Count, Event{Agent: "curl/8.5.0", Asked: true, Click: true}, ""},
		"curl, strictly":                   {Strict, Event{Agent: "curl/8.5.0", Asked: true}, Program},
		"a browser without a screen":       {Count, Event{Agent: hidden, Asked: true}, ""},
		"the same, strictly":               {Strict, Event{Agent: hidden, Asked: true}, Program},
		"no agent, strictly":               {Strict, Event{Asked: true}, Program},
		"a server that tells no agent":     {Strict, Event{}, ""},
		"a click at once":                  {Count, Event{Agent: firefox, Click: true, After: fastest - 1}, TooFast},
		"a click as fast as can be":        {Count, Event{Agent: firefox, Click: true, After: fastest}, ""},
		"an impression at once":            {Count, Event{Agent: firefox, After: 3}, ""},
		"the last click that is let pass":  {Count, Event{Agent: firefox, Click: true, After: 900, Clicks: 10, Limit: 10}, ""},
		"one too many":                     {Count, Event{Agent: firefox, Click: true, After: 900, Clicks: 11, Limit: 10}, Flood},
		"everything, when off":             {Off, Event{Agent: "Googlebot/2.1", Click: true, Purpose: "prefetch", Clicks: 99, Limit: 1}, ""},
	} {
		if got := c.mode.Judge(c.e); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestCounter checks that no more are ever counted than came within two minutes, no fewer than came within the present one, and that a minute of
// silence forgets.
func TestCounter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var c Counter
		at, times := rapid.Int64Range(0, 1<<40).Draw(t, "start"), map[uint64][]int64{}
		for range rapid.IntRange(1, 60).Draw(t, "clicks") {
			at += rapid.Int64Range(0, minute/4).Draw(t, "pause")
			key := rapid.Uint64Range(0, 2).Draw(t, "key")
			times[key] = append(times[key], at)
			least, most := 0, 0
			for _, then := range times[key] {
				if then/minute == at/minute {
					least++
				}
				if at-then < 2*minute {
					most++
				}
			}
			if got := c.Add(key, at); got < least || got > most {
				t.Fatalf("%d, and there were %d to %d", got, least, most)
			}
		}
		if got := c.Add(0, at+2*minute); got != 1 {
			t.Fatalf("after two minutes of silence: %d", got)
		}
	})
}

// TestCounterIsBounded checks that a flood of keys takes no more memory than one minute may.
func TestCounterIsBounded(t *testing.T) {
	t.Parallel()
	var c Counter
	for key := range uint64(maxCounted + 10) {
		c.Add(key, 1)
	}
	if len(c.now) != maxCounted || c.Add(maxCounted+5, 2) != 0 || c.Add(0, 2) != 2 {
		t.Errorf("%d keys are kept", len(c.now))
	}
}
