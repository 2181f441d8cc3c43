package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// columns are those of an Object in the order in which scanObject reads them.
const columns = "o.id, o.type, o.account_id, o.seq, o.status, o.hash, o.data, o.created, o.updated"

// scanObject reads the columns of one row.
func scanObject(row interface{ Scan(...any) error }) (*Object, error) {
	found, err := scanDamaged(row)
	if err == nil {
		err = found.damage
	}
	if err != nil {
		return nil, err
	}
	return found.Object, nil
}

// maybeDamaged is an object, of which the data could not be read where there is damage.
type maybeDamaged struct {
	*Object
	damage error
}

// scanDamaged reads the columns of one row, whatever its data is.
func scanDamaged(row interface{ Scan(...any) error }) (found maybeDamaged, err error) {
	o := new(Object)
	var data string
	if err := row.Scan(&o.ID, &o.Type, &o.AccountID, &o.Seq, &o.Status, &o.Hash, &data, &o.Created, &o.Updated); err != nil {
		return found, notFound(err)
	}
	if o.Data, err = decodeData(data); err != nil {
		found.damage = fmt.Errorf("store: data of %s: %w", o.ID, err)
	}
	found.Object = o
	return found, nil
}

// Object finds one object by id.
func (t *tx) Object(ctx context.Context, id string) (*Object, error) {
	if !isText(id) {
		return nil, ErrNotFound
	}
	return scanObject(t.QueryRow(ctx, "SELECT "+columns+" FROM objects o WHERE o.id = ?", id))
}

// idsPerQuery keeps a list of ids below the databases' limits on parameters.
const idsPerQuery = 1000

// Objects finds many objects by id.
func (t *tx) Objects(ctx context.Context, ids []string) (map[string]*Object, error) {
	found := make(map[string]*Object, len(ids))
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !isText(id) })
	for part := range slices.Chunk(ids, idsPerQuery) {
		rows, err := t.Query(ctx, "SELECT "+columns+" FROM objects o WHERE o.id IN ("+marks(len(part))+")", anys(part)...)
		objects, err := collect(rows, err, func(r *sql.Rows) (*Object, error) { return scanObject(r) })
		if err != nil {
			return nil, err
		}
		for _, o := range objects {
			found[o.ID] = o
		}
	}
	return found, nil
}

// ObjectByHash finds the object of equal content.
func (t *tx) ObjectByHash(ctx context.Context, typ, accountID, hash string) (*Object, error) {
	if !isText(typ, accountID, hash) {
		return nil, ErrNotFound
	}
	return scanObject(t.QueryRow(ctx, "SELECT "+columns+` FROM objects o
		WHERE o.type = ? AND o.account_id = ? AND o.hash = ? AND o.hash <> ''
		ORDER BY CASE o.status WHEN 'DELETED' THEN 1 ELSE 0 END, o.seq DESC LIMIT 1`, typ, accountID, hash))
}

// ObjectsByHash finds many objects of equal content.
func (t *tx) ObjectsByHash(ctx context.Context, typ, accountID string, hashes []string) (map[string]*Object, error) {
	found := make(map[string]*Object, len(hashes))
	if !isText(typ, accountID) {
		return found, nil
	}
	hashes = slices.DeleteFunc(slices.Clone(hashes), func(hash string) bool { return hash == "" || !isText(hash) })
	for part := range slices.Chunk(hashes, idsPerQuery) {
		rows, err := t.Query(ctx, "SELECT "+columns+" FROM objects o WHERE o.type = ? AND o.account_id = ? AND o.hash <> '' AND o.hash IN ("+marks(len(part))+
			") ORDER BY CASE o.status WHEN 'DELETED' THEN 0 ELSE 1 END, o.seq", append([]any{typ, accountID}, anys(part)...)...)
		objects, err := collect(rows, err, func(r *sql.Rows) (*Object, error) { return scanObject(r) })
		if err != nil {
			return nil, err
		}
		for _, o := range objects {
			found[o.Hash] = o // the last one stays, which is the one that ObjectByHash finds
		}
	}
	return found, nil
}

// allChunk is how many objects All holds in memory at a time.
const allChunk = 500

// All visits every object of a type, oldest first.
func (t *tx) All(ctx context.Context, typ string, each func(*Object) error) error {
	return t.AllSound(ctx, typ, each, func(damage error) error { return damage })
}

// AllSound visits every object of a type whose data can be read, oldest first, and tells of the others.
func (t *tx) AllSound(ctx context.Context, typ string, each func(*Object) error, damaged func(error) error) error {
	var after int64
	for {
		rows, err := t.Query(ctx, "SELECT "+columns+" FROM objects o WHERE o.type = ? AND o.seq > ? ORDER BY o.seq LIMIT ?",
			typ, after, allChunk)
		objects, err := collect(rows, err, func(r *sql.Rows) (maybeDamaged, error) { return scanDamaged(r) })
		if err != nil {
			return err
		}
		for _, o := range objects {
			if err = o.damage; err != nil {
				err = damaged(err)
			} else {
				err = each(o.Object)
			}
			if err != nil {
				return err
			}
			after = o.Seq
		}
		if len(objects) < allChunk {
			return nil
		}
	}
}

// marks returns n placeholders for an IN list.
func marks(n int) string {
	return strings.TrimSuffix(strings.Repeat("?,", n), ",")
}

// anys makes query arguments of strings.
func anys(list []string) []any {
	args := make([]any, len(list))
	for i, s := range list {
		args[i] = s
	}
	return args
}
