package openrtb

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// Viewer is who looks and with what, in the words of a decision. Empty members are not known.
type Viewer struct {
	ID      string // to be hashed; empty where none may be used
	Age     string // 18-24 … 65+
	Gender  string // male, female
	Country string // ISO 3166-1 alpha-2
	Region  string // its name
	City    string
	Zip     string
	Clock   string // offset from UTC, such as +02:00
	Locale  string // BCP 47
	OS      string // with its version: iOS 18.1
	Model   string
	Device  string // desktop, iphone, ipad, android_smartphone, android_tablet or mobile
}

// Viewer is who is there, in a year of the calendar, which turns a year of birth into an age.
func (r *BidRequest) Viewer(year int) Viewer {
	geo := r.Device.Geo
	if geo.Country == "" {
		geo = r.User.Geo
	}
	country := Alpha2(geo.Country)
	v := Viewer{
		Age: ageRange(r.User.YOB, year), Gender: map[string]string{"M": "male", "F": "female"}[strings.ToUpper(r.User.Gender)],
		Country: country, Region: region(country, geo.Region), City: word(geo.City), Zip: word(geo.Zip), Clock: clock(cmp.Or(r.Device.Geo.Offset, r.User.Geo.Offset)),
		Locale: locale(cmp.Or(r.Device.LangB, r.Device.Language)), Device: r.Device.kind(), OS: word(r.Device.OS), Model: word(r.Device.Model),
	}
	if v.OS != "" && r.Device.OSV != "" {
		v.OS = word(v.OS + " " + r.Device.OSV)
	}
	if r.Identifiable() {
		v.ID = r.viewerID()
	}
	return v
}

// maxWord is the longest name of a place or of a thing, in characters.
const maxWord = 64

// word is a name that can be printed, "" for what is none: an exchange passes on what pages and apps say.
func word(text string) string {
	odd := func(c rune) bool { return c == utf8.RuneError || !unicode.IsPrint(c) }
	if utf8.RuneCountInString(text) > maxWord || strings.ContainsFunc(text, odd) {
		return ""
	}
	return text
}

// clock is an offset of minutes as +02:00; "" for none, and for one that no place has.
func clock(offset *int) string {
	const most = 14 * 60
	if offset == nil || *offset < -most || *offset > most {
		return ""
	}
	sign, minutes := '+', *offset
	if minutes < 0 {
		sign, minutes = '-', -minutes
	}
	return fmt.Sprintf("%c%02d:%02d", sign, minutes/60, minutes%60)
}

// viewerID is the id by which a viewer is known best: ours, the device's, or the exchange's, which is marked since another exchange may use it for
// somebody else.
func (r *BidRequest) viewerID() string {
	id := r.User.BuyerUID
	if id == "" && strings.Trim(r.Device.IFA, "0-") != "" { // zeros stand for an id that was withheld
		id = r.Device.IFA
	}
	if id == "" && r.User.ID != "" {
		id = "exchange:" + r.User.ID
	}
	if len(id) > maxID {
		return ""
	}
	return id
}

// ageRange is the range in which somebody is who was born in a year, taken to have had their birthday; "" when that is unlikely.
func ageRange(born, year int) string {
	switch age := year - born; {
	case age < 13 || age > 120:
		return ""
	case age < 18:
		return "13-17"
	case age < 25:
		return "18-24"
	case age < 35:
		return "25-34"
	case age < 45:
		return "35-44"
	case age < 55:
		return "45-54"
	case age < 65:
		return "55-64"
	}
	return "65+"
}

// Alpha2 is a country of three letters (ISO 3166 alpha-3), or two, in two; "" for what is none.
func Alpha2(country string) string {
	region, err := language.ParseRegion(country)
	if err != nil || !region.IsCountry() {
		return ""
	}
	return region.String()
}

// locale is a language as BCP 47 spells it, "" for none.
func locale(text string) string {
	tag, err := language.Parse(text)
	if err != nil || tag == language.Und {
		return ""
	}
	return tag.String()
}

// kind is a device in the words of a decision; televisions and boxes are none of them.
func (d *Device) kind() string {
	system, tablet := strings.ToLower(d.OS), d.Type == deviceTablet
	switch {
	case d.Type == deviceComputer:
		return "desktop"
	case d.Type != 0 && d.Type != deviceMobile && d.Type != devicePhone && !tablet:
		return ""
	case strings.Contains(system, "ipados"), system == "ios" && tablet:
		return "ipad"
	case system == "ios":
		return "iphone"
	case system == "android" && tablet:
		return "android_tablet"
	case system == "android":
		return "android_smartphone"
	case d.Type != 0:
		return "mobile"
	}
	return ""
}

// Types of device in AdCOM 1.0.
const (
	deviceMobile   = 1 // phone or tablet
	deviceComputer = 2
	devicePhone    = 4
	deviceTablet   = 5
)
