-- +goose Up

-- What a source offers and what its values look like. One per integration; it holds no row, and goes into no export.
CREATE TABLE source_profile (
    integration_id TEXT   NOT NULL PRIMARY KEY REFERENCES integration (id) ON DELETE CASCADE,
    fields         TEXT   NOT NULL, -- JSON: the schema
    profile        TEXT   NOT NULL, -- JSON; null when no row could be looked at
    direct         TEXT   NOT NULL, -- JSON: names of the fields of which nothing but emptiness is told
    at             BIGINT NOT NULL
);

-- A person's own sample of a source. The rows lie sealed beside the database, under id; nobody else sees them.
CREATE TABLE mapping_sample (
    id             TEXT   NOT NULL PRIMARY KEY,
    integration_id TEXT   NOT NULL REFERENCES integration (id) ON DELETE CASCADE,
    user_id        TEXT   NOT NULL REFERENCES portal_user (id),
    format         TEXT   NOT NULL, -- csv, xlsx
    bytes          BIGINT NOT NULL,
    at             BIGINT NOT NULL,
    until          BIGINT NOT NULL,
    UNIQUE (integration_id, user_id)
);
CREATE INDEX mapping_sample_until ON mapping_sample (until);
