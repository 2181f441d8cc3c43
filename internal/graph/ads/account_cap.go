package ads

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// mostCapChanges is how often the spend cap of an account can change in a day.
const mostCapChanges = 10

// capSince is what an account had spent, in minor units, when its spend cap was last reset. It is kept beside the declared fields.
const capSince = "spend_cap_since"

// spendCap is an account's cap in minor units, as a digit string; "0" is none.
func spendCap(_ *graph.Call, o *store.Object) any {
	return strconv.FormatInt(object.Whole(o.Data, "spend_cap"), 10)
}

// accountCap reads a change of the account's spend cap. It comes in whole units of the currency and is kept in minor ones.
func (s *service) accountCap(ctx context.Context, w *graph.Write) error {
	sent, changed := w.Sent["spend_cap"]
	action := object.Text(w.Data, "spend_cap_action")
	if !changed && action == "" {
		return nil
	}
	if recent := noted(w, "spend_cap_changes", day); s.config.RateLimits && recent > mostCapChanges {
		f := most("account.cap_changes", recent, mostCapChanges, "the account's spend cap changed too often within a day", "spend_cap")
		f.Code, f.Subcode = 17, 1885172
		w.Fault(f)
	}
	spent, err := s.spentEver(ctx, w)
	if err != nil {
		return err
	}
	if whole, ok := sent.(float64); changed {
		limit := int64(math.Round(whole * math.Pow10(object.Decimals(object.Text(w.Data, "currency")))))
		least := spent - object.Whole(w.Old.Data, capSince)
		switch {
		case ok && (whole < 0 || whole > 1e12):
			w.Fault(object.Broken("account.cap", 0, "spend_cap must be 0 to 1000000000000, in whole units of the currency", "spend_cap"))
		case limit > 0 && limit < least && action != "reset":
			w.Fault(object.Broken("account.cap", 0, fmt.Sprintf("spend_cap is %d minor units, and %d are spent already", limit, least), "spend_cap"))
		}
		w.Data["spend_cap"] = limit
	}
	switch action {
	case "reset":
		w.Data[capSince] = spent
	case "delete":
		delete(w.Data, "spend_cap")
		delete(w.Data, capSince)
	}
	return nil
}

// spentEver is what the account has cost so far, in minor units.
func (s *service) spentEver(ctx context.Context, w *graph.Write) (int64, error) {
	if s.config.Spent == nil {
		return 0, nil
	}
	spent, err := s.config.Spent(ctx, w.Call, w.Tx, []*store.Object{w.Old}, false)
	if err != nil {
		return 0, err
	}
	return spent[0], nil
}
