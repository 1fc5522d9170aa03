-- +goose Up

-- What a person did to a draft, so that it can be undone and done again. Steps after the draft's own are undone ones.
ALTER TABLE mapping_draft ADD COLUMN step BIGINT NOT NULL DEFAULT 0;
CREATE TABLE mapping_draft_step (
    integration_id TEXT   NOT NULL,
    user_id        TEXT   NOT NULL,
    no             BIGINT NOT NULL,
    what           TEXT   NOT NULL,
    args           TEXT   NOT NULL, -- JSON
    at             BIGINT NOT NULL,
    based_before   BIGINT NOT NULL,
    based_after    BIGINT NOT NULL,
    patch          TEXT   NOT NULL, -- JSON
    PRIMARY KEY (integration_id, user_id, no),
    FOREIGN KEY (integration_id, user_id) REFERENCES mapping_draft (integration_id, user_id) ON DELETE CASCADE
);
