package store

import (
	"context"
	"fmt"
	"strconv"
)

// firstID is what the first Seq is added to: ids have 18 digits and look like the platform's.
const firstID = 120200000000000000

// NextID gives a new id. A database that is filled in the same order gives the same ids.
func (t *tx) NextID(ctx context.Context) (string, int64, error) {
	seq, err := t.next(ctx, "objects")
	return strconv.FormatInt(firstID+seq, 10), seq, err
}

// Insert adds an object with its references.
func (t *tx) Insert(ctx context.Context, o *Object) error {
	if o.ID == "" || o.Type == "" {
		return fmt.Errorf("store: insert: object without id or type")
	}
	data, err := encodeData(o.Data)
	if err != nil {
		return fmt.Errorf("store: data of %s: %w", o.ID, err)
	}
	if o.Seq == 0 {
		if o.Seq, err = t.next(ctx, "objects"); err != nil {
			return err
		}
	}
	_, err = t.Exec(ctx, `INSERT INTO objects (id, type, account_id, seq, status, hash, data, created, updated)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, o.ID, o.Type, o.AccountID, o.Seq, o.Status, o.Hash, data, o.Created, o.Updated)
	if err != nil {
		return fmt.Errorf("store: insert %s: %w", o.ID, err)
	}
	return t.insertRefs(ctx, o)
}

// Update replaces what can change of an object; it takes its type and Seq from the database.
func (t *tx) Update(ctx context.Context, o *Object) error {
	data, err := encodeData(o.Data)
	if err != nil {
		return fmt.Errorf("store: data of %s: %w", o.ID, err)
	}
	err = t.QueryRow(ctx, "UPDATE objects SET status = ?, hash = ?, data = ?, updated = ? WHERE id = ? RETURNING type, seq",
		o.Status, o.Hash, data, o.Updated, o.ID).Scan(&o.Type, &o.Seq)
	if err != nil {
		return fmt.Errorf("store: update %s: %w", o.ID, notFound(err))
	}
	if _, err := t.Exec(ctx, "DELETE FROM object_refs WHERE object_id = ?", o.ID); err != nil {
		return err
	}
	return t.insertRefs(ctx, o)
}

// Delete takes an object away; one that is not there is no error.
func (t *tx) Delete(ctx context.Context, id string) error {
	t.touched = true
	for _, statement := range []string{"DELETE FROM object_refs WHERE object_id = ?", "DELETE FROM objects WHERE id = ?"} {
		if _, err := t.Exec(ctx, statement, id); err != nil {
			return fmt.Errorf("store: delete %s: %w", id, err)
		}
	}
	return nil
}

// insertRefs writes the references of a new or changed object, each once.
func (t *tx) insertRefs(ctx context.Context, o *Object) error {
	t.touched = true
	name := nameOf(o)
	for _, r := range o.Refs {
		_, err := t.Exec(ctx, `INSERT INTO object_refs (object_id, field, to_id, type, seq, status, name, updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (object_id, field, to_id) DO NOTHING`, o.ID, r.Field, r.To, o.Type, o.Seq, o.Status, name, o.Updated)
		if err != nil {
			return fmt.Errorf("store: reference %s of %s: %w", r.Field, o.ID, err)
		}
	}
	return nil
}
