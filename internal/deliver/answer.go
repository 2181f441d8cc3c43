package deliver

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/bandit"
)

// decided is one decision before it is put into words, for Go in wire and for HTTP in appendTo; both say the same.
type decided struct {
	id      uint64
	ad      *ad
	price   int64 // of the impression, in millionths of the account's currency
	card    *card
	choice  bandit.Choice
	policy  string
	token   []byte
	explain *client.Explanation // nil unless asked for
}

// wire is the decision as a value.
func (d *decided) wire() client.Decision {
	token := string(d.token)
	return client.Decision{
		ID: strconv.FormatUint(d.id, 10), AdID: d.ad.id, AdSetID: d.ad.adset.id, CampaignID: d.ad.adset.campaign,
		CombinationID: d.card.combination, ProductID: d.card.product, Assets: d.card.assets, Propensity: d.choice.Propensity, Policy: d.policy,
		ImpressionURL: d.card.impression + token, ViewableURL: d.card.viewable + token, ClickURL: d.card.click + token, Token: token,
		Cards: cardsWith(d.card.cards, token), HTML: strings.Join(d.card.html, token), Explain: d.explain,
	}
}

// appendTo writes the decision as JSON: the parts that all decisions for its combination share, with what is its own between them. Neither
// a token nor a policy's name has a character that JSON escapes.
func (d *decided) appendTo(b []byte) []byte {
	b = append(b, `{"id":"`...)
	b = strconv.AppendUint(b, d.id, 10)
	b = append(append(b, `",`...), d.ad.json...)
	b = append(append(b, ','), d.card.json.assets...)
	b = append(b, `,"propensity":`...)
	b = strconv.AppendFloat(b, d.choice.Propensity, 'g', -1, 64)
	b = append(append(b, `,"policy":"`...), d.policy...)
	b = append(append(append(b, `","impression_url":`...), d.card.json.impression...), d.token...)
	b = append(append(append(b, `","viewable_url":`...), d.card.json.viewable...), d.token...)
	b = append(append(append(b, `","click_url":`...), d.card.json.click...), d.token...)
	b = append(append(b, `","token":"`...), d.token...)
	b = append(b, '"')
	b = d.appendParts(b, `,"cards":`, d.card.json.cards)
	b = d.appendParts(b, `,"html":`, d.card.json.html)
	if d.explain != nil {
		b = append(append(b, `,"explain":`...), quoted(d.explain)...)
	}
	return append(b, '}')
}

// appendParts writes a member with the token between the parts of its value; nothing without any.
func (d *decided) appendParts(b []byte, name string, parts [][]byte) []byte {
	for i, part := range parts {
		if i == 0 {
			b = append(b, name...)
		} else {
			b = append(b, d.token...)
		}
		b = append(b, part...)
	}
	return b
}

// reply is the answer to a request before it is put into words.
type reply struct {
	made    []decided
	why     reason // of an empty answer
	counter []byte // for a client without a viewer's id; nil for none

	excluded *exclusions // nil unless explained
}

// wire is the answer as a value.
func (r *reply) wire() client.DecisionResponse {
	answer := client.DecisionResponse{Decisions: make([]client.Decision, len(r.made)), Reason: r.why.String(), Counter: string(r.counter)}
	for i := range r.made {
		answer.Decisions[i] = r.made[i].wire()
	}
	if r.excluded != nil {
		answer.Excluded, answer.More = r.excluded.list, r.excluded.more
	}
	return answer
}

// appendTo writes the answer as JSON.
func (r *reply) appendTo(b []byte) []byte {
	b = append(b, `{"decisions":[`...)
	for i := range r.made {
		if i > 0 {
			b = append(b, ',')
		}
		b = r.made[i].appendTo(b)
	}
	b = append(b, ']')
	if r.why != eligible {
		b = append(append(append(b, `,"reason":"`...), r.why.String()...), '"')
	}
	if r.counter != nil {
		b = append(append(append(b, `,"counter":"`...), r.counter...), '"')
	}
	if r.excluded != nil && len(r.excluded.list) > 0 {
		b = append(append(b, `,"excluded":`...), quoted(r.excluded.list)...)
		if r.excluded.more > 0 {
			b = strconv.AppendInt(append(b, `,"excluded_more":`...), int64(r.excluded.more), 10)
		}
	}
	return append(b, '}')
}

// writeDecisions answers decisions.
func (s *Service) writeDecisions(w http.ResponseWriter, r *reply) {
	s.writeBuffered(w, r.appendTo)
}

// writeBuffered answers JSON from a buffer that the next answer uses again.
func (s *Service) writeBuffered(w http.ResponseWriter, write func([]byte) []byte) {
	buffer := s.buffers.Get().(*[]byte)
	*buffer = append(write((*buffer)[:0]), '\n')
	h := w.Header()
	h["Content-Type"] = []string{"application/json"}
	h["Cache-Control"] = []string{"no-store"}
	h["Content-Length"] = []string{strconv.Itoa(len(*buffer))}
	w.Write(*buffer)
	s.buffers.Put(buffer)
}
