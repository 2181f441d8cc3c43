package openrtb

import (
	"cmp"
	"strings"

	"golang.org/x/text/language"
)

// Viewer is who looks and with what, in the words of a decision. Empty members are not known.
type Viewer struct {
	ID      string // to be hashed; empty where none may be used
	Age     string // 18-24 … 65+
	Gender  string // male, female
	Country string // ISO 3166-1 alpha-2
	Region  string // ISO 3166-2, without the country
	Locale  string // BCP 47
	Device  string // desktop, iphone, ipad, android_smartphone, android_tablet or mobile
}

// Viewer is who is there, in a year of the calendar, which turns a year of birth into an age.
func (r *BidRequest) Viewer(year int) Viewer {
	geo := r.Device.Geo
	if geo.Country == "" {
		geo = r.User.Geo
	}
	v := Viewer{
		Age: ageRange(r.User.YOB, year), Gender: map[string]string{"M": "male", "F": "female"}[strings.ToUpper(r.User.Gender)],
		Country: alpha2(geo.Country), Region: geo.Region, Locale: locale(cmp.Or(r.Device.LangB, r.Device.Language)), Device: r.Device.kind(),
	}
	if r.Identifiable() {
		v.ID = r.viewerID()
	}
	return v
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

// alpha2 is a country of three letters, or two, in two.
func alpha2(country string) string {
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
