-- How late conversions come.

-- +goose Up

-- Conversions of an account by name, day of the decision that they count for and class of the time since (bandit.AgeOf).
CREATE TABLE learn_delays (
    account_id  TEXT   NOT NULL,
    event       TEXT   NOT NULL,
    day         BIGINT NOT NULL,
    age         BIGINT NOT NULL,
    conversions BIGINT NOT NULL,
    PRIMARY KEY (account_id, event, day, age)
);

-- When the latest of an ad's events happened, in unix milliseconds: as far as conversions can be known. 0 for what was folded before.
ALTER TABLE learn_ads ADD COLUMN latest BIGINT NOT NULL DEFAULT 0;
