-- +goose Up

-- What was asked for, each time. An approval that is sent back and asked for again has a line for each. Never changed.
CREATE TABLE submission (
    approval_id  TEXT   NOT NULL REFERENCES approval (id),
    no           BIGINT NOT NULL, -- from 1
    scope        BYTEA  NOT NULL,
    scope_hash   TEXT   NOT NULL,
    mapping_no   BIGINT NOT NULL,
    facts        TEXT   NOT NULL, -- JSON; null for what was asked for before facts were kept
    submitted_by TEXT   NOT NULL, -- name
    submitted_at BIGINT NOT NULL,
    PRIMARY KEY (approval_id, no)
);

INSERT INTO submission (approval_id, no, scope, scope_hash, mapping_no, facts, submitted_by, submitted_at)
SELECT id, 1, scope, scope_hash, mapping_no, 'null', submitted_name, submitted_at FROM approval WHERE submitted_at > 0;

-- What a hash that somebody holds can be the hash of.
CREATE TABLE fingerprint (
    hash        TEXT   NOT NULL, -- lower-case hex SHA-256
    what        TEXT   NOT NULL, -- scope, mapping, codebook, document
    approval_id TEXT   NOT NULL,
    no          BIGINT NOT NULL,
    PRIMARY KEY (hash, what, approval_id, no),
    FOREIGN KEY (approval_id, no) REFERENCES submission (approval_id, no)
);

INSERT INTO fingerprint (hash, what, approval_id, no) SELECT scope_hash, 'scope', approval_id, no FROM submission;
