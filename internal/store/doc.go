// Package store keeps objects, references, blobs, tokens and settings in SQLite (default) or PostgreSQL.
//
// There is one SQL text for both; what differs is in dialect.go. Graph objects are rows of one table, whatever their type: a new
// object needs no migration. Services that own tables of their own (rollups, learning cells) keep their SQL beside their code and run
// it through [Tx]; their tables are migrations here, because one database has one history.
package store
