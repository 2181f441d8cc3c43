package generate

import (
	"encoding/json"
	"slices"

	"github.com/marquetry/marquetry/internal/edition"
)

// Progress is how far a job is with the items of a product set.
type Progress struct {
	Done       int64     `json:"done"` // items, of this round
	Total      int64     `json:"total"`
	Eligible   int64     `json:"eligible"`   // something was made of their picture
	Ineligible int64     `json:"ineligible"` // nothing can be made of it
	Failed     int64     `json:"failed"`     // it could not be read
	Examples   []Example `json:"examples,omitempty"`

	After    int64 `json:"after,omitempty"`    // Seq of the last item that is done; 0 between rounds
	Complete bool  `json:"complete,omitempty"` // some round came to its end
	Rounds   int64 `json:"rounds,omitempty"`   // that did
}

// Example is an item without a picture, and why.
type Example struct {
	Item    string `json:"product_item_id"`
	Feature string `json:"feature"`
	Code    string `json:"code"`
	Reason  string `json:"reason"`
}

// mostExamples is how many items without a picture are named.
const mostExamples = 20

// progress is how far a job was when it was leased.
func (j *job) progress() Progress {
	var o outcome
	if json.Unmarshal([]byte(j.result), &o) != nil || o.Progress == nil {
		return Progress{} // of the first slice, or of a damaged row: it begins anew, and finds what was made
	}
	return *o.Progress
}

// count adds an item.
func (p *Progress) count(m itemPictures) {
	p.Done++
	eligible, unread := false, false
	for _, part := range m.parts {
		why := part.made[0]
		switch {
		case slices.ContainsFunc(part.made, func(one edition.Picture) bool { return one.Hash != "" }):
			eligible = true
			continue
		case why.Code == edition.Unread:
			unread = true
		}
		if len(p.Examples) < mostExamples {
			p.Examples = append(p.Examples, Example{m.item.ID, string(part.feature), why.Code, why.Reason})
		}
	}
	switch {
	case eligible:
		p.Eligible++
	case unread:
		p.Failed++
	default:
		p.Ineligible++
	}
}
