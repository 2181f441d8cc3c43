-- What the learner counts. All of it is a fold over the event log; `marquetry rebuild` makes it again.

-- +goose Up

-- One row per combination of a creative, context of the viewer and day of the decision (days since 1970-01-01 in the account's time
-- zone). event is '' for impressions and clicks and the outcome's name for conversions, so that an ad set whose optimisation event
-- changes needs no new fold. value is in millionths of the account's currency.
CREATE TABLE learn_cells (
    ad_id       TEXT   NOT NULL,
    creative_id TEXT   NOT NULL,
    signature   TEXT   NOT NULL,
    combination BIGINT NOT NULL,
    day         BIGINT NOT NULL,
    event       TEXT   NOT NULL,
    impressions BIGINT NOT NULL,
    clicks      BIGINT NOT NULL,
    conversions BIGINT NOT NULL,
    value       BIGINT NOT NULL,
    PRIMARY KEY (ad_id, creative_id, signature, combination, day, event)
);

-- The same counts per ad and day on which they happened, with what the impressions cost (millionths of the account's currency).
CREATE TABLE learn_days (
    ad_id       TEXT   NOT NULL,
    day         BIGINT NOT NULL,
    event       TEXT   NOT NULL,
    impressions BIGINT NOT NULL,
    clicks      BIGINT NOT NULL,
    conversions BIGINT NOT NULL,
    spend       BIGINT NOT NULL,
    PRIMARY KEY (ad_id, day, event)
);

-- How many events of each ad were folded, and the position of the last one: by it a learner finds what is new.
CREATE TABLE learn_ads (
    ad_id    TEXT   NOT NULL PRIMARY KEY,
    events   BIGINT NOT NULL,
    position BIGINT NOT NULL
);
CREATE INDEX learn_ads_by_position ON learn_ads (position);
