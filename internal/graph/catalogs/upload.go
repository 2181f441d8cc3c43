package catalogs

import (
	"bytes"
	"context"
	"errors"
	"maps"

	"github.com/marquetry/marquetry/internal/catalog"
	"github.com/marquetry/marquetry/internal/fetch"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// mostFetched is the most bytes of a feed's file that is fetched; one that is sent is limited with its request.
const mostFetched = 64 << 20

// file is a feed's file on its way in.
type file struct {
	data   []byte
	name   string
	url    string
	failed error // why it could not be fetched; the upload then says so
}

// fetchFeed gets the file of an upload: a part of the request, or what lies at an address.
func (s *service) fetchFeed(ctx context.Context, call *graph.Call, _ graph.Reader) (any, error) {
	for _, name := range []string{"username", "password"} {
		if object.Text(call.Params, name) != "" {
			f := object.Broken("product_feed.credentials", 0, "Feeds are fetched without "+name+" here; send the file itself in the part file", name)
			f.Code, f.Fixes = 3, []object.Fix{{Path: []string{name}, Drop: true}}
			return nil, f
		}
	}
	if part, sent := call.Params["file"].(*graph.File); sent {
		return file{data: part.Data, name: part.Name}, nil
	}
	url := object.Text(call.Params, "url")
	if url == "" {
		return nil, object.Broken("required", 0, "(#100) Send the file in a multipart part named file, or its address in url", "url")
	}
	got, err := s.config.Fetch.Get(ctx, url, fetch.Want{Field: "url", MaxBytes: mostFetched})
	var fault *object.Fault
	if err != nil && (!errors.As(err, &fault) || fault.Rule == "fetch.address") {
		return nil, err
	}
	return file{data: got.Data, name: got.Name, url: url, failed: err}, nil
}

// upload is one reading of a feed's file. It writes a chunk of items in a transaction of its own, so that others can write meanwhile.
type upload struct {
	call  *graph.Call
	do    graph.Deferred
	feed  *store.Object
	made  *store.Object   // the upload
	full  bool            // the file has everything: what is not in it goes
	seen  map[string]bool // retailer_id of every row
	tally *tally

	detected, persisted, deleted int64
}

// upload begins to read a feed's file. What is wrong with the file is the upload's, not the request's.
func (s *service) upload(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	from, _ := call.Ready.(file)
	data := map[string]any{"product_feed_id": call.Node.ID, "start_time": call.Now, "input_method": "Manual Upload"}
	if from.name != "" {
		data["filename"] = from.name
	}
	if from.url != "" {
		data["input_method"], data["url"] = "User initiated server fetch", from.url
	}
	id, _, err := tx.NextID(ctx)
	if err != nil {
		return nil, err
	}
	made := &store.Object{ID: id, Type: "productfeedupload", AccountID: call.Node.AccountID, Data: data}
	call.Node.Data["latest_upload_id"] = id
	u := &upload{call: call, feed: call.Node, made: made, seen: map[string]bool{}, tally: newTally(), full: call.Args["update_only"] != true}
	call.Later(func(ctx context.Context, do graph.Deferred) error {
		u.do = do
		err := u.work(ctx, s.schema, from)
		if errors.Is(err, store.ErrNotFound) { // the feed was deleted meanwhile
			return nil
		}
		return err
	})
	return object.Ordered{{Name: "id", Value: id}}, errors.Join(call.Save(ctx, tx, made), call.Save(ctx, tx, call.Node), call.Audit(ctx, tx, made, "create", data, nil))
}

// work reads the file into the catalog and completes the upload.
func (u *upload) work(ctx context.Context, schema *catalog.Schema, from file) error {
	broken := from.failed
	if broken == nil {
		var err error
		if broken, err = u.read(ctx, schema, from.data); err != nil {
			return err
		}
	}
	if broken != nil {
		u.tally.add(0, "", catalog.Problem{Rule: "unreadable_file", Message: broken.Error(), Fatal: true})
	} else if u.full && u.feed.Data["deletion_enabled"] != false && len(u.seen) > 0 { // a file without ids is the wrong one
		if err := u.clear(ctx); err != nil {
			return err
		}
	}
	return u.do.Write(ctx, func(tx store.Tx) error {
		if _, err := tx.Object(ctx, u.made.ID); err != nil {
			return err
		}
		maps.Copy(u.made.Data, map[string]any{"end_time": u.call.Now, "num_detected_items": u.detected, "num_persisted_items": u.persisted,
			"num_invalid_items": u.detected - u.persisted, "num_deleted_items": u.deleted, "error_count": u.tally.fatal, "warning_count": u.tally.warnings})
		return errors.Join(u.call.Save(ctx, tx, u.made), u.tally.keep(ctx, u.call, tx, u.made))
	})
}

// read writes the file's items, a chunk at a time. The first error is the file's, the second ends the upload.
func (u *upload) read(ctx context.Context, schema *catalog.Schema, data []byte) (broken, err error) {
	format := catalog.Format{Delimiter: u.feed.Text("delimiter"), Encoding: u.feed.Text("encoding"), Quotes: u.feed.Text("quoted_fields_mode")}
	var rows []row
	for record, broken := range catalog.Records(bytes.NewReader(data), format) {
		if broken != nil {
			return broken, u.put(ctx, rows)
		}
		u.detected++
		r := row{line: record.Line, change: &change{feedID: u.feed.ID, replace: u.full, upsert: true}}
		r.item, r.problems = schema.Item(record.Cells, u.feed.Text("default_currency"))
		switch id := r.item.Text("retailer_id"); {
		case id == "" && !catalog.Fatal(r.problems):
			r.problems = append(r.problems, r.item.Missing()...)
		case u.seen[id]:
			r.problems = append(r.problems, catalog.Problem{Rule: "duplicate", Field: "id", Message: "an item with this id stands above", Fatal: true})
		case id != "":
			u.seen[id] = true
		}
		if rows = append(rows, r); len(rows) == chunk {
			if err := u.put(ctx, rows); err != nil {
				return nil, err
			}
			rows = rows[:0]
		}
	}
	return nil, u.put(ctx, rows)
}

// row is one item of the file with what becomes of it.
type row struct {
	*change
	line int
}

// put writes those rows that are good so far, and counts.
func (u *upload) put(ctx context.Context, rows []row) error {
	var good []*change
	for _, r := range rows {
		if !catalog.Fatal(r.problems) {
			good = append(good, r.change)
		}
	}
	err := u.do.Write(ctx, func(tx store.Tx) error {
		if _, err := tx.Object(ctx, u.feed.ID); err != nil {
			return err
		}
		k, err := openKeeper(ctx, u.call, tx, u.feed.Text("product_catalog_id"))
		if err != nil {
			return err
		}
		return k.put(ctx, good)
	})
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.done {
			u.persisted++
		}
		for _, p := range r.troubles() {
			u.tally.add(r.line, r.item.Text("retailer_id"), p)
		}
	}
	return nil
}

// clear deletes the feed's items that the file has no longer.
func (u *upload) clear(ctx context.Context) error {
	for place, more := int64(0), true; more; {
		after, gone := place, int64(0)
		err := u.do.Write(ctx, func(tx store.Tx) error {
			place, gone = after, 0
			items, err := tx.List(ctx, store.Listing{Type: "productitem", Field: "product_feed_id", To: u.feed.ID}, store.Page{After: after, Limit: chunk})
			more = len(items) == chunk
			for _, item := range items {
				if place = item.Seq; err == nil && !u.seen[item.Text("retailer_id")] {
					gone++
					err = tx.Delete(ctx, item.ID)
				}
			}
			return err
		})
		if err != nil {
			return err
		}
		u.deleted += gone
	}
	return nil
}
