package store

import (
	"sync"
	"sync/atomic"
)

// changes counts the commits of this process that touched objects and wakes those who wait for the next one.
type changes struct {
	version atomic.Int64
	mu      sync.Mutex
	next    chan struct{} // closed by the next bump
}

// newChanges starts at version 0.
func newChanges() *changes { return &changes{next: make(chan struct{})} }

// bump records one commit.
func (c *changes) bump() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.version.Add(1)
	close(c.next)
	c.next = make(chan struct{})
}

// Version counts the commits of this process that touched objects. It waits for nobody: decisions ask.
func (db *DB) Version() int64 { return db.changes.version.Load() }

// Changed returns a channel that is closed by the next commit of this process that touches objects; take it before reading,
// so that no change is missed. Other processes' commits show in ObjectsVersion only.
func (db *DB) Changed() <-chan struct{} {
	db.changes.mu.Lock()
	defer db.changes.mu.Unlock()
	return db.changes.next
}
