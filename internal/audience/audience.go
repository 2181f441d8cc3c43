// Package audience keeps who is in the custom audiences that were uploaded: hashed ids alone, for delivery to tell who may see an ad.
package audience

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Type is the type of the objects that are audiences.
const Type = "customaudience"

// Most is how many members an audience may have.
const Most = 1_000_000

// Members of an audience's data: how many uploads there were, and the last one that started its list anew.
const (
	revisionMember = "revision"
	anewMember     = "revision_anew"
)

// batch is how many rows a statement writes.
const batch = 1000

// Member is somebody who may be in an audience: 64 bits of a hash of the SHA-256 of an id, evenly spread whatever the ids are.
type Member uint64

// MemberOf is who has an id: a site's own, an e-mail address, a telephone number. One that is a SHA-256 in hexadecimal counts as the hash of
// the id; the hash of others is made as clients make it, of the id in lower case without space around it.
func MemberOf(id string) Member {
	id = strings.ToLower(strings.TrimSpace(id))
	digest, err := hex.DecodeString(id)
	if err != nil || len(digest) != sha256.Size {
		sum := sha256.Sum256([]byte(id))
		digest = sum[:]
	}
	again := sha256.Sum256(digest)
	return Member(binary.BigEndian.Uint64(again[:]))
}

// Change is one upload.
type Change uint8

// What an upload does.
const (
	Add Change = iota
	Remove
	Replace
)

// Apply makes a change of an audience's members, whose data the caller saves. The error is the client's when there are too many.
func Apply(ctx context.Context, tx store.Tx, audience *store.Object, change Change, members []Member) error {
	revision := object.Whole(audience.Data, revisionMember) + 1
	audience.Data[revisionMember] = revision
	if change == Replace {
		audience.Data[anewMember] = revision
		if err := Forget(ctx, tx, audience.ID); err != nil {
			return err
		}
	}
	slices.Sort(members)
	for part := range slices.Chunk(slices.Compact(members), batch) {
		write := add
		if change == Remove {
			write = remove
		}
		if err := write(ctx, tx, audience.ID, revision, part); err != nil {
			return fmt.Errorf("audience: change members: %w", err)
		}
	}
	if change == Remove {
		return nil
	}
	return full(ctx, tx, audience.ID)
}

// add writes members that are in from a revision on.
func add(ctx context.Context, tx store.Tx, audience string, revision int64, members []Member) error {
	args := make([]any, 0, 3*len(members))
	for _, m := range members {
		args = append(args, audience, int64(m), revision)
	}
	rows := strings.TrimSuffix(strings.Repeat("(?, ?, ?, 0),", len(members)), ",")
	_, err := tx.Exec(ctx, "INSERT INTO audience_members (audience_id, member, revision, gone) VALUES "+rows+` ON CONFLICT (audience_id, member)
		DO UPDATE SET revision = excluded.revision, gone = 0 WHERE audience_members.gone = 1`, args...)
	return err
}

// remove marks members that are out from a revision on.
func remove(ctx context.Context, tx store.Tx, audience string, revision int64, members []Member) error {
	args := []any{revision, audience}
	for _, m := range members {
		args = append(args, int64(m))
	}
	marks := strings.TrimSuffix(strings.Repeat("?,", len(members)), ",")
	_, err := tx.Exec(ctx, "UPDATE audience_members SET gone = 1, revision = ? WHERE audience_id = ? AND gone = 0 AND member IN ("+marks+")", args...)
	return err
}

// full is the fault of an audience that has more members than it may.
func full(ctx context.Context, tx store.Tx, audience string) error {
	var n int
	err := tx.QueryRow(ctx, "SELECT COUNT(*) FROM audience_members WHERE audience_id = ? AND gone = 0", audience).Scan(&n)
	if err != nil || n <= Most {
		return err
	}
	f := object.Broken("audience.members", 0, fmt.Sprintf("the audience would have %d members, at most %d are kept", n, Most), "payload", "data")
	f.Sent, f.Limit = n, Most
	return f
}

// Forget removes every trace of an audience's members.
func Forget(ctx context.Context, tx store.Tx, audience string) error {
	if _, err := tx.Exec(ctx, "DELETE FROM audience_members WHERE audience_id = ?", audience); err != nil {
		return fmt.Errorf("audience: forget members: %w", err)
	}
	return nil
}
