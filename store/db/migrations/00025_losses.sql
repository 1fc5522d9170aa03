-- +goose Up

-- How often a process was lost that was at work with the run.
ALTER TABLE run ADD COLUMN losses BIGINT NOT NULL DEFAULT 0;
