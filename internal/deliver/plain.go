package deliver

import "github.com/marquetry/marquetry/client"

// maxPlainBody is the longest body, in bytes, that is read as a plain one.
const maxPlainBody = 4 << 10

// plainRequest reads the body that most sites send, in a fraction of the time that any JSON takes: members that are texts of plain characters, a small
// count, and a viewer of such texts. It is not ok for any other body, right or wrong; where it is, encoding/json would have read the same.
func plainRequest(body string, req *client.DecisionRequest) bool {
	p := plain{rest: body}
	p.object(func(name string) {
		switch name {
		case "viewer":
			p.object(func(name string) { p.text(viewerMember(&req.Viewer, name)) })
		case "count":
			req.Count = p.digit()
		default:
			p.text(requestMember(req, name))
		}
	})
	p.space()
	return !p.bad && p.rest == ""
}

// requestMember is where a text of a request goes, nil when there is no such text.
func requestMember(req *client.DecisionRequest, name string) *string {
	switch name {
	case "business_id":
		return &req.BusinessID
	case "account_id":
		return &req.AccountID
	case "adset_id":
		return &req.AdSetID
	case "ad_id":
		return &req.AdID
	case "placement":
		return &req.Placement
	case "time":
		return &req.Time
	}
	return nil
}

// viewerMember is where a text of a viewer goes, nil when there is no such text.
func viewerMember(v *client.Viewer, name string) *string {
	switch name {
	case "id":
		return &v.ID
	case "age":
		return &v.Age
	case "gender":
		return &v.Gender
	case "country":
		return &v.Country
	case "region":
		return &v.Region
	case "device":
		return &v.Device
	case "os":
		return &v.OS
	case "locale":
		return &v.Locale
	case "timezone":
		return &v.Timezone
	case "counter":
		return &v.Counter
	}
	return nil
}

// plain takes JSON off the front of a text; after the first thing that it does not know, bad is set.
type plain struct {
	rest string
	bad  bool
}

// space skips what may stand between tokens.
func (p *plain) space() {
	for p.rest != "" && (p.rest[0] == ' ' || p.rest[0] == '\n' || p.rest[0] == '\r' || p.rest[0] == '\t') {
		p.rest = p.rest[1:]
	}
}

// take takes a character, and reports whether it was there.
func (p *plain) take(c byte) bool {
	p.space()
	if p.rest == "" || p.rest[0] != c {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

// object takes an object; member takes the value of each member.
func (p *plain) object(member func(name string)) {
	if p.bad = p.bad || !p.take('{'); p.bad || p.take('}') {
		return
	}
	for {
		var name string
		p.text(&name)
		if p.bad = p.bad || !p.take(':'); !p.bad {
			member(name)
		}
		if p.bad || !p.take(',') {
			break
		}
	}
	p.bad = p.bad || !p.take('}')
}

// text takes a string of plain characters into a place.
func (p *plain) text(into *string) {
	if p.bad = p.bad || into == nil || !p.take('"'); p.bad {
		return
	}
	for i := range len(p.rest) {
		switch c := p.rest[i]; {
		case c == '"':
			*into, p.rest = p.rest[:i], p.rest[i+1:]
			return
		case c < ' ' || c > '~' || c == '\\':
			p.bad = true
			return
		}
	}
	p.bad = true
}

// digit takes a number from 0 to 9.
func (p *plain) digit() int {
	p.space()
	if p.bad = p.bad || p.rest == "" || p.rest[0] < '0' || p.rest[0] > '9'; p.bad {
		return 0
	}
	n := int(p.rest[0] - '0')
	p.rest = p.rest[1:]
	return n
}
