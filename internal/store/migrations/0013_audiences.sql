-- Who is in the custom audiences that were uploaded.

-- +goose Up

-- Revisions of an audience count its uploads, so that whoever has read it once reads what came after. Who was taken out stays with gone = 1.
CREATE TABLE audience_members (
    audience_id TEXT   NOT NULL,
    member      BIGINT NOT NULL, -- of a hash of a hashed id
    revision    BIGINT NOT NULL, -- when the row last changed
    gone        BIGINT NOT NULL,
    PRIMARY KEY (audience_id, member)
);
CREATE INDEX audience_members_by_revision ON audience_members (audience_id, revision);
