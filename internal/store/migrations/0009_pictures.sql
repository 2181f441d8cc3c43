-- What pictures were made into, so that nothing is made twice.

-- +goose Up

CREATE TABLE pictures (
    id      TEXT   NOT NULL PRIMARY KEY, -- hex SHA-256 of the source file's hash and of all that was asked
    results TEXT   NOT NULL,             -- JSON, a list: what came of it, the files being blobs
    created BIGINT NOT NULL              -- unix seconds
);

-- What was made of the items of catalogs.
CREATE TABLE item_pictures (
    item_id TEXT   NOT NULL,
    recipe  TEXT   NOT NULL, -- hex SHA-256 of all that was asked, but for the item
    input   TEXT   NOT NULL, -- hex SHA-256 of what of the item counts: once that is another, the picture is out of date
    picture TEXT   NOT NULL, -- id in pictures; '' when the item's picture could not be read
    reason  TEXT   NOT NULL, -- why not
    updated BIGINT NOT NULL, -- unix seconds
    PRIMARY KEY (item_id, recipe)
);
