// Package score measures pictures that were made against pictures that are true: the yardstick of `marquetry bench image`. It shares no code with what it measures.
package score
