package remote

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// Why an answer is of no use. A declined one will be declined again.
var (
	errDeclined = errors.New("the model declined")
	errCut      = errors.New("the answer was cut off")
	errShape    = errors.New("the answer is not what the protocol says")
)

// openAI is the dialect of chat completions: https://platform.openai.com/docs/api-reference/chat.
type openAI struct{}

// name implements dialect.
func (openAI) name() string { return "openai" }

// path implements dialect.
func (openAI) path() string { return "/chat/completions" }

// header implements dialect.
func (openAI) header(key string) http.Header {
	head := http.Header{}
	if key != "" {
		head.Set("Authorization", "Bearer "+key)
	}
	return head
}

// body implements dialect.
func (openAI) body(c Config, p prompt, seed uint64, h habit) map[string]any {
	body := map[string]any{
		"model":    c.Model,
		"messages": []any{map[string]any{"role": "system", "content": p.system}, map[string]any{"role": "user", "content": p.user}},
		"seed":     seed % (1 << 31), // servers keep it in 32 bits
	}
	limit := "max_tokens"
	if h.newerLimit {
		limit = "max_completion_tokens"
	}
	body[limit] = c.MaxTokens
	if c.Temperature > 0 && !h.plainHeat {
		body["temperature"] = c.Temperature
	}
	switch h.shape {
	case bySchema:
		body["response_format"] = map[string]any{"type": "json_schema", "json_schema": map[string]any{"name": "variations", "strict": true, "schema": schema()}}
	case byObject:
		body["response_format"] = map[string]any{"type": "json_object"}
	}
	return body
}

// answer implements dialect.
func (openAI) answer(body []byte) (string, error) {
	var a struct {
		Choices []struct {
			FinishReason string `json:"finish_reason"`
			Message      struct {
				Content string `json:"content"`
				Refusal string `json:"refusal"`
			} `json:"message"`
		} `json:"choices"`
	}
	if err := json.Unmarshal(body, &a); err != nil || len(a.Choices) == 0 {
		return "", errShape
	}
	first := a.Choices[0]
	switch {
	case first.Message.Refusal != "" || first.FinishReason == "content_filter":
		return "", errDeclined
	case first.FinishReason == "length":
		return "", fmt.Errorf("%w at the limit of tokens", errCut)
	}
	return first.Message.Content, nil
}
