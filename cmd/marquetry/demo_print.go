package main

import (
	"fmt"
	"strings"
)

// print writes the report.
func (s *story) print(r *result) {
	s.page.note("%s clicks, %s purchases, %.2f USD", group(r.Clicks), group(r.Purchases), r.Revenue)
	s.page.step(3, "What the server found")
	s.printAssets(r)
	s.page.gap()
	s.printSegments(r)
	s.page.gap()
	s.page.note("percent of optimal, by tenth of the visits:%s", percents(r.Tenths))
	s.page.note("last tenth %s, uniform rotation %.1f %%, %.1f times as good", s.page.bold(fmt.Sprintf("%.1f %%", r.LastTenth)), r.Uniform, r.LastTenth/r.Uniform)
	s.page.note("learning state: %s; the leader is the best one with a probability of %.0f %%", r.LearningState, 100*r.Leader)
	s.page.note("the same as a page: %s (%.1f s)", s.page.bold(s.base+"/"), r.Seconds)
}

// percents lists percentages without decimals.
func percents(list []float64) string {
	text := ""
	for _, x := range list {
		text += fmt.Sprintf(" %.0f", x)
	}
	return text
}

// printAssets writes the asset breakdowns of /insights as one table.
func (s *story) printAssets(r *result) {
	rows := []string{"asset\timpressions\tclicks\tpurchases\tper impression"}
	for _, b := range breakdowns() {
		for _, a := range r.PerAsset[b[0]] {
			rows = append(rows, fmt.Sprintf("%s\t%s\t%s\t%s\t%.2f %%",
				cut(a.Asset), group(int(a.Impressions)), group(int(a.Clicks)), group(int(a.Purchases)), 100*a.Rate))
		}
	}
	s.page.table(rows...)
}

// printSegments writes what each segment was shown beside the truth.
func (s *story) printSegments(r *result) {
	rows := []string{"segment\t\timage\ttitle\tbody\tdescription\tbutton\tof the best"}
	for _, b := range r.BestBySegment {
		rows = append(rows, fmt.Sprintf("%s\tshown\t%s\t%.0f %%", b.Segment, across(b.Shown), b.Percent), "\tbest\t"+across(b.Best))
	}
	s.page.table(rows...)
}

// across is a combination as cells of a table.
func across(assets map[string]string) string {
	return strings.Join([]string{
		assets["image"], cut(assets["title"]), cut(assets["body"]), cut(assets["description"]), assets["call_to_action"],
	}, "\t")
}

// cut shortens a text to what fits a column.
func cut(text string) string {
	const longest = 22
	runes := []rune(text)
	if len(runes) <= longest {
		return text
	}
	return strings.TrimRight(string(runes[:longest-1]), " ,.") + "…"
}

// invite prints commands to paste.
func (s *story) invite() {
	header := "-H 'Authorization: Bearer " + s.token + "'"
	s.page.step(4, "Yours to try, until Ctrl-C")
	for _, command := range []string{
		fmt.Sprintf("curl -s %s '%s/v25.0/%s/insights?breakdowns=title_asset&fields=impressions,clicks,actions&date_preset=maximum'", header, s.base, s.ad),
		fmt.Sprintf("curl -s %s '%s/v25.0/%s/insights?breakdowns=combination&date_preset=maximum&limit=3'", header, s.base, s.ad),
		fmt.Sprintf(`curl -s '%s/v1/decisions' -d '{"adset_id":"%s","placement":"INSTAGRAM_STORY","viewer":{"age":"18-24","country":"US"}}'`, s.base, s.adset),
	} {
		fmt.Fprintf(s.page.out, "\n%s\n", command)
	}
}
