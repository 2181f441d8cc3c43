package deliver

import (
	"strconv"
	"time"

	"github.com/marquetry/marquetry/internal/auction"
	"github.com/marquetry/marquetry/internal/audience"
	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/frequency"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/pacing"
	"github.com/marquetry/marquetry/internal/target"
)

// Snapshot is all that decisions need, at one moment. It is immutable: learning and changed objects make a new one.
type Snapshot struct {
	objects  *index
	renewed  time.Time                  // when it was last found to be up to date
	seen     int64                      // the store's in-process version before the objects were read
	position int64                      // events of the log that it knows
	refolded bool                       // the folds were reset, and have not come to position again
	learned  map[string]*bandit.Learned // by ad id; of the ad's current creative
	history  map[string][]dayCount      // by ad id, by day
	spent    map[string]spending        // by id of what has a budget
	sums     []summed                   // by number of the ad
	market   *market
}

// Version names a snapshot: the version of the objects and the position in the event log.
func (s *Snapshot) Version() string {
	return strconv.FormatInt(s.objects.version, 10) + "." + strconv.FormatInt(s.position, 10)
}

// index is the objects of a snapshot, by id; accounts by their digits.
type index struct {
	version    int64 // of the store's objects
	latency    int64 // seconds that a review takes
	accounts   map[string]*account
	businesses map[string]*business
	adsets     map[string]*adset
	ads        map[string]*ad
	numbered   []*ad                     // the same by their numbers: those of an account stand together, oldest first
	creatives  map[string]*shown         // and editions: everything that was ever shown
	audiences  map[string]*audience.List // that ads name
	pixels     map[string]string         // pixel id → digits of the account
	shelves    map[string]*shelf         // by product set, those that something here shows
	sharing    map[string]int            // active ads, by id of what has a budget over them
	caps       map[uint64]int64          // longest window of frequency caps in milliseconds, by the key of what has them
	periods    map[string][]period       // of higher demand, by id of the campaign or ad set
}

// business is the accounts of one owner, whose ads compete when ads of the business are asked for.
type business struct {
	currency string // of its first account; accounts with another one do not take part
	accounts []*account
	why      reason // why nothing shows of the others
}

// account is what deciding needs of an ad account.
type account struct {
	id       string // digits
	currency string // ISO 4217
	zone     *time.Location
	number   int   // position in a snapshot
	minor    int64 // millionths of the currency's minor unit
	price    int64 // of one impression at least, in millionths of the currency
	inactive bool  // disabled, unpaid or closed: none of its ads shows
	budget   budget
	ads      []*ad // oldest first
	roster   *roster
	demand   *demand

	audiences []membership // that its ads name
}

// adset is what deciding and learning need of an ad set.
type adset struct {
	id, name       string
	campaign       string // id
	campaignName   string
	campaignStatus string // configured
	status         string // configured
	account        *account
	start, end     int64 // unix seconds, 0 when open
	opened         int64 // unix seconds at which it was made, or starts
	gates          []*pacing.Gate
	targeting      *target.Spec
	audiences      []membership // that the targeting names
	budgets        []budget     // its own, its campaign's and its account's, those that limit anything
	number         int          // position in a snapshot
	strategy       auction.Strategy
	limit          float64 // of the strategy: millionths per event, or the least return on spend
	shown          bool    // the event to optimise for is the impression itself
	objective      bandit.Objective
	event          string   // outcome that counts as the optimisation event
	pixel          string   // id
	windows        []string // attribution windows as learning_stage_info spells them
	credited       eventlog.Windows
	edited         int64               // unix seconds at which it, its newest ad or what that shows was made
	relearns       int64               // unix seconds of the last significant edit of what was there; 0 for none
	caps           []*frequency.Capped // its own and its campaign's
	ads            []*ad
}

// ad is what deciding needs of an ad.
type ad struct {
	id, name string
	number   int     // position in a snapshot
	salt     uint64  // of its draws, see [saltOf]
	bid      float64 // instead of its ad set's limit; 0 for none
	status   string  // configured
	adset    *adset
	creative *shown // the edition, of a creative that has one; nil when it has nothing that can be shown
	waiting  bool   // what was generated for its creative has to be looked at first
	review   object.Review
	start    int64 // unix seconds, 0 when open; within the ad set's run
	end      int64
	macros   map[string]string
	key      uint64              // its id as a number
	caps     []*frequency.Capped // over it: its own, its set's and its campaign's, those that there are
	json     []byte              // the members ad_id, adset_id and campaign_id of its decisions
	steering
}

// since is the first day of which events count towards the end of learning: all when nothing was edited, also those that a sandbox dates
// before the ad set was made.
func (set *adset) since() int32 {
	if set.relearns == 0 {
		return 0
	}
	return dayOf(time.Unix(set.relearns, 0), set.account.zone)
}

// dayCount is what happened to one ad on one day.
type dayCount struct {
	day                 int32 // days since 1970-01-01 in the account's time zone
	impressions, clicks int64
	spend               int64            // millionths of the account's currency
	conversions         map[string]int64 // by outcome name
}

// dayOf is the day of a moment in an account's time zone, as cells have it.
func dayOf(t time.Time, zone *time.Location) int32 { return int32(object.Day(t, zone)) }
