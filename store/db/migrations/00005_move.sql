-- +goose Up

-- Why transport may go another way than the supplier's integration platform.
ALTER TABLE solution_design ADD COLUMN exempt_route_reason TEXT NOT NULL DEFAULT '';

-- A run that goes all the way and loads nothing: what it found is compared with another integration's.
ALTER TABLE run ADD COLUMN shadow BOOLEAN NOT NULL DEFAULT FALSE;

-- Moving an integration to another system: the old one, its copy, and how far it has come.
CREATE TABLE move (
    id              TEXT             NOT NULL PRIMARY KEY,
    from_id         TEXT             NOT NULL REFERENCES integration (id),
    to_id           TEXT             NOT NULL UNIQUE REFERENCES integration (id),
    state           TEXT             NOT NULL,
    starts_on       TEXT             NOT NULL,
    ends_on         TEXT             NOT NULL,
    min_runs        BIGINT           NOT NULL,
    row_tolerance   DOUBLE PRECISION NOT NULL,
    share_tolerance DOUBLE PRECISION NOT NULL,
    reason          TEXT             NOT NULL,
    created_by      TEXT             NOT NULL,
    created_at      BIGINT           NOT NULL,
    started_at      BIGINT           NOT NULL,
    closed_at       BIGINT           NOT NULL, -- switched or abandoned
    version         BIGINT           NOT NULL
);
-- An integration is on its way to one place at a time.
CREATE UNIQUE INDEX move_one_way ON move (from_id) WHERE state <> 'abandoned';

-- How the values of a run's accepted rows were spread, kept while two integrations are compared.
CREATE TABLE distribution (
    run_no         INTEGER NOT NULL PRIMARY KEY REFERENCES run (no),
    integration_id TEXT    NOT NULL REFERENCES integration (id),
    at             BIGINT  NOT NULL,
    body           TEXT    NOT NULL -- JSON
);
CREATE INDEX distribution_integration ON distribution (integration_id, run_no);
