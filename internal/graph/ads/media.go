package ads

import (
	"bytes"
	"log/slog"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/store"
)

// mediaPath matches /media/{hash} and /media/{hash}/{width}.
var mediaPath = regexp.MustCompile(`^/media/([0-9a-f]{32})(?:/(\d{1,4}))?$`)

// Media serves pictures and their smaller copies under /media/. Copies that nobody asked for before are made in that memory; nil for no limit.
func Media(db *store.DB, memory *media.Budget, log *slog.Logger) http.Handler {
	c := newCopyist(db, memory, log)
	return graph.Media(mediaPath, log, func(r *http.Request, parts []string) (graph.MediaFile, error) {
		file, err := c.find(r.Context(), parts[0], served(parts[1]), acceptsWebP(r.Header))
		return graph.MediaFile{ContentType: file.contentType, Tag: file.name, Content: bytes.NewReader(file.data), Vary: "Accept"}, err
	})
}

// served is the width that stands for one that was asked for: the next larger one that copies have; 0 for the whole picture, where there is none.
func served(asked string) int {
	width, err := strconv.Atoi(asked)
	if err != nil {
		return 0
	}
	for _, one := range slices.Concat(widths(), media.Widths()) {
		if one >= width {
			return one
		}
	}
	return 0
}

// acceptsWebP reports whether a browser names WebP among what it takes (RFC 9110, section 12.5.1). Wildcards are sent by programs, too, that do not
// know it.
func acceptsWebP(h http.Header) bool {
	for _, element := range strings.Split(strings.Join(h.Values("Accept"), ","), ",") {
		name, parameters, _ := strings.Cut(element, ";")
		if strings.EqualFold(strings.TrimSpace(name), "image/webp") {
			return !refused(parameters)
		}
	}
	return false
}

// refused reports whether parameters give a weight of zero.
func refused(parameters string) bool {
	for parameter := range strings.SplitSeq(parameters, ";") {
		name, value, _ := strings.Cut(parameter, "=")
		if weight, err := strconv.ParseFloat(strings.TrimSpace(value), 64); strings.EqualFold(strings.TrimSpace(name), "q") && err == nil {
			return weight == 0
		}
	}
	return false
}
