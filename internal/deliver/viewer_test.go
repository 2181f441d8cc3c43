package deliver

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/audience"
	"github.com/marquetry/marquetry/internal/target"
)

func TestViewerLimits(t *testing.T) {
	t.Parallel()
	long, longer := strings.Repeat("x", 65), strings.Repeat("x", 101)
	for want, v := range map[string]client.Viewer{
		"viewer.id max_length":          {ID: strings.Repeat("x", 257)},
		"viewer.region max_length":      {Region: long},
		"viewer.city max_length":        {City: long},
		"viewer.zip text":               {Zip: "1\x00"},
		"viewer.device_model text":      {Model: "a\nb"},
		"viewer.os max_length":          {OS: long},
		"viewer.locale max_length":      {Locale: long},
		"viewer.timezone max_length":    {Timezone: long},
		"viewer.interests max_count":    {Interests: make([]string, 51)},
		"viewer.interests.1 max_length": {Interests: []string{"a", longer}},
		"viewer.audiences max_count":    {Audiences: make([]string, 51)},
		"viewer.audiences.0 text":       {Audiences: []string{"\xff"}},
		"viewer.products.0 max_length":  {Products: []string{longer}},
		"viewer.products max_count":     {Products: make([]string, 21)},
		"":                              {Region: strings.Repeat("ä", 64), City: "Köln", OS: "iOS 17.2"},
	} {
		got := ""
		var r *refusal
		if err := checkViewer(&v); errors.As(err, &r) {
			got = r.field + " " + r.rule
		}
		if got != want {
			t.Errorf("%+v: %q, want %q", v, got, want)
		}
	}
}

// TestZonesOutliveNonsense makes up more names of time zones than are remembered.
func TestZonesOutliveNonsense(t *testing.T) {
	t.Parallel()
	var z zones
	for i := range 2*maxZones + 2 {
		z.localHour(fmt.Sprint("Nowhere/", i), noon)
	}
	if got := z.localHour("Europe/Vienna", noon); got != target.HourOf(0, 13) {
		t.Errorf("hour %d", got)
	}
	if n := z.count.Load(); n > maxZones {
		t.Errorf("%d names are remembered", n)
	}
}

// TestViewersAreTheSame writes one id in several ways, and none at all.
func TestViewersAreTheSame(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	sum := sha256.Sum256([]byte("ada"))
	digest := hex.EncodeToString(sum[:])
	for _, id := range []string{"ada", " Ada ", digest, strings.ToUpper(digest), " " + digest + "\n"} {
		if f.viewers.hash(id) != f.viewers.hash("ada") || audience.MemberOf(id) != audience.MemberOf("ada") {
			t.Errorf("%q is somebody else", id)
		}
	}
	if n := f.viewers.hash(" "); n != 0 {
		t.Errorf("nobody is %d", n)
	}
}

func TestViewerOfQuery(t *testing.T) {
	t.Parallel()
	q, err := url.ParseQuery(`adset_id=1&viewer_id=v&age=25-34&gender=male&country=US&region=Texas&city=Austin&zip=78701&device=iphone&device_model=iPhone+8&os=iOS+17.2` +
		`&locale=en-US&timezone=America/Chicago&interests=chess,go&audiences=7&products=1,2`)
	if err != nil {
		t.Fatal(err)
	}
	got, err := requestOfQuery(q)
	want := client.DecisionRequest{AdSetID: "1", Viewer: client.Viewer{
		ID: "v", Age: "25-34", Gender: "male", Country: "US", Region: "Texas", City: "Austin", Zip: "78701", Device: "iphone", Model: "iPhone 8", OS: "iOS 17.2",
		Locale: "en-US", Timezone: "America/Chicago", Interests: []string{"chess", "go"}, Audiences: []string{"7"}, Products: []string{"1", "2"},
	}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}
