package heritage

import (
	"hash/fnv"
	"math"
	"strings"
	"unicode"
)

// buckets is how many weights the words of all texts share.
const buckets = 1 << 12

// words predicts how texts do from how they are written: a linear model on what texts of the account's ads have in common. A nil one
// predicts nothing.
type words struct{ weights []float64 }

// feature is one entry of a text's features; all others are 0.
type feature struct {
	at    int32
	value float64
}

// featuresOf describes a text: its manner, then its words and pairs of neighbouring words, hashed with a sign (Weinberger et al., Feature
// Hashing for Large Scale Multitask Learning, 2009). Words have the same weight together however many they are.
func featuresOf(text string) []feature {
	tokens := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' })
	list := manner(text, len(tokens))
	weight := 1 / math.Sqrt(float64(2*max(1, len(tokens))))
	before := ""
	for _, token := range tokens {
		for _, gram := range []string{token, before + " " + token} {
			hash := fnv.New32a()
			hash.Write([]byte(gram))
			n := hash.Sum32()
			list = append(list, feature{manners + int32(n%buckets), weight * float64(1-2*int32(n>>31))})
		}
		before = token
	}
	return list
}

// manners is how many features describe a text as a whole.
const manners = 9

// manner describes a text as a whole, in units in which 1 is a usual difference.
func manner(text string, tokens int) []feature {
	contains := func(set string) float64 {
		if strings.ContainsAny(text, set) {
			return 1
		}
		return 0
	}
	length := float64(tokens) / 10
	dots := 0.0
	if strings.Contains(text, "...") {
		dots = 1
	}
	var list []feature
	for i, value := range [manners]float64{
		length, length * length, float64(len(text)) / 50, contains("?"), contains("!"), contains("0123456789"), contains(`"“”«»`),
		contains(":"), max(dots, contains("…")),
	} {
		list = append(list, feature{int32(i), value})
	}
	return list
}

// fewestTexts is how many slots with texts an account must have shown before words are learnt from them.
const fewestTexts = 20

// learnWords learns from the texts of all ads. Predictions for ads left out of the fit say how far the model can be believed: by the
// slope of what was seen on what was predicted, shrunk by how sure the slope is; a model that has not proved itself predicts nothing.
func (h *Heritage) learnWords(all []digest) *words {
	r := ridge{}
	for _, a := range all {
		for f, scores := range a.mains {
			h.examples(&r, a.slots[f], scores)
		}
	}
	if r.groups < fewestTexts {
		return nil
	}
	penalty, proof, slope := 0.0, 1.0, 0.0
	for _, p := range []float64{50, 200, 800} {
		with, own := r.check(p)
		if z := with * with / own; with > 0 && z > proof {
			penalty, proof, slope = p, z, with/own
		}
	}
	if penalty == 0 {
		return nil
	}
	w := &words{weights: r.solve(penalty, -1)}
	for i := range w.weights {
		w.weights[i] *= min(1, slope) * (1 - 1/proof)
	}
	return w
}

// examples adds a slot's texts to a regression: the effect of each, and the precision that chance and its other properties leave to it.
func (h *Heritage) examples(r *ridge, slot Slot, scores []score) {
	before := len(r.examples)
	for i, s := range scores {
		if text := slot.Assets[i].Text; text != "" && s.expected >= 1 {
			r.examples = append(r.examples, example{featuresOf(text), (s.observed - s.expected) / s.expected, h.precision(slot.Name, s), r.groups})
		}
	}
	if len(r.examples) > before {
		r.groups++
	}
}

// effect is what is believed of a text, log-odds.
func (w *words) effect(text string) float64 {
	if w == nil || text == "" {
		return 0
	}
	sum := 0.0
	for _, f := range featuresOf(text) {
		sum += w.weights[f.at] * f.value
	}
	return sum
}
