package ads

import (
	"context"
	"slices"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// mostDeleted is how many campaigns one request removes at most.
const mostDeleted = 500

// deleteCampaigns removes campaigns of an account by a strategy, with everything below them, and answers which they were and how many
// of those that the strategy chooses are left.
func deleteCampaigns(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	list, err := chosen(ctx, call, tx)
	if err != nil {
		return nil, err
	}
	list = list[min(len(list), int(max(0, object.Whole(call.Args, "delete_offset")))):]
	count, stated := call.Args["object_count"].(int64)
	if !stated {
		count = mostDeleted
	}
	if count < 1 || count > mostDeleted {
		f := object.Broken("campaigns.count", 0, "object_count must be 1 to 500", "object_count")
		f.Sent, f.Limit = int(count), mostDeleted
		return nil, f
	}
	gone := []string{}
	for _, o := range list[:min(len(list), int(count))] {
		if err := remove(ctx, call, tx, o); err != nil {
			return nil, err
		}
		gone = append(gone, o.ID)
	}
	return object.Ordered{{Name: "objects_left_to_delete_count", Value: len(list) - len(gone)}, {Name: "deleted_object_ids", Value: gone}}, nil
}

// chosen are the campaigns that the strategy means, in the order in which they go.
func chosen(ctx context.Context, call *graph.Call, tx store.Tx) ([]*store.Object, error) {
	strategy, before := object.Text(call.Args, "delete_strategy"), object.Whole(call.Args, "before_date")
	statuses := []string{object.Active, object.Paused, object.Archived}
	switch {
	case strategy == "":
		return nil, object.Broken("required", 0, "(#100) The parameter delete_strategy is required", "delete_strategy")
	case strategy == "DELETE_ARCHIVED_BEFORE" && before == 0:
		return nil, object.Broken("required", 0, "(#100) The parameter before_date is required with DELETE_ARCHIVED_BEFORE", "before_date")
	case strategy == "DELETE_ARCHIVED_BEFORE":
		statuses = []string{object.Archived}
	}
	list, err := children(ctx, tx, "campaign", "account_id", call.Node.ID, statuses...)
	if strategy != "DELETE_ANY" {
		slices.Reverse(list)
	}
	return slices.DeleteFunc(list, func(o *store.Object) bool { return before != 0 && o.Updated >= before }), err
}

// remove deletes one campaign as a DELETE on it would.
func remove(ctx context.Context, call *graph.Call, tx store.Tx, o *store.Object) error {
	if err := deleteParent(ctx, call, tx, o); err != nil {
		return err
	}
	before := map[string]any{"status": o.Status}
	if err := setStatus(ctx, call, tx, o, object.Deleted); err != nil {
		return err
	}
	return call.Audit(ctx, tx, o, "delete", map[string]any{}, before)
}
