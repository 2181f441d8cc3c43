package ads

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/marquetry/marquetry/internal/store"
)

// Seeded are the objects that a fresh instance has.
type Seeded struct {
	UserID    string `json:"user_id"`
	AccountID string `json:"account_id"` // digits, without act_
	PageID    string `json:"page_id"`
	PixelID   string `json:"pixel_id"`
}

// seededKey is the setting that remembers them.
const seededKey = "ads.seeded"

// usualCPM is what a new account charges for a thousand impressions, in millionths of the currency: 5.00.
const usualCPM = 5_000_000

// Seed gives a fresh instance one user, one ad account, one Page and one pixel. On an instance that has them it answers which they are.
func Seed(ctx context.Context, tx store.Tx, now int64) (Seeded, error) {
	var made Seeded
	known, err := tx.Setting(ctx, seededKey)
	if err == nil {
		return made, json.Unmarshal([]byte(known), &made)
	}
	if !errors.Is(err, store.ErrNotFound) {
		return made, err
	}
	if err := (seeder{tx, now}).all(ctx, &made); err != nil {
		return Seeded{}, fmt.Errorf("ads: seed: %w", err)
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
	if made.AccountID, err = s.insert(ctx, "adaccount", "", map[string]any{
		"name": "First account", "currency": "USD", "timezone_name": "UTC", "timezone_id": int64(0), "account_status": int64(1), "disable_reason": int64(0),
		"balance": int64(0), "spend_cap": int64(0), "marquetry_cpm_micros": int64(usualCPM), "is_personal": int64(0), "is_prepay_account": false,
		"has_migrated_permissions": true, "offsite_pixels_tos_accepted": true, "tax_id_status": int64(0),
		"user_tasks": []any{"DRAFT", "ANALYZE", "ADVERTISE", "MANAGE"},
	}); err != nil {
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

// digitsOf is an account's id without act_.
func digitsOf(id string) string {
	if len(id) > 4 && id[:4] == "act_" {
		return id[4:]
	}
	return id
}
