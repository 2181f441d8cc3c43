// Package score measures pictures that were made against pictures that are true: the yardstick of `marquetry bench image`.
//
// An extended picture is measured over its hidden part: what the painter did not see. No score is quality by itself. Blur leads in PSNR and SSIM; copies of the
// rim lead in Hist; so they are read together. A cut-out is measured against a known alpha. The package shares no code with what it measures.
package score
