package client

// Slot is one place of a page. One of BusinessID, AccountID, AdSetID and AdID says from where its ads come; the other members are those of a DecisionRequest.
type Slot struct {
	ID         string `json:"id"` // by which the answer names it, different for each slot of a request
	BusinessID string `json:"business_id,omitempty"`
	AccountID  string `json:"account_id,omitempty"`
	AdSetID    string `json:"adset_id,omitempty"`
	AdID       string `json:"ad_id,omitempty"`
	Placement  string `json:"placement,omitempty"`
	Count      int    `json:"count,omitempty"`
	Width      int    `json:"width,omitempty"`
	Height     int    `json:"height,omitempty"`
}

// PageRequest asks for ads for up to 20 places of one page, which are filled in the order in which they are named.
type PageRequest struct {
	Slots   []Slot   `json:"slots"`
	Viewer  Viewer   `json:"viewer"`
	Shown   []string `json:"shown,omitempty"` // ids of ads that the page has already; none of them comes
	Time    string   `json:"time,omitempty"`  // RFC 3339; only with a token that has the sandbox scope
	Explain bool     `json:"explain,omitempty"`
}

// PageResponse is the answer to a PageRequest, with the slots in the same order.
type PageResponse struct {
	Slots   []SlotDecisions `json:"slots"`
	Counter string          `json:"counter,omitempty"` // to be sent as viewer.counter the next time, where there is no viewer.id
}

// SlotDecisions is what one place of a page gets. The counter is that of the PageResponse.
type SlotDecisions struct {
	ID string `json:"id"`
	DecisionResponse
}
