package openrtb

// BidRequest asks for bids on the impressions of one page view.
type BidRequest struct {
	ID     string    `json:"id"`
	Imp    []Imp     `json:"imp"`
	Site   *struct{} `json:"site"` // whether it is a page
	App    *struct{} `json:"app"`  // whether it is an app
	Device Device    `json:"device"`
	User   User      `json:"user"`
	Regs   Regs      `json:"regs"`
	Test   int       `json:"test"`  // 1: nothing of this is billed
	AT     int       `json:"at"`    // 1 first price, 2 second price, which 0 stands for, too; others are the exchange's own
	TMax   int       `json:"tmax"`  // milliseconds; 0 when unsaid
	WSeat  []string  `json:"wseat"` // seats that may bid; empty for all
	BSeat  []string  `json:"bseat"` // seats that may not
	Cur    []string  `json:"cur"`   // currencies in which to bid; none means USD
	ACat   []string  `json:"acat"`  // allowed categories, empty for all
	BAdv   []string  `json:"badv"`  // blocked advertisers, by domain
}

// Imp is one place for an ad. It may be offered in several forms; of those that are no banner and no native, only that they are there is read.
type Imp struct {
	ID       string    `json:"id"`
	Banner   *Banner   `json:"banner"`
	Native   *Native   `json:"native"`
	Video    *struct{} `json:"video"`
	Audio    *struct{} `json:"audio"`
	PMP      PMP       `json:"pmp"`
	Instl    int       `json:"instl"` // 1: covers the whole screen
	TagID    string    `json:"tagid"`
	Floor    float64   `json:"bidfloor"`    // per thousand impressions
	FloorCur string    `json:"bidfloorcur"` // USD when empty
	Secure   int       `json:"secure"`      // 1: every address has to be https
}

// Banner is a rectangle of a page or app.
type Banner struct {
	Format []Format `json:"format"`
	W      int      `json:"w"`
	H      int      `json:"h"`
	BType  []int    `json:"btype"` // blocked kinds of markup
	Pos    int      `json:"pos"`   // 7: full screen
	Mimes  []string `json:"mimes"`
}

// Format is one size that a banner may have, in pixels that do not depend on the device.
type Format struct {
	W int `json:"w"`
	H int `json:"h"`
}

// Native is an ad that takes the look of what is around it. What it is made of is a JSON text of its own, which [Parse] reads into Asked.
type Native struct {
	Request string         `json:"request"`
	Asked   *NativeRequest `json:"-"`
}

// PMP is a private marketplace. Its deals are for buyers who know them.
type PMP struct {
	Private int `json:"private_auction"` // 1: only deals may bid
}

// Device is what the ad is looked at with.
type Device struct {
	Type     int    `json:"devicetype"` // AdCOM: 1 mobile or tablet, 2 computer, 3 television, 4 phone, 5 tablet, …
	OS       string `json:"os"`
	OSV      string `json:"osv"`
	Model    string `json:"model"`
	Language string `json:"language"` // two letters
	LangB    string `json:"langb"`    // BCP 47, instead of Language
	IFA      string `json:"ifa"`      // the device's id for advertisers
	DNT      int    `json:"dnt"`      // 1: do not track
	LMT      int    `json:"lmt"`      // 1: limit tracking
	Geo      Geo    `json:"geo"`
}

// Geo is a place: where a device is, or where a person lives.
type Geo struct {
	Country string `json:"country"` // ISO 3166-1 alpha-3
	Region  string `json:"region"`  // ISO 3166-2, without the country
	City    string `json:"city"`
	Zip     string `json:"zip"`
	Offset  *int   `json:"utcoffset"` // minutes by which the clocks are ahead of UTC
}

// User is who sees the ad.
type User struct {
	ID       string `json:"id"`       // the exchange's
	BuyerUID string `json:"buyeruid"` // ours
	YOB      int    `json:"yob"`      // year of birth
	Gender   string `json:"gender"`   // M, F or O
	Geo      Geo    `json:"geo"`
	Consent  string `json:"consent"` // a TCF string
	Ext      struct {
		Consent string `json:"consent"` // where OpenRTB 2.5 had it
	} `json:"ext"`
}

// Regs is which laws hold.
type Regs struct {
	COPPA     int       `json:"coppa"` // 1: a child may be there
	GDPR      int       `json:"gdpr"`  // 1: the GDPR holds
	USPrivacy string    `json:"us_privacy"`
	GPPSID    []int     `json:"gpp_sid"` // sections of the GPP string that hold; none, -1 or 0: no section does
	Ext       *RegsBits `json:"ext"`
}

// RegsBits are the members that OpenRTB 2.5 had in ext.
type RegsBits struct {
	GDPR      int    `json:"gdpr"`
	USPrivacy string `json:"us_privacy"`
	GPPSID    []int  `json:"gpp_sid"`
}
