package ads

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/fetch"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Limits of one upload.
const (
	mostFiles    = 100       // pictures in one request
	mostUnpacked = 200 << 20 // bytes of pictures out of one archive
)

// bytesKey is the key of a picture that came as base64, which has no file name.
const bytesKey = "bytes"

// file is one picture on its way in, under the key that it has in the answer.
type file struct {
	key  string
	data []byte
}

// incoming is one picture of an upload: its key in the answer, its name in the library, and what is to be written.
type incoming struct {
	key, name string
	ready
}

// readyPictures fetches, decodes and scales the pictures of an upload before its turn to write comes.
func (s *service) readyPictures(ctx context.Context, call *graph.Call, read graph.Reader) (any, error) {
	if call.Params["copy_from"] != nil {
		return nil, nil
	}
	sent, err := pictures(call.Params)
	if err == nil && sent == nil {
		sent, err = s.fetched(ctx, object.Text(call.Params, "url"))
	}
	if err != nil {
		return nil, err
	}
	list := make([]incoming, len(sent))
	for i, f := range sent {
		name := f.key
		if f.key == bytesKey {
			name = cmp.Or(object.Text(call.Params, "name"), name)
		}
		list[i] = incoming{key: f.key, name: name}
		if list[i].ready, err = s.ready(ctx, call, read, name, f.data); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// ready checks and scales a picture, unless the library has it, as soon as there is memory for it.
func (s *service) ready(ctx context.Context, call *graph.Call, read graph.Reader, name string, data []byte) (ready, error) {
	r, known := ready{hash: media.Hash(data)}, false
	err := read(ctx, func(tx store.Tx) (err error) {
		known, err = r.known(ctx, call, tx)
		return err
	})
	if known || err != nil {
		return r, err
	}
	giveBack, err := s.config.Memory.Decoding(ctx, data)
	if err != nil {
		return r, unusable(name, err)
	}
	defer giveBack()
	return prepare(name, data)
}

// upload answers POST on the account's images.
func upload(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	if call.Params["copy_from"] != nil {
		return copyImage(ctx, call, tx)
	}
	list, _ := call.Ready.([]incoming)
	images, warnings := object.Ordered{}, []object.Warning(nil)
	for _, in := range list {
		img, err := in.write(ctx, call, tx, in.name)
		if err != nil {
			return nil, err
		}
		images = append(images, object.Member{Name: in.key, Value: uploaded(call, img, in.key)})
		if in.picture.Warning != "" {
			warnings = append(warnings, object.Warning{Rule: "image.colours", Path: []string{in.key}, Message: in.picture.Warning})
		}
	}
	answer := object.Ordered{{Name: "images", Value: images}}
	if warnings != nil {
		answer = append(answer, object.Member{Name: "warnings", Value: warnings})
	}
	return answer, nil
}

// fetched gets the picture that lies at an address.
func (s *service) fetched(ctx context.Context, address string) ([]file, error) {
	if address == "" {
		return nil, object.Broken("image.required", 0, "no image was sent: send a multipart file part, base64 in bytes, url, or copy_from", "filename")
	}
	want := fetch.Want{Field: "url", MaxBytes: media.MaxBytes, Types: []string{"image/"}, Subcode: 3858258}
	got, err := s.config.Fetch.Get(ctx, address, want)
	return []file{{cmp.Or(got.Name, "url"), got.Data}}, err
}

// pictures finds every picture in a request: base64 text, file parts under any name, and archives of files. None is nil.
func pictures(params graph.Params) ([]file, error) {
	var sent []file
	if encoded := object.Text(params, "bytes"); encoded != "" {
		data, err := unbase64(encoded)
		if err != nil {
			return nil, object.Broken("image.bytes", 2446496, "bytes is not base64", "bytes")
		}
		sent = append(sent, file{bytesKey, data})
	}
	for _, part := range files(params) {
		if !bytes.HasPrefix(part.Data, []byte("PK\x03\x04")) {
			sent = append(sent, file{cmp.Or(path.Base(strings.ReplaceAll(part.Name, `\`, "/")), part.Param), part.Data})
			continue
		}
		inside, err := unzip(part)
		if err != nil {
			return nil, err
		}
		sent = append(sent, inside...)
	}
	sent = distinctKeys(sent)
	if len(sent) > mostFiles {
		return nil, tooMany(len(sent))
	}
	return sent, nil
}

// tooMany is the fault of a request with too many pictures.
func tooMany(n int) *object.Fault {
	f := object.Broken("image.max", 0, fmt.Sprintf("%d images were sent, at most %d are allowed at once", n, mostFiles), "filename")
	f.Sent, f.Limit = n, mostFiles
	return f
}

// files are the file parts of a request, in the order of their names.
func files(params graph.Params) []*graph.File {
	var list []*graph.File
	for _, name := range slices.Sorted(maps.Keys(params)) {
		switch v := params[name].(type) {
		case *graph.File:
			list = append(list, v)
		case []any:
			for _, elem := range v {
				if f, ok := elem.(*graph.File); ok {
					list = append(list, f)
				}
			}
		}
	}
	return list
}

// distinctKeys numbers different pictures of the same name, and drops the same picture sent twice, as one client does.
func distinctKeys(sent []file) []file {
	seen := map[string]string{} // hash by key
	var list []file
	for _, f := range sent {
		key, hash := f.key, media.Hash(f.data)
		for n := 2; seen[key] != "" && seen[key] != hash; n++ {
			key = fmt.Sprintf("%s (%d)", f.key, n)
		}
		if seen[key] == "" {
			list = append(list, file{key, f.data})
		}
		seen[key] = hash
	}
	return list
}

// unbase64 decodes either alphabet, with or without padding, line breaks or a data: prefix.
func unbase64(s string) ([]byte, error) {
	if _, data, found := strings.Cut(s, ";base64,"); found && strings.HasPrefix(s, "data:") {
		s = data
	}
	s = strings.NewReplacer("\n", "", "\r", "", " ", "+", "-", "+", "_", "/").Replace(strings.TrimSpace(s))
	return base64.RawStdEncoding.DecodeString(strings.TrimRight(s, "="))
}

// unzip reads the pictures of an archive; folders and what systems hide in archives are passed over.
func unzip(part *graph.File) ([]file, error) {
	damaged := object.Broken("image.zip", 2446496, "the archive "+part.Name+" is damaged", part.Param)
	archive, err := zip.NewReader(bytes.NewReader(part.Data), int64(len(part.Data)))
	if err != nil {
		return nil, damaged
	}
	var list []file
	total := 0
	for _, f := range archive.File {
		name := path.Base(f.Name)
		if f.FileInfo().IsDir() || strings.HasPrefix(name, ".") || strings.HasPrefix(f.Name, "__MACOSX/") {
			continue
		}
		if len(list) == mostFiles {
			return nil, tooMany(len(archive.File))
		}
		data, err := unpack(f)
		if err != nil {
			return nil, damaged
		}
		if total += len(data); total > mostUnpacked {
			return nil, object.Broken("image.zip", 0, "the archive "+part.Name+" unpacks to more than 200 MB", part.Param)
		}
		list = append(list, file{name, data})
	}
	return list, nil
}

// unpack reads one file of an archive, and one byte more than a picture may have.
func unpack(f *zip.File) (data []byte, err error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return io.ReadAll(io.LimitReader(r, media.MaxBytes+1))
}

// uploaded is the answer on one picture.
func uploaded(call *graph.Call, img *store.Object, name string) object.Ordered {
	hash, width, height := object.Text(img.Data, "hash"), object.Whole(img.Data, "width"), object.Whole(img.Data, "height")
	small := min(width, 256)
	return object.Ordered{
		{Name: "hash", Value: hash},
		{Name: "url", Value: mediaURL(call.Base, hash, 0)},
		{Name: "url_128", Value: mediaURL(call.Base, hash, 128)},
		{Name: "url_256", Value: mediaURL(call.Base, hash, 256)},
		{Name: "url_256_height", Value: max(1, (height*small+width/2)/width)},
		{Name: "url_256_width", Value: small},
		{Name: "height", Value: height},
		{Name: "width", Value: width},
		{Name: "name", Value: name},
	}
}
