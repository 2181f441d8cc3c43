package main

import (
	"fmt"
	"slices"
	"strings"
)

// print writes the report. Its lines fit 100 columns.
func (s *story) print(r *result) {
	s.page.note("%s impressions, %s clicks, %s purchases worth %.2f USD, in %d simulated days", group(r.Impressions), group(r.Clicks),
		group(r.Purchases), r.Revenue, simulatedDays(s.impressions))
	s.page.step(3, "What the server found")
	s.page.note("How much of what was possible was sold, in percent, by tenth of the visits:")
	s.page.note("%s", s.page.bold(percents(r.Tenths)))
	s.page.note("100 is the best combination for everybody; showing all of them evenly would reach %.1f.", r.Uniform)
	s.page.note("The last tenth reached %s: %.1f times as much.", s.page.bold(fmt.Sprintf("%.1f %%", r.LastTenth)), r.LastTenth/r.Uniform)
	s.page.gap()
	s.printSegments(r)
	s.page.gap()
	s.printAssets(r)
	s.page.gap()
	s.page.note("Learning state: %s. %s", s.page.bold(r.LearningState), stateMeaning(r.LearningState))
	s.page.note("The leading combination is the best of all with a probability of %.0f %%, says the server. (%.1f s)", 100*r.Leader, r.Seconds)
}

// stateMeaning is a verdict of the reports in a sentence.
func stateMeaning(state string) string {
	switch state {
	case "LEARNING":
		return "Traffic has shifted, but no winner is named before it is sure."
	case "LEARNING_LIMITED":
		return "At this pace there will be too few purchases to be sure."
	case "WINNER":
		return "It surely beats showing all evenly, and little is left to gain."
	case "NO_MATERIAL_DIFFERENCE":
		return "The combinations do about equally well."
	}
	return ""
}

// percents lists percentages without decimals.
func percents(list []float64) string {
	words := make([]string, len(list))
	for i, x := range list {
		words[i] = fmt.Sprintf("%.0f", x)
	}
	return strings.Join(words, "  ")
}

// printAssets writes the asset breakdowns of /insights as one table.
func (s *story) printAssets(r *result) {
	s.page.note("Each asset, as /insights has it. These are raw rates: an asset that was dropped early was seldom")
	s.page.note("shown beside the good ones. The page of the ad compares them in equal company.")
	s.page.gap()
	rows := []string{"\tasset\timpressions\tclicks\tpurchases\tper impression"}
	for _, b := range breakdowns() {
		kind := strings.TrimSuffix(b[0], "_asset")
		if kind == "call_to_action" {
			kind = "button"
		}
		for _, a := range r.PerAsset[b[0]] {
			rows = append(rows, fmt.Sprintf("%s\t%s\t%s\t%s\t%s\t%.2f %%",
				kind, cut(a.Asset, 30), group(int(a.Impressions)), group(int(a.Clicks)), group(int(a.Purchases)), 100*a.Rate))
			kind = ""
		}
	}
	s.page.table(rows...)
}

// printSegments writes what each segment was shown beside the truth. Combinations get letters, so that a row of them is short.
func (s *story) printSegments(r *result) {
	s.page.note("Shown most in the last tenth, beside the best in truth:")
	s.page.gap()
	var known []string
	letter := func(assets map[string]string) string {
		row := across(assets)
		if !slices.Contains(known, row) {
			known = append(known, row)
		}
		return string(rune('A' + slices.Index(known, row)))
	}
	rows := []string{"people\tshown most\tthe best\tsells, of the best"}
	for _, b := range r.BestBySegment {
		rows = append(rows, fmt.Sprintf("%s\t%s (%.0f %% of their visits)\t%s\t%.0f %%", b.Segment, letter(b.Shown), 100*b.Share, letter(b.Best), b.Percent))
	}
	s.page.table(rows...)
	s.page.gap()
	rows = []string{"\timage\ttitle\tbody\tdescription\tbutton"}
	for i, row := range known {
		rows = append(rows, string(rune('A'+i))+"\t"+row)
	}
	s.page.table(rows...)
}

// across is a combination as cells of a table.
func across(assets map[string]string) string {
	return strings.Join([]string{
		assets["image"], assets["title"], cut(assets["body"], 17), cut(assets["description"], 17), assets["call_to_action"],
	}, "\t")
}

// cut shortens a text to so many characters.
func cut(text string, longest int) string {
	runes := []rune(text)
	if len(runes) <= longest {
		return text
	}
	return strings.TrimRight(string(runes[:longest-1]), " ,.") + "…"
}

// invite prints where to look and commands to paste.
func (s *story) invite() {
	s.page.step(4, "Yours to try, until Ctrl-C")
	s.page.note("The same with pictures: %s", s.page.bold(s.base+"/console/ads/"+s.ad))
	for _, c := range [][2]string{
		{"How did each title do?", fmt.Sprintf("curl -sG %s/v25.0/%s/insights \\\n  -d breakdowns=title_asset -d fields=impressions,clicks,actions -d date_preset=maximum \\\n  -d access_token=%s",
			s.base, s.ad, s.token)},
		{"Which three combinations are likeliest to be the best, and how sure is that?",
			fmt.Sprintf("curl -sG %s/v25.0/%s/insights \\\n  -d breakdowns=combination -d date_preset=maximum -d limit=3 \\\n  -d access_token=%s", s.base, s.ad, s.token)},
		{"Which ad would a young person get in a story? (As a site asks, without a token.)",
			fmt.Sprintf("curl -s %s/v1/decisions \\\n  -d '{\"adset_id\":\"%s\",\"placement\":\"INSTAGRAM_STORY\",\"viewer\":{\"age\":\"18-24\"}}'", s.base, s.adset)},
	} {
		s.page.gap()
		s.page.note("%s", c[0])
		s.page.gap()
		fmt.Fprintln(s.page.out, c[1])
	}
}
