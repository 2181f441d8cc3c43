package openrtb

import (
	"encoding/base64"
	"testing"
)

// TestRefuses asks of one ad what requests say against it.
func TestRefuses(t *testing.T) {
	t.Parallel()
	ours := &Offer{Seat: "42", Currency: "EUR", Domains: []string{"shop.Example"}}
	eur := []string{"USD", "EUR"}
	for name, c := range map[string]struct {
		request BidRequest
		imp     Imp
		want    NoBid
	}{
		"nothing":           {BidRequest{Cur: eur}, Imp{}, Bidding},
		"dollars unsaid":    {BidRequest{}, Imp{}, Currency},
		"dollars":           {BidRequest{Cur: []string{"USD"}}, Imp{}, Currency},
		"floor in dollars":  {BidRequest{Cur: eur}, Imp{Floor: 1}, Currency},
		"no floor":          {BidRequest{Cur: eur}, Imp{FloorCur: "JPY"}, Bidding},
		"floor":             {BidRequest{Cur: eur}, Imp{Floor: 1, FloorCur: "EUR"}, Bidding},
		"our seat":          {BidRequest{Cur: eur, WSeat: []string{"1", "42"}}, Imp{}, Bidding},
		"other seats":       {BidRequest{Cur: eur, WSeat: []string{"1"}}, Imp{}, Seat},
		"not our seat":      {BidRequest{Cur: eur, BSeat: []string{"42"}}, Imp{}, Seat},
		"allowed themes":    {BidRequest{Cur: eur, ACat: []string{"IAB1"}}, Imp{}, Category},
		"secure":            {BidRequest{Cur: eur}, Imp{Secure: 1}, Insecure},
		"secure in a test":  {BidRequest{Cur: eur, Test: 1}, Imp{Secure: 1}, Bidding},
		"blocked":           {BidRequest{Cur: eur, BAdv: []string{"other.example", "SHOP.example"}}, Imp{}, Blocked},
		"blocked with www":  {BidRequest{Cur: eur, BAdv: []string{"www.shop.example"}}, Imp{}, Blocked},
		"a wider domain":    {BidRequest{Cur: eur, BAdv: []string{"example"}}, Imp{}, Blocked},
		"a narrower domain": {BidRequest{Cur: eur, BAdv: []string{"my.shop.example"}}, Imp{}, Bidding},
		"a longer name":     {BidRequest{Cur: eur, BAdv: []string{"op.example", ""}}, Imp{}, Bidding},
	} {
		if got := c.request.Refuses(&c.imp, ours); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestIdentifiable goes over the laws.
func TestIdentifiable(t *testing.T) {
	t.Parallel()
	gdpr := func(consent string) BidRequest { return BidRequest{Regs: Regs{GDPR: 1}, User: User{Consent: consent}} }
	for name, c := range map[string]struct {
		request BidRequest
		want    bool
	}{
		"nothing":              {BidRequest{}, true},
		"do not track":         {BidRequest{Device: Device{DNT: 1}}, false},
		"limit tracking":       {BidRequest{Device: Device{LMT: 1}}, false},
		"child":                {BidRequest{Regs: Regs{COPPA: 1}}, false},
		"not sold out":         {BidRequest{Regs: Regs{USPrivacy: "1YNN"}}, true},
		"opted out":            {BidRequest{Regs: Regs{USPrivacy: "1YYN"}}, false},
		"opted out as in 2.5":  {BidRequest{Regs: Regs{Ext: &RegsBits{USPrivacy: "1NYN"}}}, false},
		"no law of the states": {BidRequest{Regs: Regs{GPPSID: []int{-1}}}, true},
		"a law of the states":  {BidRequest{Regs: Regs{GPPSID: []int{7}}}, false},
		"GDPR alone":           {gdpr(""), false},
		"GDPR as in 2.5":       {BidRequest{Regs: Regs{Ext: &RegsBits{GDPR: 1}}}, false},
		"consent to all":       {gdpr(tcf(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)), true},
		"consent to 1, 3, 4":   {gdpr(tcf(1, 3, 4)), true},
		"with segments":        {gdpr(tcf(1, 3, 4) + ".YAAAAAAAAAA"), true},
		"no storage":           {gdpr(tcf(2, 3, 4)), false},
		"no profile":           {gdpr(tcf(1, 2, 4)), false},
		"no use of a profile":  {gdpr(tcf(1, 2, 3)), false},
		"an older version":     {gdpr("BOEFEAyOEFEAyAHABDENAIgAAAB9vABAASA"), false},
		"nonsense":             {gdpr("yes!"), false},
		"too short":            {gdpr(tcf(1, 3, 4)[:20]), false},
	} {
		if got := c.request.Identifiable(); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// tcf is a TCF string of version 2 with consent to purposes and everything else zero.
func tcf(purposes ...int) string {
	raw := make([]byte, 40)
	raw[0] = 2 << 2
	for _, p := range purposes {
		bit := 152 + p - 1
		raw[bit/8] |= 0x80 >> (bit % 8)
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// TestFloorMicros rounds up, but not what a binary fraction adds.
func TestFloorMicros(t *testing.T) {
	t.Parallel()
	for floor, want := range map[float64]int64{0: 0, 0.03: 30, 0.3: 300, 1.005: 1005, 2.0001: 2001, 0.0001: 1} {
		if got := (&Imp{Floor: floor}).FloorMicros(); got != want {
			t.Errorf("%g: %d, want %d", floor, got, want)
		}
	}
}

// TestPlacements is the table of docs/reference/openrtb.md.
func TestPlacements(t *testing.T) {
	t.Parallel()
	page, phone, app := BidRequest{Device: Device{Type: 2}}, BidRequest{Device: Device{Type: 4}}, BidRequest{App: &struct{}{}}
	banner := func(w, h int) *Imp { return &Imp{Banner: &Banner{W: w, H: h}} }
	native := func(kind int) *Imp { return &Imp{Native: &Native{Asked: &NativeRequest{Placement: kind}}} }
	for _, c := range []struct {
		request BidRequest
		imp     *Imp
		want    string
	}{
		{page, banner(300, 250), "RIGHT_COLUMN_STANDARD"},
		{page, banner(728, 90), "RIGHT_COLUMN_STANDARD"},
		{page, banner(160, 600), "RIGHT_COLUMN_STANDARD"},
		{page, banner(300, 600), "RIGHT_COLUMN_STANDARD"},
		{page, banner(580, 400), "DESKTOP_FEED_STANDARD"},
		{phone, banner(300, 250), "MOBILE_FEED_STANDARD"},
		{phone, banner(320, 50), "MOBILE_BANNER"},
		{phone, banner(360, 640), "INSTAGRAM_STORY"},
		{app, banner(320, 50), "MOBILE_BANNER"},
		{app, banner(300, 250), "MOBILE_NATIVE"},
		{app, banner(1080, 1920), "INSTAGRAM_STORY"},
		{app, &Imp{Instl: 1, Banner: &Banner{W: 320, H: 480}}, "MOBILE_INTERSTITIAL"},
		{app, &Imp{Banner: &Banner{W: 320, H: 480, Pos: 7}}, "MOBILE_INTERSTITIAL"},
		{app, native(1), "MOBILE_NATIVE"},
		{phone, native(3), "MOBILE_FEED_STANDARD"},
		{page, native(1), "DESKTOP_FEED_STANDARD"},
		{page, native(3), "RIGHT_COLUMN_STANDARD"},
		{page, &Imp{TagID: "INSTAGRAM_STORY", Banner: &Banner{W: 300, H: 250}}, "INSTAGRAM_STORY"},
	} {
		slot, why := c.request.Slot(c.imp)
		if slot.Placement != c.want || why != Bidding {
			t.Errorf("%+v: %s %q, want %s", c.imp, slot.Placement, why, c.want)
		}
	}
}

// TestNoSlot lists banners that ours do not fit.
func TestNoSlot(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		banner Banner
		want   NoBid
	}{
		"no size":   {Banner{}, NoSize},
		"tiny":      {Banner{W: 1, H: 1, Format: []Format{{320, 20}, {88, 88}}}, NoSize},
		"no markup": {Banner{W: 300, H: 250, BType: []int{2}}, NoMarkup},
		"films":     {Banner{W: 300, H: 250, Mimes: []string{"video/mp4"}}, NoMarkup},
		"pictures":  {Banner{W: 300, H: 250, Mimes: []string{"image/gif"}}, Bidding},
	} {
		if _, got := (&BidRequest{}).Slot(&Imp{Banner: &c.banner}); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestCompose fills wishes one by one.
func TestCompose(t *testing.T) {
	t.Parallel()
	ad := &Content{Title: "Grün", Body: "See it.", Sponsor: "Shop", Button: "Shop now", Display: "shop.example", Picture: Picture{URL: "p", W: 1200, H: 628}, Icon: Picture{URL: "i"}}
	for name, c := range map[string]struct {
		wish NativeWish
		ok   bool
	}{
		"title":                 {NativeWish{Title: &Length{4}}, true},
		"title too long":        {NativeWish{Title: &Length{3}}, false},
		"title of any length":   {NativeWish{Title: &Length{}}, true},
		"sponsor":               {NativeWish{Data: &DataWish{Type: 1, Len: 25}}, true},
		"text":                  {NativeWish{Data: &DataWish{Type: 2}}, true},
		"no description":        {NativeWish{Data: &DataWish{Type: 10}}, false},
		"display link":          {NativeWish{Data: &DataWish{Type: 11}}, true},
		"button":                {NativeWish{Data: &DataWish{Type: 12, Len: 8}}, true},
		"rating":                {NativeWish{Data: &DataWish{Type: 3}}, false},
		"picture":               {NativeWish{Img: &ImgWish{Type: 3, WMin: 1200, HMin: 627}}, true},
		"picture too small":     {NativeWish{Img: &ImgWish{Type: 3, WMin: 1201}}, false},
		"picture of no kind":    {NativeWish{Img: &ImgWish{W: 50}}, true},
		"picture of other kind": {NativeWish{Img: &ImgWish{Type: 2}}, false},
		"no picture wanted":     {NativeWish{Img: &ImgWish{Type: 3, Mimes: []string{"video/mp4"}}}, false},
		"icon":                  {NativeWish{Img: &ImgWish{Type: 1, Mimes: []string{"image/png"}}}, true},
		"video":                 {NativeWish{Video: &struct{}{}}, false},
		"nothing":               {NativeWish{}, false},
	} {
		wish := c.wish
		wish.ID, wish.Required = 7, 1
		also := NativeWish{ID: 8, Title: &Length{}}
		assets, ok := (&NativeRequest{Assets: []NativeWish{wish, also}}).Compose(ad)
		if ok != c.ok || ok && (len(assets) != 2 || assets[0].ID != 7) {
			t.Errorf("%s: %t %+v", name, ok, assets)
		}
		wish.Required = 0
		if assets, ok := (&NativeRequest{Assets: []NativeWish{wish, also}}).Compose(ad); !ok || (len(assets) == 2) != c.ok {
			t.Errorf("%s, not required: %t %+v", name, ok, assets)
		}
	}
}
