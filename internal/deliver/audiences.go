package deliver

import (
	"context"
	"slices"

	"github.com/marquetry/marquetry/internal/audience"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// maxMembers bounds the members of all audiences that a snapshot holds: of eight bytes each.
const maxMembers = 16_000_000

// membership is a custom audience that targeting names, with who is in it.
type membership struct {
	id   string
	list *audience.List
}

// fillAudiences reads who is in the audiences that ads of the account name, or what changed since old was made. An audience that is not the
// account's own, or for which there is no room, holds nobody.
func (b *builder) fillAudiences(ctx context.Context, tx store.Tx, owner *account, old map[string]*audience.List) error {
	var last *adset
	for _, a := range owner.roster.ads {
		set := a.adset
		if set == last || set.audiences != nil {
			continue
		}
		last = set
		for _, id := range set.targeting.Audiences() {
			list, err := b.list(ctx, tx, owner, id, old[id])
			if err != nil {
				return err
			}
			if list != nil {
				set.audiences = append(set.audiences, membership{id, list})
			}
		}
		for _, m := range set.audiences {
			if !slices.Contains(owner.audiences, m) {
				owner.audiences = append(owner.audiences, m)
			}
		}
	}
	return nil
}

// list is who is in an audience, nil when nobody can be.
func (b *builder) list(ctx context.Context, tx store.Tx, owner *account, id string, old *audience.List) (*audience.List, error) {
	o := b.audiences[id]
	if list := b.out.audiences[id]; list != nil || o == nil || o.Status == object.Deleted || o.AccountID != owner.id {
		return list, nil
	}
	list, err := audience.Read(ctx, tx, o, old)
	if err != nil {
		return nil, err
	}
	if b.members += list.Len(); b.members > maxMembers {
		b.members -= list.Len()
		b.log.Error("there is no room for an audience: nobody counts as a member", "audience", id, "members", list.Len())
		return nil, nil
	}
	b.out.audiences[id] = list
	return list, nil
}

// enter puts into what is known of the viewer what depends on the account: the hour there, and which of some audiences hold the viewer.
func (q *query) enter(owner *account, audiences []membership) {
	q.known.Hour = hourOf(q.now.In(owner.zone))
	q.known.Audiences = q.claimed
	if q.viewerID == "" || len(audiences) == 0 {
		return
	}
	if q.member == 0 {
		q.member = audience.MemberOf(q.viewerID)
	}
	for _, m := range audiences {
		if m.list.Holds(q.member) {
			q.known.Audiences = append(slices.Clip(q.known.Audiences), m.id)
		}
	}
}
