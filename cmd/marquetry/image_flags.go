package main

import (
	"os"
	"strings"
	"time"

	"github.com/marquetry/marquetry"
)

// imageFlags say what makes pictures for creatives that opt in to it. A key is never a flag: lists of processes show those.
type imageFlags struct {
	ImageBackend     string        `help:"What makes pictures: embedded (painters of our own, no network), or a model: openai (any server of its protocol), a1111, comfyui or stability." enum:"embedded,openai,a1111,comfyui,stability" default:"embedded"`
	ImageBaseURL     string        `name:"image-base-url" help:"Address of the image model's server, such as http://127.0.0.1:7860." placeholder:"URL"`
	ImageModel       string        `help:"Name of the image model." placeholder:"NAME"`
	ImageKeyFile     string        `help:"File with the key of the image model's server. Without it, the key is what MARQUETRY_IMAGE_KEY holds." type:"path" placeholder:"FILE"`
	ImagePrompt      string        `help:"What the image model is told beside what it is to do, such as a style." placeholder:"TEXT"`
	ImageSteps       int           `help:"Steps of the image model, for a1111." default:"24"`
	ImageMaxPixels   int           `help:"Most pixels of a picture that the image model is sent; 0 for what models of the backend take." default:"0"`
	ImageWorkflow    string        `help:"ComfyUI's workflow, exported for its API." type:"path" placeholder:"FILE"`
	ImageTimeout     time.Duration `help:"How long to wait for the image model, with all tries, 1s to 15m." default:"2m"`
	ImageConcurrency int           `help:"Pictures that the image model's server paints at once, 1 to 16." default:"1"`
	ImageOnError     string        `help:"Where the image model fails: embedded paints, or the picture is ineligible." enum:"embedded,ineligible" default:"embedded"`
	ImageBackgrounds bool          `help:"Ask the image model for backgrounds of products too."`
	ImageMemory      int64         `help:"Bytes that pictures being worked on take together at most." default:"1073741824"`
}

// images is the same as the server's configuration has it.
func (f imageFlags) images() marquetry.Images {
	i := marquetry.Images{
		Backend: f.ImageBackend, BaseURL: f.ImageBaseURL, Model: f.ImageModel, KeyFile: f.ImageKeyFile, Prompt: f.ImagePrompt, Steps: f.ImageSteps, MaxPixels: f.ImageMaxPixels,
		Workflow: f.ImageWorkflow, Timeout: f.ImageTimeout, Concurrency: f.ImageConcurrency, OnError: f.ImageOnError, Backgrounds: f.ImageBackgrounds, Memory: f.ImageMemory,
	}
	if i.KeyFile == "" {
		i.Key = strings.TrimSpace(os.Getenv("MARQUETRY_IMAGE_KEY"))
	}
	return i
}
