package deliver

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/marquetry/marquetry/client"
)

// Limits of a request for several places.
const (
	maxSlots   = 20
	maxPageAds = 60 // that all places of a request ask for
	maxSlotID  = 64 // bytes
)

// slotted is a decision request as it travels: for one place, or for those of Slots.
type slotted struct {
	client.DecisionRequest
	Slots *[]client.Slot `json:"slots"`
}

// filled is the answer to a request for several places before it is put into words.
type filled struct {
	ids     []string
	replies []reply
	counter []byte // for a client without a viewer's id; nil for none
}

// page decides for the places of a request, one after the other. No ad comes twice, nor one that the page shows already; what one place shows
// counts under the frequency caps of the next.
func (s *Service) page(ctx context.Context, asked *slotted, caller Caller, now time.Time) (p filled, err error) {
	if err := asked.check(); err != nil {
		return p, err
	}
	req := asked.DecisionRequest
	req.Shown = slices.Clip(req.Shown)
	for i := range *asked.Slots {
		slot := &(*asked.Slots)[i]
		req.BusinessID, req.AccountID, req.AdSetID, req.AdID = slot.BusinessID, slot.AccountID, slot.AdSetID, slot.AdID
		req.Placement, req.Count, req.Width, req.Height = slot.Placement, slot.Count, slot.Width, slot.Height
		caller.slot = slot.ID
		r, err := s.chooseFresh(ctx, &req, caller, now)
		if err != nil {
			for j := range p.replies {
				s.abandon(p.replies[j].made, now)
			}
			return p, inSlot(i, err)
		}
		p.ids, p.replies = append(p.ids, slot.ID), append(p.replies, r)
		for j := range r.made {
			req.Shown = append(req.Shown, r.made[j].ad.id)
		}
		if r.counter != nil {
			p.counter, req.Viewer.Counter = r.counter, string(r.counter)
		}
	}
	return p, nil
}

// check refuses what is wrong with the places as a whole; each by itself is checked as its turn comes.
func (a *slotted) check() error {
	if n := len(*a.Slots); n == 0 || n > maxSlots {
		return invalid("slots", "slots.count", fmt.Sprintf("slots has %d entries, 1 to %d are accepted", n, maxSlots))
	}
	if a.BusinessID+a.AccountID+a.AdSetID+a.AdID+a.Placement != "" || a.Count != 0 || a.Width != 0 || a.Height != 0 {
		return invalid("slots", "slots.members", "with slots, each slot says from where ads are wanted, its placement, count and size; nothing beside them does")
	}
	ads, ids := 0, make(map[string]bool, len(*a.Slots))
	for i := range *a.Slots {
		slot := &(*a.Slots)[i]
		field := "slots." + strconv.Itoa(i) + ".id"
		switch {
		case slot.ID == "" || len(slot.ID) > maxSlotID:
			return invalid(field, "slots.id", fmt.Sprintf("a slot has an id of 1 to %d bytes, by which the answer names it", maxSlotID))
		case ids[slot.ID]:
			return invalid(field, "slots.unique", "two slots have the id "+strconv.Quote(slot.ID))
		}
		ids[slot.ID] = true
		ads += min(max(1, slot.Count), maxCount)
	}
	if ads > maxPageAds {
		return invalid("slots", "slots.ads", fmt.Sprintf("the slots ask for %d ads, at most %d are accepted", ads, maxPageAds))
	}
	return checkShown(a.Shown)
}

// inSlot says in which place a member is wrong that each has for itself.
func inSlot(i int, err error) error {
	var r *refusal
	if !errors.As(err, &r) {
		return err
	}
	switch r.field {
	case "adset_id", "placement", "count", "width", "height", "":
		told := *r
		told.field = "slots." + strconv.Itoa(i)
		if r.field != "" {
			told.field += "." + r.field
		}
		return &told
	}
	return err
}

// appendTo writes a client.PageResponse as JSON.
func (p *filled) appendTo(b []byte) []byte {
	b = append(b, `{"slots":[`...)
	for i := range p.replies {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(b, `{"id":`...), quoted(p.ids[i])...)
		slot := p.replies[i]
		slot.counter = nil
		at := len(b)
		b = slot.appendTo(b)
		b[at] = ',' // for the brace that opens it
	}
	b = append(b, ']')
	if p.counter != nil {
		b = append(append(append(b, `,"counter":"`...), p.counter...), '"')
	}
	return append(b, '}')
}

// Page is [Service.Decide] for several places.
func (s *Service) Page(ctx context.Context, req client.PageRequest, caller Caller, now time.Time) (client.PageResponse, error) {
	asked := slotted{client.DecisionRequest{Viewer: req.Viewer, Shown: req.Shown, Time: req.Time, Explain: req.Explain}, &req.Slots}
	p, err := s.page(ctx, &asked, caller, now)
	answer := client.PageResponse{Slots: make([]client.SlotDecisions, len(p.replies)), Counter: string(p.counter)}
	for i := range p.replies {
		answer.Slots[i] = client.SlotDecisions{ID: p.ids[i], DecisionResponse: p.replies[i].wire()}
		answer.Slots[i].Counter = ""
	}
	return answer, err
}
