package deliver

import (
	"strings"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/openrtb"
)

// Attributes of a context that a learner can be told to use.
const (
	attrPlacement = "placement"
	attrAge       = "age"
	attrGender    = "gender"
	attrDevice    = "device"
	attrCountry   = "country"
	attrRegion    = "region"
	attrExposure  = "exposure"
)

// contextOf checks what the caller says of viewer and place. A word that is none of the known values counts as unknown, so that a
// site may send what it has of its viewers; only sizes are refused.
func contextOf(placement string, v *client.Viewer) (eventlog.Context, error) {
	if err := checkViewer(v); err != nil {
		return eventlog.Context{}, err
	}
	return eventlog.Context{
		Age:       knownAge(v.Age),
		Gender:    knownGender(v.Gender),
		Country:   knownCountry(v.Country),
		Region:    v.Region,
		Placement: knownPlacement(placement),
		Device:    knownDevice(v.Device),
	}, nil
}

// knownAge keeps the age ranges of the insights breakdown.
func knownAge(age string) string {
	if _, _, ok := ageRange(age); !ok {
		return ""
	}
	return age
}

// ageRange is the youngest and the oldest year of an age range.
func ageRange(age string) (from, to int64, ok bool) {
	switch age {
	case "13-17":
		return 13, 17, true
	case "18-24":
		return 18, 24, true
	case "25-34":
		return 25, 34, true
	case "35-44":
		return 35, 44, true
	case "45-54":
		return 45, 54, true
	case "55-64":
		return 55, 64, true
	case "65+":
		return 65, 150, true
	}
	return 0, 0, false
}

// knownGender keeps the two words that targeting knows.
func knownGender(gender string) string {
	if gender == "male" || gender == "female" {
		return gender
	}
	return ""
}

// knownCountry keeps two letters, in upper case; three, as exchanges have them, become two.
func knownCountry(country string) string {
	switch len(country) {
	case 2:
	case 3:
		return openrtb.Alpha2(country)
	default:
		return ""
	}
	country = strings.ToUpper(country)
	for i := range 2 {
		if country[i] < 'A' || country[i] > 'Z' {
			return ""
		}
	}
	return country
}

// knownPlacement keeps preview format names; none means the default.
func knownPlacement(placement string) string {
	if placement == "" {
		return object.DefaultPlacement
	}
	if placement == "INSTGRAM_STORY" { // the documentation's own spelling
		return "INSTAGRAM_STORY"
	}
	if _, _, ok := object.Placement(placement); !ok {
		return ""
	}
	return placement
}

// knownDevice keeps the words of the breakdowns device_platform and impression_device.
func knownDevice(device string) string {
	if devicePlatform(device) == "" {
		return ""
	}
	return device
}

// devicePlatform is what targeting calls the kind of a device: mobile or desktop, "" when it is unknown.
func devicePlatform(device string) string {
	switch device {
	case "mobile", "iphone", "ipad", "ipod", "android_smartphone", "android_tablet", "other":
		return "mobile"
	case "desktop":
		return "desktop"
	}
	return ""
}

// signatureOf joins the declared attributes of a context, as the learner sees it.
func signatureOf(attributes []string, c *eventlog.Context) bandit.Signature {
	var scratch [128]byte
	b := scratch[:0]
	for i, a := range attributes {
		if i > 0 {
			b = append(b, '|')
		}
		b = append(b, attribute(a, c)...)
	}
	return bandit.Signature(b)
}

// attribute is one value of a context.
func attribute(name string, c *eventlog.Context) string {
	switch name {
	case attrPlacement:
		return c.Placement
	case attrAge:
		return c.Age
	case attrGender:
		return c.Gender
	case attrDevice:
		return c.Device
	case attrCountry:
		return c.Country
	case attrRegion:
		return strings.ReplaceAll(c.Region, "|", "/") // "|" separates
	case attrExposure:
		return c.Exposure
	}
	return ""
}
