// Package sim measures policies on simulated ads whose click probabilities are known.
//
// A world is a table of click probabilities per segment and combination, drawn from named presets by named generators, so that two
// implementations agree bit for bit. The presets' spreads of effects are log-odds; those of `real` for titles, images and their
// interaction were measured on published headline tests, the others are assumed.
package sim
