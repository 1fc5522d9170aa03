-- +goose Up

-- How a grant came to be and how it ended.
ALTER TABLE role_grant ADD COLUMN begins BIGINT NOT NULL DEFAULT 0; -- 0 = at granted_at
ALTER TABLE role_grant ADD COLUMN asked_by TEXT NOT NULL DEFAULT '';
ALTER TABLE role_grant ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE role_grant ADD COLUMN deputy_for TEXT NOT NULL DEFAULT '';
ALTER TABLE role_grant ADD COLUMN end_reason TEXT NOT NULL DEFAULT '';
CREATE INDEX role_grant_deputy ON role_grant (deputy_for) WHERE deputy_for <> '';

CREATE TABLE user_block (
    id         TEXT   NOT NULL PRIMARY KEY,
    user_id    TEXT   NOT NULL REFERENCES portal_user (id),
    blocked_by TEXT   NOT NULL,
    blocked_at BIGINT NOT NULL,
    reason     TEXT   NOT NULL,
    lifted_by  TEXT   NOT NULL,
    lifted_at  BIGINT NOT NULL -- 0 = it holds
);
CREATE INDEX user_block_user ON user_block (user_id);
CREATE UNIQUE INDEX user_block_one ON user_block (user_id) WHERE lifted_at = 0;

CREATE TABLE access_request (
    id          TEXT   NOT NULL PRIMARY KEY,
    kind        TEXT   NOT NULL,
    user_id     TEXT   NOT NULL REFERENCES portal_user (id),
    role        TEXT   NOT NULL,
    registry_id TEXT   NOT NULL,
    deputy_for  TEXT   NOT NULL,
    first_day   TEXT   NOT NULL,
    last_day    TEXT   NOT NULL,
    reason      TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    asked_by    TEXT   NOT NULL,
    asked_at    BIGINT NOT NULL,
    decided_by  TEXT   NOT NULL,
    decided_at  BIGINT NOT NULL,
    answer      TEXT   NOT NULL,
    grant_id    TEXT   REFERENCES role_grant (id),
    version     BIGINT NOT NULL
);
CREATE INDEX access_request_user ON access_request (user_id);
-- Nobody waits twice for the same.
CREATE UNIQUE INDEX access_request_one ON access_request (user_id, kind, role, registry_id, deputy_for)
    WHERE state = 'asked';

CREATE TABLE access_review (
    id          TEXT   NOT NULL PRIMARY KEY,
    registry_id TEXT   NOT NULL, -- '*' = grants for every registry
    state       TEXT   NOT NULL,
    opened_at   BIGINT NOT NULL,
    due_on      TEXT   NOT NULL,
    closed_at   BIGINT NOT NULL,
    version     BIGINT NOT NULL
);
CREATE UNIQUE INDEX access_review_one ON access_review (registry_id) WHERE closed_at = 0;

CREATE TABLE access_review_line (
    review_id   TEXT   NOT NULL REFERENCES access_review (id),
    grant_id    TEXT   NOT NULL REFERENCES role_grant (id),
    answer      TEXT   NOT NULL, -- '' = none yet
    reason      TEXT   NOT NULL,
    answered_by TEXT   NOT NULL,
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (review_id, grant_id)
);
