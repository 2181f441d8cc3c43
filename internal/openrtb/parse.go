package openrtb

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// Limits of a request. Whoever reads the body limits its bytes.
const (
	maxImps    = 50
	maxFormats = 50
	maxID      = 256    // bytes
	maxSide    = 20_000 // pixels
)

// Parse reads a request. The error is an [object.Fault] that names the first member that cannot be used.
func Parse(body []byte) (*BidRequest, error) {
	r := &BidRequest{}
	if err := json.Unmarshal(body, r); err != nil {
		return nil, unread(err)
	}
	if r.ID == "" || len(r.ID) > maxID {
		return nil, fault("id.length", fmt.Sprintf("a request needs an id of 1 to %d bytes", maxID), "id")
	}
	if n := len(r.Imp); n == 0 || n > maxImps {
		return nil, fault("imp.count", fmt.Sprintf("imp has %d entries, 1 to %d are accepted", n, maxImps), "imp")
	}
	if r.TMax < 0 {
		return nil, fault("tmax.range", "tmax is negative", "tmax")
	}
	seen := make(map[string]bool, len(r.Imp))
	for i := range r.Imp {
		if err := r.Imp[i].check("imp", strconv.Itoa(i)); err != nil {
			return nil, err
		}
		if seen[r.Imp[i].ID] {
			return nil, fault("imp.id.unique", "two entries of imp have the id "+strconv.Quote(r.Imp[i].ID), "imp", strconv.Itoa(i), "id")
		}
		seen[r.Imp[i].ID] = true
	}
	return r, nil
}

// check refuses an imp that nobody can bid on, and reads its native request.
func (imp *Imp) check(path ...string) error {
	if imp.ID == "" || len(imp.ID) > maxID {
		return fault("imp.id.length", fmt.Sprintf("an imp needs an id of 1 to %d bytes", maxID), append(path, "id")...)
	}
	if imp.Floor < 0 || imp.Floor > math.MaxInt32 {
		return fault("bidfloor.range", fmt.Sprintf("bidfloor is %g, 0 to %d is accepted", imp.Floor, math.MaxInt32), append(path, "bidfloor")...)
	}
	if imp.Banner != nil {
		if err := imp.Banner.check(append(path, "banner")...); err != nil {
			return err
		}
	}
	if imp.Native == nil {
		return nil
	}
	asked, err := parseNative(imp.Native.Request, append(path, "native", "request")...)
	imp.Native.Asked = asked
	return err
}

// check refuses sizes that no screen has.
func (b *Banner) check(path ...string) error {
	if len(b.Format) > maxFormats {
		return fault("format.max_count", fmt.Sprintf("format has %d entries, at most %d are accepted", len(b.Format), maxFormats), append(path, "format")...)
	}
	for _, f := range append([]Format{{b.W, b.H}}, b.Format...) {
		if min(f.W, f.H) < 0 || max(f.W, f.H) > maxSide {
			return fault("size.range", fmt.Sprintf("a size of %d x %d, 0 to %d pixels are accepted", f.W, f.H, maxSide), path...)
		}
	}
	return nil
}

// fault is a broken rule.
func fault(rule, message string, path ...string) error {
	return &object.Fault{Path: path, Rule: "openrtb." + rule, Message: message}
}

// unread says why JSON could not be read.
func unread(err error, path ...string) error {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		if field := strings.TrimPrefix(wrong.Field, "NativeRequest."); field != "" { // which is our name alone
			path = append(path, strings.Split(field, ".")...)
		}
		return fault("type", fmt.Sprintf("this cannot be a JSON %s", wrong.Value), path...)
	}
	return fault("json", "this is not a JSON object", path...)
}
