package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
)

// benchImageCmd is `marquetry bench image`.
type benchImageCmd struct {
	Photos   string `help:"Directory of photographs to extend. Without it, studio scenes that are drawn." type:"existingdir" placeholder:"DIR"`
	Cutouts  string `help:"Directory of PNG files with transparency, to be put on backdrops. Without it, products that are drawn." type:"existingdir" placeholder:"DIR"`
	Products string `help:"Directory of product shots on plain backdrops, as they came." type:"existingdir" placeholder:"DIR"`
	Scenes   string `help:"Directory of pictures that no cut-out may be offered for." type:"existingdir" placeholder:"DIR"`
	Labels   string `help:"File that says of --products and --scenes, a line each: name, then eligible, ineligible or either." type:"existingfile" placeholder:"FILE"`
	Only     string `help:"Measure only this: outpaint, mild, tall, wide, studio, cutout or once." enum:"all,outpaint,mild,tall,wide,studio,cutout,once" default:"all"`
	Peers    bool   `help:"Measure simple fills beside, and G'MIC and OpenCV where they are installed."`
	Python   string `help:"Python that has OpenCV." default:"/usr/bin/python3" placeholder:"FILE"`
	Recall   string `help:"Directory that keeps what the peers made, and what their time was, for the next run." type:"path" placeholder:"DIR"`
	Sheet    string `help:"Write a contact sheet of all cases." type:"path" placeholder:"FILE.png"`
	Worst    int    `help:"Write so many of the worst cases into --worst-dir." placeholder:"N"`
	WorstDir string `help:"Where the worst cases go." type:"path" default:"." placeholder:"DIR"`
	Cases    bool   `help:"Also print the scores of each case."`
	JSON     bool   `name:"json" help:"Print one JSON object."`
	Child    string `hidden:"" help:"Extend one picture in a process of its own, which the benchmark starts itself."`
}

// Help is the example shown by --help.
func (benchImageCmd) Help() string {
	return "Hides a part of pictures and measures what is made up in its place; puts objects of known outline on backdrops and measures what is cut out. " +
		"With --peers simple fills, G'MIC (gmic) and OpenCV (python3-opencv) stand beside. Times are processor seconds.\n\n" +
		"Examples:\n  marquetry bench image\n  marquetry bench image --photos ~/photos --cutouts ~/cutouts --peers --sheet sheet.png"
}

// imageBench is what one run found.
type imageBench struct {
	Outpaint []outpaintRow `json:"outpaint,omitempty"` // one of each painter and case
	Cutout   []cutoutRow   `json:"cutout,omitempty"`
	Real     []eligibility `json:"real,omitempty"`
	Once     *onceMeasured `json:"once,omitempty"`
	Bars     []goal        `json:"bars"`
	Missing  []string      `json:"missing,omitempty"` // what could not be run, and why
	sheet    []sheetRow
}

// Run measures and prints.
func (c benchImageCmd) Run(ctx context.Context, to streams) error {
	if c.Child != "" {
		return extendOnce(ctx, c.Child, to.out)
	}
	var b imageBench
	peers, missing := c.findPeers(ctx)
	defer peers.close()
	b.Missing = missing
	if c.Photos == "" {
		fmt.Fprintln(to.err, "No --photos: only drawn scenes are measured.")
	}
	if c.wants("outpaint") {
		if err := c.outpaint(ctx, peers, &b, to.err); err != nil {
			return err
		}
	}
	if c.wants("cutout") {
		if err := c.cutout(ctx, peers, &b, to.err); err != nil {
			return err
		}
	}
	if c.wants("once") {
		once, err := c.measureOnce(ctx)
		if err != nil {
			return err
		}
		b.Once = &once
	}
	b.judge()
	return c.print(to.out, &b)
}

// wants reports whether a part is asked for; the tasks are parts of outpaint.
func (c benchImageCmd) wants(part string) bool {
	return c.Only == "all" || c.Only == part || part == "outpaint" && slices.Contains([]string{"mild", "tall", "wide", "studio"}, c.Only)
}

// print writes tables or JSON, and the sheets that were asked for.
func (c benchImageCmd) print(out io.Writer, b *imageBench) error {
	if err := c.sheets(b); err != nil {
		return err
	}
	if c.JSON {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", " ")
		return encoder.Encode(b)
	}
	return b.print(out, c.Cases)
}
