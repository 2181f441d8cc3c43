package main

import (
	"context"
	"errors"
	"fmt"
	"maps"

	"github.com/marquetry/marquetry/internal/store"
)

// crowd puts so many copies of an ad beside it, in one transaction past the server, which would take minutes: one in ten is active, the
// others are paused, and one in a thousand has a rare name.
func crowd(ctx context.Context, data, ad string, copies int) (err error) {
	db, err := store.Open(ctx, store.Config{Dir: data})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.Write(ctx, func(tx store.Tx) error {
		o, err := tx.Object(ctx, ad)
		if err != nil {
			return err
		}
		if o.Refs, err = refsOf(ctx, tx, ad); err != nil {
			return err
		}
		for i := range copies {
			one := *o
			one.Data, one.Status = maps.Clone(o.Data), "PAUSED"
			if i%10 == 0 {
				one.Status = "ACTIVE"
			}
			one.Data["name"], one.Data["status"] = fmt.Sprint("Ad ", i), one.Status
			if i%1000 == 0 {
				one.Data["name"] = fmt.Sprint("Rare ", i)
			}
			if one.ID, one.Seq, err = tx.NextID(ctx); err != nil {
				return err
			}
			if err := tx.Insert(ctx, &one); err != nil {
				return err
			}
		}
		return nil
	})
}

// refsOf are the references of an object, which come with no object that is read.
func refsOf(ctx context.Context, tx store.Tx, id string) (refs []store.Ref, err error) {
	rows, err := tx.Query(ctx, "SELECT field, to_id FROM object_refs WHERE object_id = ?", id)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var r store.Ref
		if err := rows.Scan(&r.Field, &r.To); err != nil {
			return nil, err
		}
		refs = append(refs, r)
	}
	return refs, rows.Err()
}
