-- What pixels have received, by the hour in which it happened.

-- +goose Up

CREATE TABLE pixel_hours (
    pixel_id TEXT NOT NULL,
    hour     BIGINT NOT NULL, -- since 1970-01-01, UTC
    event    TEXT NOT NULL,
    source   TEXT NOT NULL,   -- website, app, …; '' when it was not said
    events   BIGINT NOT NULL,
    newest   BIGINT NOT NULL, -- unix milliseconds
    PRIMARY KEY (pixel_id, hour, event, source)
);
