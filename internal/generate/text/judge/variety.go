package judge

import (
	"math"
	"strings"
)

// selfBLEU is the mean BLEU-4 of each of some texts against the others: 1 for copies. An order without a match counts 0.1, as in
// "method 1" of Chen and Cherry (2014), so that short texts have a figure at all.
func selfBLEU(texts [][]string) float64 {
	if len(texts) < 2 {
		return 0
	}
	sum := 0.0
	for i, text := range texts {
		others := make([][]string, 0, len(texts)-1)
		others = append(append(others, texts[:i]...), texts[i+1:]...)
		sum += bleu(text, others)
	}
	return sum / float64(len(texts))
}

// bleu is BLEU-4 of a text against references.
func bleu(text []string, references [][]string) float64 {
	log := 0.0
	for n := 1; n <= 4; n++ {
		mine := grams(text, n)
		matched, total := 0, max(len(text)-n+1, 0)
		best := map[string]int{}
		for _, ref := range references {
			for gram, count := range grams(ref, n) {
				best[gram] = max(best[gram], count)
			}
		}
		for gram, count := range mine {
			matched += min(count, best[gram])
		}
		p := float64(matched) / math.Max(float64(total), 1)
		if matched == 0 {
			p = 0.1 / math.Max(float64(total), 1)
		}
		log += math.Log(p) / 4
	}
	closest := len(references[0])
	for _, ref := range references {
		if d, best := abs(len(ref)-len(text)), abs(closest-len(text)); d < best || d == best && len(ref) < closest {
			closest = len(ref)
		}
	}
	if len(text) > 0 && len(text) < closest {
		log += 1 - float64(closest)/float64(len(text))
	}
	return math.Exp(log)
}

// abs is the absolute value.
func abs(n int) int { return max(n, -n) }

// grams counts the runs of n words of a text.
func grams(text []string, n int) map[string]int {
	counts := map[string]int{}
	for i := 0; i+n <= len(text); i++ {
		counts[strings.Join(text[i:i+n], " ")]++
	}
	return counts
}

// distinct2 is the share of different pairs of neighbouring words among all such pairs of some texts.
func distinct2(texts [][]string) float64 {
	pairs, total := map[string]bool{}, 0
	for _, text := range texts {
		for i := 0; i+2 <= len(text); i++ {
			pairs[text[i]+" "+text[i+1]] = true
			total++
		}
	}
	return ratio(float64(len(pairs)), float64(total))
}

// openings is the share of texts that begin with two words of their own.
func openings(texts [][]string) float64 {
	seen := map[string]bool{}
	for _, text := range texts {
		seen[strings.Join(text[:min(2, len(text))], " ")] = true
	}
	return ratio(float64(len(seen)), float64(len(texts)))
}

// sharing is how many sources share a run of three words for it to be boilerplate.
const sharing = 4

// boilerplate collects the trigrams that a system's texts have and their sources have not.
type boilerplate struct {
	uses    map[string]int            // of a novel trigram
	sources map[string]map[string]int // and of each source that got it
}

// add notes the novel trigrams of a text: those with at least two words that its source has not.
func (b *boilerplate) add(id string, source map[string]bool, text []string) {
	for i := 0; i+3 <= len(text); i++ {
		novel := 0
		for _, w := range text[i : i+3] {
			if !source[w] {
				novel++
			}
		}
		if novel < 2 {
			continue
		}
		gram := strings.Join(text[i:i+3], " ")
		b.uses[gram]++
		if b.sources[gram] == nil {
			b.sources[gram] = map[string]int{}
		}
		b.sources[gram][id]++
	}
}

// share is the part of all novel trigrams that at least four sources share.
func (b *boilerplate) share() float64 {
	shared, all := 0, 0
	for gram, n := range b.uses {
		all += n
		if len(b.sources[gram]) >= sharing {
			shared += n
		}
	}
	return ratio(float64(shared), float64(all))
}

// ratio is a over b, 0 when there is nothing to divide by.
func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
