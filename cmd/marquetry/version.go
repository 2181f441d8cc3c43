package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

// versionCmd is `marquetry version`.
type versionCmd struct {
	JSON bool `name:"json" help:"Print one JSON object."`
}

// Help is the example shown by --help.
func (versionCmd) Help() string { return "Example:\n  marquetry version --json" }

// build is what is known of this program.
type build struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"` // of the source, "+" at the end when it was changed
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

// Run prints what was built.
func (c versionCmd) Run(io streams) error {
	b := thisBuild()
	if c.JSON {
		return printJSON(io.out, b)
	}
	fmt.Fprintln(io.out, strings.Join(strings.Fields("marquetry "+b.Version+" "+b.Revision+" "+b.Go+" "+b.Platform), " "))
	return nil
}

// thisBuild reads what the Go toolchain put into the program: the module's version when it was installed by version, the revision
// when it was built from a checkout.
func thisBuild() build {
	b := build{Version: "(devel)", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if info.Main.Version != "" {
		b.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			b.Revision = s.Value + b.Revision
		case s.Key == "vcs.modified" && s.Value == "true":
			b.Revision += "+"
		}
	}
	return b
}
