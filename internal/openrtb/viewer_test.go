package openrtb

import "testing"

// TestViewer reads what exchanges say of people one by one.
func TestViewer(t *testing.T) {
	t.Parallel()
	minutes := func(n int) Geo { return Geo{Offset: &n} }
	for name, c := range map[string]struct {
		request BidRequest
		want    Viewer
	}{
		"nobody":           {BidRequest{}, Viewer{}},
		"a state":          {BidRequest{Device: Device{Geo: Geo{Country: "USA", Region: "ca"}}}, Viewer{Country: "US", Region: "California"}},
		"with its country": {BidRequest{Device: Device{Geo: Geo{Country: "US", Region: "US-NY"}}}, Viewer{Country: "US", Region: "New York"}},
		"no state":         {BidRequest{Device: Device{Geo: Geo{Country: "USA", Region: "XX"}}}, Viewer{Country: "US"}},
		"a code elsewhere": {BidRequest{User: User{Geo: Geo{Country: "DEU", Region: "BY", City: "München"}}}, Viewer{Country: "DE", City: "München"}},
		"a name":           {BidRequest{Device: Device{Geo: Geo{Country: "AUT", Region: "Tirol", Zip: "6020"}}}, Viewer{Country: "AT", Region: "Tirol", Zip: "6020"}},
		"no country":       {BidRequest{Device: Device{Geo: Geo{Country: "EUR"}}}, Viewer{}},
		"a clock":          {BidRequest{Device: Device{Geo: minutes(-210)}}, Viewer{Clock: "-03:30"}},
		"an odd clock":     {BidRequest{Device: Device{Geo: minutes(3600)}}, Viewer{}},
		"odd words":        {BidRequest{Device: Device{Model: "a\nb", OS: "Lin\x00ux"}}, Viewer{}},
		"a tablet":         {BidRequest{Device: Device{OS: "iOS", OSV: "18.1", Type: 5, Model: "iPad14,1"}}, Viewer{Device: "ipad", OS: "iOS 18.1", Model: "iPad14,1"}},
		"a television":     {BidRequest{Device: Device{OS: "Android", Type: 3}}, Viewer{OS: "Android"}},
		"some telephone":   {BidRequest{Device: Device{Type: 4}}, Viewer{Device: "mobile"}},
		"65 today or so":   {BidRequest{User: User{YOB: 1961, Gender: "f"}}, Viewer{Age: "65+", Gender: "female"}},
		"a child":          {BidRequest{User: User{YOB: 2020, Gender: "O"}}, Viewer{}},
		"a language":       {BidRequest{Device: Device{Language: "pt-br"}}, Viewer{Locale: "pt-BR"}},
		"no language":      {BidRequest{Device: Device{Language: "??"}}, Viewer{}},
		"our id":           {BidRequest{User: User{ID: "x", BuyerUID: "v7"}, Device: Device{IFA: "6D92078A"}}, Viewer{ID: "v7"}},
		"the device's id":  {BidRequest{User: User{ID: "x"}, Device: Device{IFA: "6D92078A"}}, Viewer{ID: "6D92078A"}},
		"a withheld id":    {BidRequest{User: User{ID: "x"}, Device: Device{IFA: "0000-00"}}, Viewer{ID: "exchange:x"}},
		"no id to be used": {BidRequest{User: User{ID: "x", BuyerUID: "v7"}, Device: Device{IFA: "6D92078A", LMT: 1}}, Viewer{}},
	} {
		if got := c.request.Viewer(2026); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
