package deliver

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"github.com/marquetry/marquetry/internal/audience"
	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/target"
)

// defaultCPM is the price of a thousand impressions of an account that names none, in millionths of its currency.
const defaultCPM = 5_000_000

// builder makes an index out of stored objects: one query per type, whatever their number.
type builder struct {
	cfg       *Config
	log       *slog.Logger
	targets   *target.Compiler
	old       map[string]*shown // creatives of the index before; they never change
	before    map[string]*ad    // of the index before
	pages     map[string]string // page id → name
	campaign  map[string]*store.Object
	audiences map[string]*store.Object
	members   int // in the audiences so far
	texts     generated
	current   map[string]*shown // by creative id: what its ads show, nil when that cannot be shown
	waiting   map[string]bool   // by creative id: what was generated for it has to be looked at first
	out       *index

	unmeasured []unmeasured
}

// buildIndex reads the objects. A creative or ad that cannot be understood is logged and left out, so that one bad row stops no
// other ad. Now is in unix seconds; old is the index before.
func buildIndex(ctx context.Context, tx store.Tx, cfg *Config, version, now int64, old *index, targets *target.Compiler, log *slog.Logger) (*index, error) {
	b := &builder{
		cfg: cfg, log: log, targets: targets, old: old.creatives, before: old.ads, pages: map[string]string{}, campaign: map[string]*store.Object{},
		audiences: map[string]*store.Object{},
		texts:     newGenerated(), current: map[string]*shown{}, waiting: map[string]bool{},
		out: &index{
			version: version, latency: int64(cfg.Latency / time.Second), accounts: map[string]*account{}, businesses: map[string]*business{}, adsets: map[string]*adset{}, ads: map[string]*ad{},
			audiences: map[string]*audience.List{}, creatives: map[string]*shown{}, pixels: map[string]string{}, shelves: map[string]*shelf{},
			sharing: map[string]int{}, caps: map[uint64]int64{}, periods: map[string][]period{},
		},
	}
	for _, step := range []struct {
		typ  string
		take func(*store.Object)
	}{
		{"adaccount", b.account},
		{"page", func(o *store.Object) { b.pages[o.ID] = text(o.Data, "name") }},
		{"adspixel", func(o *store.Object) { b.out.pixels[o.ID] = o.AccountID }},
		{"campaign", func(o *store.Object) { b.campaign[o.ID] = o }},
		{"highdemandperiod", b.period},
		{audience.Type, func(o *store.Object) { b.audiences[o.ID] = o }},
		{"adset", b.adset},
		{"generatedasset", b.texts.asset},
		{"edition", b.edition},
		{"adcreative", b.creative},
		{"ad", b.ad},
	} {
		err := tx.AllSound(ctx, step.typ, func(o *store.Object) error { step.take(o); return nil }, b.damaged)
		if err != nil {
			return nil, fmt.Errorf("deliver: read every %s: %w", step.typ, err)
		}
	}
	if err := b.measure(ctx, tx); err != nil {
		return nil, err
	}
	for _, a := range b.out.ads { // an ad set is edited by its ads, too
		a.recipe.since = a.adset.since()
	}
	if err := b.shelve(ctx, tx, old.shelves, now); err != nil {
		return nil, err
	}
	byNumber := func(a, b *account) int { return a.number - b.number }
	for _, owner := range slices.SortedFunc(maps.Values(b.out.accounts), byNumber) {
		b.number(owner)
		owner.roster = newRoster(b.out, owner.ads, now)
		if err := b.fillAudiences(ctx, tx, owner, old.audiences); err != nil {
			return nil, err
		}
	}
	return b.out, nil
}

// number numbers the ads of an account, behind those of the accounts before.
func (b *builder) number(owner *account) {
	for _, a := range owner.ads {
		a.number = len(b.out.numbered)
		b.out.numbered = append(b.out.numbered, a)
	}
}

// damaged leaves a row out that cannot be read: what depends on it is not delivered, and everything else is as it is now.
func (b *builder) damaged(err error) error {
	b.log.Error("a damaged object is not delivered", "error", err)
	return nil
}

