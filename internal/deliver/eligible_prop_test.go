package deliver

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// The tree of the property test: two campaigns, each with an ad set, each with two ads; the second ad of each set shows a creative that generates.
const (
	branches  = 2
	perBranch = 2
	generates = "120200000000000300"
)

// tree is what the objects of the property test say, as plainly as it can be put.
type tree struct {
	account   int64 // account_status
	pending   bool  // a generated text waits for a decision
	campaigns [branches]string
	sets      [branches]struct {
		status, country string
		gender          int64
		start, end      int64
		office          bool // runs on Sundays from noon to two, in Los Angeles
	}
	ads [branches][perBranch]struct {
		status, verdict string
		since, start    int64
		stopped         int // index of a title, -1 for none
		pinned          int
		forbidden       bool // first title with first picture
	}
}

// objects writes the tree down.
func (w *tree) objects(f *fixture) []*store.Object {
	owner := accountObject(theAccount, "America/Los_Angeles", 0)
	owner.Data["account_status"] = w.account
	other := creativeObject(generates, 0)
	other.Data[edition.Mark] = map[string]any{"own_feed": other.Data["asset_feed_spec"]}
	state := map[bool]string{true: "PENDING", false: "REJECTED"}[w.pending]
	all := []*store.Object{owner, other, {ID: "120200000000000301", Type: edition.AssetType, AccountID: theAccount, Data: map[string]any{"creative_id": generates, "state": state}}}
	for b := range branches {
		campaign := campaignObject(0)
		campaign.ID, campaign.Status = fmt.Sprint("12020000000000031", b), w.campaigns[b]
		s := w.sets[b]
		set := adSetObject(fmt.Sprint("12020000000000032", b), 0)
		set.Status, set.Data["campaign_id"], set.Data["start_time"], set.Data["end_time"] = s.status, campaign.ID, s.start, s.end
		targeting := map[string]any{"geo_locations": map[string]any{"countries": []any{s.country}}}
		if s.gender != 0 {
			targeting["genders"] = []any{s.gender}
		}
		set.Data["targeting"] = targeting
		if s.office {
			set.Data["adset_schedule"] = []any{map[string]any{"start_minute": int64(720), "end_minute": int64(840), "days": []any{int64(0)}}}
		}
		all = append(all, campaign, set)
		for i, a := range w.ads[b] {
			ad := adObject(w.id(b, i), set.ID, 0)
			ad.Status, ad.Data["ad_schedule_start_time"] = a.status, a.start
			ad.Data["review"] = map[string]any{"since": a.since, "verdict": a.verdict}
			if i == 1 {
				ad.Data["creative_id"] = generates
			}
			w.steer(f, ad.Data, b, i)
			all = append(all, ad)
		}
	}
	return all
}

// steer writes down which assets of an ad are stopped, pinned and forbidden together.
func (w *tree) steer(f *fixture, data map[string]any, b, i int) {
	a := w.ads[b][i]
	if a.stopped >= 0 {
		data["marquetry_stopped_assets"] = []any{f.assetID("title", a.stopped)}
	}
	if a.pinned >= 0 {
		data["marquetry_pinned_assets"] = []any{f.assetID("title", a.pinned)}
	}
	if a.forbidden {
		data["marquetry_forbidden_pairs"] = []any{[]any{f.assetID("title", 0), f.assetID("image", 0)}}
	}
}

// id is an ad's.
func (w *tree) id(b, i int) string { return fmt.Sprintf("12020000000000033%d", perBranch*b+i) }

// mayShow says from the tree alone whether an ad may show; latency is that of reviews.
func (w *tree) mayShow(b, i int, v client.Viewer, now time.Time, latency int64) bool {
	s, a, at := w.sets[b], w.ads[b][i], now.Unix()
	zone, _ := time.LoadLocation("America/Los_Angeles")
	local := now.In(zone)
	return w.account == 1 && w.campaigns[b] == "ACTIVE" && s.status == "ACTIVE" && a.status == "ACTIVE" &&
		a.verdict != object.Disapprove && (a.verdict != "" || at < a.since || at >= a.since+latency) &&
		(i == 0 || !w.pending) && (a.stopped < 0 || a.stopped != a.pinned) &&
		at >= s.start && at >= a.start && (s.end == 0 || at < s.end) &&
		(v.Country == "" || v.Country == s.country) && (s.gender == 0 || v.Gender == "" || v.Gender == []string{"", "male", "female"}[s.gender]) &&
		(!s.office || local.Weekday() == time.Sunday && local.Hour() >= 12 && local.Hour() < 14)
}

// allows reports whether an ad may show a title with a picture.
func (w *tree) allows(b, i, title, image int) bool {
	a := w.ads[b][i]
	return title != a.stopped && (a.pinned < 0 || title == a.pinned) && (!a.forbidden || title != 0 || image != 0)
}

