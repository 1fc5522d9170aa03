-- +goose Up

-- How often and how long a run is tried again; an integration without a row has the defaults.
CREATE TABLE retry_policy (
    integration_id TEXT             NOT NULL PRIMARY KEY REFERENCES integration (id),
    attempts       BIGINT           NOT NULL,
    first_ns       BIGINT           NOT NULL,
    factor         DOUBLE PRECISION NOT NULL,
    most_ns        BIGINT           NOT NULL,
    timeout_ns     BIGINT           NOT NULL,
    version        BIGINT           NOT NULL
);

-- Hosts that failed lately. One that answers again has no row.
CREATE TABLE circuit (
    host      TEXT   NOT NULL PRIMARY KEY,
    failures  BIGINT NOT NULL,
    code      TEXT   NOT NULL,
    opened_at BIGINT NOT NULL, -- 0 = closed
    until_at  BIGINT NOT NULL, -- when somebody may try; 0 = closed
    at        BIGINT NOT NULL
);

CREATE TABLE backfill (
    id             TEXT   NOT NULL PRIMARY KEY,
    integration_id TEXT   NOT NULL REFERENCES integration (id),
    plan           TEXT   NOT NULL, -- JSON
    hash           TEXT   NOT NULL,
    state          TEXT   NOT NULL,
    actor          TEXT   NOT NULL,
    created_at     BIGINT NOT NULL,
    ended_at       BIGINT NOT NULL, -- 0 = not yet
    ended_by       TEXT   NOT NULL
);
CREATE UNIQUE INDEX backfill_one ON backfill (integration_id) WHERE state = 'running';
CREATE INDEX backfill_integration ON backfill (integration_id, created_at);

ALTER TABLE run ADD COLUMN tries BIGINT NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN reads TEXT NOT NULL DEFAULT '{}'; -- JSON
ALTER TABLE run ADD COLUMN backfill_id TEXT NOT NULL DEFAULT '';
CREATE INDEX run_backfill ON run (backfill_id, no) WHERE backfill_id <> '';
