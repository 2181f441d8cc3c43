-- What came of what was shown: views, conversions that are credited to their viewer's touches whatever the order in which they are told of,
-- what restated a day, and what no person can have caused.

-- +goose Up

ALTER TABLE rollup_days ADD COLUMN views BIGINT NOT NULL DEFAULT 0; -- impressions of which half was on screen for one second

-- Every click and impression of viewers with an account. The kind says for how many days it can be credited, where those of its ad set are not
-- the usual ones: 'click', 'click 1', 'click 0', 'impression', 'impression 0'.
CREATE TABLE rollup_contacts (
    account_id TEXT NOT NULL,
    viewer     BIGINT NOT NULL,
    kind       TEXT NOT NULL,
    at         BIGINT NOT NULL, -- unix milliseconds
    decision   BIGINT NOT NULL,
    cell       BIGINT NOT NULL,
    PRIMARY KEY (account_id, viewer, kind, at, decision)
);
INSERT INTO rollup_contacts (account_id, viewer, kind, at, decision, cell) SELECT account_id, viewer, kind, at, decision, cell FROM rollup_touches;
DROP TABLE rollup_touches;

-- Conversions of known viewers that no click token settles: another touch can still have the better claim. Equal ones share a row.
CREATE TABLE rollup_outcomes (
    id         BIGINT PRIMARY KEY, -- hash of what follows, up to token_at
    account_id TEXT NOT NULL,
    viewer     BIGINT NOT NULL,
    at         BIGINT NOT NULL, -- unix milliseconds
    event      TEXT NOT NULL,
    value      BIGINT NOT NULL, -- of one
    known      BIGINT NOT NULL, -- unix milliseconds at which it was told of
    token_kind TEXT NOT NULL,   -- of the touch that its token names; '' without one
    token_cell BIGINT NOT NULL,
    token_at   BIGINT NOT NULL,
    count      BIGINT NOT NULL,
    cell       BIGINT NOT NULL, -- to which it is credited now
    credited   TEXT NOT NULL    -- window; '' when it is not
);
CREATE INDEX rollup_outcomes_viewer ON rollup_outcomes (viewer, at);

-- The part of rollup_actions that became known after its day was over.
CREATE TABLE rollup_restated (
    cell     BIGINT NOT NULL,
    day      BIGINT NOT NULL,
    event    TEXT NOT NULL,
    credited TEXT NOT NULL,
    known    BIGINT NOT NULL, -- unix milliseconds
    count    BIGINT NOT NULL,
    value    BIGINT NOT NULL,
    PRIMARY KEY (cell, day, event, credited, known)
);

-- Invalid traffic, which is in no other table.
CREATE TABLE rollup_invalid (
    cell   BIGINT NOT NULL,
    day    BIGINT NOT NULL,
    kind   TEXT NOT NULL, -- impression, view, click, conversion
    reason TEXT NOT NULL,
    count  BIGINT NOT NULL,
    PRIMARY KEY (cell, day, kind, reason)
);
