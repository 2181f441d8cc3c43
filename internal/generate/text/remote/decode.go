package remote

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// schema is the JSON schema of an answer. Everything in it is within the subset that strict servers take.
func schema() map[string]any {
	return map[string]any{
		"type": "object", "additionalProperties": false, "required": []any{"variations"},
		"properties": map[string]any{"variations": map[string]any{"type": "array", "items": map[string]any{"type": "string"}}},
	}
}

// Why what a model said is of no use.
var (
	errNoJSON = errors.New("the answer holds no JSON object of the agreed shape")
	errCanary = errors.New("the answer repeats the boundary of the data")
)

// read takes the texts out of what a model said: one JSON object with one known member, which may stand in a fence or between words.
func (p prompt) read(said string) ([]string, error) {
	if strings.Contains(said, p.boundary) {
		return nil, errCanary
	}
	if _, after, thought := strings.Cut(said, "</think>"); thought {
		said = after // some servers leave a model's reasoning in its answer
	}
	start, end := strings.IndexByte(said, '{'), strings.LastIndexByte(said, '}')
	if start < 0 || end < start {
		return nil, errNoJSON
	}
	var answer struct {
		Variations *[]string `json:"variations"`
	}
	decoder := json.NewDecoder(strings.NewReader(said[start : end+1]))
	decoder.DisallowUnknownFields()
	if decoder.Decode(&answer) != nil || answer.Variations == nil {
		return nil, errNoJSON
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errNoJSON
	}
	var texts []string
	for _, t := range (*answer.Variations)[:min(len(*answer.Variations), mostAnswers)] {
		if t = strings.TrimSpace(t); t != "" && len([]rune(t)) <= mostRunes {
			texts = append(texts, t)
		}
	}
	return texts, nil
}
