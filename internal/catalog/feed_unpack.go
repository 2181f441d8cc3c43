package catalog

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

// maxZip is how much of an archive is held in memory: its table of contents is at the end.
const maxZip = 128 << 20

// unpack undoes gzip, or takes the only file out of a zip archive; anything else is plain.
func unpack(file io.Reader) (io.Reader, error) {
	in := bufio.NewReader(file)
	head, _ := in.Peek(4) // a short file is no archive
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		plain, err := gzip.NewReader(in)
		if err != nil {
			return nil, fmt.Errorf("the file is damaged: %w", err)
		}
		return &bounded{plain, MaxUnpacked}, nil
	case bytes.Equal(head, []byte("PK\x03\x04")):
		return unzip(in)
	}
	return &bounded{in, MaxUnpacked}, nil
}

// unzip opens the one file of an archive.
func unzip(in io.Reader) (io.Reader, error) {
	data, err := io.ReadAll(&bounded{in, maxZip})
	if err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("the archive is damaged: %w", err)
	}
	var files []*zip.File
	for _, f := range archive.File {
		if !f.FileInfo().IsDir() {
			files = append(files, f)
		}
	}
	if len(files) != 1 {
		return nil, fmt.Errorf("the archive must have one file, it has %d", len(files))
	}
	plain, err := files[0].Open()
	if err != nil {
		return nil, fmt.Errorf("the archive is damaged: %w", err)
	}
	return &bounded{plain, MaxUnpacked}, nil
}

// bounded fails instead of reading on for ever.
type bounded struct {
	from io.Reader
	left int
}

// Read reads up to the bound.
func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errors.New("the file is too large")
	}
	n, err := b.from.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
