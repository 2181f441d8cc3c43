// Package remote asks servers with image models to paint: OpenAI's images/edits, Automatic1111, ComfyUI and Stability.
package remote
