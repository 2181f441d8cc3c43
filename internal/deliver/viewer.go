package deliver

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/target"
)

// Limits of what a caller may say of a viewer; what is longer is refused.
const (
	maxViewerID     = 256 // bytes
	maxViewerText   = 64  // runes of a region, a city and the like
	maxViewerList   = 50  // interests, audiences
	maxProducts     = 20
	maxListedViewer = 100 // runes of each
)

// checkViewer refuses oversized or unprintable members.
func checkViewer(v *client.Viewer) error {
	if len(v.ID) > maxViewerID {
		return invalid("viewer.id", "max_length", fmt.Sprintf("viewer.id has %d bytes, at most %d are accepted", len(v.ID), maxViewerID))
	}
	for _, m := range [...]struct{ name, text string }{
		{"viewer.region", v.Region}, {"viewer.city", v.City}, {"viewer.zip", v.Zip}, {"viewer.device_model", v.Model}, {"viewer.os", v.OS},
		{"viewer.locale", v.Locale}, {"viewer.timezone", v.Timezone},
	} {
		if err := checkText(m.name, m.text, maxViewerText); err != nil {
			return err
		}
	}
	for _, m := range [...]struct {
		name  string
		list  []string
		limit int
	}{{"viewer.interests", v.Interests, maxViewerList}, {"viewer.audiences", v.Audiences, maxViewerList}, {"viewer.products", v.Products, maxProducts}} {
		if err := checkList(m.name, m.list, m.limit); err != nil {
			return err
		}
	}
	return nil
}

// checkText refuses a text that is longer than some characters, or that has some that cannot be printed.
func checkText(name, text string, limit int) error {
	if utf8.RuneCountInString(text) > limit {
		return invalid(name, "max_length", fmt.Sprintf("%s is longer than %d characters", name, limit))
	}
	if strings.ContainsFunc(text, unprintable) {
		return invalid(name, "text", name+" has characters that cannot be printed")
	}
	return nil
}

// checkList refuses too many texts, or one that [checkText] refuses.
func checkList(name string, list []string, limit int) error {
	if len(list) > limit {
		return invalid(name, "max_count", fmt.Sprintf("%s has %d entries, at most %d are accepted", name, len(list), limit))
	}
	for i, text := range list {
		if err := checkText(name+"."+strconv.Itoa(i), text, maxListedViewer); err != nil {
			return err
		}
	}
	return nil
}

// unprintable finds control characters and broken UTF-8, which no name of a region or of an event has.
func unprintable(r rune) bool { return r == utf8.RuneError || !unicode.IsPrint(r) }

// knownOf is what targeting asks of a viewer, but for what depends on the account: audiences and the hours.
func knownOf(v *client.Viewer, c *eventlog.Context) target.Viewer {
	known := target.Viewer{
		Country: c.Country, Region: target.Fold(v.Region), City: target.Fold(v.City), Zip: target.Fold(v.Zip), Age: c.Age, Gender: c.Gender,
		Locale: target.FoldLocale(v.Locale), Device: devicePlatform(c.Device), Model: target.Fold(v.Model), Placement: c.Placement,
	}
	for _, interest := range v.Interests {
		known.Interests = append(known.Interests, target.Fold(interest))
	}
	if known.OS, known.Version, _ = strings.Cut(target.Fold(v.OS), " "); known.OS == "" {
		known.OS = systemOf(c.Device)
	}
	return known
}

// systemOf is the operating system of a device, "" when it is not known.
func systemOf(device string) string {
	switch device {
	case "iphone", "ipad", "ipod":
		return "ios"
	case "android_smartphone", "android_tablet":
		return "android"
	}
	return ""
}

// hourOf is the hour of the week on a clock.
func hourOf(t time.Time) target.Hour { return target.HourOf(int(t.Weekday()), t.Hour()) }

// maxZones is how many time zones are remembered: about twice as many as there are.
const maxZones = 1200

// zones remembers time zones by their names, so that not every decision reads a file.
type zones struct {
	known sync.Map // name → *time.Location, nil for what is none
	count atomic.Int64
}

// localHour is the hour of the week where a viewer is, by the name of a time zone or by an offset; 0 when it cannot be told.
func (z *zones) localHour(name string, now time.Time) target.Hour {
	if name == "" {
		return 0
	}
	if at, err := time.Parse("Z07:00", name); err == nil {
		_, offset := at.Zone()
		return hourOf(now.UTC().Add(time.Duration(offset) * time.Second))
	}
	if zone := z.zone(name); zone != nil {
		return hourOf(now.In(zone))
	}
	return 0
}

// zone is the time zone of a name, nil for none.
func (z *zones) zone(name string) *time.Location {
	if found, ok := z.known.Load(name); ok {
		return found.(*time.Location)
	}
	if name == "Local" {
		return nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		zone = nil
	}
	if z.count.Add(1) > maxZones { // most of these are no zones: whoever makes names up does not keep the others from being known
		z.known.Clear()
		z.count.Store(1)
	}
	z.known.Store(name, zone)
	return zone
}
