-- How budgets are spread: when requests come, and which processes spend the same budgets.

-- +goose Up

-- Requests for the ads of an account by day (days since 1970-01-01 in its time zone) and quarter hour by its clock, 0 to 95.
CREATE TABLE pace_demand (
    account_id TEXT   NOT NULL,
    day        BIGINT NOT NULL,
    quarter    BIGINT NOT NULL,
    requests   BIGINT NOT NULL,
    PRIMARY KEY (account_id, day, quarter)
);

-- Processes that decide for this database, by the number that their decisions carry. A process says that it lives by another beat. state is a
-- JSON object: requests of the last seconds by account, and what was handed out and not seen yet by owner of the budget.
CREATE TABLE pace_processes (
    number BIGINT NOT NULL PRIMARY KEY,
    name   TEXT   NOT NULL,
    beat   BIGINT NOT NULL,
    state  TEXT   NOT NULL
);
