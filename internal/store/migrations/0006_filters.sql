-- +goose Up

-- A reference also repeats what lists are filtered by most: the name, lower case and not too long, and the time of the last change. NULL
-- means that it has to be looked up. Both indexes answer a filtered page by themselves.
ALTER TABLE object_refs ADD COLUMN name TEXT;
ALTER TABLE object_refs ADD COLUMN updated BIGINT;
DROP INDEX object_refs_by_seq;
DROP INDEX object_refs_by_status;
CREATE INDEX object_refs_by_seq ON object_refs (to_id, field, type, seq, status, name, updated, object_id);
CREATE INDEX object_refs_by_status ON object_refs (to_id, field, type, status, seq, name, updated, object_id);
