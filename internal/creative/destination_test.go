package creative

import (
	"strings"
	"testing"
)

func TestDestination(t *testing.T) {
	t.Parallel()
	macros := map[string]string{
		"campaign.name": "Spring & Summer=100%", "campaign.id": "1", "adset.id": "2", "adset.name": "Set", "ad.id": "3", "ad.name": "{{ad.id}}",
		"placement": "feed", "site_source_name": "fb",
	}
	for _, tc := range []struct {
		name, link string
		tags       []string
		want       string
	}{
		{"a link without tags stays", "https://example.com/a?b=c#d", nil, "https://example.com/a?b=c#d"},
		{"tags start a query", "https://example.com/", []string{"utm_source=x"}, "https://example.com/?utm_source=x"},
		{"tags join a query, before the fragment", "https://example.com/?a=b#top", []string{"utm_source=x", "", "&c=d"},
			"https://example.com/?a=b&utm_source=x&c=d#top"},
		{"macros are percent-encoded", "https://example.com/", []string{"c={{campaign.name}}&p={{placement}}"},
			"https://example.com/?c=Spring%20%26%20Summer%3D100%25&p=feed"},
		{"macros work in path and query of the link", "https://example.com/{{adset.id}}?ad={{ad.id}}", nil, "https://example.com/2?ad=3"},
		{"a value is not expanded again", "https://example.com/", []string{"n={{ad.name}}"}, "https://example.com/?n=%7B%7Bad.id%7D%7D"},
		{"an unknown macro stays", "https://example.com/", []string{"n={{ad.colour}}"}, "https://example.com/?n=%7B%7Bad.colour%7D%7D"},
		{"an open brace stays", "https://example.com/", []string{"n={{ad.id"}, "https://example.com/?n=%7B%7Bad.id"},
		{"what may not stand in a query is encoded", "https://example.com/", []string{"n=a b#c\r\nSet-Cookie: é%zz%41"},
			"https://example.com/?n=a%20b%23c%0D%0ASet-Cookie:%20%C3%A9%25zz%41"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := Destination(tc.link, tc.tags, macros)
			if err != nil || got != tc.want {
				t.Errorf("got %q %v, want %q", got, err, tc.want)
			}
		})
	}
}

func TestDestinationRefusesOtherThanTheWeb(t *testing.T) {
	t.Parallel()
	for _, link := range []string{
		"", "example.com", "//example.com", "/path", "javascript:alert(1)", "data:text/html,x", "ftp://example.com", "https:///path", "https://{{placement}}/",
		"http://exa\nmple.com", `https://example.com\@evil.example`,
	} {
		if got, err := Destination(link, nil, map[string]string{"placement": "evil.example"}); err == nil {
			t.Errorf("%q became %q", link, got)
		}
	}
}

// FuzzDestination checks that whatever the parts, the result keeps the link's host and fits in a header.
func FuzzDestination(f *testing.F) {
	f.Add("https://example.com/a?b=c#d", "utm={{campaign.name}}", "Spring & Summer")
	f.Add("https://example.com/{{campaign.name}}", "?a#b", "../../\r\n")
	f.Fuzz(func(t *testing.T, link, tag, name string) {
		got, err := Destination(link, []string{tag}, map[string]string{"campaign.name": name})
		if err != nil {
			return
		}
		before, err := parseWeb(link)
		if err != nil {
			t.Fatalf("%q was taken", link)
		}
		after, err := parseWeb(got)
		if err != nil || after.Host != before.Host || after.Scheme != before.Scheme {
			t.Fatalf("%q became %q: %v", link, got, err)
		}
		if strings.ContainsFunc(got, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
			t.Fatalf("%q holds a space or a control character", got)
		}
	})
}
