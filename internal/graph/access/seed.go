package access

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Seeded are the objects that a fresh instance has.
type Seeded struct {
	UserID    string `json:"user_id"`
	AccountID string `json:"account_id"` // digits, without act_
	PageID    string `json:"page_id"`
	PixelID   string `json:"pixel_id"`

	BusinessID   string `json:"business_id"` // owns the account and the Page
	AppID        string `json:"app_id"`      // its tokens are issued on behalf of
	SystemUserID string `json:"system_user_id"`
}

// seededKey is the setting that remembers them.
const seededKey = "ads.seeded"

// Seed gives a fresh instance one user, one ad account, one Page, one pixel, and the business and the application that they belong to. An
// instance gets what it does not have, because it was made before there was such a thing; one that has it all answers what it is.
func Seed(ctx context.Context, tx store.Tx, now int64) (Seeded, error) {
	var made Seeded
	known, err := tx.Setting(ctx, seededKey)
	if err == nil {
		err = json.Unmarshal([]byte(known), &made)
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) || made.BusinessID != "" {
		return made, err
	}
	s := seeder{tx, now}
	if made.UserID == "" {
		if err := s.all(ctx, &made); err != nil {
			return Seeded{}, fmt.Errorf("access: seed: %w", err)
		}
	}
	if err := s.owners(ctx, &made); err != nil {
		return Seeded{}, fmt.Errorf("access: seed: %w", err)
	}
	text, err := json.Marshal(made)
	if err != nil {
		return Seeded{}, err
	}
	return made, tx.SetSetting(ctx, seededKey, string(text))
}

// seeder makes objects.
type seeder struct {
	tx  store.Tx
	now int64
}

// all makes the four in the order in which lists rely on: the user is the very first object.
func (s seeder) all(ctx context.Context, made *Seeded) (err error) {
	if made.UserID, err = s.insert(ctx, "user", "", map[string]any{"name": "Marquetry", "first_name": "Marquetry", "short_name": "Marquetry", "locale": "en_US"}); err != nil {
		return err
	}
	if made.AccountID, err = s.insert(ctx, "adaccount", "", AccountData("First account", "USD", 0, "UTC")); err != nil {
		return err
	}
	if made.PageID, err = s.insert(ctx, "page", "", map[string]any{
		"name": "First Page", "category": "Shopping & retail", "is_published": true, "is_verified": false, "verification_status": "not_verified",
		"fan_count": int64(0), "followers_count": int64(0), "tasks": []any{"ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MANAGE"},
	}); err != nil {
		return err
	}
	made.PixelID, err = s.insert(ctx, "adspixel", made.AccountID, map[string]any{
		"name": "First pixel", "data_use_setting": "ADVERTISING_AND_ANALYTICS", "first_party_cookie_status": "FIRST_PARTY_COOKIE_ENABLED",
		"enable_automatic_matching": false, "is_created_by_business": false, "is_unavailable": false, "can_proxy": false,
	})
	return err
}

// owners makes the business, the application and the system user, and gives the business the user and every ad account and Page.
func (s seeder) owners(ctx context.Context, made *Seeded) (err error) {
	if made.BusinessID, err = s.insert(ctx, "business", "", map[string]any{
		"name": "First business", "vertical": "RETAIL", "timezone_id": int64(0), "verification_status": "not_verified", "two_factor_type": "none",
		"is_hidden": false, "primary_page_id": made.PageID,
	}); err != nil {
		return err
	}
	if made.AppID, err = s.insert(ctx, "application", "", map[string]any{
		"name": "First application", "category": "Business and pages", "namespace": "first_application", "app_type": int64(0),
		"supported_platforms": []any{"WEB"}, "owner_business_id": made.BusinessID,
	}); err != nil {
		return err
	}
	if made.SystemUserID, err = s.insert(ctx, "user", "", SystemUser("First system user", "ADMIN", made.BusinessID)); err != nil {
		return err
	}
	return errors.Join(
		s.own(ctx, "adaccount", map[string]any{"owner": made.BusinessID}),
		s.own(ctx, "page", map[string]any{"owner_business_id": made.BusinessID}),
		s.own(ctx, "user", map[string]any{"business_id": made.BusinessID, "role": "ADMIN"}),
	)
}

// own sets members of every object of a type that does not have them. It keeps the time of their last change: nobody changed them.
func (s seeder) own(ctx context.Context, typ string, members map[string]any) error {
	t := object.Types()[slices.IndexFunc(object.Types(), func(t *object.Type) bool { return t.Name == typ })]
	return s.tx.All(ctx, typ, func(o *store.Object) error {
		for name, value := range members {
			if o.Data[name] == nil {
				o.Data[name] = value
			}
		}
		o.Refs = graph.References(t, o)
		return s.tx.Update(ctx, o)
	})
}

// insert adds one object and answers its digits; an account has them in its id, too.
func (s seeder) insert(ctx context.Context, typ, account string, data map[string]any) (string, error) {
	digits, seq, err := s.tx.NextID(ctx)
	if err != nil {
		return "", err
	}
	o := &store.Object{ID: digits, Type: typ, AccountID: account, Seq: seq, Data: data, Created: s.now, Updated: s.now}
	if typ == "adaccount" {
		o.ID, o.AccountID = "act_"+digits, digits
	}
	if account != "" {
		o.Refs = []store.Ref{{Field: "account_id", To: "act_" + account}}
	}
	return digits, s.tx.Insert(ctx, o)
}
