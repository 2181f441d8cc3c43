-- What a token is, beside what it may do: a person's, a system user's, an app's or a Page's; the app that issued it; and, once it was
-- taken back, when and why (a word of the store's RevokeReasons). Tokens from before belong to the instance's first app, which start-up fills in.

-- +goose Up

ALTER TABLE tokens ADD COLUMN kind TEXT NOT NULL DEFAULT 'user';
ALTER TABLE tokens ADD COLUMN app_id TEXT NOT NULL DEFAULT '';
ALTER TABLE tokens ADD COLUMN revoked BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tokens ADD COLUMN reason TEXT NOT NULL DEFAULT '';

-- What clients say of their own crashes, the newest thousand. The report is a JSON object without secrets.
CREATE TABLE client_reports (
    seq    BIGINT NOT NULL PRIMARY KEY,
    app_id TEXT   NOT NULL,
    at     BIGINT NOT NULL, -- unix seconds
    actor  TEXT   NOT NULL, -- the token's label
    report TEXT   NOT NULL
);
CREATE INDEX client_reports_by_app ON client_reports (app_id, seq);
