-- +goose Up

-- What is, and was, wrong with runs and with the installation.
CREATE TABLE alert (
    id           TEXT   NOT NULL PRIMARY KEY,
    key          TEXT   NOT NULL, -- kind, subject and place
    kind         TEXT   NOT NULL,
    subject      TEXT   NOT NULL,
    place        TEXT   NOT NULL, -- '' = what all processes see
    registry_id  TEXT   NOT NULL, -- '' = the installation
    code         TEXT   NOT NULL,
    args         TEXT   NOT NULL, -- JSON
    run_no       BIGINT NOT NULL,
    n            BIGINT NOT NULL,
    n_before     BIGINT NOT NULL,
    since_at     BIGINT NOT NULL,
    last_at      BIGINT NOT NULL,
    opened_at    BIGINT NOT NULL,
    closed_at    BIGINT NOT NULL, -- 0 = open
    taken_by     TEXT   NOT NULL,
    taken_at     BIGINT NOT NULL,
    reason       TEXT   NOT NULL,
    until_at     BIGINT NOT NULL, -- put off until then; 0 = not
    escalated_at BIGINT NOT NULL,
    version      BIGINT NOT NULL
);
CREATE UNIQUE INDEX alert_one ON alert (key) WHERE closed_at = 0;
CREATE INDEX alert_closed ON alert (closed_at);
