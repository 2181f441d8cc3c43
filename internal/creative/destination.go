package creative

import (
	"errors"
	"net/url"
	"strings"
)

// errNotWeb is the answer to a URL that a browser must not be sent to.
var errNotWeb = errors.New("not an absolute http or https URL")

// parseWeb parses a URL that is absolute, has a host and is http or https.
func parseWeb(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, errNotWeb
	}
	return u, nil
}

// Destination is where a click goes: the link with the tags of the creative and of the chosen assets appended, and every macro of
// macros (named without braces: "campaign.name") replaced by its percent-encoded value. An unknown macro stays, percent-encoded.
// The result is safe in a Location header and has the host of the link.
func Destination(link string, tags []string, macros map[string]string) (string, error) {
	bare, err := parseWeb(link)
	if err != nil {
		return "", err
	}
	u, err := parseWeb(expand(link, macros))
	if err != nil || u.Host != bare.Host {
		return "", errNotWeb
	}
	query := u.RawQuery
	for _, tag := range tags {
		tag = strings.Trim(expand(tag, macros), "?& \t\r\n")
		if tag != "" && query != "" {
			query += "&"
		}
		query += tag
	}
	u.RawQuery = escapeQuery(query)
	return u.String(), nil
}

// expand replaces {{name}} by the percent-encoded value of name, in one pass: a value that looks like a macro is not expanded again.
func expand(s string, macros map[string]string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(s, "{{")
		name, after, closed := strings.Cut(rest, "}}")
		if !found || !closed {
			out.WriteString(s)
			return out.String()
		}
		out.WriteString(before)
		if value, ok := macros[strings.TrimSpace(name)]; ok {
			out.WriteString(strings.ReplaceAll(url.QueryEscape(value), "+", "%20")) // good in a path and in a query
		} else {
			out.WriteString("{{" + name + "}}")
		}
		s = after
	}
}

// escapeQuery percent-encodes what may not stand in a query, and leaves alone what is encoded already.
func escapeQuery(s string) string {
	const hex = "0123456789ABCDEF"
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		switch b := s[i]; {
		case b >= 'a' && b <= 'z', b >= 'A' && b <= 'Z', b >= '0' && b <= '9', strings.IndexByte("-._~!$&'()*+,;=:@/?", b) >= 0,
			b == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			out.WriteByte(b)
		default:
			out.Write([]byte{'%', hex[b>>4], hex[b&15]})
		}
	}
	return out.String()
}

// isHex reports whether b is a hexadecimal digit.
func isHex(b byte) bool { return strings.IndexByte("0123456789abcdefABCDEF", b) >= 0 }
