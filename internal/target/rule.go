package target

// Rule is what of an ad set keeps a viewer from its ads, in the order in which the rules are asked.
type Rule uint8

// The rules; Admitted is the absence of one.
const (
	Admitted Rule = iota
	Countries
	Regions
	Cities
	Zips
	ExcludedPlaces
	AgeMin
	AgeMax
	Genders
	Locales
	Detailed // interests and the like that stand in targeting itself
	FlexibleSpec
	Exclusions
	CustomAudiences
	ExcludedAudiences
	Platforms
	Positions
	Devices
	OS
	UserDevice
	ExcludedDevice
	Hours

	rules = iota // how many there are
)

// words are the name of a rule, which is the member of the ad set that it reads, and what it says.
func (r Rule) words() (name, message string) {
	w := [rules][2]string{
		Countries:         {"targeting.countries", "the viewer is in no targeted country"},
		Regions:           {"targeting.regions", "the viewer is in no targeted region"},
		Cities:            {"targeting.cities", "the viewer is in no targeted city"},
		Zips:              {"targeting.zips", "the viewer has no targeted ZIP code"},
		ExcludedPlaces:    {"targeting.excluded_geo_locations", "the viewer is in an excluded place"},
		AgeMin:            {"targeting.age_min", "the viewer is younger"},
		AgeMax:            {"targeting.age_max", "the viewer is older"},
		Genders:           {"targeting.genders", "the viewer has another gender"},
		Locales:           {"targeting.locales", "the viewer reads another language"},
		Detailed:          {"targeting.interests", "the viewer is not known for any of the interests, behaviours or other traits"},
		FlexibleSpec:      {"targeting.flexible_spec", "the viewer is not known for anything in one of the groups of flexible_spec"},
		Exclusions:        {"targeting.exclusions", "the viewer is known for something that is excluded"},
		CustomAudiences:   {"targeting.custom_audiences", "the viewer is in none of the custom audiences"},
		ExcludedAudiences: {"targeting.excluded_custom_audiences", "the viewer is in an excluded custom audience"},
		Platforms:         {"targeting.publisher_platforms", "the placement is on another platform"},
		Positions:         {"targeting.positions", "the placement is another position of its platform"},
		Devices:           {"targeting.device_platforms", "the device is of another kind"},
		OS:                {"targeting.user_os", "the device has another operating system, or another version"},
		UserDevice:        {"targeting.user_device", "the device is another model"},
		ExcludedDevice:    {"targeting.excluded_user_device", "the model of the device is excluded"},
		Hours:             {"adset_schedule", "the ad set does not run at this hour of the week"},
	}
	return w[r][0], w[r][1]
}

// String names the member of the ad set that the rule reads.
func (r Rule) String() string { name, _ := r.words(); return name }

// Message says in words what keeps the viewer away.
func (r Rule) Message() string { _, message := r.words(); return message }

// bars reports whether a rule keeps those away who fit, not those who don't.
func (r Rule) bars() bool { return r == Exclusions || r == ExcludedAudiences || r == ExcludedDevice }
