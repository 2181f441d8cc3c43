// Package units takes an ad's text apart: into sentences and lines, each with its class, and into atoms, the spans whose characters
// must survive (prices, dates, links, tags, quotations). It knows which language a text is in, and finds what is sold, by whom, at
// what offer. It is pure, and works on one short text in microseconds.
package units
