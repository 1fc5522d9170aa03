-- The portal database. One text for SQLite and PostgreSQL:
--   times are BIGINT microseconds since 1970 in UTC, 0 = none; days are TEXT yyyy-mm-dd, '' = none;
--   spans of time are BIGINT nanoseconds; lists and maps are JSON in TEXT; BYTEA is a blob in both;
--   a key that counts is INTEGER, so that SQLite keeps the table itself in that order (2^31 - 1 on PostgreSQL).
-- Nothing here names a patient: no identity value is ever written to this database.

-- +goose Up

CREATE TABLE counter (
    name  TEXT   NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counter (name, value) VALUES ('audit', 0), ('run', 0);

CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- Who did what. Append-only: seq has no gap, leaf is the Merkle leaf hash of entry; the other columns repeat parts of
-- entry for searching.
CREATE TABLE audit_entry (
    seq      INTEGER NOT NULL PRIMARY KEY,
    at       BIGINT  NOT NULL,
    entry    BYTEA   NOT NULL,
    leaf     BYTEA   NOT NULL,
    action   TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    object   TEXT    NOT NULL,
    registry TEXT    NOT NULL,
    actor    TEXT    NOT NULL
);
CREATE INDEX audit_entry_object ON audit_entry (kind, object, seq);
CREATE INDEX audit_entry_registry ON audit_entry (registry, seq);
CREATE INDEX audit_entry_actor ON audit_entry (actor, seq);
CREATE INDEX audit_entry_action ON audit_entry (action, seq);
CREATE INDEX audit_entry_at ON audit_entry (at);

-- People -----------------------------------------------------------------------------------------------------------

CREATE TABLE portal_user (
    id        TEXT   NOT NULL PRIMARY KEY,
    issuer    TEXT   NOT NULL,
    subject   TEXT   NOT NULL,
    name      TEXT   NOT NULL,
    last_seen BIGINT NOT NULL,
    UNIQUE (issuer, subject)
);

-- Grants are ended by their until, never deleted, so that who had access on a past day can be told.
CREATE TABLE role_grant (
    id          TEXT   NOT NULL PRIMARY KEY,
    user_id     TEXT   NOT NULL REFERENCES portal_user (id),
    role        TEXT   NOT NULL,
    registry_id TEXT   NOT NULL, -- '*' = every registry
    source      TEXT   NOT NULL,
    granted_by  TEXT   NOT NULL,
    granted_at  BIGINT NOT NULL,
    until       BIGINT NOT NULL,
    ended_by    TEXT   NOT NULL -- who ended it before its time
);
CREATE INDEX role_grant_user ON role_grant (user_id);

CREATE TABLE portal_session (
    hash      TEXT   NOT NULL PRIMARY KEY, -- of the id in the cookie
    user_id   TEXT   REFERENCES portal_user (id), -- NULL while a login is under way
    created   BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    expires   BIGINT NOT NULL,
    data      BYTEA  NOT NULL
);
CREATE INDEX portal_session_user ON portal_session (user_id);
CREATE INDEX portal_session_expires ON portal_session (expires);

-- Catalogue --------------------------------------------------------------------------------------------------------

CREATE TABLE solution (
    id         TEXT   NOT NULL PRIMARY KEY,
    name       TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    owner      TEXT   NOT NULL,
    platform   TEXT   NOT NULL,
    hosting    TEXT   NOT NULL,
    controller TEXT   NOT NULL,
    phase      TEXT   NOT NULL,
    ends_on    TEXT   NOT NULL,
    successor  TEXT   NOT NULL,
    url        TEXT   NOT NULL,
    note       TEXT   NOT NULL,
    version    BIGINT NOT NULL
);

CREATE TABLE system (
    id        TEXT   NOT NULL PRIMARY KEY,
    name      TEXT   NOT NULL,
    owner     TEXT   NOT NULL,
    role      TEXT   NOT NULL,
    content   TEXT   NOT NULL, -- JSON
    phase     TEXT   NOT NULL,
    ends_on   TEXT   NOT NULL,
    successor TEXT   NOT NULL,
    note      TEXT   NOT NULL,
    version   BIGINT NOT NULL
);

CREATE TABLE method (
    id        TEXT   NOT NULL PRIMARY KEY,
    system_id TEXT   NOT NULL REFERENCES system (id),
    name      TEXT   NOT NULL,
    kind      TEXT   NOT NULL,
    handover  TEXT   NOT NULL,
    highest   TEXT   NOT NULL,
    route     TEXT   NOT NULL,
    instead   TEXT   NOT NULL,
    note      TEXT   NOT NULL,
    version   BIGINT NOT NULL
);
CREATE INDEX method_system ON method (system_id);

CREATE TABLE connection (
    id        TEXT   NOT NULL PRIMARY KEY,
    system_id TEXT   NOT NULL REFERENCES system (id),
    kind      TEXT   NOT NULL,
    name      TEXT   NOT NULL,
    settings  TEXT   NOT NULL, -- JSON; secrets are never here
    version   BIGINT NOT NULL
);
CREATE INDEX connection_system ON connection (system_id);

CREATE TABLE registry (
    id          TEXT    NOT NULL PRIMARY KEY,
    solution_id TEXT    NOT NULL REFERENCES solution (id),
    name        TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    unit        TEXT    NOT NULL,
    contact     TEXT    NOT NULL,
    starts_on   TEXT    NOT NULL,
    ends_on     TEXT    NOT NULL,
    basis       TEXT    NOT NULL, -- JSON
    note        TEXT    NOT NULL,
    demo        BOOLEAN NOT NULL,
    version     BIGINT  NOT NULL
);
CREATE INDEX registry_solution ON registry (solution_id);

-- A codebook, and its versions, which are never changed.
CREATE TABLE codebook (
    id          TEXT   NOT NULL PRIMARY KEY,
    registry_id TEXT   NOT NULL REFERENCES registry (id),
    newest      BIGINT NOT NULL
);
CREATE INDEX codebook_registry ON codebook (registry_id);

CREATE TABLE codebook_version (
    codebook_id TEXT   NOT NULL REFERENCES codebook (id),
    version     BIGINT NOT NULL,
    title       TEXT   NOT NULL,
    row_key     TEXT   NOT NULL, -- JSON: the variables that name a row
    variables   TEXT   NOT NULL, -- JSON
    created_by  TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (codebook_id, version)
);

CREATE TABLE risk_assessment (
    id           TEXT    NOT NULL,
    version      BIGINT  NOT NULL,
    title        TEXT    NOT NULL,
    link         TEXT    NOT NULL,
    covers       TEXT    NOT NULL,
    performed_on TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    decided_by   TEXT    NOT NULL,
    decided_on   TEXT    NOT NULL,
    valid_to     TEXT    NOT NULL,
    demo         BOOLEAN NOT NULL,
    revision     BIGINT  NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE solution_design (
    id                 TEXT    NOT NULL,
    version            BIGINT  NOT NULL,
    title              TEXT    NOT NULL,
    link               TEXT    NOT NULL,
    overview           TEXT    NOT NULL,
    state              TEXT    NOT NULL,
    decided_by         TEXT    NOT NULL,
    decided_on         TEXT    NOT NULL,
    valid_to           TEXT    NOT NULL,
    exempt_route_until TEXT    NOT NULL,
    demo               BOOLEAN NOT NULL,
    revision           BIGINT  NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE integration (
    id             TEXT    NOT NULL PRIMARY KEY,
    registry_id    TEXT    NOT NULL REFERENCES registry (id),
    method_id      TEXT    NOT NULL REFERENCES method (id),
    connection_id  TEXT    REFERENCES connection (id),
    name           TEXT    NOT NULL,
    purpose        TEXT    NOT NULL,
    sensitivity    TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    ros_id         TEXT,
    ros_version    BIGINT,
    ld_id          TEXT,
    ld_version     BIGINT,
    codebook_id    TEXT    REFERENCES codebook (id),
    mapping_no     BIGINT  NOT NULL, -- the version in use, 0 = none
    limits         TEXT    NOT NULL, -- JSON
    expected_hours BIGINT  NOT NULL,
    owner          TEXT    NOT NULL,
    note           TEXT    NOT NULL,
    demo           BOOLEAN NOT NULL,
    version        BIGINT  NOT NULL,
    FOREIGN KEY (ros_id, ros_version) REFERENCES risk_assessment (id, version),
    FOREIGN KEY (ld_id, ld_version) REFERENCES solution_design (id, version)
);
CREATE INDEX integration_registry ON integration (registry_id);
CREATE INDEX integration_method ON integration (method_id);
CREATE INDEX integration_connection ON integration (connection_id);
CREATE INDEX integration_ros ON integration (ros_id, ros_version);
CREATE INDEX integration_ld ON integration (ld_id, ld_version);

-- Mapping versions are never changed.
CREATE TABLE mapping_version (
    integration_id   TEXT   NOT NULL REFERENCES integration (id),
    no               BIGINT NOT NULL,
    codebook_id      TEXT   NOT NULL,
    codebook_version BIGINT NOT NULL,
    mapping          TEXT   NOT NULL, -- JSON
    message          TEXT   NOT NULL,
    created_by       TEXT   NOT NULL,
    created_at       BIGINT NOT NULL,
    PRIMARY KEY (integration_id, no),
    FOREIGN KEY (codebook_id, codebook_version) REFERENCES codebook_version (codebook_id, version)
);

CREATE TABLE approval (
    id             TEXT    NOT NULL PRIMARY KEY,
    integration_id TEXT    NOT NULL REFERENCES integration (id),
    state          TEXT    NOT NULL,
    scope          BYTEA   NOT NULL,
    scope_hash     TEXT    NOT NULL,
    ros_id         TEXT    NOT NULL,
    ros_version    BIGINT  NOT NULL,
    ld_id          TEXT    NOT NULL,
    ld_version     BIGINT  NOT NULL,
    mapping_no     BIGINT  NOT NULL,
    submitted_by   TEXT    NOT NULL,
    submitted_name TEXT    NOT NULL,
    submitted_at   BIGINT  NOT NULL,
    edited_by      TEXT    NOT NULL, -- JSON
    decided_by     TEXT    NOT NULL,
    decided_name   TEXT    NOT NULL,
    decided_at     BIGINT  NOT NULL,
    reason         TEXT    NOT NULL,
    valid_to       TEXT    NOT NULL,
    demo           BOOLEAN NOT NULL,
    created_at     BIGINT  NOT NULL,
    version        BIGINT  NOT NULL
);
CREATE INDEX approval_integration ON approval (integration_id, created_at);
CREATE INDEX approval_state ON approval (state);
-- At most one approval holds, and at most one is on its way, for each integration.
CREATE UNIQUE INDEX approval_one_approved ON approval (integration_id) WHERE state = 'approved';
CREATE UNIQUE INDEX approval_one_open ON approval (integration_id)
    WHERE state IN ('draft', 'submitted', 'change_requested');

-- Running ----------------------------------------------------------------------------------------------------------

CREATE TABLE schedule (
    id              TEXT    NOT NULL PRIMARY KEY,
    integration_id  TEXT    NOT NULL UNIQUE REFERENCES integration (id),
    expr            TEXT    NOT NULL,
    every_ns        BIGINT  NOT NULL,
    anchor          BIGINT  NOT NULL,
    zone            TEXT    NOT NULL,
    enabled         BOOLEAN NOT NULL,
    paused_at       BIGINT  NOT NULL,
    paused_until    BIGINT  NOT NULL,
    paused_by       TEXT    NOT NULL,
    pause_reason    TEXT    NOT NULL,
    catch_up        TEXT    NOT NULL,
    catch_up_window BIGINT  NOT NULL,
    catch_up_max    BIGINT  NOT NULL,
    overlap         TEXT    NOT NULL,
    jitter          BIGINT  NOT NULL,
    planned         BIGINT  NOT NULL, -- every slot up to and including this moment has its run row
    version         BIGINT  NOT NULL
);

CREATE TABLE run (
    no             INTEGER NOT NULL PRIMARY KEY,
    id             TEXT    NOT NULL UNIQUE,
    integration_id TEXT    NOT NULL REFERENCES integration (id),
    registry_id    TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    started_as     TEXT    NOT NULL, -- Trigger
    actor          TEXT    NOT NULL,
    slot           TEXT    NOT NULL,
    due_at         BIGINT  NOT NULL,
    start_at       BIGINT  NOT NULL, -- not before then; the due time put off by the schedule's delay
    at             BIGINT  NOT NULL, -- where it stands in time: due_at, or created_at when a person started it
    reason         TEXT    NOT NULL,
    reason_args    TEXT    NOT NULL, -- JSON
    stage          TEXT    NOT NULL,
    attempt        BIGINT  NOT NULL,
    n_read         BIGINT  NOT NULL,
    n_loaded       BIGINT  NOT NULL,
    n_unchanged    BIGINT  NOT NULL,
    n_merged       BIGINT  NOT NULL,
    n_filtered     BIGINT  NOT NULL,
    n_quarantined  BIGINT  NOT NULL,
    n_blocked      BIGINT  NOT NULL,
    quarantined_by TEXT    NOT NULL, -- JSON
    scope_hash     TEXT    NOT NULL,
    approval_id    TEXT    NOT NULL,
    mapping_no     BIGINT  NOT NULL,
    dry_run        BOOLEAN NOT NULL,
    delivery       TEXT    NOT NULL, -- JSON
    created_at     BIGINT  NOT NULL,
    started_at     BIGINT  NOT NULL,
    ended_at       BIGINT  NOT NULL,
    cancel_by      TEXT    NOT NULL,
    search         TEXT    NOT NULL  -- what the text filter looks in, in lower case
);
-- Each slot has one run, and an integration has one run at work; whoever comes second is told by these.
CREATE UNIQUE INDEX run_slot ON run (integration_id, slot) WHERE slot <> '';
CREATE UNIQUE INDEX run_one_running ON run (integration_id) WHERE state = 'running' AND NOT dry_run;
CREATE INDEX run_open ON run (state, start_at) WHERE state IN ('due', 'running');
CREATE INDEX run_integration ON run (integration_id, no);
CREATE INDEX run_integration_state ON run (integration_id, state, dry_run, no);
CREATE INDEX run_registry ON run (registry_id, no);
CREATE INDEX run_registry_state ON run (registry_id, state, no);
CREATE INDEX run_registry_at ON run (registry_id, at);
CREATE INDEX run_state ON run (state, no);
CREATE INDEX run_at ON run (at);
CREATE INDEX run_actor ON run (actor, no) WHERE actor <> '';

CREATE TABLE run_log (
    run_no INTEGER NOT NULL REFERENCES run (no),
    seq    INTEGER NOT NULL,
    at     BIGINT  NOT NULL,
    level  TEXT    NOT NULL,
    stage  TEXT    NOT NULL,
    code   TEXT    NOT NULL,
    args   TEXT    NOT NULL, -- JSON
    PRIMARY KEY (run_no, seq)
);

-- Deliveries that are not to be read again.
CREATE TABLE delivery (
    integration_id TEXT    NOT NULL REFERENCES integration (id),
    mark           TEXT    NOT NULL, -- SHA-256 of the content, or what the source marks it with
    name           TEXT    NOT NULL,
    run_no         INTEGER NOT NULL,
    at             BIGINT  NOT NULL,
    PRIMARY KEY (integration_id, mark)
);

CREATE TABLE report (
    run_no         INTEGER NOT NULL PRIMARY KEY REFERENCES run (no),
    registry_id    TEXT    NOT NULL,
    integration_id TEXT    NOT NULL,
    at             BIGINT  NOT NULL,
    body           TEXT    NOT NULL -- JSON
);
CREATE INDEX report_registry ON report (registry_id, run_no);
CREATE INDEX report_integration ON report (integration_id, run_no);

-- The same figures by variable and by check, for trends.
CREATE TABLE report_variable (
    integration_id TEXT    NOT NULL,
    variable       TEXT    NOT NULL,
    run_no         INTEGER NOT NULL REFERENCES report (run_no),
    n_rows         BIGINT  NOT NULL,
    n_filled       BIGINT  NOT NULL,
    n_unknown      BIGINT  NOT NULL,
    PRIMARY KEY (integration_id, variable, run_no)
);

CREATE TABLE report_check (
    integration_id TEXT    NOT NULL,
    reason         TEXT    NOT NULL,
    run_no         INTEGER NOT NULL REFERENCES report (run_no),
    n_failed       BIGINT  NOT NULL,
    n_examined     BIGINT  NOT NULL,
    PRIMARY KEY (integration_id, reason, run_no)
);
