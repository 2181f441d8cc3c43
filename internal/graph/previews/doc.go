// Package previews shows what an ad or a creative looks like in a placement, and what a feature makes of it.
//
// A preview is an iframe on this server. Its one parameter is a signed, packed [scene]: everything that the page shows and until when, so that it
// loads without a token and without a look into the database. The link of an ad that is made to be shared names the ad instead, and shows what
// the ad has become. Package place draws scenes, as sketches that are a page or, by package raster, a picture.
package previews
