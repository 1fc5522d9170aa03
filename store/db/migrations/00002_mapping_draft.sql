-- +goose Up

-- What a person is working on before it becomes a version of a mapping.
CREATE TABLE mapping_draft (
    integration_id TEXT   NOT NULL REFERENCES integration (id) ON DELETE CASCADE,
    user_id        TEXT   NOT NULL REFERENCES portal_user (id),
    based_on       BIGINT NOT NULL, -- the version it began from, 0 = none
    mapping        TEXT   NOT NULL, -- JSON
    edits          BIGINT NOT NULL,
    updated_at     BIGINT NOT NULL,
    PRIMARY KEY (integration_id, user_id)
);
