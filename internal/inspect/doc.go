// Package inspect remembers the last requests of the Graph API: what was sent, what of it was stored, and what was ignored, read as
// something else or filled in, with an explanation of each refusal. It keeps a bounded number of records in memory, and answers them
// over HTTP to those who may see the account. Secrets are masked before a record gets here.
package inspect
