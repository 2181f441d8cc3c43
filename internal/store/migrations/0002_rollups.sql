-- +goose Up

-- The rollups are a fold over the event log: what was shown (combinations), to whom and where (cells), and what came of it by day.
-- Keys of combinations and cells are hashes of their content, so that the same log gives the same rows whatever the batches.
-- Days are days since 1970-01-01 in the account's time zone; spend and value are millionths of the account's currency.

CREATE TABLE rollup_combinations (
    id                   BIGINT PRIMARY KEY, -- hash of ad, creative and slots
    account_id           TEXT NOT NULL,      -- digits
    campaign_id          TEXT NOT NULL,
    adset_id             TEXT NOT NULL,
    ad_id                TEXT NOT NULL,
    creative_id          TEXT NOT NULL,
    slots                TEXT NOT NULL,      -- two hexadecimal digits per slot, in the order of the feed's pools
    combination_id       TEXT NOT NULL,
    ad_format_asset      TEXT NOT NULL,      -- asset ids; '' where the feed has no such pool
    body_asset           TEXT NOT NULL,
    call_to_action_asset TEXT NOT NULL,
    description_asset    TEXT NOT NULL,
    image_asset          TEXT NOT NULL,
    link_url_asset       TEXT NOT NULL,
    title_asset          TEXT NOT NULL,
    video_asset          TEXT NOT NULL
);
CREATE INDEX rollup_combinations_account ON rollup_combinations (account_id);
CREATE INDEX rollup_combinations_campaign ON rollup_combinations (campaign_id);
CREATE INDEX rollup_combinations_adset ON rollup_combinations (adset_id);
CREATE INDEX rollup_combinations_ad ON rollup_combinations (ad_id);

CREATE TABLE rollup_cells (
    id                 BIGINT PRIMARY KEY, -- hash of the combination's key and what follows
    combination        BIGINT NOT NULL,
    age                TEXT NOT NULL,
    gender             TEXT NOT NULL,
    country            TEXT NOT NULL,
    region             TEXT NOT NULL,
    publisher_platform TEXT NOT NULL,
    platform_position  TEXT NOT NULL,
    impression_device  TEXT NOT NULL
);
CREATE INDEX rollup_cells_combination ON rollup_cells (combination);

CREATE TABLE rollup_days (
    cell        BIGINT NOT NULL,
    day         BIGINT NOT NULL,
    impressions BIGINT NOT NULL,
    clicks      BIGINT NOT NULL,
    spend       BIGINT NOT NULL,
    PRIMARY KEY (cell, day)
);

-- Who saw and clicked, for exact reach; impressions of unknown viewers have no row here.
CREATE TABLE rollup_viewers (
    cell        BIGINT NOT NULL,
    day         BIGINT NOT NULL,
    viewer      BIGINT NOT NULL,
    impressions BIGINT NOT NULL,
    clicks      BIGINT NOT NULL,
    PRIMARY KEY (cell, day, viewer)
);

-- Attributed conversions, on the day of the conversion. Windows are disjoint: '1d_click' is up to a day after the click,
-- '7d_click' from there up to seven days, '1d_view' up to a day after an impression without a click.
CREATE TABLE rollup_actions (
    cell       BIGINT NOT NULL,
    day        BIGINT NOT NULL,
    event      TEXT NOT NULL, -- as the pixel named it: Purchase, Lead, …
    credited   TEXT NOT NULL, -- window
    count      BIGINT NOT NULL,
    value      BIGINT NOT NULL,
    PRIMARY KEY (cell, day, event, credited)
);

-- The last click and the last impression of each viewer with an account: what conversions without a click token are credited to.
CREATE TABLE rollup_touches (
    account_id TEXT NOT NULL,
    viewer     BIGINT NOT NULL,
    kind       TEXT NOT NULL,   -- click, impression
    at         BIGINT NOT NULL, -- unix milliseconds
    decision   BIGINT NOT NULL,
    cell       BIGINT NOT NULL,
    PRIMARY KEY (account_id, viewer, kind)
);
