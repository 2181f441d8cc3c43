package openrtb

import "strings"

// states are those of the United States by the code of ISO 3166-2, as targeting names them.
const states = `AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC Washington D. C.|FL Florida|GA Georgia|` +
	`HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|` +
	`MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|` +
	`OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|` +
	`WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|`

// region is the name of a region, which some exchanges send as it is and most as a code. A code of another country than the United States is not known
// by its name, and so no region is: an ad for the region is then shown to the country, which is better than to nobody.
func region(country, text string) string {
	code := strings.TrimPrefix(strings.ToUpper(text), country+"-")
	if len(code) > 3 {
		return word(text)
	}
	if country != "US" || len(code) != 2 {
		return ""
	}
	_, after, _ := strings.Cut("|"+states, "|"+code+" ")
	name, _, _ := strings.Cut(after, "|")
	return name
}
