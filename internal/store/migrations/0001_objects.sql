-- One text for SQLite and PostgreSQL. BYTEA is a blob in both: SQLite keeps bytes as they are under any type name.

-- +goose Up

CREATE TABLE objects (
    id         TEXT   NOT NULL PRIMARY KEY,
    type       TEXT   NOT NULL,
    account_id TEXT   NOT NULL,
    seq        BIGINT NOT NULL,
    status     TEXT   NOT NULL,
    hash       TEXT   NOT NULL,
    data       TEXT   NOT NULL,
    created    BIGINT NOT NULL,
    updated    BIGINT NOT NULL
);
CREATE UNIQUE INDEX objects_by_seq ON objects (seq);
CREATE INDEX objects_by_type ON objects (type, seq);
CREATE INDEX objects_by_hash ON objects (type, account_id, hash) WHERE hash <> '';

-- A reference repeats type, seq and status of the object that makes it, so that a page of a list is one range of an index:
-- the first index for all live statuses, the second for one status.
CREATE TABLE object_refs (
    object_id TEXT   NOT NULL REFERENCES objects (id),
    field     TEXT   NOT NULL,
    to_id     TEXT   NOT NULL,
    type      TEXT   NOT NULL,
    seq       BIGINT NOT NULL,
    status    TEXT   NOT NULL,
    PRIMARY KEY (object_id, field, to_id)
);
CREATE INDEX object_refs_by_seq ON object_refs (to_id, field, type, seq, status, object_id);
CREATE INDEX object_refs_by_status ON object_refs (to_id, field, type, status, seq, object_id);

-- objects: the last Seq given; objects_version: commits that touched objects; audit: the last line written.
CREATE TABLE sequences (
    name  TEXT   NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO sequences (name, value) VALUES ('objects', 0), ('objects_version', 0), ('audit', 0);

CREATE TABLE blobs (
    hash         TEXT  NOT NULL PRIMARY KEY,
    content_type TEXT  NOT NULL,
    data         BYTEA NOT NULL
);

CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- scopes and accounts are words separated by spaces.
CREATE TABLE tokens (
    hash     TEXT   NOT NULL PRIMARY KEY,
    label    TEXT   NOT NULL,
    user_id  TEXT   NOT NULL,
    scopes   TEXT   NOT NULL,
    accounts TEXT   NOT NULL,
    created  BIGINT NOT NULL,
    expires  BIGINT NOT NULL
);

CREATE TABLE audit (
    seq        BIGINT NOT NULL PRIMARY KEY,
    at         BIGINT NOT NULL,
    account_id TEXT   NOT NULL,
    actor      TEXT   NOT NULL,
    object_id  TEXT   NOT NULL,
    type       TEXT   NOT NULL,
    action     TEXT   NOT NULL,
    changes    TEXT   NOT NULL
);
CREATE INDEX audit_by_account ON audit (account_id, seq);

CREATE TABLE fold_checkpoints (
    fold     TEXT   NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL
);
