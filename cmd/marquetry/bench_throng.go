package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/store"
)

// viewers is how many different ones ask, in turns.
const viewers = 1 << 14

// spread is how the ads of an account are spread over sets, and who asks for them.
type spread struct {
	set  func(i int) (members map[string]any, ads int) // the i-th
	asks func(account string, n int64) client.DecisionRequest
}

// alike is an account of equals, fifty to a set: none can be told from the others before it is drawn for, so that nothing spares the auction a look.
func alike() spread {
	return spread{func(i int) (map[string]any, int) { return withLimits(i), 50 }, asking}
}

// throng puts so many active ads beside one, in sets of their own, in one transaction past the server. It returns the last.
func throng(ctx context.Context, data, ad string, ads int, all spread) (last string, err error) {
	db, err := store.Open(ctx, store.Config{Dir: data})
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	err = db.Write(ctx, func(tx store.Tx) error {
		one, err := whole(ctx, tx, ad)
		if err != nil {
			return err
		}
		set, err := whole(ctx, tx, fmt.Sprint(one.Data["adset_id"]))
		if err != nil {
			return err
		}
		for i := 0; ads > 0; i++ {
			members, n := all.set(i)
			under, err := copied(ctx, tx, set, "", members)
			if err != nil {
				return err
			}
			for range min(n, ads) {
				if last, err = copied(ctx, tx, one, under, map[string]any{"adset_id": under, "marquetry_frequency_caps": atMost(1, 20)}); err != nil {
					return err
				}
			}
			ads -= n
		}
		return nil
	})
	return last, err
}

// whole is an object with its references.
func whole(ctx context.Context, tx store.Tx, id string) (*store.Object, error) {
	o, err := tx.Object(ctx, id)
	if err == nil {
		o.Refs, err = refsOf(ctx, tx, id)
	}
	return o, err
}

// copied inserts a copy of an object with other members; an ad stands under another set.
func copied(ctx context.Context, tx store.Tx, o *store.Object, under string, change map[string]any) (id string, err error) {
	one := *o
	one.Data, one.Refs = maps.Clone(o.Data), append([]store.Ref(nil), o.Refs...)
	maps.Copy(one.Data, change)
	for i := range one.Refs {
		if one.Refs[i].Field == "adset_id" {
			one.Refs[i].To = under
		}
	}
	if one.ID, one.Seq, err = tx.NextID(ctx); err != nil {
		return "", err
	}
	return one.ID, tx.Insert(ctx, &one)
}

// withLimits are the members of the i-th set: a budget that lasts, caps, and one of four ways to say whom it is for. Half of the sets are for any one viewer.
func withLimits(i int) map[string]any {
	where := map[string]any{"countries": []any{[]any{"US", "DE", "FR", "GB"}[i/4%4], "CA"}}
	targeting := []map[string]any{
		{"geo_locations": map[string]any{"countries": []any{"US", "DE", "FR", "GB", "CA"}}},
		{"geo_locations": where},
		{"geo_locations": map[string]any{"countries": []any{"US", "DE", "FR", "GB"}}, "age_min": int64(18 + i/4%2*17), "age_max": int64(34 + i/4%2*31), "genders": []any{int64(1 + i/8%2)}},
		{"geo_locations": map[string]any{"countries": []any{"US", "DE", "FR", "GB"}}, "publisher_platforms": []any{"facebook", "instagram"}, "device_platforms": []any{"mobile"}},
	}[i%4]
	return map[string]any{"daily_budget": int64(100_000_000), "frequency_control_specs": atMost(1, 90), "targeting": targeting}
}

// atMost is stored frequency caps.
func atMost(days, times int64) []any {
	return []any{map[string]any{"event": "IMPRESSIONS", "interval_days": days, "max_frequency": times}}
}

// asking is the n-th request for an ad of the account, each of another viewer.
func asking(account string, n int64) client.DecisionRequest {
	n %= viewers
	return client.DecisionRequest{AccountID: account, Viewer: client.Viewer{
		ID: fmt.Sprintf("8f14e45f-ceea-467f-%05d", n), Age: []string{"25-34", "45-54"}[n%2], Gender: []string{"female", "male"}[n/2%2],
		Country: []string{"US", "DE", "FR", "GB"}[n/4%4], Device: "mobile",
	}}
}

// bodies are the requests of all viewers as they go over the wire.
func (s spread) bodies(addr, account string) ([][]byte, error) {
	all := make([][]byte, viewers)
	for n := range all {
		body, err := json.Marshal(s.asks(account, int64(n)))
		if err != nil {
			return nil, err
		}
		all[n] = fmt.Appendf(nil, "POST /v1/decisions HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", addr, len(body), body)
	}
	return all, nil
}

// seen waits until the server delivers an ad that was put in beside it.
func seen(ctx context.Context, server *marquetry.Server, ad, base string) error {
	for start := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		got, err := server.Decide(ctx, client.DecisionRequest{AdID: ad}, base)
		if err != nil || got.Reason != "unknown_ad" || time.Since(start) > time.Minute {
			return err
		}
	}
}