// edit changes one thing.
func (w *tree) edit(t *rapid.T, now int64) {
	b, i := rapid.IntRange(0, branches-1).Draw(t, "branch"), rapid.IntRange(0, perBranch-1).Draw(t, "ad")
	status := rapid.SampledFrom([]string{"ACTIVE", "ACTIVE", "PAUSED", "ARCHIVED", "DELETED"})
	moment := rapid.SampledFrom([]int64{0, now - 7200, now - 3600, now, now + 900, now + 3600})
	s, a := &w.sets[b], &w.ads[b][i]
	switch rapid.IntRange(0, 13).Draw(t, "edit") {
	case 0:
		w.account = rapid.SampledFrom([]int64{1, 1, 2, 3}).Draw(t, "account")
	case 1:
		w.pending = rapid.Bool().Draw(t, "pending")
	case 2:
		w.campaigns[b] = status.Draw(t, "campaign")
	case 3:
		s.status = status.Draw(t, "set")
	case 4:
		s.country = rapid.SampledFrom([]string{"US", "DE"}).Draw(t, "country")
	case 5:
		s.gender = rapid.Int64Range(0, 2).Draw(t, "gender")
	case 6:
		s.start = moment.Draw(t, "start")
	case 7:
		s.end = moment.Draw(t, "end")
	case 8:
		s.office = !s.office
	case 9:
		a.status = status.Draw(t, "status")
	case 10:
		a.since, a.verdict = moment.Draw(t, "since"), rapid.SampledFrom([]string{"", object.Approve, object.Disapprove}).Draw(t, "verdict")
	case 11:
		a.start = moment.Draw(t, "ad start")
	case 12:
		a.stopped, a.forbidden = rapid.IntRange(-1, 2).Draw(t, "stopped"), rapid.Bool().Draw(t, "forbidden")
	case 13:
		a.pinned = rapid.IntRange(-1, 2).Draw(t, "pinned")
	}
}

// TestNeverAnIneligibleAd edits objects at random, moves the clock, and asks for ads of the account, of a set, of one ad: with a named time,
// exactly those are shown that may be, and at all times none that may not, and none with an asset that it may not show.
func TestNeverAnIneligibleAd(t *testing.T) {
	t.Parallel()
	const latency = 1800
	f := newFixture(t, func(c *Config) { c.Latency = latency * time.Second })
	gone := adObject(theAd, theAdSet, 0)
	gone.Status = "DELETED"
	f.put(t, gone)
	rapid.Check(t, func(rt *rapid.T) {
		w := &tree{account: 1, campaigns: [branches]string{"ACTIVE", "ACTIVE"}}
		for b := range branches {
			w.sets[b].status, w.sets[b].country = "ACTIVE", "US"
			for i := range perBranch {
				w.ads[b][i].status, w.ads[b][i].verdict, w.ads[b][i].stopped, w.ads[b][i].pinned = "ACTIVE", object.Approve, -1, -1
			}
		}
		for range rapid.IntRange(1, 4).Draw(rt, "rounds") {
			for range rapid.IntRange(0, 4).Draw(rt, "edits") {
				w.edit(rt, f.clock.Now().Unix())
			}
			f.put(t, w.objects(f)...)
			for range 3 {
				f.clock.advance(rapid.SampledFrom([]time.Duration{0, time.Minute, 20 * time.Minute}).Draw(rt, "passes"))
				f.askAndCheck(rt, w, latency)
			}
		}
	})
}

// askAndCheck asks for ads and compares with what may show.
func (f *fixture) askAndCheck(t *rapid.T, w *tree, latency int64) {
	now := f.clock.Now()
	req := client.DecisionRequest{Count: 20, Viewer: client.Viewer{
		Country: rapid.SampledFrom([]string{"", "US", "DE"}).Draw(t, "of"), Gender: rapid.SampledFrom([]string{"", "male", "female"}).Draw(t, "is"),
	}}
	dated := rapid.Bool().Draw(t, "dated")
	if dated {
		now = now.Add(rapid.SampledFrom([]time.Duration{0, -time.Hour, time.Hour}).Draw(t, "at"))
		req.Time = now.Format(time.RFC3339)
	}
	b, i := rapid.IntRange(0, branches-1).Draw(t, "asked branch"), rapid.IntRange(0, perBranch-1).Draw(t, "asked ad")
	asked := func(int, int) bool { return true }
	switch rapid.IntRange(0, 2).Draw(t, "scope") {
	case 0:
		req.AccountID = theAccount
	case 1:
		req.AdSetID, asked = fmt.Sprint("12020000000000032", b), func(of, _ int) bool { return of == b }
	case 2:
		req.AdID, asked = w.id(b, i), func(of, at int) bool { return of == b && at == i }
	}
	answer, err := f.Decide(t.Context(), req, sandboxCaller(), now)
	if err != nil {
		t.Fatal(err)
	}
	may := map[string][2]int{}
	for b := range branches {
		for i := range perBranch {
			if asked(b, i) && w.mayShow(b, i, req.Viewer, now, latency) {
				may[w.id(b, i)] = [2]int{b, i}
			}
		}
	}
	for _, d := range answer.Decisions {
		at, ok := may[d.AdID]
		if !ok {
			t.Fatalf("%+v at %v shows %s, which may not show: %+v", req, now, d.AdID, *w)
		}
		if title, image := d.Assets["title"].Index, d.Assets["image"].Index; !w.allows(at[0], at[1], title, image) {
			t.Fatalf("%s shows title %d with picture %d: %+v", d.AdID, title, image, *w)
		}
	}
	if dated && len(answer.Decisions) != len(may) {
		t.Fatalf("%+v at %v shows %d ads, not %v, reason %q: %+v", req, now, len(answer.Decisions), slices.Sorted(maps.Keys(may)), answer.Reason, *w)
	}
}
