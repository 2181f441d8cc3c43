package videos

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Limits of uploads in chunks.
const (
	maxSize     = 1 << 30 // bytes of a video
	chunkSize   = 8 << 20 // bytes that a client is asked for at a time; it may send more or fewer
	maxPieces   = 4096    // of one video: keeps clients from sending it by the byte
	maxSessions = 20      // unfinished uploads of one account
	sessionLife = 24 * 60 * 60
)

// Subcodes of the platform for uploads in chunks.
const (
	subSession = 1363041 // no such session
	subOffset  = 1363037 // the chunk is not the one that comes next
)

// uploadingRef is what unfinished videos are listed by; the account's list of videos does not show them.
const uploadingRef = "uploading_to"

// unfinished reports whether chunks of a video are still to come.
func unfinished(o *store.Object) bool { return object.Text(o.Data, "upload_session") != "" }

// piecesOf are the chunks of an unfinished video that have come.
func piecesOf(o *store.Object) []piece {
	var pieces []piece
	for i, size := range object.Listed(o.Data, "chunks") {
		n, _ := size.(int64)
		pieces = append(pieces, piece{pieceName(o, i), n})
	}
	return pieces
}

// pieceName is where a chunk of an unfinished video is kept.
func pieceName(o *store.Object, i int) string { return "video/" + o.ID + "/" + strconv.Itoa(i) }

// start opens a session for a file of a known size. Sessions that nobody finished within a day are forgotten.
func start(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	size, sent := call.Args["file_size"].(int64)
	if !sent || size < 1 || size > maxSize {
		f := object.Broken("video.size", 0, fmt.Sprintf("file_size must be 1 to %d bytes", maxSize), "file_size")
		f.Sent, f.Limit = int(size), maxSize
		return nil, f
	}
	if err := sweep(ctx, call, tx); err != nil {
		return nil, err
	}
	session, _, err := tx.NextID(ctx)
	if err != nil {
		return nil, err
	}
	id, seq, err := tx.NextID(ctx)
	if err != nil {
		return nil, err
	}
	o := &store.Object{ID: id, Type: "advideo", AccountID: call.Account.AccountID, Seq: seq, Created: call.Now,
		Data: map[string]any{"upload_session": session, "size": size, "received": int64(0), "chunks": []any{}}}
	answer := object.Ordered{{Name: "upload_session_id", Value: session}, {Name: "video_id", Value: id}}
	return append(answer, next(o)...), write(ctx, call, o, tx.Insert)
}

// write puts an unfinished video into the store, where it is found by its session.
func write(ctx context.Context, call *graph.Call, o *store.Object, into func(context.Context, *store.Object) error) error {
	o.Hash, o.Updated = "upload "+object.Text(o.Data, "upload_session"), call.Now
	o.Refs = []store.Ref{{Field: uploadingRef, To: call.Account.ID}}
	return into(ctx, o)
}

// sweep forgets old sessions of the account and refuses one more than is allowed.
func sweep(ctx context.Context, call *graph.Call, tx store.Tx) error {
	open, err := tx.List(ctx, store.Listing{Type: "advideo", Field: uploadingRef, To: call.Account.ID}, store.Page{})
	if err != nil {
		return err
	}
	left := len(open)
	for _, o := range open {
		if o.Updated+sessionLife > call.Now {
			continue
		}
		if err := dropPieces(ctx, tx, piecesOf(o)); err != nil {
			return err
		}
		if err := tx.Delete(ctx, o.ID); err != nil {
			return err
		}
		left--
	}
	if left >= maxSessions {
		f := object.Broken("video.sessions", 0, fmt.Sprintf("%d uploads of this account are not finished; finish or cancel one first", left), "upload_phase")
		f.Sent, f.Limit = left+1, maxSessions
		return f
	}
	return nil
}

// session finds the unfinished video of the session that a request names.
func session(ctx context.Context, call *graph.Call, tx store.Tx) (*store.Object, error) {
	id := object.Text(call.Params, "upload_session_id")
	found, err := tx.ObjectsByHash(ctx, "advideo", call.Account.AccountID, []string{"upload " + id})
	if err != nil {
		return nil, err
	}
	if o := found["upload "+id]; o != nil {
		return o, nil
	}
	return nil, object.Broken("video.session", subSession, "there is no upload session "+id+" in this ad account", "upload_session_id")
}

