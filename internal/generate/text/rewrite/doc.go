// Package rewrite is the embedded generator: it takes a text apart, puts its units in other words by rules that were written by hand,
// and composes them anew. It knows no more than the text says. The rules are files in rules/, each line with a test sentence.
package rewrite
