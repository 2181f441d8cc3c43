//go:build unix

package main

import (
	"syscall"
	"time"
)

// processorSeconds is the time that this process has had of all cores.
func processorSeconds() float64 {
	var use syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &use) != nil {
		return 0
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano()).Seconds()
}
