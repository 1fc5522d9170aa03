-- +goose Up

-- Counts every change of what the public catalogue shows: what its ETag is made of.
INSERT INTO counter (name, value) VALUES ('catalogue', 0);

-- How far the audit log and the ledger of runs have been read for notices. What happened before is not told.
CREATE TABLE notice_cursor (
    name  TEXT   NOT NULL PRIMARY KEY, -- audit: seq; run: no
    value BIGINT NOT NULL
);
INSERT INTO notice_cursor (name, value) SELECT name, value FROM counter WHERE name IN ('audit', 'run');

-- What somebody is told. An event is told a person once.
CREATE TABLE notice (
    id          TEXT    NOT NULL PRIMARY KEY,
    event       TEXT    NOT NULL,
    user_id     TEXT    NOT NULL REFERENCES portal_user (id),
    kind        TEXT    NOT NULL,
    topic       TEXT    NOT NULL, -- what repeated notices have in common
    urgent      BOOLEAN NOT NULL,
    registry_id TEXT    NOT NULL,
    path        TEXT    NOT NULL, -- the page it is about
    args        TEXT    NOT NULL, -- JSON
    at          BIGINT  NOT NULL,
    read_at     BIGINT  NOT NULL,
    outbox_id   TEXT    NOT NULL, -- the mail it went with; '' = in none yet, '-' = in none ever
    UNIQUE (event, user_id)
);
CREATE INDEX notice_user ON notice (user_id, at);
CREATE INDEX notice_unread ON notice (user_id) WHERE read_at = 0;
CREATE INDEX notice_unsent ON notice (user_id, at) WHERE outbox_id = '';
CREATE INDEX notice_outbox ON notice (outbox_id);

-- Where a person wants to be told, and of what.
CREATE TABLE notice_setting (
    user_id      TEXT   NOT NULL PRIMARY KEY REFERENCES portal_user (id),
    address      TEXT   NOT NULL, -- confirmed; '' = no mail
    pending      TEXT   NOT NULL, -- an address that waits to be confirmed
    pending_at   BIGINT NOT NULL,
    muted        TEXT   NOT NULL, -- JSON: kinds that are not sent by mail
    lang         TEXT   NOT NULL,
    version      BIGINT NOT NULL
);

CREATE TABLE webhook (
    id         TEXT    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    url        TEXT    NOT NULL,
    kinds      TEXT    NOT NULL, -- JSON; none = all
    registries TEXT    NOT NULL, -- JSON; none = all
    enabled    BOOLEAN NOT NULL,
    secret     BYTEA   NOT NULL, -- sealed
    last_at    BIGINT  NOT NULL,
    last_code  TEXT    NOT NULL, -- '' = delivered
    version    BIGINT  NOT NULL
);

-- What is to leave the portal. A row is claimed by a lease, so that two processes never send it at once.
CREATE TABLE outbox (
    id         TEXT   NOT NULL PRIMARY KEY, -- also the Message-ID
    via        TEXT   NOT NULL, -- mail, confirm, webhook
    target     TEXT   NOT NULL, -- user or webhook
    body       TEXT   NOT NULL, -- what a webhook is sent; the address of what is to be confirmed
    event      TEXT   NOT NULL,
    state      TEXT   NOT NULL, -- waiting, sent, dead
    attempts   BIGINT NOT NULL,
    next_at    BIGINT NOT NULL,
    lease      BIGINT NOT NULL, -- nobody else touches it until then
    code       TEXT   NOT NULL, -- of the last failure
    created_at BIGINT NOT NULL,
    ended_at   BIGINT NOT NULL
);
CREATE INDEX outbox_waiting ON outbox (next_at) WHERE state = 'waiting';
CREATE INDEX outbox_state ON outbox (state, created_at);
CREATE UNIQUE INDEX outbox_event ON outbox (target, event) WHERE event <> '';
