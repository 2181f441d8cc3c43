-- What a change replaced, and which user made it, beside the label of the token; and the record of one object.

-- +goose Up

ALTER TABLE audit ADD COLUMN actor_id TEXT NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN before TEXT NOT NULL DEFAULT '{}';
CREATE INDEX audit_by_object ON audit (object_id, seq);
