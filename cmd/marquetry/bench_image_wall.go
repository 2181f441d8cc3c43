//go:build !unix

package main

import "time"

// benchStart is when the process began, as far as it matters here.
var benchStart = time.Now()

// processorSeconds is the time that has passed, which is the nearest thing here.
func processorSeconds() float64 { return time.Since(benchStart).Seconds() }
