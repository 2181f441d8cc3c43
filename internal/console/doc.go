// Package console shows people what the ads do: a list of those that run, and for each its combinations as pictures, how good its
// assets are, for whom which combination is best, and how far learning has come.
//
// Pages are made on the server and work without a script; htmx refreshes their numbers. Everything comes from this server, and all
// text of advertisers is escaped by html/template.
package console
