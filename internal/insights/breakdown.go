package insights

import (
	"fmt"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// combinationBreakdown is ours: one row per combination of an ad, with what has been learnt of it.
const combinationBreakdown = "combination"

// breakdowns reads and checks the breakdowns. Their order has no meaning; rows carry them in the order asked.
func (p *parser) breakdowns() []string {
	asked := p.words("breakdowns", breakdowns(p.version))
	if len(p.faults) > 0 {
		return asked // a misspelt name is reported once, not again as a wrong set
	}
	if fault := checkBreakdowns(asked); fault != nil {
		p.faults = append(p.faults, fault)
	}
	return asked
}

// checkBreakdowns refuses sets that the platform does not combine, and known breakdowns for which nothing is counted here.
func checkBreakdowns(asked []string) *object.Fault {
	fault := &object.Fault{Path: []string{"breakdowns"}, Rule: "insights.breakdowns.combination"}
	for _, b := range asked {
		if _, ok := splitColumn(b); !ok && b != combinationBreakdown && b != pairBreakdown {
			fault.Rule = "insights.breakdowns.emulated"
			fault.Message = fmt.Sprintf("The breakdown %s is known but not emulated here; there are: %s", b, strings.Join(emulated(), ", "))
			return fault
		}
	}
	if !allowed(asked) {
		fault.Message = fmt.Sprintf("Current combination of data breakdown columns (action_type, %s) is invalid", strings.Join(asked, ", "))
		return fault
	}
	return nil
}

// allowed reports whether breakdowns can be asked for together.
func allowed(asked []string) bool {
	set := slices.Compact(slices.Sorted(slices.Values(asked)))
	if len(set) != len(asked) {
		return false
	}
	if i := slices.IndexFunc(set, isAssetColumn); i >= 0 {
		set = slices.Delete(set, i, i+1) // one asset breakdown, alone, by age and gender or by how often it was seen
		return slices.Contains([]string{"", "age", "gender", "age gender", frequencyBreakdown}, strings.Join(set, " "))
	}
	return slices.Contains([]string{
		"", "age", "gender", "age gender", "country", "region", "impression_device", frequencyBreakdown, combinationBreakdown, pairBreakdown,
		"publisher_platform", "impression_device publisher_platform",
		"platform_position publisher_platform", "impression_device platform_position publisher_platform",
	}, strings.Join(set, " "))
}

// emulated lists the breakdowns that can be asked for.
func emulated() []string {
	return slices.Concat(placeColumns(), assetColumns(), []string{combinationBreakdown, pairBreakdown})
}

// isAssetColumn reports whether a breakdown is by asset.
func isAssetColumn(name string) bool { return slices.Contains(assetColumns(), name) }

// splitColumn is the SQL expression that a breakdown groups by.
func splitColumn(name string) (string, bool) {
	switch {
	case slices.Contains(placeColumns(), name):
		return "x." + name, true
	case isAssetColumn(name):
		return "c." + name, true
	}
	return "", false
}
