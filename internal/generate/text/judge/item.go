package judge

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// Limits of a file of items or answers, so that a wrong file is refused and not half read.
const (
	maxLine  = 256 << 10 // bytes of one line
	maxItems = 10_000
	maxText  = 10_000 // bytes of one source or variation
)

// most is how many variations of a source count.
const most = 4

// Item is a source text and what its variations owe it: one line of a file of items.
type Item struct {
	ID       string     `json:"id"`
	Lang     string     `json:"lang"` // ISO 639-1, or "mul" for several
	Vertical string     `json:"vertical,omitempty"`
	Source   string     `json:"source"`
	Context  Context    `json:"context,omitzero"`
	KeepAny  [][]string `json:"keep_any,omitempty"` // of each group at least one string is in every variation
	KeepAll  []string   `json:"keep_all,omitempty"` // all of these are, verbatim
	Forbid   []string   `json:"forbid,omitempty"`   // RE2; none may match
	Tags     []string   `json:"tags,omitempty"`
	Min      int        `json:"min_variations"` // what a good engine reaches; 0 where it is right to return nothing

	forbid []*regexp.Regexp
}

// Context is what else the writer was told.
type Context struct {
	Page  string   `json:"page_name,omitempty"`
	CTA   string   `json:"cta_type,omitempty"`
	Past  []Past   `json:"past_ads,omitempty"` // license words of inspiration, never a number or a claim
	Posts []string `json:"page_posts,omitempty"`
}

// Past is an earlier ad of the account.
type Past struct {
	Text        string `json:"text"`
	Impressions int64  `json:"impressions"`
	Clicks      int64  `json:"clicks"`
}

// Answer is what a system wrote for an item: one line of a file of answers.
type Answer struct {
	ID         string   `json:"id"`
	Variations []string `json:"variations"`
	MS         float64  `json:"ms"` // how long it took
}

// Items reads a file of items. Keys that it does not know are left alone: such files carry notes.
func Items(in io.Reader) ([]Item, error) {
	var items []Item
	seen := map[string]bool{}
	err := lines(in, func(line []byte) error {
		var it Item
		if err := json.Unmarshal(line, &it); err != nil {
			return err
		}
		if seen[it.ID] {
			return fmt.Errorf("id %q comes twice", it.ID)
		}
		seen[it.ID] = true
		if err := it.check(); err != nil {
			return err
		}
		items = append(items, it)
		return nil
	})
	return items, err
}

// check says what is wrong with an item, and compiles what it forbids.
func (it *Item) check() error {
	switch {
	case it.ID == "":
		return fmt.Errorf("id is missing")
	case strings.TrimSpace(it.Source) == "" || len(it.Source) > maxText:
		return fmt.Errorf("source of %s must be 1 to %d bytes", it.ID, maxText)
	case it.Min < 0 || it.Min > most:
		return fmt.Errorf("min_variations of %s must be 0 to %d", it.ID, most)
	}
	if slices.Contains(it.KeepAll, "") || slices.ContainsFunc(it.KeepAny, func(g []string) bool { return len(g) == 0 || slices.Contains(g, "") }) {
		return fmt.Errorf("keep_any and keep_all of %s must not hold what is empty", it.ID)
	}
	for _, rule := range it.Forbid {
		re, err := regexp.Compile(rule)
		if err != nil {
			return fmt.Errorf("forbid of %s: %w", it.ID, err)
		}
		it.forbid = append(it.forbid, re)
	}
	return nil
}

// held says whether an item is kept unseen. Ours say so in their names; of other files, those whose number is divisible by three are.
func (it *Item) held() bool {
	if set, _, named := strings.Cut(it.ID, "-"); named && (set == Open || set == Held) {
		return set == Held
	}
	digits := strings.TrimLeftFunc(it.ID, func(r rune) bool { return r < '0' || r > '9' })
	sum := 0 // of the digits, which a number and its divisibility by three share
	for _, r := range digits {
		if r < '0' || r > '9' {
			return false
		}
		sum += int(r - '0')
	}
	return digits != "" && sum%3 == 0
}

// Answers reads a file of answers.
func Answers(in io.Reader) ([]Answer, error) {
	var list []Answer
	err := lines(in, func(line []byte) error {
		var a Answer
		if err := json.Unmarshal(line, &a); err != nil {
			return err
		}
		if slices.ContainsFunc(a.Variations, func(v string) bool { return len(v) > maxText }) {
			return fmt.Errorf("a variation of %s is longer than %d bytes", a.ID, maxText)
		}
		list = append(list, a)
		return nil
	})
	return list, err
}

// lines hands on every line that is not blank; errors name the line.
func lines(in io.Reader, each func(line []byte) error) error {
	scan := bufio.NewScanner(in)
	scan.Buffer(nil, maxLine)
	n := 0
	for ; scan.Scan(); n++ {
		if n >= maxItems {
			return fmt.Errorf("more than %d lines", maxItems)
		}
		if len(strings.TrimSpace(scan.Text())) == 0 {
			continue
		}
		if err := each(scan.Bytes()); err != nil {
			return fmt.Errorf("line %d: %w", n+1, err)
		}
	}
	if err := scan.Err(); err != nil {
		return fmt.Errorf("line %d: %w", n+1, err)
	}
	return nil
}
