// Package previews shows what an ad or a creative looks like in a placement.
//
// A preview is an iframe on this server. Its one parameter is a signed, packed [scene]: everything that the page shows and until when, so that it
// loads without a token and without a look into the database. The link of an ad that is made to be shared names the ad instead, and shows what
// the ad has become.
package previews
