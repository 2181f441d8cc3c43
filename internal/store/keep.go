package store

import "context"

// PutBlob keeps bytes under their hash.
func (t *tx) PutBlob(ctx context.Context, hash, contentType string, data []byte) error {
	_, err := t.Exec(ctx, "INSERT INTO blobs (hash, content_type, data) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING",
		hash, contentType, data)
	return err
}

// Blob returns the bytes kept under a hash.
func (t *tx) Blob(ctx context.Context, hash string) (contentType string, data []byte, err error) {
	if !isText(hash) {
		return "", nil, ErrNotFound
	}
	err = t.QueryRow(ctx, "SELECT content_type, data FROM blobs WHERE hash = ?", hash).Scan(&contentType, &data)
	return contentType, data, notFound(err)
}

// DropBlob deletes the bytes kept under a hash.
func (t *tx) DropBlob(ctx context.Context, hash string) error {
	_, err := t.Exec(ctx, "DELETE FROM blobs WHERE hash = ?", hash)
	return err
}

// DropBlobs deletes the blobs that are kept under the prefix and an object's id.
func (t *tx) DropBlobs(ctx context.Context, typ string, before int64, prefix string) error {
	_, err := t.Exec(ctx, "DELETE FROM blobs WHERE hash IN (SELECT CAST(? AS TEXT) || id FROM objects WHERE type = ? AND created < ?)", prefix, typ, before)
	return err
}

// Setting returns a value kept by name.
func (t *tx) Setting(ctx context.Context, key string) (value string, err error) {
	if !isText(key) {
		return "", ErrNotFound
	}
	err = t.QueryRow(ctx, "SELECT value FROM settings WHERE name = ?", key).Scan(&value)
	return value, notFound(err)
}

// SetSetting keeps a value by name.
func (t *tx) SetSetting(ctx context.Context, key, value string) error {
	_, err := t.Exec(ctx, "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
		key, value)
	return err
}

// Checkpoint returns how far a fold has come.
func (t *tx) Checkpoint(ctx context.Context, fold string) (position int64, err error) {
	err = t.QueryRow(ctx, "SELECT COALESCE(MAX(position), 0) FROM fold_checkpoints WHERE fold = ?", fold).Scan(&position)
	return position, err
}

// SetCheckpoint records how far a fold has come.
func (t *tx) SetCheckpoint(ctx context.Context, fold string, position int64) error {
	_, err := t.Exec(ctx, "INSERT INTO fold_checkpoints (fold, position) VALUES (?, ?) ON CONFLICT (fold) DO UPDATE SET position = excluded.position",
		fold, position)
	return err
}
