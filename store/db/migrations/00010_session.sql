-- +goose Up

-- The identity provider's own session, by which it tells that somebody logged out there.
ALTER TABLE portal_session ADD COLUMN sid TEXT NOT NULL DEFAULT '';
CREATE INDEX portal_session_sid ON portal_session (sid);

-- Logouts that the identity provider has told of: each counts once, until its token would have expired anyway.
CREATE TABLE logout_token (
    issuer  TEXT   NOT NULL,
    jti     TEXT   NOT NULL,
    expires BIGINT NOT NULL,
    PRIMARY KEY (issuer, jti)
);

-- Codes of the emergency account. The latest that is neither used nor replaced is the sealed one.
CREATE TABLE emergency_code (
    id        TEXT   NOT NULL PRIMARY KEY,
    salt      BYTEA  NOT NULL,
    hash      BYTEA  NOT NULL,
    role      TEXT   NOT NULL,
    sealed_by TEXT   NOT NULL,
    sealed_at BIGINT NOT NULL,
    ended_at  BIGINT NOT NULL -- used, or replaced by a newer one; 0 = sealed
);
