//go:build !linux

package main

import "time"

// threadTime is the time of day, which is the nearest thing here.
func threadTime() time.Time { return time.Now() }

// processTime is the same.
func processTime() time.Time { return time.Now() }
