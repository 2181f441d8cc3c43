package client

// Viewer is what a site tells about the person who is about to see an ad. Every member is optional.
type Viewer struct {
	ID        string   `json:"id,omitempty"`     // opaque to us; kept only as a keyed hash
	Age       string   `json:"age,omitempty"`    // 13-17, 18-24, 25-34, 35-44, 45-54, 55-64 or 65+
	Gender    string   `json:"gender,omitempty"` // male, female
	Country   string   `json:"country,omitempty"`
	Region    string   `json:"region,omitempty"` // of regions, cities and ZIP codes, the name or the key that targeting has
	City      string   `json:"city,omitempty"`
	Zip       string   `json:"zip,omitempty"`
	Device    string   `json:"device,omitempty"`       // mobile, desktop, iphone, android_smartphone, …
	Model     string   `json:"device_model,omitempty"` // as user_device of targeting has it
	OS        string   `json:"os,omitempty"`           // iOS, Android, with a version behind it or not: iOS 17.2
	Locale    string   `json:"locale,omitempty"`       // de, de-AT, de_AT
	Timezone  string   `json:"timezone,omitempty"`     // Europe/Vienna, or an offset such as +02:00
	Interests []string `json:"interests,omitempty"`    // ids or names of interests, behaviours and other traits; nothing else is known of who has some
	Audiences []string `json:"audiences,omitempty"`    // ids of custom audiences to which the site knows the viewer to belong
	Products  []string `json:"products,omitempty"`     // catalog items that they looked at lately, by id or retailer_id
	Counter   string   `json:"counter,omitempty"`      // of the last answer, where there is no id: what was shown under frequency caps
}

// DecisionRequest asks for ads. One of BusinessID, AccountID, AdSetID and AdID says from where.
type DecisionRequest struct {
	BusinessID string `json:"business_id,omitempty"` // whose accounts compete, those with the currency of the first
	AccountID  string `json:"account_id,omitempty"`
	AdSetID    string `json:"adset_id,omitempty"`
	AdID       string `json:"ad_id,omitempty"`
	Placement  string `json:"placement,omitempty"` // a preview format name; MOBILE_FEED_STANDARD when empty
	Count      int    `json:"count,omitempty"`     // how many different ads, 1 when zero
	Viewer     Viewer `json:"viewer"`
	Time       string `json:"time,omitempty"` // RFC 3339; only with a token that has the sandbox scope
	Explain    bool   `json:"explain,omitempty"`

	Width  int      `json:"width,omitempty"`  // with Height: HTML is a banner of exactly that many CSS pixels
	Height int      `json:"height,omitempty"` //
	Shown  []string `json:"shown,omitempty"`  // ids of ads that the page has already; none of them comes
}

// DecisionResponse is the answer to a DecisionRequest. An empty list comes with the reason.
type DecisionResponse struct {
	Decisions []Decision `json:"decisions"`
	Reason    string     `json:"reason,omitempty"`
	Counter   string     `json:"counter,omitempty"` // to be sent as viewer.counter the next time, where there is no viewer.id

	Excluded []Exclusion `json:"excluded,omitempty"`      // with explain, the ads that are not shown, at most 100
	More     int         `json:"excluded_more,omitempty"` // how many others are not
}

// Exclusion is an ad that is not shown, with the first rule that keeps it away.
type Exclusion struct {
	AdID    string `json:"ad_id"`
	AdSetID string `json:"adset_id"`
	Reason  string `json:"reason"`            // as of an empty answer
	Rule    string `json:"rule"`              // the member that says so: targeting.countries, adset.end_time, …
	Message string `json:"message,omitempty"` // in words
}

// Decision is one ad, ready to be shown.
type Decision struct {
	ID            string           `json:"id"`
	AdID          string           `json:"ad_id"`
	AdSetID       string           `json:"adset_id"`
	CampaignID    string           `json:"campaign_id"`
	CombinationID string           `json:"combination_id"`
	ProductID     string           `json:"product_id,omitempty"` // catalog item that is shown
	Assets        map[string]Asset `json:"assets"`               // by slot: image, title, body, description, call_to_action, link, background
	Propensity    float64          `json:"propensity"`
	Policy        string           `json:"policy"`
	ImpressionURL string           `json:"impression_url"` // to be fetched once the ad is on the page
	ViewableURL   string           `json:"viewable_url"`   // to be fetched once half of it was on screen for a second
	ClickURL      string           `json:"click_url"`
	Token         string           `json:"token"`
	Cards         []Card           `json:"cards,omitempty"` // of a carousel, in the order in which they stand
	HTML          string           `json:"html"`
	Explain       *Explanation     `json:"explain,omitempty"`
}

// Asset is what was chosen for one slot.
type Asset struct {
	Index int    `json:"index"` // position in the creative's feed
	ID    string `json:"id"`
	Text  string `json:"text,omitempty"`
	Hash  string `json:"hash,omitempty"`
	URL   string `json:"url,omitempty"`
	Type  string `json:"type,omitempty"`

	Width  int `json:"width,omitempty"` // of the picture or video in pixels; absent where it is not known
	Height int `json:"height,omitempty"`

	Srcset string `json:"srcset,omitempty"` // of a picture: the widths in which it is served, as the attribute of an img lists them

	VideoID   string `json:"video_id,omitempty"`
	VideoURL  string `json:"video_url,omitempty"` // the video itself; URL is the picture that stands for it
	Rendition string `json:"rendition,omitempty"` // feature that gave the picture another form for the placement; hash is still the original's
}

// Card is one card of a carousel. What it says for itself stands here, the rest is as in the decision's assets.
type Card struct {
	Index        int    `json:"index"`           // position among the creative's cards
	Image        *Asset `json:"image,omitempty"` // or video
	Title        string `json:"title,omitempty"`
	Description  string `json:"description,omitempty"`
	CallToAction string `json:"call_to_action,omitempty"`
	URL          string `json:"url,omitempty"` // where it leads
	ClickURL     string `json:"click_url"`
}

// Explanation says how a decision came about.
type Explanation struct {
	Context    string      `json:"context"`    // the learner's view of viewer and place
	Candidates []Candidate `json:"candidates"` // the likeliest combinations, best first
	Snapshot   string      `json:"snapshot"`   // version of the published state that decided
}

// Candidate is one combination that could have been shown.
type Candidate struct {
	CombinationID string  `json:"combination_id"`
	Propensity    float64 `json:"propensity"`
	Mean          float64 `json:"mean,omitempty"` // expected optimisation events per impression; absent while nothing is learnt
	Low           float64 `json:"low,omitempty"`  // of the interval that holds it with 95 % probability
	High          float64 `json:"high,omitempty"`
}
