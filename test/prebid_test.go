package test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/marquetry/marquetry/client"
)

// prebid is the example page in Chromium with Prebid.js from npm, which for the test has its client of Prebid Server, too; an account with one ad, and its
// server.
func prebid(t *testing.T) (tab context.Context, s *server, c *client.Client, ad string) {
	t.Helper()
	dir := installed(t, "../examples/prebidjs")
	modules, err := os.OpenFile(filepath.Join(dir, "prebid.js"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = modules.WriteString("import 'prebid.js/modules/prebidServerBidAdapter';\n")
	if err := errors.Join(err, modules.Close()); err != nil {
		t.Fatal(err)
	}
	build := exec.CommandContext(t.Context(), "npm", "run", "--silent", "build")
	build.Dir = dir
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("npm run build: %v\n%s", err, out)
	}
	data := t.TempDir()
	s = serve(t, data)
	c = s.client(t, data)
	ad = createAd(t, c)
	address, _ := site(t, dir, s.Base, "ACCOUNT", first(t, c, "me/adaccounts"), "timeout: 1000", "timeout: 30000")
	tab = browser(t)
	visit(tab, t, address)
	until(tab, t, `document.querySelector('#top iframe') !== null`)
	return tab, s, c, ad
}

// inside is the link of an ad in a page's frame: Prebid.js renders a banner in a frame within.
func inside(frame string) string {
	return `(d => (d.querySelector('iframe')?.contentDocument ?? d).querySelector('a'))(document.querySelector('` + frame + `').contentDocument)`
}

// painted is the expression for "the picture of the ad in this frame is there".
func painted(frame string) string {
	return inside(frame) + `?.querySelector('img')?.naturalWidth > 0`
}

// TestPrebid runs the example's auctions, in the order in which the reports are to count them.
func TestPrebid(t *testing.T) {
	t.Parallel()
	tab, s, c, ad := prebid(t)
	t.Run("page", func(t *testing.T) { prebidPage(tab, t, c, ad) })
	t.Run("terms", func(t *testing.T) { prebidTerms(tab, t) })
	t.Run("native", func(t *testing.T) { prebidNative(tab, t, c, ad) })
	t.Run("server", func(t *testing.T) { prebidServer(tab, t, s) })
	// the last, as the click opens a page in front of this one
	if err := chromedp.Do(tab, chromedp.MouseClickXY(100, 200)); err != nil {
		t.Fatal(err)
	}
	if n := waitReported(t, c, ad, "clicks", 1); n != 1 {
		t.Errorf("%d clicks in the reports, one was made", n)
	}
}

// prebidPage looks at what the page's own auction came to: our bid won, its ad is painted, and the reports have one impression of it.
func prebidPage(tab context.Context, t *testing.T, c *client.Client, ad string) {
	t.Helper()
	var bid struct {
		Bidder, AdUnitCode, Currency, MediaType, CreativeID string
		CPM                                                 float64
		NetRevenue                                          bool
		TTL, Width, Height                                  int
		Status                                              string
		Meta                                                struct{ AdvertiserDomains []string }
	}
	won := evaluate(tab, t, `JSON.stringify(pbjs.getAllWinningBids()[0])`)
	if err := json.Unmarshal([]byte(won), &bid); err != nil {
		t.Fatal(err)
	}
	if bid.Bidder != "marquetry" || bid.AdUnitCode != "top" || bid.Currency != "USD" || bid.MediaType != "banner" || bid.CreativeID == "" || bid.CPM <= 0 ||
		!bid.NetRevenue || bid.TTL <= 0 || bid.Width != 300 || bid.Height != 250 || bid.Status != "rendered" || strings.Join(bid.Meta.AdvertiserDomains, " ") != "shop.example" {
		t.Errorf("the bid that won is %s", won)
	}
	until(tab, t, painted("#top iframe"))
	if text := evaluate(tab, t, inside("#top iframe")+`.innerText`); !strings.Contains(text, "Made by hand") && !strings.Contains(text, "New this week") {
		t.Errorf("painted is %q, none of the ad's titles", text)
	}
	place := evaluate(tab, t, `(b => [b.x, b.y, b.width, b.height].join(' '))(document.querySelector('#top iframe').contentDocument.querySelector('iframe').getBoundingClientRect())`)
	if place != "0 0 300 250" {
		t.Errorf("in its frame the ad stands at %s", place)
	}
	if left := evaluate(tab, t, `String(pbjs.getAllWinningBids()[0].ad.includes('AUCTION_PRICE'))`); left != "false" {
		t.Error("the price is not in the addresses of the ad")
	}
	if n := waitImpressions(t, c, ad, 1); n != 1 {
		t.Errorf("%d impressions of one ad that was shown", n)
	}
}

// prebidAsks has Prebid.js ask for one ad unit, and gives the text of what the adapter sent and of the bids that came.
const prebidAsks = `const ask = (unit, config = {}) => new Promise((done) => {
	const sent = [];
	const note = (_, request) => sent.push({ url: request.url, ...request.data });
	pbjs.onEvent("beforeBidderHttp", note);
	pbjs.setConfig(config);
	pbjs.requestBids({ timeout: 30000, adUnits: [unit], bidsBackHandler: (bids) => {
		pbjs.offEvent("beforeBidderHttp", note);
		done({ sent, bids: bids?.[unit.code]?.bids ?? [] });
	} });
});
const bidder = (params) => [{ bidder: "marquetry", params: { ...pbjs.adUnits[0].bids[0].params, ...params } }];
const banner = { code: "side", mediaTypes: { banner: { sizes: [[300, 250], [300, 600]] } }, bids: bidder() };
`

// prebidAnswers is what a script gives that may ask.
func prebidAnswers(tab context.Context, t *testing.T, script string) string {
	t.Helper()
	evaluate(tab, t, `window.answer = undefined; (async () => {`+prebidAsks+script+`})().then((got) => window.answer = JSON.stringify(got), (err) => window.answer = String(err)); ''`)
	until(tab, t, `window.answer !== undefined`)
	return evaluate(tab, t, `window.answer`)
}

// prebidTerms asks in other words: what Prebid.js found out of floors and consent is in the request, and a unit that names no place, or two, is not asked for.
func prebidTerms(tab context.Context, t *testing.T) {
	t.Helper()
	for _, tt := range []struct{ name, script, want string }{
		{"a unit without a server, a place, or with two", `const none = [];
			for (const params of [{ server: "" }, { server: "ads.example" }, { account_id: "" }, { ad_id: "2" }]) none.push(await ask({ ...banner, bids: bidder(params) }));
			return none.map(({ sent }) => sent.length)`, `[0,0,0,0]`},
		{"two sizes, a placement and a viewer", `const { sent: [{ imp: [imp], user, tmax, device }], bids: [bid] } =
			await ask({ ...banner, bids: bidder({ placement: "INSTAGRAM_STANDARD", viewer: "v7" }) });
			return [imp.tagid, imp.secure, imp.banner.format.map(({ w, h }) => w + "x" + h), user.buyeruid, tmax, device.geo.country, bid.size]`,
			`["INSTAGRAM_STANDARD",0,["300x250","300x600"],"v7",30000,"USA","300x250"]`},
		{"one request for each place", `const { sent } = await ask({ ...banner, bids: [...bidder(), ...bidder({ account_id: undefined, ad_id: "1" })] });
			return sent.map(({ url }) => new URL(url).search.split("=")[0])`, `["?account_id","?ad_id"]`},
		{"a floor above what is bid", `const { sent: [{ imp: [imp] }], bids } = await ask({ ...banner, floors: { currency: "USD", schema: { fields: ["mediaType"] }, values: { "*": 9000 } } }, { floors: {} });
			return [imp.bidfloor, imp.bidfloorcur, bids.length]`, `[9000,"USD",0]`},
		{"consent", `const fixed = { gdpr: { cmpApi: "static", consentData: { getTCData: { gdprApplies: true, tcString: "CPc7", purpose: {}, vendor: {} } } },
				usp: { cmpApi: "static", consentData: { getUSPData: { uspString: "1YNN" } } } };
			const { sent: [{ regs, user }] } = await ask(banner, { consentManagement: fixed });
			return [regs.gdpr, regs.us_privacy, user.consent]`, `[1,"1YNN","CPc7"]`},
	} {
		if got := prebidAnswers(tab, t, tt.script); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// prebidNative has Prebid.js render a native ad by a template of the page: its picture is there, and its impression is counted beside the banner's.
func prebidNative(tab context.Context, t *testing.T, c *client.Client, ad string) {
	t.Helper()
	native := prebidAnswers(tab, t, `const assets = [{ id: 1, required: 1, title: { len: 90 } }, { id: 2, required: 1, img: { type: 3, wmin: 100, hmin: 100 } }];
		const adTemplate = '<a href="##hb_native_linkurl##"><img width="100" src="##hb_native_asset_id_2##">##hb_native_asset_id_1##</a>';
		const { bids: [bid] } = await ask({ code: "feed", mediaTypes: { native: { adTemplate, ortb: { assets, eventtrackers: [{ event: 1, methods: [1] }] } } }, bids: bidder() });
		const frame = document.body.appendChild(document.createElement("iframe"));
		frame.id = "feed";
		pbjs.renderAd(frame.contentDocument, bid.adId);
		return [bid.mediaType, bid.native.ortb.assets.map(({ id }) => id), bid.native.ortb.link.url.includes("/t/c")]`)
	if native != `["native",[1,2],true]` {
		t.Errorf("the native bid is %s", native)
	}
	until(tab, t, painted("#feed"))
	if n := waitImpressions(t, c, ad, 2); n != 2 {
		t.Errorf("%d impressions, one banner and one native ad were shown", n)
	}
}

// prebidServer has Prebid.js ask as it asks a Prebid Server, and read our answers by what it knows of OpenRTB alone. A proxy stands in that server's place:
// a browser sends it cookies, which we never take.
func prebidServer(tab context.Context, t *testing.T, s *server) {
	t.Helper()
	real, err := url.Parse(s.Base)
	if err != nil {
		t.Fatal(err)
	}
	forward := httputil.NewSingleHostReverseProxy(real)
	forward.ModifyResponse = func(r *http.Response) error {
		r.Header.Set("Access-Control-Allow-Origin", r.Request.Header.Get("Origin"))
		r.Header.Set("Access-Control-Allow-Credentials", "true")
		return nil
	}
	place := httptest.NewServer(forward)
	defer place.Close()
	got := prebidAnswers(tab, t, `const { account_id } = pbjs.adUnits[0].bids[0].params, url = "`+place.URL+`/v1/openrtb?account_id=" + account_id;
		const s2sConfig = { enabled: true, adapter: "prebidServer", accountId: "1", bidders: ["marquetry"], timeout: 30000, allowUnknownBidderCodes: true, endpoint: { p1Consent: url, noP1Consent: url } };
		const plain = { ortb2Imp: { secure: 0 } }, assets = [{ id: 1, required: 1, title: { len: 90 } }, { id: 2, required: 1, img: { type: 3, wmin: 100, hmin: 100 } }];
		const { bids: [shown] } = await ask({ ...banner, ...plain }, { s2sConfig });
		const { bids: [native] } = await ask({ code: "feed", ...plain, mediaTypes: { native: { ortb: { assets } } }, bids: bidder() });
		return [shown.source, shown.cpm > 0, shown.currency, shown.size, shown.ttl, shown.meta.advertiserDomains, shown.ad.includes("/t/s?"),
			native.source, native.mediaType, native.native.ortb.assets.map(({ id }) => id), native.native.ortb.link.url.includes("/t/c")]`)
	if want := `["s2s",true,"USD","300x250",600,["shop.example"],true,"s2s","native",[1,2],true]`; got != want {
		t.Errorf("read as %s, want %s", got, want)
	}
}
