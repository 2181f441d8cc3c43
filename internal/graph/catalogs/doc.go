// Package catalogs keeps product catalogs: items, feeds and their uploads, sets, and batches of changes.
package catalogs
