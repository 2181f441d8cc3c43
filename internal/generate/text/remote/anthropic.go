package remote

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// anthropic is the dialect of Messages: https://docs.anthropic.com/en/api/messages.
type anthropic struct{}

// name implements dialect.
func (anthropic) name() string { return "anthropic" }

// path implements dialect.
func (anthropic) path() string { return "/v1/messages" }

// header implements dialect.
func (anthropic) header(key string) http.Header {
	head := http.Header{"Anthropic-Version": {"2023-06-01"}}
	if key != "" {
		head.Set("X-Api-Key", key)
	}
	return head
}

// body implements dialect. Messages have no seed and no shape between a schema and none.
func (anthropic) body(c Config, p prompt, _ uint64, h habit) map[string]any {
	body := map[string]any{
		"model": c.Model, "max_tokens": c.MaxTokens, "system": p.system,
		"messages": []any{map[string]any{"role": "user", "content": p.user}},
	}
	if c.Temperature > 0 && !h.plainHeat {
		body["temperature"] = min(c.Temperature, 1)
	}
	if h.shape == bySchema {
		body["output_config"] = map[string]any{"format": map[string]any{"type": "json_schema", "schema": schema()}}
	}
	return body
}

// answer implements dialect.
func (anthropic) answer(body []byte) (string, error) {
	var a struct {
		StopReason string `json:"stop_reason"`
		Content    []struct {
			Type string `json:"type"`
			Text string `json:"text"`
		} `json:"content"`
	}
	if err := json.Unmarshal(body, &a); err != nil || a.StopReason == "" {
		return "", errShape
	}
	switch a.StopReason {
	case "refusal":
		return "", errDeclined
	case "max_tokens":
		return "", fmt.Errorf("%w at the limit of tokens", errCut)
	}
	var said strings.Builder
	for _, part := range a.Content {
		if part.Type == "text" {
			said.WriteString(part.Text)
		}
	}
	return said.String(), nil
}
