-- +goose Up

-- Whose choices decide over a registry's data, and how they are read.
CREATE TABLE consent_rule (
    id            TEXT   NOT NULL PRIMARY KEY,
    registry_id   TEXT   NOT NULL REFERENCES registry (id),
    connection_id TEXT   NOT NULL REFERENCES connection (id),
    body          TEXT   NOT NULL, -- JSON
    version       BIGINT NOT NULL
);
CREATE INDEX consent_rule_registry ON consent_rule (registry_id);
