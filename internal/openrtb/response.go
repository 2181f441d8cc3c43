package openrtb

// Version is what an answer says it speaks, in the header x-openrtb-version.
const Version = "2.6"

// BidResponse is the answer to a request. Without a bid it says why, where somebody asked.
type BidResponse struct {
	ID      string       `json:"id"`
	SeatBid []SeatBid    `json:"seatbid,omitempty"`
	Cur     string       `json:"cur,omitempty"`
	NBR     int          `json:"nbr,omitempty"`
	Ext     *Explanation `json:"ext,omitempty"`
}

// SeatBid is the bids of one seat: of one ad account.
type SeatBid struct {
	Bid  []Bid  `json:"bid"`
	Seat string `json:"seat,omitempty"`
}

// Bid is an offer for one imp.
type Bid struct {
	ID      string   `json:"id"`
	ImpID   string   `json:"impid"`
	Price   float64  `json:"price"` // for a thousand impressions
	AdID    string   `json:"adid,omitempty"`
	NURL    string   `json:"nurl,omitempty"`
	BURL    string   `json:"burl,omitempty"`
	LURL    string   `json:"lurl,omitempty"`
	AdM     string   `json:"adm"`
	ADomain []string `json:"adomain,omitempty"`
	IURL    string   `json:"iurl,omitempty"`
	CID     string   `json:"cid,omitempty"`
	CrID    string   `json:"crid,omitempty"`
	W       int      `json:"w,omitempty"`
	H       int      `json:"h,omitempty"`
	MType   int      `json:"mtype"`
	Exp     int      `json:"exp,omitempty"` // seconds from bid to impression
}

// Types of markup.
const (
	MarkupBanner = 1
	MarkupNative = 4
)

// AuctionPrice is the macro for which an exchange puts the clearing price, wherever it stands in an address or in the markup.
const AuctionPrice = "${AUCTION_PRICE}"

// AuctionLoss is the macro for which an exchange puts why a bid was lost, and LossWon what it puts for one that was not (OpenRTB 2.6, 4.4).
const (
	AuctionLoss = "${AUCTION_LOSS}"
	LossWon     = "0"
)

// Explanation says of each imp why there is no bid on it.
type Explanation struct {
	Reasons []ImpReason `json:"reasons"`
}

// ImpReason is why there is no bid on an imp; detail is why no ad may be shown, in the words of a decision.
type ImpReason struct {
	ImpID  string `json:"impid"`
	Reason string `json:"reason"`
	Detail string `json:"detail,omitempty"`
}

// Add puts a bid under the seat that makes it.
func (a *BidResponse) Add(seat string, bid Bid) {
	for i := range a.SeatBid {
		if a.SeatBid[i].Seat == seat {
			a.SeatBid[i].Bid = append(a.SeatBid[i].Bid, bid)
			return
		}
	}
	a.SeatBid = append(a.SeatBid, SeatBid{Bid: []Bid{bid}, Seat: seat})
}
