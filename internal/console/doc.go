// Package console shows people what the ads do: a list of those that run, and for each its combinations as pictures, how good its
// assets are, for whom which combination is best, and how far learning has come. Generated texts and pictures are reviewed here, too: each
// beside the one that it was made from. That is all that pages change, by the rules of the Graph API.
//
// Pages are made on the server and work without a script; htmx refreshes their numbers. Everything comes from this server, and all
// text of advertisers is escaped by html/template.
package console
