// Package catalog knows what is in a product catalog: items as feeds, batches and template tags spell them, prices, and the filters
// that make sets. It computes and keeps nothing.
package catalog
