package account

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/audience"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Limits of one upload.
const (
	mostRows    = 10_000
	mostSamples = 10 // of invalid rows in the answer
)

// hashPattern is a SHA-256 in hexadecimal, in which most keys have to come.
var hashPattern = regexp.MustCompile(`^[0-9a-fA-F]{64}$`)

// hashedKeys come as SHA-256, with and without its name behind them.
func hashedKeys() []string {
	return strings.Fields("EMAIL PHONE GEN DOBY DOBM DOBD DOB LN FN FI CT ST ZIP COUNTRY EMAIL_SHA256 PHONE_SHA256")
}

// plainKeys come as they are.
func plainKeys() []string {
	return strings.Fields("EXTERN_ID MADID MOBILE_ADVERTISER_ID UID FACEBOOK_UID IGUID PAGEUID LOOKALIKE_VALUE WHATSAPP_PHONE APPUID")
}

// upload is a part of a list of people, decoded.
type upload struct {
	keys []string
	data []any
	raw  bool // rows are not hashed yet
}

// users makes an action of what an upload does: members are kept by their hashed ids, and the rows are counted.
func users(change audience.Change) graph.Action {
	return func(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
		list := call.Node
		if subtype := list.Text("subtype"); subtype != "CUSTOM" {
			return nil, object.Broken("audience.users", 0, "people can't be uploaded to a "+subtype+" audience", "payload")
		}
		part, err := uploadOf(object.Members(call.Args, "payload"))
		if err != nil {
			return nil, err
		}
		valid, samples := part.count()
		before := object.Whole(list.Data, "received")
		after := receivedAfter(change, before, valid)
		list.Data["received"], list.Data["time_content_updated"] = after, call.Now
		if err := audience.Apply(ctx, tx, list, change, part.members()); err != nil {
			return nil, err
		}
		if err := call.Save(ctx, tx, list); err != nil {
			return nil, err
		}
		changed, was := map[string]any{"received": after}, map[string]any{"received": before}
		session := object.Text(object.Members(call.Args, "session"), "session_id")
		if session == "" { // an upload in one piece is a session of its own
			if session, _, err = tx.NextID(ctx); err != nil {
				return nil, err
			}
		}
		return object.Ordered{
			{Name: "audience_id", Value: list.ID}, {Name: "session_id", Value: session}, {Name: "num_received", Value: len(part.data)},
			{Name: "num_invalid_entries", Value: int64(len(part.data)) - valid}, {Name: "invalid_entry_samples", Value: samples},
		}, call.Audit(ctx, tx, list, "update", changed, was)
	}
}

// receivedAfter is how many rows an audience has received after an upload.
func receivedAfter(change audience.Change, before, valid int64) int64 {
	switch change {
	case audience.Remove:
		return max(0, before-valid)
	case audience.Replace:
		return valid
	case audience.Add:
	}
	return before + valid
}

// uploadOf reads a payload.
func uploadOf(payload map[string]any) (u upload, err error) {
	u.keys, u.data = object.IDs(payload["schema"]), object.Listed(payload, "data")
	u.raw, _ = payload["is_raw"].(bool)
	if len(u.keys) == 0 {
		return u, object.Broken("payload.schema", 0, "payload.schema is required: a key such as EMAIL_SHA256, or a list of keys", "payload", "schema")
	}
	known := append(hashedKeys(), plainKeys()...)
	for _, key := range u.keys {
		if !slices.Contains(known, key) {
			return u, object.Broken("payload.schema", 0, fmt.Sprintf("payload.schema: %q must be one of {%s}", key, strings.Join(known, ", ")), "payload", "schema")
		}
	}
	if n := len(u.data); n == 0 || n > mostRows {
		f := object.Broken("payload.data", 0, fmt.Sprintf("payload.data has %d rows, it must have 1 to %d", n, mostRows), "payload", "data")
		f.Sent, f.Limit = n, mostRows
		return u, f
	}
	return u, nil
}

// identifying reports whether a key alone says who somebody is.
func identifying(key string) bool {
	return slices.Contains(strings.Fields(`EMAIL EMAIL_SHA256 PHONE PHONE_SHA256 EXTERN_ID MADID MOBILE_ADVERTISER_ID UID FACEBOOK_UID IGUID PAGEUID
		WHATSAPP_PHONE APPUID`), key)
}

// members are those whom the valid rows name, by each of their ids.
func (u upload) members() []audience.Member {
	var members []audience.Member
	for _, row := range u.data {
		if !u.fits(row) {
			continue
		}
		for i, cell := range cellsOf(row) {
			text := strings.TrimSpace(fmt.Sprint(cell))
			if cell == nil || text == "" || !identifying(u.keys[i]) {
				continue
			}
			if u.raw && strings.HasPrefix(u.keys[i], "PHONE") {
				text = strings.Map(digit, text)
			}
			members = append(members, audience.MemberOf(text))
		}
	}
	return members
}

// digit leaves out what is none.
func digit(r rune) rune {
	if r < '0' || r > '9' {
		return -1
	}
	return r
}

// cellsOf are the values of a row, which may be one value by itself.
func cellsOf(row any) []any {
	if cells, many := row.([]any); many {
		return cells
	}
	return []any{row}
}

// count is how many rows are valid, and some of those that are not, by their number.
func (u upload) count() (valid int64, samples object.Ordered) {
	samples = object.Ordered{}
	for i, row := range u.data {
		if u.fits(row) {
			valid++
		} else if len(samples) < mostSamples {
			samples = append(samples, object.Member{Name: fmt.Sprint(i), Value: row})
		}
	}
	return valid, samples
}

// fits reports whether a row has a value for each key, hashed where it has to be, and not all of them empty.
func (u upload) fits(row any) bool {
	cells := cellsOf(row)
	if len(cells) != len(u.keys) {
		return false
	}
	filled := false
	for i, cell := range cells {
		text := strings.TrimSpace(fmt.Sprint(cell))
		if text == "" || cell == nil {
			continue
		}
		if slices.Contains(hashedKeys(), u.keys[i]) && !u.raw && !hashPattern.MatchString(text) {
			return false
		}
		filled = true
	}
	return filled
}
