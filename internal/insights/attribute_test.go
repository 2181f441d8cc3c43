package insights

import "testing"

// TestAttribute checks who gets the credit, one row per rule.
func TestAttribute(t *testing.T) {
	t.Parallel()
	const now = 100 * day
	click := func(cell, ms, days int64) touch { return touch{contact{true, days}, cell, now - ms, 0} }
	view := func(cell, ms, days int64) touch { return touch{contact{false, days}, cell, now - ms, 0} }
	token := func(cell, ms, days int64) *touch { t := click(cell, ms, days); return &t }
	for name, c := range map[string]struct {
		token   *touch
		touches []touch
		want    credit
	}{
		"nothing":                                        {},
		"a click of today":                               {nil, []touch{click(1, 60_000, 7)}, credit{1, oneDayClick}},
		"a click one day ago":                            {nil, []touch{click(1, day, 7)}, credit{1, oneDayClick}},
		"a click just over a day ago":                    {nil, []touch{click(1, day+1, 7)}, credit{1, sevenDayClick}},
		"a click seven days ago":                         {nil, []touch{click(1, 7*day, 7)}, credit{1, sevenDayClick}},
		"a click too long ago":                           {nil, []touch{click(1, 7*day+1, 7)}, credit{}},
		"a view of today":                                {nil, []touch{view(2, 60_000, 1)}, credit{2, oneDayView}},
		"a view too long ago":                            {nil, []touch{view(2, day+1, 1)}, credit{}},
		"a click beats a later view":                     {nil, []touch{view(2, 1, 1), click(1, 6*day, 7)}, credit{1, sevenDayClick}},
		"an old click leaves the view":                   {nil, []touch{click(1, 8*day, 7), view(2, 1, 1)}, credit{2, oneDayView}},
		"a click in the same second":                     {nil, []touch{click(1, -999, 7)}, credit{1, oneDayClick}},
		"the last click":                                 {nil, []touch{click(1, 2, 7), click(3, 1, 1), click(2, 3, 7)}, credit{3, oneDayClick}},
		"the token beats a later click":                  {token(3, 2*day, 7), []touch{click(1, 1, 7)}, credit{3, sevenDayClick}},
		"an old token leaves the click":                  {token(3, 8*day, 7), []touch{click(1, 1, 7)}, credit{1, oneDayClick}},
		"what came after caused nothing":                 {token(3, -1000, 7), []touch{click(1, -1000, 7), view(2, -1000, 1)}, credit{}},
		"an ad set that counts one day":                  {nil, []touch{click(1, 2*day, 1)}, credit{1, sevenDayClick + outside}},
		"one that counts seven, clicked before":          {nil, []touch{click(1, 2*day, 1), click(2, 3*day, 7)}, credit{2, sevenDayClick}},
		"a view that counts beats a click that does not": {nil, []touch{click(1, 2*day, 1), view(2, 1, 1)}, credit{2, oneDayView}},
		"a view that does not count":                     {nil, []touch{view(2, 1, 0)}, credit{2, oneDayView + outside}},
		"a click that does not count":                    {token(1, 1, 0), []touch{view(2, 1, 0)}, credit{1, oneDayClick + outside}},
		"a click that does not count leaves the view":    {token(1, 1, 0), []touch{click(1, 1, 0), view(1, 2, 1)}, credit{1, oneDayView}},
		"nor does it take one from another ad":           {token(1, 1, 0), []touch{click(1, 1, 0), click(2, 2*day, 7)}, credit{2, sevenDayClick}},
	} {
		if got := attribute(now, c.token, c.touches); got != c.want {
			t.Errorf("%s: attribute = %v, want %v", name, got, c.want)
		}
	}
}

// TestLater checks that the last touch does not depend on the order of arrival.
func TestLater(t *testing.T) {
	t.Parallel()
	early, late, tie := touch{at: 10, decision: 5}, touch{at: 11, decision: 1}, touch{at: 10, decision: 6}
	for _, c := range []struct {
		a, b *touch
		want bool
	}{{&late, &early, true}, {&early, &late, false}, {&tie, &early, true}, {&early, &tie, false}, {&early, &early, false}, {&early, nil, true}} {
		if got := c.a.later(c.b); got != c.want {
			t.Errorf("%v later than %v = %v", c.a, c.b, got)
		}
	}
}

// TestActionTypes checks the names that pixel events are reported under.
func TestActionTypes(t *testing.T) {
	t.Parallel()
	for event, want := range map[string]string{
		"Purchase":         "offsite_conversion.fb_pixel_purchase",
		"InitiateCheckout": "offsite_conversion.fb_pixel_initiate_checkout",
		"Lead":             "offsite_conversion.fb_pixel_lead",
		"StartTrial":       "start_trial_website",
		"Signed up":        "offsite_conversion.fb_pixel_custom.Signed up",
	} {
		if got := actionTypes(event)[0]; got != want {
			t.Errorf("actionTypes(%q)[0] = %q, want %q", event, got, want)
		}
	}
	if got := actionTypes("PageView"); got != nil {
		t.Errorf("PageView is reported as %v", got)
	}
}
