-- +goose Up

-- Who asked to know who persons are, and what came of it. Of the persons themselves there is nothing here but their
-- pseudonyms.
CREATE TABLE reidentification (
    id          TEXT   NOT NULL PRIMARY KEY,
    registry_id TEXT   NOT NULL REFERENCES registry (id),
    purpose     TEXT   NOT NULL,
    legal_basis TEXT   NOT NULL,
    ld_id       TEXT   NOT NULL,
    ld_version  BIGINT NOT NULL,
    reason      TEXT   NOT NULL,
    broken      BOOLEAN NOT NULL, -- opened without an approval
    state       TEXT   NOT NULL,
    asked_by    TEXT   NOT NULL REFERENCES portal_user (id),
    asked_at    BIGINT NOT NULL,
    decided_by  TEXT   NOT NULL,
    decided_at  BIGINT NOT NULL,
    answer      TEXT   NOT NULL,
    open_until  BIGINT NOT NULL, -- 0 = not opened
    token       TEXT   NOT NULL, -- hash of the one token that works; '' = none
    used_at     BIGINT NOT NULL, -- 0 = not shown
    shown       BIGINT NOT NULL,
    overdue_at  BIGINT NOT NULL, -- 0 = nobody was told that no one reviewed it
    version     BIGINT NOT NULL
);
CREATE INDEX reidentification_state ON reidentification (state);
CREATE INDEX reidentification_asked ON reidentification (asked_by, asked_at);

CREATE TABLE reidentification_person (
    request_id TEXT   NOT NULL REFERENCES reidentification (id),
    no         BIGINT NOT NULL,
    pseudonym  TEXT   NOT NULL,
    PRIMARY KEY (request_id, no)
);
