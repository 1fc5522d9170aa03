-- +goose Up

-- What people decided that the source's values mean.
CREATE TABLE code_decision (
    integration_id TEXT   NOT NULL REFERENCES integration (id) ON DELETE CASCADE,
    variable       TEXT   NOT NULL,
    value          TEXT   NOT NULL,
    verdict        TEXT   NOT NULL, -- approved, flagged, ignored
    code           TEXT   NOT NULL,
    relation       TEXT   NOT NULL, -- equivalent, broader, narrower, no_match; empty when nothing is approved
    valid_from     TEXT   NOT NULL, -- day
    valid_to       TEXT   NOT NULL, -- day
    note           TEXT   NOT NULL,
    decided_by     TEXT   NOT NULL, -- name
    decided_at     BIGINT NOT NULL,
    imported_by    TEXT   NOT NULL, -- name; empty when it was decided here
    version        BIGINT NOT NULL,
    PRIMARY KEY (integration_id, variable, value)
);

-- The portal's own copies of code lists. A version is never changed.
CREATE TABLE code_system (
    system      TEXT   NOT NULL, -- OID or URI
    version     TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    day         TEXT   NOT NULL, -- when it was fetched
    sha256      TEXT   NOT NULL, -- of the file
    size        BIGINT NOT NULL,
    codes       TEXT   NOT NULL, -- JSON
    imported_by TEXT   NOT NULL, -- name
    imported_at BIGINT NOT NULL,
    no          BIGINT NOT NULL, -- counts from 1 per system
    PRIMARY KEY (system, version),
    UNIQUE (system, no)
);
