package rewrite

import "strings"

// verbs are the bare forms that ads begin with or lead to. Those that are as often nouns are among them: place decides.
var verbs = set(`accept access achieve add adopt adore apply arrive ask attend automate avoid bake be beat become begin believe bid boost book
	borrow bring brighten browse build buy call cancel capture care carry catch celebrate change chase chat check choose claim clean clear
	click climb close collect combine come compare complete connect contact cook cool cover create customise customize cut dance deliver
	design discover dive do donate download dream dress drink drive drop earn eat elevate email enjoy enrol enroll enter escape experience
	explore express face fall feed feel fight file fill find finish fit fix flip fly focus follow forget free freshen gain get gift give go
	grab grill grow hang have hear heat help hire hold hop host improve insure invest invite join jump keep kick know land laugh launch
	layer learn leave let level lift light like listen live look lose love lower make manage master match meet message mix move need offer
	open order organise organize own pack paint park pay personalise personalize pick pitch plan plant play plug pop practise practice prepare
	press print protect put queue raise reach read receive recharge recover reduce refresh refill register relax relive remember remove renew
	rent repair replace request rescue reserve rest restore return reward ride rise roast run save savour savor say schedule score scroll
	secure see sell send serve set settle sew share shift shine ship shop show sign simplify sip sit skip sleep slice slow smell smile smooth
	snack snap soak solve sort sound speak spend spin split sponsor spot spread spring stack start stay steal step stock stop store stream
	streamline stretch strengthen study stay style subscribe support surf swap switch swipe tackle take talk taste teach tell test text thank
	think throw tidy touch track trade train transform travel treat trim trust try tune turn unlock unwind update upgrade use visit volunteer
	vote wait wake walk want wash watch wear welcome win wipe work wrap write`)

// isVerb says whether a folded word is a verb in its bare form.
func isVerb(w string) bool { return verbs[w] }

// doubling are the verbs of one stressed short syllable at the end, whose last letter doubles before -ing.
var doubling = set(`begin bid chat cut dip drop fit flip forget get grab grip hit hop jog knit let nap pop put quit run scan set shop sip sit skip
	slim slip snap spin split spot stop strip swap swim tap tip trim trip unplug unwrap upset win wrap zip hug mop plan plug dig step ship`)

// ing is the present participle: book → booking, make → making, run → running.
func ing(w string) string {
	switch {
	case doubling[w]:
		return w + w[len(w)-1:] + "ing"
	case strings.HasSuffix(w, "ie"):
		return w[:len(w)-2] + "ying"
	case strings.HasSuffix(w, "e") && !strings.HasSuffix(w, "ee") && !strings.HasSuffix(w, "ye") && w != "be":
		return w[:len(w)-1] + "ing"
	}
	return w + "ing"
}

// sForm is the third person of a verb and the plural of a noun: send → sends, try → tries, box → boxes.
func sForm(w string) string {
	switch w {
	case "be":
		return "is"
	case "have":
		return "has"
	case "do", "go":
		return w + "es"
	}
	n := len(w)
	switch {
	case n > 1 && w[n-1] == 'y' && !strings.ContainsRune("aeiou", rune(w[n-2])):
		return w[:n-1] + "ies"
	case hasSuffix(w, "s", "x", "z", "ch", "sh"):
		return w + "es"
	}
	return w + "s"
}

// base is the bare form of a verb's third person or participle, when the verb is known, else w.
func base(w string) string {
	switch w {
	case "is", "are", "was", "were", "being":
		return "be"
	case "has", "having", "had":
		return "have"
	}
	for _, end := range []string{"s", "es", "ing"} {
		if stem, ok := strings.CutSuffix(w, end); ok && len(stem) > 1 {
			for _, v := range []string{stem, stem + "e", undouble(stem)} {
				if verbs[v] {
					return v
				}
			}
		}
	}
	if stem, ok := strings.CutSuffix(w, "ies"); ok && verbs[stem+"y"] {
		return stem + "y"
	}
	return w
}

// undouble drops the second of two equal letters at the end.
func undouble(s string) string {
	if n := len(s); n > 1 && s[n-1] == s[n-2] {
		return s[:n-1]
	}
	return s
}

// hasSuffix says whether a word ends in one of the endings.
func hasSuffix(w string, ends ...string) bool {
	for _, e := range ends {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}
