package deliver

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"unicode/utf8"

	"github.com/marquetry/marquetry/client"
)

// writeDecisions answers decisions. It writes the JSON itself: a decision is the one answer that is made thousands of times a second.
func writeDecisions(w http.ResponseWriter, pool *sync.Pool, answer *client.DecisionResponse) {
	buffer := pool.Get().(*[]byte)
	text := append(appendResponse((*buffer)[:0], answer), '\n')
	h := w.Header()
	h["Content-Type"] = []string{"application/json"}
	h["Cache-Control"] = []string{"no-store"}
	h["Content-Length"] = []string{strconv.Itoa(len(text))}
	w.Write(text)
	*buffer = text
	pool.Put(buffer)
}

// appendResponse writes what encoding/json would, without escaping <, > and & (the answer is no HTML) and leaving out the same empty members.
func appendResponse(b []byte, r *client.DecisionResponse) []byte {
	b = append(b, `{"decisions":[`...)
	for i := range r.Decisions {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendDecision(b, &r.Decisions[i])
	}
	b = append(b, ']')
	b = appendOptional(b, "reason", r.Reason)
	return append(b, '}')
}

// appendDecision writes one decision.
func appendDecision(b []byte, d *client.Decision) []byte {
	b = append(b, `{"id":`...)
	b = appendString(b, d.ID)
	b = appendMember(b, "ad_id", d.AdID)
	b = appendMember(b, "adset_id", d.AdSetID)
	b = appendMember(b, "campaign_id", d.CampaignID)
	b = appendMember(b, "combination_id", d.CombinationID)
	b = append(b, `,"assets":{`...)
	for i, slot := range slices.Sorted(maps.Keys(d.Assets)) {
		if i > 0 {
			b = append(b, ',')
		}
		asset := d.Assets[slot]
		b = appendAsset(append(appendString(b, slot), ':'), &asset)
	}
	b = append(b, `},"propensity":`...)
	b = strconv.AppendFloat(b, d.Propensity, 'g', -1, 64)
	b = appendMember(b, "policy", d.Policy)
	b = appendMember(b, "impression_url", d.ImpressionURL)
	b = appendMember(b, "click_url", d.ClickURL)
	b = appendMember(b, "token", d.Token)
	b = appendMember(b, "html", d.HTML)
	if d.Explain != nil {
		b = appendExplanation(append(b, `,"explain":`...), d.Explain)
	}
	return append(b, '}')
}

// appendAsset writes one asset.
func appendAsset(b []byte, a *client.Asset) []byte {
	b = append(b, `{"index":`...)
	b = strconv.AppendInt(b, int64(a.Index), 10)
	b = appendMember(b, "id", a.ID)
	b = appendOptional(b, "text", a.Text)
	b = appendOptional(b, "hash", a.Hash)
	b = appendOptional(b, "url", a.URL)
	b = appendOptional(b, "type", a.Type)
	b = appendOptional(b, "video_id", a.VideoID)
	return append(b, '}')
}

// appendExplanation writes an explanation.
func appendExplanation(b []byte, e *client.Explanation) []byte {
	b = appendString(append(b, `{"context":`...), e.Context)
	b = append(b, `,"candidates":[`...)
	for i, c := range e.Candidates {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(append(b, `{"combination_id":`...), c.CombinationID)
		for _, f := range []struct {
			name  string
			value float64
		}{{"propensity", c.Propensity}, {"mean", c.Mean}, {"low", c.Low}, {"high", c.High}} {
			b = append(append(append(b, `,"`...), f.name...), `":`...)
			b = strconv.AppendFloat(b, f.value, 'g', -1, 64)
		}
		b = append(b, '}')
	}
	b = appendMember(append(b, ']'), "snapshot", e.Snapshot)
	return append(b, '}')
}

// appendOptional writes a member that is left out when empty.
func appendOptional(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	return appendMember(b, name, value)
}

// appendMember writes a member after another one; its name needs no escaping.
func appendMember(b []byte, name, value string) []byte {
	b = append(append(append(b, `,"`...), name...), `":`...)
	return appendString(b, value)
}

// appendString writes a JSON string. Control characters and the two line separators that scripts stumble over are escaped, broken UTF-8 becomes
// U+FFFD.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	from := 0 // start of what is not written yet and needs no escaping
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c < ' ' || c == '"' || c == '\\' {
				b = append(b, s[from:i]...)
				if c < ' ' {
					b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
				} else {
					b = append(b, '\\', c)
				}
				from = i + 1
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if (r == utf8.RuneError && size == 1) || r == '\u2028' || r == '\u2029' {
			b = append(b, s[from:i]...)
			b = append(b, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
			from = i + size
		}
		i += size
	}
	return append(append(b, s[from:]...), '"')
}
