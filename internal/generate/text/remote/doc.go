// Package remote asks models for texts: any server that speaks OpenAI's chat completions, and Anthropic's Messages. Which server,
// model and key is the operator's configuration alone. What a model answers is treated as hostile: package gate decides.
package remote
