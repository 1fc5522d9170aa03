-- +goose Up

-- Why a version of a codebook was made, and of which files.
ALTER TABLE codebook_version ADD COLUMN message TEXT NOT NULL DEFAULT '';
ALTER TABLE codebook_version ADD COLUMN source TEXT NOT NULL DEFAULT 'null'; -- JSON

-- The next version of a codebook while people work on it: one for all of them.
CREATE TABLE codebook_draft (
    codebook_id TEXT   NOT NULL PRIMARY KEY, -- of a codebook that may have no version yet
    registry_id TEXT   NOT NULL REFERENCES registry (id),
    based_on    BIGINT NOT NULL, -- the version it began from, 0 = none
    title       TEXT   NOT NULL,
    row_key     TEXT   NOT NULL, -- JSON
    variables   TEXT   NOT NULL, -- JSON
    source      TEXT   NOT NULL, -- JSON
    defects     TEXT   NOT NULL, -- JSON
    edits       BIGINT NOT NULL,
    user_id     TEXT   NOT NULL REFERENCES portal_user (id), -- who wrote last
    updated_at  BIGINT NOT NULL
);
CREATE INDEX codebook_draft_registry ON codebook_draft (registry_id);
