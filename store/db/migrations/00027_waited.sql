-- +goose Up

-- How long the run waited for a person's decision, in microseconds: it is no part of how long it took.
ALTER TABLE run ADD COLUMN waited BIGINT NOT NULL DEFAULT 0;
