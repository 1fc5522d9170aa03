-- +goose Up

-- Times when schedules that ask for it start nothing.
CREATE TABLE calendar (
    id       TEXT    NOT NULL PRIMARY KEY,
    name     TEXT    NOT NULL,
    holidays BOOLEAN NOT NULL,
    weekends BOOLEAN NOT NULL,
    windows  TEXT    NOT NULL, -- JSON
    version  BIGINT  NOT NULL
);

CREATE TABLE schedule_calendar (
    schedule_id TEXT NOT NULL REFERENCES schedule (id) ON DELETE CASCADE,
    calendar_id TEXT NOT NULL REFERENCES calendar (id),
    PRIMARY KEY (schedule_id, calendar_id)
);
CREATE INDEX schedule_calendar_uses ON schedule_calendar (calendar_id);

-- How long a slot waits for the run before it: six hours where nobody has said anything.
ALTER TABLE schedule ADD COLUMN wait_ns BIGINT NOT NULL DEFAULT 21600000000000;

-- When which rule was in force, switched on: from these every due time that there ever was can be worked out again. Slots
-- lie after from_at, up to and including to_at; 0 is up to the schedule's planned. What is in force now counts from where
-- its slots are recorded already.
CREATE TABLE schedule_span (
    integration_id TEXT   NOT NULL REFERENCES integration (id),
    from_at        BIGINT NOT NULL,
    to_at          BIGINT NOT NULL,
    expr           TEXT   NOT NULL,
    every_ns       BIGINT NOT NULL,
    anchor         BIGINT NOT NULL,
    zone           TEXT   NOT NULL,
    PRIMARY KEY (integration_id, from_at)
);
INSERT INTO schedule_span (integration_id, from_at, to_at, expr, every_ns, anchor, zone)
    SELECT integration_id, planned, 0, expr, every_ns, anchor, zone FROM schedule WHERE enabled;
