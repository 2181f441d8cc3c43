// Package remote asks servers with image models to paint: any that speaks OpenAI's images/edits, Automatic1111 and its kin, ComfyUI, and Stability. Which server, model and
// key is the operator's configuration alone. What a server answers is treated as hostile: its type, size and number of pixels are checked before it is decoded, and
// package image measures it afterwards.
package remote
