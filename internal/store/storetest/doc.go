// Package storetest gives tests real databases: SQLite in a temporary directory and PostgreSQL in a private cluster.
package storetest
