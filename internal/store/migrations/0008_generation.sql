-- What makes assets for creatives, and the record of how each came about. Times of jobs are unix milliseconds.

-- +goose Up

-- A worker that holds a job knows its attempt: another one that took it over has raised it, and what the first one brings is refused.
CREATE TABLE jobs (
    id          TEXT   NOT NULL PRIMARY KEY,
    kind        TEXT   NOT NULL,
    creative_id TEXT   NOT NULL,
    account_id  TEXT   NOT NULL,
    state       TEXT   NOT NULL, -- QUEUED, RUNNING, DONE, FAILED
    attempt     BIGINT NOT NULL, -- how often it was leased
    failures    BIGINT NOT NULL, -- how many of the attempts failed, or ended without a word
    due         BIGINT NOT NULL, -- QUEUED: not before; RUNNING: when the lease ends, and the job is another worker's
    deadline    BIGINT NOT NULL, -- when it is not worth another attempt
    request     TEXT   NOT NULL, -- JSON, who asked for what
    result      TEXT   NOT NULL, -- JSON, what came of it; '' until then
    error       TEXT   NOT NULL, -- of the last failure, in words
    created     BIGINT NOT NULL,
    updated     BIGINT NOT NULL
);
CREATE INDEX jobs_by_time ON jobs (state, due, id);
CREATE INDEX jobs_by_creative ON jobs (creative_id, id);

-- A chain: each record's hash covers its other columns, and prev is the hash of the record before. The settings keep its end.
CREATE TABLE ledger (
    seq         BIGINT NOT NULL PRIMARY KEY, -- 1, 2, 3, …
    at          BIGINT NOT NULL,             -- unix seconds
    account_id  TEXT   NOT NULL,
    creative_id TEXT   NOT NULL,
    kind        TEXT   NOT NULL, -- generated, approved, rejected, delivered, failed
    body        TEXT   NOT NULL, -- JSON, members sorted
    prev        TEXT   NOT NULL,
    hash        TEXT   NOT NULL
);
CREATE INDEX ledger_by_creative ON ledger (creative_id, seq);
CREATE INDEX ledger_by_account ON ledger (account_id, seq);
