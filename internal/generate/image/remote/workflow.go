package remote

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// workflow is a graph of ComfyUI's in its API form, with the nodes found that are filled in.
type workflow struct {
	nodes  map[string]map[string]any
	titled map[string]string // id of the node by its title
	output string            // id of the node whose pictures are taken, "" for any
}

// mostWorkflow bounds a workflow's file, in bytes.
const mostWorkflow = 4 << 20

// readWorkflow reads a workflow as ComfyUI exports it for the API: INPUT_IMAGE, INPUT_MASK and PROMPT are the titles of nodes that it must have; SEED, NEGATIVE and OUTPUT may
// be there.
func readWorkflow(file []byte) (workflow, error) {
	w := workflow{titled: map[string]string{}}
	decoder := json.NewDecoder(bytes.NewReader(file))
	decoder.UseNumber() // so that large seeds and settings come through as they are
	switch err := decoder.Decode(&w.nodes); {
	case len(file) == 0:
		return w, errors.New("remote: ComfyUI needs a workflow")
	case len(file) > mostWorkflow:
		return w, fmt.Errorf("remote: the workflow is longer than %d bytes", mostWorkflow)
	case err != nil:
		return w, fmt.Errorf("remote: the workflow is not in ComfyUI's API form (Workflow, Export (API)): %w", err)
	}
	for _, id := range slices.Sorted(maps.Keys(w.nodes)) {
		meta, _ := w.nodes[id]["_meta"].(map[string]any)
		if title, ok := meta["title"].(string); ok && w.titled[title] == "" {
			w.titled[title] = id
		}
	}
	for _, needed := range []struct{ title, input string }{{"INPUT_IMAGE", "image"}, {"INPUT_MASK", "image"}, {"PROMPT", "text"}} {
		if _, ok := w.inputs(w.nodes, needed.title)[needed.input]; !ok {
			return w, fmt.Errorf("remote: the workflow has no node with the title %s and an input %q", needed.title, needed.input)
		}
	}
	w.output = w.titled["OUTPUT"]
	return w, nil
}

// inputs are those of the node with a title; nil where there is none.
func (w workflow) inputs(nodes map[string]map[string]any, title string) map[string]any {
	inputs, _ := nodes[w.titled[title]]["inputs"].(map[string]any)
	return inputs
}

// filled is the workflow for one picture.
func (w workflow) filled(picture, mask, prompt string, seed uint64) map[string]map[string]any {
	nodes := make(map[string]map[string]any, len(w.nodes))
	for id, node := range w.nodes {
		nodes[id] = maps.Clone(node)
		if inputs, ok := node["inputs"].(map[string]any); ok {
			nodes[id]["inputs"] = maps.Clone(inputs)
		}
	}
	w.inputs(nodes, "INPUT_IMAGE")["image"] = picture
	w.inputs(nodes, "INPUT_MASK")["image"] = mask
	w.inputs(nodes, "PROMPT")["text"] = prompt
	if inputs := w.inputs(nodes, "NEGATIVE"); inputs != nil {
		inputs["text"] = negative
	}
	inputs := w.inputs(nodes, "SEED")
	for _, name := range []string{"seed", "noise_seed", "value"} {
		if _, ok := inputs[name]; ok {
			inputs[name] = seed
		}
	}
	return nodes
}
