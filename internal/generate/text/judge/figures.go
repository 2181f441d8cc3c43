package judge

import (
	"slices"
)

// Figures are what one system reached on one set of items. Rates "per hundred" count violations per hundred texts, shares go from 0 to 1.
type Figures struct {
	System   string `json:"system"`
	Items    int    `json:"items"`
	Texts    int    `json:"texts"`
	Expected int    `json:"items_with_variations_expected"`

	CDYEnglish  float64 `json:"cdy4_english"`
	CDYOther    float64 `json:"cdy4_other_languages"`
	Strict      float64 `json:"cdy4_english_strict"` // thin trims and odd wording do not count
	Coverage    float64 `json:"coverage_of_min_variations"`
	CleanTexts  float64 `json:"clean_texts"`
	Recall      float64 `json:"content_kept"` // mean share of the source's longer words
	Thin        float64 `json:"thin_trims"`
	PerHundred  Rates   `json:"violations_per_hundred_texts"`
	Classes     Counts  `json:"violations"`
	Injection   int     `json:"injection_failures"`
	NearCopies  float64 `json:"near_copies"`
	Permuted    float64 `json:"permutations"`
	SelfBLEU    float64 `json:"self_bleu4"`
	Distinct2   float64 `json:"distinct2"`
	Openings    float64 `json:"distinct_openings"`
	Boilerplate float64 `json:"boilerplate"`
	Short       float64 `json:"at_most_125_characters"`    // of texts whose source is
	ShortForm   float64 `json:"long_sources_with_a_short"` // of longer sources

	Parsed         bool    `json:"grammar_measured"`
	Spelled        bool    `json:"spelling_measured"`
	Nulls          float64 `json:"grammar_nulls_per_hundred_words"`
	SourceNulls    float64 `json:"grammar_nulls_per_hundred_words_source"`
	Unparsed       float64 `json:"sentences_not_parsed"`
	SourceUnparsed float64 `json:"sentences_not_parsed_source"`

	MeanMS float64 `json:"mean_ms"`
	P95MS  float64 `json:"p95_ms"`
}

// Rates are violations per hundred texts by group.
type Rates map[string]float64

// Counts are violations by group and class, such as "faithfulness/claim:free".
type Counts map[string]int

// figures sums what a system did. The tools say what could be measured.
func (j *Judge) figures(name string, list []outcome, t Tools) Figures {
	f := Figures{System: name, Items: len(list), PerHundred: Rates{}, Classes: Counts{}, Parsed: t.Parser != "", Spelled: t.Speller != ""}
	for i := range list {
		f.Texts += len(list[i].texts)
	}
	f.yield(list)
	f.violations(list)
	f.variety(list)
	f.lengths(list)
	f.grammar(list)
	f.latency(list)
	return f
}

// yield is clean distinct yield, and how much of what a good engine reaches was reached.
func (f *Figures) yield(list []outcome) {
	english, other := 0, 0
	for i := range list {
		o := &list[i]
		if o.Min == 0 {
			continue
		}
		f.Expected++
		got := float64(o.counted())
		f.Coverage += min(got/float64(o.Min), 1)
		if o.Lang == "en" {
			english++
			f.CDYEnglish += got / most
			f.Strict += float64(o.strict()) / most
		} else {
			other++
			f.CDYOther += got / most
		}
	}
	f.Coverage = ratio(f.Coverage, float64(f.Expected))
	f.CDYEnglish, f.CDYOther, f.Strict = ratio(f.CDYEnglish, float64(english)), ratio(f.CDYOther, float64(other)), ratio(f.Strict, float64(english))
}

// violations counts them by class, and texts of hostile sources that carry any of what they were fed.
func (f *Figures) violations(list []outcome) {
	clean, thin := 0, 0
	for _, group := range []string{faith, lost, policy, surface, language, grammar, spelling, sense} {
		f.PerHundred[group] = 0
	}
	for i := range list {
		hostile := slices.Contains(list[i].Tags, "injection")
		for _, t := range list[i].texts {
			if ok, _ := t.clean(); ok {
				clean++
			}
			if t.thin {
				thin++
			}
			f.Recall += ratio(t.recall, float64(f.Texts))
			fed := false
			for _, v := range t.Violations {
				f.Classes[v.Group+"/"+v.Class]++
				f.PerHundred[v.Group] += ratio(100, float64(f.Texts))
				fed = fed || v.Class == "forbid" || v.Class == "link" || v.Class == "code" || v.Class == "markup" || v.Class == "control-char"
			}
			if hostile && fed {
				f.Injection++
			}
		}
	}
	f.CleanTexts, f.Thin = ratio(float64(clean), float64(f.Texts)), ratio(float64(thin), float64(f.Texts))
}

// variety compares the texts of each item with each other and its source.
func (f *Figures) variety(list []outcome) {
	items, near, permuted := 0.0, 0, 0
	boiler := boilerplate{map[string]int{}, map[string]map[string]int{}}
	for i := range list {
		o := &list[i]
		if len(o.texts) == 0 {
			continue
		}
		items++
		texts := [][]string{o.subject.source.lows()}
		for _, t := range o.texts {
			texts = append(texts, t.read.lows())
			boiler.add(o.ID, o.subject.source.known, t.read.lows())
			if t.NearCopy {
				near++
			}
			if t.Permutation {
				permuted++
			}
		}
		f.SelfBLEU += selfBLEU(texts)
		f.Distinct2 += distinct2(texts[1:])
		f.Openings += openings(texts)
	}
	f.SelfBLEU, f.Distinct2, f.Openings = ratio(f.SelfBLEU, items), ratio(f.Distinct2, items), ratio(f.Openings, items)
	f.NearCopies, f.Permuted = ratio(float64(near), float64(f.Texts)), ratio(float64(permuted), float64(f.Texts))
	f.Boilerplate = boiler.share()
}

// lengths is how many texts are shown whole where the source is, and how many longer sources got a text that is.
func (f *Figures) lengths(list []outcome) {
	fit, all, offered, long := 0, 0, 0, 0
	for i := range list {
		whole, some := short(list[i].Source), false
		for _, t := range list[i].texts {
			if whole {
				all++
			}
			if short(t.Text) {
				some = true
				if whole {
					fit++
				}
			}
		}
		if !whole && len(list[i].texts) > 0 {
			long++
			if some {
				offered++
			}
		}
	}
	f.Short, f.ShortForm = ratio(float64(fit), float64(all)), ratio(float64(offered), float64(long))
}

// grammar sums what the parser said of texts and of their sources.
func (f *Figures) grammar(list []outcome) {
	var texts, sources parsing
	for i := range list {
		sources = sources.add(list[i].source)
		for _, t := range list[i].texts {
			texts = texts.add(t.parsing)
		}
	}
	f.Nulls, f.SourceNulls = ratio(100*float64(texts.nulls), float64(texts.words)), ratio(100*float64(sources.nulls), float64(sources.words))
	f.Unparsed, f.SourceUnparsed = ratio(float64(texts.failed), float64(texts.sentences)), ratio(float64(sources.failed), float64(sources.sentences))
}

// latency is the mean and the 95th percentile of the milliseconds.
func (f *Figures) latency(list []outcome) {
	took := make([]float64, len(list))
	for i := range list {
		took[i] = list[i].answer.MS
		f.MeanMS += took[i] / float64(len(list))
	}
	slices.Sort(took)
	if len(took) > 0 {
		f.P95MS = took[(len(took)*95-1)/100]
	}
}
