// Package traffic tells which events no person can have caused: those of programs that say so, of pages that a browser loaded in advance, clicks
// faster than anybody is, and floods of clicks. What it names is counted apart, never billed and never learnt from.
//
// It knows what requests say of themselves and nothing else; a program that says it is a browser and behaves like a person passes.
package traffic
