-- How often the viewer had been shown the ad, and whether the impression was of the control slice.

-- +goose Up

-- Cells from before have neither, and keep their keys: a rebuild makes the same rows.
ALTER TABLE rollup_cells ADD COLUMN frequency_value TEXT NOT NULL DEFAULT 'unknown'; -- 1, 2-3 or 4+, this time included
ALTER TABLE rollup_cells ADD COLUMN control BIGINT NOT NULL DEFAULT 0;               -- 1 in the slice that shows all combinations evenly