// account takes an ad account.
func (b *builder) account(o *store.Object) {
	cpm := int64(defaultCPM)
	if _, set := o.Data["marquetry_cpm_micros"]; set {
		cpm = whole(o.Data, "marquetry_cpm_micros")
	}
	currency, status := text(o.Data, "currency"), whole(o.Data, "account_status")
	owner := &account{
		id: o.AccountID, number: len(b.out.accounts), currency: currency, zone: o.Zone(), minor: object.MicrosPerMinor(currency), price: cpm / 1000, budget: budgetOf(o, currency),
		inactive: object.Blocked(status) || object.Unpaid(status),
	}
	b.out.accounts[o.AccountID] = owner
	of := text(o.Data, "owner")
	if of == "" {
		return
	}
	all := b.out.businesses[of]
	if all == nil {
		all = &business{currency: currency, why: noAds}
		b.out.businesses[of] = all
	}
	if currency != all.currency {
		all.why = otherCurrency
		return
	}
	all.accounts = append(all.accounts, owner)
}

// period takes a time of higher demand.
func (b *builder) period(o *store.Object) {
	owner := text(o.Data, "ad_object_id")
	b.out.periods[owner] = append(b.out.periods[owner], periodOf(o))
}

// adset takes an ad set.
func (b *builder) adset(o *store.Object) {
	owner := b.out.accounts[o.AccountID]
	campaign := b.campaign[text(o.Data, "campaign_id")]
	if owner == nil || campaign == nil {
		b.log.Warn("ad set without account or campaign is not delivered", "adset", o.ID)
		return
	}
	promoted := members(o.Data, "promoted_object")
	set := &adset{
		id: o.ID, name: text(o.Data, "name"), number: len(b.out.adsets), account: owner, status: o.Status,
		campaign: campaign.ID, campaignName: text(campaign.Data, "name"), campaignStatus: campaign.Status,
		start: whole(o.Data, "start_time"), opened: max(o.Created, whole(o.Data, "start_time")), end: whole(o.Data, "end_time"),
		targeting: b.targets.Compile(members(o.Data, "targeting"), object.Listed(o.Data, "adset_schedule")),
		objective: objectiveOf(text(o.Data, "optimization_goal")), event: object.PromotedEvent(o.Data), pixel: text(promoted, "pixel_id"),
		windows: attributionWindows(o.Data), credited: creditedWindows(o.Data), edited: o.Created, relearns: max(whole(o.Data, object.LearningSince), whole(campaign.Data, object.LearningSince)),
	}
	set.bidding(o, campaign)
	for _, limits := range []budget{budgetOf(o, owner.currency), budgetOf(campaign, owner.currency), owner.budget} {
		if limits.limited() {
			set.budgets = append(set.budgets, limits)
		}
	}
	set.caps = append(capsOf(o), capsOf(campaign)...)
	b.out.adsets[o.ID] = set
}

// edition takes a set of approved texts. Older ones stay for clicks on what they showed.
func (b *builder) edition(o *store.Object) {
	b.texts.editions[o.ID] = o
	b.content(o, o.Data)
}

// creative takes a creative: its own content, and the edition that its ads show instead if it has one.
func (b *builder) creative(o *store.Object) {
	b.current[o.ID] = b.content(o, edition.Content(o))
	e := b.texts.editions[text(o.Data, "edition_id")]
	switch {
	case e != nil && edition.Intact(o, e, b.texts.assets):
		b.current[o.ID] = b.out.creatives[e.ID]
	case text(o.Data, "edition_id") != "":
		b.log.Warn("a generated text is not as it was approved; its ads are not delivered", "creative", o.ID)
		b.waiting[o.ID] = true
	default:
		b.waiting[o.ID] = edition.Waits(o, b.texts.pending[o.ID])
	}
}