// next tells which bytes are to come.
func next(o *store.Object) object.Ordered {
	from, size := object.Whole(o.Data, "received"), object.Whole(o.Data, "size")
	return object.Ordered{{Name: "start_offset", Value: strconv.FormatInt(from, 10)}, {Name: "end_offset", Value: strconv.FormatInt(min(from+chunkSize, size), 10)}}
}

// transfer takes the next chunk.
func transfer(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	o, err := session(ctx, call, tx)
	if err != nil {
		return nil, err
	}
	chunk := chunkIn(call.Params)
	received, at := object.Whole(o.Data, "received"), object.Whole(call.Args, "start_offset")
	count := len(object.Listed(o.Data, "chunks"))
	switch {
	case at != received:
		f := object.Broken("video.offset", subOffset, fmt.Sprintf("start_offset is %d, the next byte is %d", at, received), "start_offset")
		f.Data = map[string]any{}
		for _, m := range next(o) { // SDKs go on from there
			f.Data[m.Name] = m.Value
		}
		return nil, f
	case len(chunk) == 0:
		return nil, object.Broken("video.chunk", 0, "no chunk was sent: send the file part video_file_chunk", "video_file_chunk")
	case received+int64(len(chunk)) > object.Whole(o.Data, "size"):
		return nil, object.Broken("video.chunk", 0, fmt.Sprintf("the chunk goes beyond the %d bytes that start announced", object.Whole(o.Data, "size")), "video_file_chunk")
	case count >= maxPieces:
		return nil, object.Broken("video.chunks", 0, fmt.Sprintf("there are more than %d chunks; send larger ones", maxPieces), "video_file_chunk")
	}
	sizes := object.Listed(o.Data, "chunks")
	for part := range slices.Chunk(chunk, pieceSize) {
		if err := tx.PutBlob(ctx, pieceName(o, len(sizes)), "application/octet-stream", part); err != nil {
			return nil, err
		}
		sizes = append(sizes, int64(len(part)))
	}
	o.Data["chunks"], o.Data["received"] = sizes, received+int64(len(chunk))
	return next(o), write(ctx, call, o, tx.Update)
}

// chunkIn is the chunk of a request: the part of that name, another file part, or text, as a part without a file's name counts.
func chunkIn(params graph.Params) []byte {
	switch v := params["video_file_chunk"].(type) {
	case *graph.File:
		return v.Data
	case string:
		return []byte(v)
	}
	for _, value := range params {
		if part, ok := value.(*graph.File); ok {
			return part.Data
		}
	}
	return nil
}

// assemble looks at the file that the chunks of a session make up, without holding it in memory.
func assemble(ctx context.Context, call *graph.Call, tx store.Tx, thumb *still) (*file, error) {
	o, err := session(ctx, call, tx)
	if err != nil {
		return nil, err
	}
	f := &file{pieces: piecesOf(o)}
	c := &content{pieces: f.pieces, load: loader(ctx, tx)}
	if size := object.Whole(o.Data, "size"); c.size() != size {
		return nil, object.Broken("video.incomplete", subOffset, fmt.Sprintf("%d of %d bytes have come", c.size(), size), "upload_phase")
	}
	return f, f.look(c, titleOf(call.Params), thumb)
}

// finish makes a video of a session whose file was looked at.
func finish(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	o, err := session(ctx, call, tx)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"upload_session", "received", "chunks"} {
		delete(o.Data, name)
	}
	o.Hash = ""
	if _, err := call.Change(ctx, tx, o, described(call.Params)); err != nil {
		return nil, err
	}
	return object.Ordered{{Name: "success", Value: true}}, nil
}

// cancel gives a session up.
func cancel(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	o, err := session(ctx, call, tx)
	if err != nil {
		return nil, err
	}
	if err := dropPieces(ctx, tx, piecesOf(o)); err != nil {
		return nil, err
	}
	return object.Ordered{{Name: "success", Value: true}}, tx.Delete(ctx, o.ID)
}
