package main

import (
	"os"
	"strings"
	"time"

	"github.com/marquetry/marquetry"
)

// textFlags say what writes texts for creatives that opt in to it. A key is never a flag: lists of processes show those.
type textFlags struct {
	TextGenerator   string        `help:"What writes variations of texts: embedded (rules, no network), openai (any server of its protocol) or anthropic." enum:"embedded,openai,anthropic" default:"embedded" aliases:"generator"`
	TextBaseURL     string        `name:"text-base-url" help:"Address of the model's server, such as http://127.0.0.1:8000/v1." placeholder:"URL"`
	TextModel       string        `help:"Name of the model." placeholder:"NAME"`
	TextKeyFile     string        `help:"File with the key of the model's server. Without it, the key is what MARQUETRY_TEXT_KEY holds." type:"path" placeholder:"FILE"`
	TextTemperature float64       `help:"Temperature of the model, 0 to 2; 0 leaves it to the server." default:"0.8"`
	TextMaxTokens   int           `help:"Longest answer of the model, in tokens." default:"1024"`
	TextTimeout     time.Duration `help:"How long to wait for the model, with all tries, 1s to 5m." default:"20s"`
	TextFallback    string        `help:"What fills in for a model that fails or falls short: embedded or none." enum:"embedded,none" default:"embedded"`
}

// generation is the same as the server's configuration has it.
func (f textFlags) generation() marquetry.Generation {
	g := marquetry.Generation{
		Generator: f.TextGenerator, BaseURL: f.TextBaseURL, Model: f.TextModel, KeyFile: f.TextKeyFile, Temperature: f.TextTemperature,
		MaxTokens: f.TextMaxTokens, Timeout: f.TextTimeout, Fallback: f.TextFallback,
	}
	if g.KeyFile == "" {
		g.Key = strings.TrimSpace(os.Getenv("MARQUETRY_TEXT_KEY"))
	}
	return g
}
