package units

import "testing"

// TestForms holds verbs and nouns with their forms.
func TestForms(t *testing.T) {
	for _, c := range []struct{ base, ing, third string }{
		{"book", "booking", "books"}, {"make", "making", "makes"}, {"run", "running", "runs"}, {"try", "trying", "tries"}, {"go", "going", "goes"},
		{"upgrade", "upgrading", "upgrades"}, {"see", "seeing", "sees"}, {"lie", "lying", "lies"}, {"forget", "forgetting", "forgets"}, {"visit", "visiting", "visits"},
		{"open", "opening", "opens"}, {"order", "ordering", "orders"}, {"fix", "fixing", "fixes"}, {"play", "playing", "plays"}, {"quit", "quitting", "quits"},
		{"have", "having", "has"}, {"be", "being", "is"}, {"catch", "catching", "catches"}, {"relax", "relaxing", "relaxes"}, {"travel", "travelling", "travels"},
		{"swim", "swimming", "swims"}, {"cook", "cooking", "cooks"}, {"save", "saving", "saves"}, {"discover", "discovering", "discovers"}, {"dye", "dyeing", "dyes"},
		{"agree", "agreeing", "agrees"}, {"do", "doing", "does"}, {"get", "getting", "gets"}, {"offer", "offering", "offers"}, {"benefit", "benefiting", "benefits"},
	} {
		if got := Ing(c.base); got != c.ing {
			t.Errorf("Ing(%q) = %q, want %q", c.base, got, c.ing)
		}
		if got := ThirdPerson(c.base); got != c.third {
			t.Errorf("ThirdPerson(%q) = %q, want %q", c.base, got, c.third)
		}
		if !IsVerb(c.base) && c.base != "agree" && c.base != "dye" {
			t.Errorf("%q is no verb", c.base)
		} else if IsVerb(c.base) && (Base(c.ing) != c.base || Base(c.third) != c.base) {
			t.Errorf("Base: %q, %q, want %q", Base(c.ing), Base(c.third), c.base)
		}
	}
	for one, many := range map[string]string{
		"shoe": "shoes", "box": "boxes", "berry": "berries", "child": "children", "knife": "knives", "TV": "TVs", "table": "tables", "tomato": "tomatoes",
		"photo": "photos", "dish": "dishes", "glass": "glasses", "bus": "buses", "toy": "toys", "sofa": "sofas", "cookie": "cookies", "house": "houses",
		"mattress": "mattresses", "watch": "watches", "lens": "lenses", "hoodie": "hoodies", "piece": "pieces", "case": "cases", "dress": "dresses",
	} {
		if got := Plural(one); got != many {
			t.Errorf("Plural(%q) = %q, want %q", one, got, many)
		}
		if got := Singular(many); got != one && one != "glass" {
			t.Errorf("Singular(%q) = %q, want %q", many, got, one)
		}
		if !IsPlural(many) || IsPlural(one) {
			t.Errorf("IsPlural(%q) = %v, IsPlural(%q) = %v", many, IsPlural(many), one, IsPlural(one))
		}
	}
	for _, same := range []string{"jeans", "headphones", "furniture", "salmon", "shoes"} {
		if got := Plural(same); got != same {
			t.Errorf("Plural(%q) = %q", same, got)
		}
	}
	for _, w := range []string{"class", "bus", "tennis", "jeans", "business", "yes", "this", "gas", "access", "plus", "canvas", "christmas"} {
		if got := Singular(w); got != w {
			t.Errorf("Singular(%q) = %q", w, got)
		}
	}
	for form, base := range map[string]string{"sent": "send", "built": "build", "tried": "try", "stopped": "stop", "loved": "love", "chosen": "choose", "table": "table", "during": "during", "bed": "bed", "spring": "spring"} {
		if got := Base(form); got != base {
			t.Errorf("Base(%q) = %q, want %q", form, got, base)
		}
	}
}

// TestArticle holds words with the article that they take.
func TestArticle(t *testing.T) {
	for w, want := range map[string]string{
		"apple": "an", "table": "a", "hour": "an", "house": "a", "unit": "a", "umbrella": "an", "LED": "an", "TV": "a", "SUV": "an", "UK": "a", "MBA": "an", "USB": "a", "FAQ": "an",
		"European": "a", "one-off": "a", "8-week": "an", "18-hour": "an", "11": "an", "80%": "an", "100": "a", "unusual": "an", "useful": "a", "honest": "an", "iOS": "an", "x-ray": "an",
		"university": "a", "uninterrupted": "an", "unique": "a", "unisex": "a", "utility": "a", "utter": "an", "$8": "an", "€11": "an", "1,800": "a", "eye": "an", "ewe": "a", "heirloom": "an",
	} {
		if got := Article(w); got != want {
			t.Errorf("Article(%q) = %q, want %q", w, got, want)
		}
	}
}

// TestStem holds words that have one stem.
func TestStem(t *testing.T) {
	for _, c := range []struct{ lang, a, b string }{
		{"en", "delivered", "delivers"}, {"en", "sent", "sends"}, {"en", "children", "child"}, {"en", "Shoes", "shoe"}, {"es", "zapatos", "zapato"}, {"fr", "livraisons", "livraison"},
	} {
		if Stem(c.a, c.lang) != Stem(c.b, c.lang) {
			t.Errorf("%s: %q has %q, %q has %q", c.lang, c.a, Stem(c.a, c.lang), c.b, Stem(c.b, c.lang))
		}
	}
}

// TestParticiple holds verbs with their past participles; of an irregular verb that no list has there is none.
func TestParticiple(t *testing.T) {
	for verb, want := range map[string]string{"fix": "fixed", "bake": "baked", "carry": "carried", "build": "built", "make": "made", "teach": "taught", "oak": ""} {
		if got := Participle(verb); got != want {
			t.Errorf("%s → %q, want %q", verb, got, want)
		}
	}
}
