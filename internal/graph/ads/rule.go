package ads

import (
	"context"
	"fmt"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
)

// set is the change that puts a value where a fault is.
func set(f *object.Fault, value any) *object.Fault {
	return f.Put(value)
}

// drop is the change that takes away what a fault is about, or what stands at another path.
func drop(f *object.Fault, path ...string) *object.Fault {
	return f.Without(path...)
}

// coded gives a fault another code than 100.
func coded(f *object.Fault, code int) *object.Fault {
	f.Code = code
	return f
}

// touched reports whether a write is new or sends one of the fields: what holds of old state is not asked again.
func touched(w *graph.Write, names ...string) bool {
	for _, name := range names {
		if _, sent := w.Sent[name]; sent {
			return true
		}
	}
	return w.Creating()
}

// worded runs a hook and gives the faults of its rules the title that people see.
func worded(hook graph.Hook) graph.Hook {
	return func(ctx context.Context, w *graph.Write) error {
		err := hook(ctx, w)
		for _, f := range w.Faults {
			if family, _, ok := strings.Cut(f.Rule, "."); ok && f.Title == "" {
				f.Title = titles()[family]
			}
		}
		return err
	}
}

// titles are what people read above a fault, by the first part of the rule's name.
func titles() map[string]string {
	return map[string]string{
		"account": "This setting of the ad account can't be changed so", "campaign": "The campaign can't be saved",
		"adset": "The ad set can't be saved", "ad": "The ad can't be saved", "status": "This status is not possible",
		"budget": "Check your budget", "bid": "Check your bid", "targeting": "Check your audience", "schedule": "Check your schedule",
		"attribution": "Check your attribution setting", "category": "Special ad category", "parent": "No room for more",
		"limit": "Limit reached", "period": "Check the period", "guidelines": "Check the guidelines for texts",
	}
}

// most says that a limit on a count or an amount is passed.
func most(rule string, sent, limit int, message string, path ...string) *object.Fault {
	f := object.Broken(rule, 0, fmt.Sprintf("%s: %d, at most %d", message, sent, limit), path...)
	f.Sent, f.Limit = sent, limit
	return f
}
