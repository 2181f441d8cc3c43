package insights

import "testing"

// TestAttribute checks who gets the credit, one row per rule.
func TestAttribute(t *testing.T) {
	t.Parallel()
	const now = 100 * day
	ago := func(cell int64, ms int64) *touch { return &touch{cell: cell, at: now - ms} }
	for name, c := range map[string]struct {
		token, click, view *touch
		want               credit
	}{
		"nothing":                       {},
		"a click of today":              {click: ago(1, 60_000), want: credit{1, oneDayClick}},
		"a click one day ago":           {click: ago(1, day), want: credit{1, oneDayClick}},
		"a click just over a day ago":   {click: ago(1, day+1), want: credit{1, sevenDayClick}},
		"a click seven days ago":        {click: ago(1, 7*day), want: credit{1, sevenDayClick}},
		"a click too long ago":          {click: ago(1, 7*day+1)},
		"a view of today":               {view: ago(2, 60_000), want: credit{2, oneDayView}},
		"a view too long ago":           {view: ago(2, day+1)},
		"a click beats a later view":    {click: ago(1, 6*day), view: ago(2, 1), want: credit{1, sevenDayClick}},
		"an old click leaves the view":  {click: ago(1, 8*day), view: ago(2, 1), want: credit{2, oneDayView}},
		"a click in the same second":    {click: ago(1, -999), want: credit{1, oneDayClick}},
		"the token beats a later click": {token: ago(3, 2*day), click: ago(1, 1), want: credit{3, sevenDayClick}},
		"an old token leaves the click": {token: ago(3, 8*day), click: ago(1, 1), want: credit{1, oneDayClick}},
		"what came after caused nothing": {
			token: ago(3, -1000), click: ago(1, -1000), view: ago(2, -1000),
		},
	} {
		got, ok := attribute(now, c.token, c.click, c.view)
		if got != c.want || ok != (c.want != credit{}) {
			t.Errorf("%s: attribute = %v, %v, want %v", name, got, ok, c.want)
		}
	}
}

// TestLater checks that the last touch does not depend on the order of arrival.
func TestLater(t *testing.T) {
	t.Parallel()
	early, late, tie := touch{1, 10, 5}, touch{2, 11, 1}, touch{3, 10, 6}
	for _, c := range []struct {
		a, b touch
		want bool
	}{{late, early, true}, {early, late, false}, {tie, early, true}, {early, tie, false}, {early, early, false}} {
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
