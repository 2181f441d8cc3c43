package units

import "strings"

// chatMarks are what chat formats open a turn with; clean writes them as "[system]: ", so that the turn is known for what it is.
func chatMarks(s string) string {
	if !strings.Contains(s, "<") {
		return s
	}
	for _, role := range []string{"system", "user", "assistant", "developer", "instructions", "prompt", "SYSTEM", "INSTRUCTIONS", "PROMPT"} {
		s = strings.ReplaceAll(s, "<"+role+">", "[system]: ")
	}
	for at := strings.Index(s, "<|"); at >= 0; at = strings.Index(s, "<|") {
		end := strings.Index(s[at:], "|>")
		if end < 0 || end > 30 {
			end = 0
		}
		s = s[:at] + "[system]: " + s[at+end+2:]
	}
	return s
}

// isMachine says whether a unit has the form of a message between machines: a role that speaks (Assistant: …), a heading or a mark of
// instructions (### Response, [[system]]), or letters that only a program reads.
func isMachine(text string) bool {
	_, ok := turn(text)
	return ok || isBlob(text)
}

// turn is what a role says, when a unit begins with one.
func turn(text string) (said string, ok bool) {
	bare := strings.TrimLeft(text, "[]{}<>|#*-=/ ")
	marked := strings.ContainsAny(text[:len(text)-len(bare)], "[<|") || strings.HasPrefix(text, "##")
	first := bare[:indexOrEnd(bare, func(r rune) bool { return strings.ContainsRune(" :]>|\u00A0", r) })]
	rest := strings.TrimLeft(bare[len(first):], " \u00A0")
	speaks := strings.HasPrefix(rest, ":")
	said = strings.Trim(rest, ":]>|# ")
	switch strings.ToLower(strings.TrimRight(first, ":")) {
	case "assistant", "system", "user", "human", "ai", "llm", "chatbot", "chatgpt", "developer", "assistent", "benutzer", "asistente",
		"sistema", "système", "utilisateur", "usuario", "assistente", "utente", "usuário":
		return said, speaks || marked && (rest == "" || rest[0] == ']' || rest[0] == '>' || rest[0] == '|')
	case "instruction", "instructions", "response", "prompt", "inst", "input", "output", "task":
		return said, marked
	}
	return "", false
}

// isTurn says whether a unit only opens a turn, whose words follow in the next: Assistant: Sure!
func isTurn(text string) bool {
	said, ok := turn(text)
	return ok && len(strings.Fields(said)) <= 2
}

// isBlob says whether a word of a text is an encoded message: long, of both cases in turn, and no link or tag.
func isBlob(text string) bool {
	for _, w := range strings.Fields(text) {
		if len(w) < 24 {
			continue
		}
		turns, last := 0, byte(0)
		for i := range len(w) {
			kind := byte(0)
			switch c := w[i]; {
			case 'a' <= c && c <= 'z':
				kind = 'a'
			case 'A' <= c && c <= 'Z':
				kind = 'A'
			case '0' <= c && c <= '9' || strings.IndexByte("+/=_", c) >= 0:
				kind = '0'
			default:
				turns = -len(w)
			}
			if kind != last {
				turns++
			}
			last = kind
		}
		if turns >= 8 {
			return true
		}
	}
	return false
}
