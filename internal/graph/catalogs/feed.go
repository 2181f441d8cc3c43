package catalogs

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/catalog"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// writeFeed checks a feed's currency and schedules. A schedule's password is dropped, from the audit too: nobody would use it.
func writeFeed(_ context.Context, w *graph.Write) error {
	if currency := object.Text(w.Data, "default_currency"); currency != "" && !catalog.IsCurrency(currency) {
		w.Fault(object.Broken("product_feed.default_currency", 0, "(#100) Param default_currency must be a valid ISO 4217 currency code, such as USD", "default_currency"))
	}
	for _, name := range []string{"schedule", "update_schedule"} {
		plan := object.Members(w.Data, name)
		if plan == nil {
			continue
		}
		plan = maps.Clone(plan)
		delete(plan, "password")
		if w.Data[name] = plan; w.Sent[name] != nil {
			w.Sent[name] = plan
			checkSchedule(w, name, plan)
		}
	}
	return nil
}

// checkSchedule checks when and from where a file is to come.
func checkSchedule(w *graph.Write, name string, plan map[string]any) {
	broken := func(member, message string) {
		w.Fault(object.Broken("product_feed.schedule."+member, 0, "(#100) Param "+name+": "+message, name, member))
	}
	if !slices.Contains([]string{"DAILY", "HOURLY", "MONTHLY", "WEEKLY"}, strings.ToUpper(object.Text(plan, "interval"))) {
		broken("interval", "interval must be one of {DAILY, HOURLY, MONTHLY, WEEKLY}")
	}
	if !catalog.IsLink(object.Text(plan, "url")) {
		broken("url", "url must be an http or https address")
	}
	for member, most := range map[string]int64{"hour": 23, "minute": 59} {
		if n := object.Whole(plan, member); n < 0 || n > most {
			broken(member, member+" is no time of day")
		}
	}
}

// schedule is a plan as it reads back, with what was not said filled in.
func schedule(name string) func(*graph.Call, *store.Object) any {
	return func(_ *graph.Call, o *store.Object) any {
		plan := object.Members(o.Data, name)
		if plan == nil {
			return nil
		}
		plan = maps.Clone(plan)
		plan["interval"] = strings.ToUpper(object.Text(plan, "interval"))
		for _, member := range []string{"hour", "minute", "interval_count"} {
			plan[member] = object.Whole(plan, member)
		}
		plan["interval_count"] = max(1, object.Whole(plan, "interval_count"))
		return plan
	}
}

// deleteFeed takes the feed's items and uploads along.
func deleteFeed(ctx context.Context, _ *graph.Call, tx store.Tx, feed *store.Object) error {
	if err := erase(ctx, tx, "productitem", "product_feed_id", feed.ID); err != nil {
		return err
	}
	return eraseUploads(ctx, tx, feed.ID)
}

// eraseUploads takes away a feed's uploads with what was wrong in them.
func eraseUploads(ctx context.Context, tx store.Tx, feedID string) error {
	return each(ctx, tx, store.Listing{Type: "productfeedupload", Field: "product_feed_id", To: feedID}, func(upload *store.Object) error {
		err := each(ctx, tx, store.Listing{Type: "productfeeduploaderror", Field: "upload_id", To: upload.ID}, func(trouble *store.Object) error {
			if err := erase(ctx, tx, "productfeeduploaderrorsample", "error_id", trouble.ID); err != nil {
				return err
			}
			return tx.Delete(ctx, trouble.ID)
		})
		if err != nil {
			return err
		}
		return tx.Delete(ctx, upload.ID)
	})
}
