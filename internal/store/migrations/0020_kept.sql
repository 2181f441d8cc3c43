-- Touches and outcomes are kept only as long as one can still be credited to the other; those of the sandbox, where any time can be named, stay.

-- +goose Up

ALTER TABLE rollup_contacts ADD COLUMN dated BIGINT NOT NULL DEFAULT 0; -- 1: of the sandbox
CREATE INDEX rollup_contacts_kept ON rollup_contacts (at) WHERE dated = 0;
ALTER TABLE rollup_outcomes ADD COLUMN dated BIGINT NOT NULL DEFAULT 0;
CREATE INDEX rollup_outcomes_kept ON rollup_outcomes (at) WHERE dated = 0;
