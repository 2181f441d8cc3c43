package client

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
)

// Decide asks for ads to show. No ad to show is not an error: the list is empty and Reason says why.
func (c *Client) Decide(ctx context.Context, want DecisionRequest) (DecisionResponse, error) {
	var got DecisionResponse
	err := c.postJSON(ctx, "/v1/decisions", want, &got)
	return got, err
}

// DecidePage asks for ads for several places of a page at once. No ad comes twice.
func (c *Client) DecidePage(ctx context.Context, want PageRequest) (PageResponse, error) {
	var got PageResponse
	err := c.postJSON(ctx, "/v1/decisions", want, &got)
	return got, err
}

// Impression reports that a decision's ad was seen, by its ImpressionURL.
func (c *Client) Impression(ctx context.Context, impressionURL string) error {
	_, err := c.send(ctx, request{method: http.MethodGet, url: impressionURL, repeatable: true, public: true})
	return err
}

// Click reports a click by a decision's ClickURL and returns where it leads. The redirect is not followed.
func (c *Client) Click(ctx context.Context, clickURL string) (*url.URL, error) {
	a, err := c.send(ctx, request{method: http.MethodGet, url: clickURL, repeatable: true, public: true})
	if err != nil {
		return nil, err
	}
	location := a.header.Get("Location")
	if location == "" {
		return nil, fmt.Errorf("the click was answered with status %d and leads nowhere", a.status)
	}
	u, err := url.Parse(location)
	if err != nil {
		return nil, fmt.Errorf("the click leads to a bad address: %w", err)
	}
	return u, nil
}

// Pixel fires a pixel as a page's image request does: event and pixel id first, then the event's own parameters, such as
// cd[value], cd[currency], eid (event id) and fbc (the click id).
func (c *Client) Pixel(ctx context.Context, pixelID, event string, params url.Values) error {
	query := url.Values{"id": {pixelID}, "ev": {event}}
	for name, values := range params {
		query[name] = values
	}
	_, err := c.send(ctx, request{method: http.MethodGet, url: c.root("/tr?" + query.Encode()), repeatable: true, public: true})
	return err
}

// Events reports up to 1000 things that happened, in one request. Events that the server refuses are not an error of the call:
// each result says what became of its event, and is answered once the event is on disk.
func (c *Client) Events(ctx context.Context, events []Event) (EventResults, error) {
	var got EventResults
	err := c.postJSON(ctx, "/v1/events", EventBatch{Events: events}, &got)
	return got, err
}

// Learned is the state after [Client.Learn].
type Learned struct {
	Events   int64  `json:"events"`   // events of the log that the published state knows
	Snapshot string `json:"snapshot"` // version of the published state
}

// Learn makes the server learn from everything logged so far and decide by it from now on, instead of in its own time.
// It needs a token with the sandbox scope.
func (c *Client) Learn(ctx context.Context) (Learned, error) {
	var got Learned
	err := c.postJSON(ctx, "/v1/learn", struct{}{}, &got)
	return got, err
}

// Status is what the server tells its operator.
type Status struct {
	Started  string  `json:"started"`  // RFC 3339
	Snapshot string  `json:"snapshot"` // version of the published state that decides
	Logged   int64   `json:"logged"`   // events in the log
	Folds    []Fold  `json:"folds"`    // what is computed from the log
	Refused  Refused `json:"refused"`

	Duplicates int64 `json:"duplicates"` // conversions since the start that were reported before
	Wins       int64 `json:"wins"`       // notices since the start that a bid won the auction of an exchange
	Losses     int64 `json:"losses"`     // and that one did not, or that its impression will not be
	Fallbacks  int64 `json:"fallbacks"`  // decisions without knowledge that there should have been: models or objects were not renewed, or failed
	Capped     int   `json:"capped"`     // pairs of a viewer and what has frequency caps, of which this process knows when the one saw the other
	Forgotten  int64 `json:"forgotten"`  // those that were forgotten for want of room while a cap still counted them
	Remembered int   `json:"remembered"` // pairs of a viewer and an ad of which this process knows how often the one has seen the other

	Budget *Budget `json:"budget,omitempty"` // that was asked for
}

// Budget is how far the budget of an ad set, a campaign or an account has come on its day, in millionths of the account's currency.
type Budget struct {
	ID          string  `json:"id"`
	Delivered   int64   `json:"delivered"`   // today
	Scheduled   int64   `json:"scheduled"`   // what would have been by now if requests came as they are expected
	Outstanding int64   `json:"outstanding"` // handed out by this process, not seen yet
	Allowance   int64   `json:"allowance"`   // what this process may hand out at this moment
	Share       float64 `json:"share"`       // of what is left that is for this process
	ShowRate    float64 `json:"show_rate"`   // of what is handed out
}

// Fold is how far a computation over the event log has come: "rollups" for the reports, "learning" for the models.
type Fold struct {
	Name     string `json:"name"`
	Position int64  `json:"position"` // of the last event taken in
	Lag      int64  `json:"lag"`      // events still to be taken in
}

// Refused counts the decision tokens that were not accepted since the server started, by the reason. Replayed ones were good, but what
// they report was already logged.
type Refused struct {
	Malformed int64 `json:"malformed"`
	Forged    int64 `json:"forged"`
	Stale     int64 `json:"stale"`
	Replayed  int64 `json:"replayed"`
}

// Status asks how the server is. It needs a token with the admin scope.
func (c *Client) Status(ctx context.Context) (Status, error) { return c.status(ctx, "") }

// Budget asks how far a budget has come: that of an ad set, a campaign or an account (act_…). It needs a token with the admin scope.
func (c *Client) Budget(ctx context.Context, owner string) (Budget, error) {
	got, err := c.status(ctx, "?budget="+url.QueryEscape(owner))
	if err != nil {
		return Budget{}, err
	}
	return *got.Budget, nil
}

// status asks how the server is, and by the query for more.
func (c *Client) status(ctx context.Context, query string) (Status, error) {
	var got Status
	a, err := c.send(ctx, request{method: http.MethodGet, url: c.root("/v1/status") + query, repeatable: true})
	if err == nil {
		err = decode(a.body, &got)
	}
	return got, err
}

// postJSON sends a value to a path below the server's root and decodes the answer. All such requests may be sent twice: a
// decision is not an exposure until its impression is reported, and events are de-duplicated.
func (c *Client) postJSON(ctx context.Context, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("encoding the request: %w", err)
	}
	a, err := c.send(ctx, request{
		method: http.MethodPost, url: c.root(path), body: body, contentType: "application/json", repeatable: true,
	})
	if err != nil {
		return err
	}
	return decode(a.body, out)
}