// content prepares what a creative or an edition shows; something unusable is told of when an ad needs it.
func (b *builder) content(o *store.Object, data map[string]any) *shown {
	page := b.pages[text(members(data, "object_story_spec"), "page_id")]
	known := b.old[o.ID]
	if known == nil || known.page != page || known.waits {
		prepared, err := prepare(o.ID, o.Created, data, page)
		if err != nil {
			b.log.Debug("creative cannot be delivered", "creative", o.ID, "error", err)
			return nil
		}
		known = prepared
		known.audiences = audiencesOf(known.rules, b.targets)
		b.wants(known, o.AccountID)
	}
	b.out.creatives[o.ID] = known
	return known
}

// ad takes an ad.
func (b *builder) ad(o *store.Object) {
	set := b.out.adsets[text(o.Data, "adset_id")]
	if set == nil {
		b.log.Warn("ad without ad set is not delivered", "ad", o.ID)
		return
	}
	a := &ad{
		id: o.ID, name: text(o.Data, "name"), salt: saltOf(o.ID), bid: set.amount(o), status: o.Status, adset: set, creative: b.current[text(o.Data, "creative_id")],
		waiting: b.waiting[text(o.Data, "creative_id")], review: object.ReviewOf(o.Data), start: whole(o.Data, "ad_schedule_start_time"), end: whole(o.Data, "ad_schedule_end_time"),
	}
	a.key, a.caps = keyOf(a.id), append(capsOf(o), set.caps...)
	b.out.noteCaps(a.caps)
	a.macros = map[string]string{
		"campaign.id": set.campaign, "campaign.name": set.campaignName, "adset.id": set.id, "adset.name": set.name,
		"ad.id": a.id, "ad.name": a.name,
	}
	ids := quoted(struct {
		Ad       string `json:"ad_id"`
		AdSet    string `json:"adset_id"`
		Campaign string `json:"campaign_id"`
	}{a.id, set.id, set.campaign})
	a.json = ids[1 : len(ids)-1]
	set.edited, set.relearns = max(set.edited, o.Created), max(set.relearns, whole(o.Data, object.LearningSince))
	if a.creative != nil {
		set.edited = max(set.edited, a.creative.created)
		if err := a.steer(o.Data, b.cfg, b.before[o.ID]); err != nil {
			b.log.Warn("an ad has nothing that it may show", "ad", o.ID, "error", err)
			a.creative = nil
		}
	}
	if a.active() {
		for _, limits := range set.budgets {
			b.out.sharing[limits.owner]++
		}
	}
	set.ads = append(set.ads, a)
	set.account.ads = append(set.account.ads, a)
	b.out.ads[o.ID] = a
}

// objectiveOf is what combinations are chosen for, by the ad set's optimisation goal.
func objectiveOf(goal string) bandit.Objective {
	switch goal {
	case "OFFSITE_CONVERSIONS":
		return bandit.Conversions
	case "VALUE":
		return bandit.Value
	}
	return bandit.Clicks
}

// attributionWindows are the windows of an ad set as learning_stage_info spells them: 7d_click, 1d_view.
func attributionWindows(data map[string]any) []string {
	list, _ := data["attribution_spec"].([]any)
	var windows []string
	for _, item := range list {
		spec, _ := item.(map[string]any)
		kind := map[string]string{"CLICK_THROUGH": "click", "VIEW_THROUGH": "view", "ENGAGED_VIDEO_VIEW": "ev"}[text(spec, "event_type")]
		if days := whole(spec, "window_days"); kind != "" && days > 0 {
			windows = append(windows, fmt.Sprintf("%dd_%s", days, kind))
		}
	}
	if windows == nil {
		return []string{"7d_click", "1d_view"}
	}
	return windows
}

// creditedWindows are the days after a click and after an impression in which an ad set's results are counted. Engaged views of a video are not told
// from others.
func creditedWindows(data map[string]any) eventlog.Windows {
	list, _ := data["attribution_spec"].([]any)
	if len(list) == 0 {
		return 0
	}
	var click, view int64
	for _, item := range list {
		spec, _ := item.(map[string]any)
		switch days := whole(spec, "window_days"); text(spec, "event_type") {
		case "CLICK_THROUGH":
			click = days
		case "VIEW_THROUGH":
			view = days
		}
	}
	return eventlog.WindowsOf(click, view)
}
