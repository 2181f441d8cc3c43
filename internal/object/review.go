package object

// What a review can end with.
const (
	Approve    = "APPROVE"
	Disapprove = "DISAPPROVE"
)

// Statuses that a review gives an ad.
const (
	PendingReview = "PENDING_REVIEW"
	Disapproved   = "DISAPPROVED"
)

// Review is the review of an ad, as it is kept in the ad's data under "review".
type Review struct {
	Since    int64          // when it began, with the ad or with its newest creative; unix seconds
	Verdict  string         // Approve or Disapprove; "" until somebody decides, and then time does
	Feedback map[string]any // text by policy, of a refusal
	Assets   []any          // what exactly was refused: objects with id, text and reason, a list
}

// ReviewOf reads the review out of an ad's data. An ad without one was approved long ago.
func ReviewOf(ad map[string]any) Review {
	data := Members(ad, "review")
	return Review{Since: Whole(data, "since"), Verdict: Text(data, "verdict"), Feedback: Members(data, "feedback"), Assets: Listed(data, "assets")}
}

// Data is the review as it is kept.
func (r Review) Data() map[string]any {
	data := map[string]any{"since": r.Since}
	if r.Verdict != "" {
		data["verdict"] = r.Verdict
	}
	if r.Verdict == Disapprove {
		data["feedback"], data["assets"] = r.Feedback, r.Assets
	}
	return data
}

// Status is what the review makes of an ad that could otherwise show: PendingReview, Disapproved, or "" for an approved one. Without a
// verdict an ad is approved once the latency, in seconds, has passed; it was before its review began, where the sandbox names such a time.
func (r Review) Status(now, latency int64) string {
	switch {
	case r.Verdict == Disapprove:
		return Disapproved
	case r.Verdict == "" && now >= r.Since && now < r.Since+latency:
		return PendingReview
	}
	return ""
}

// Account statuses that matter to delivery, by the platform's numbers.

// Unpaid reports whether an account's ads wait for money: it is unsettled, or its settlement is pending.
func Unpaid(status int64) bool { return status == 3 || status == 8 }

// Blocked reports whether an account's ads may not show until somebody looks at it: it is disabled, at risk, closing or closed.
func Blocked(status int64) bool { return status == 2 || status == 7 || status == 100 || status == 101 }
