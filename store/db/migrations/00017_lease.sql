-- +goose Up

-- Who is at work with a run, and until when unless it says so again. Runs that were at work before this have no holder:
-- they are settled as those of a process that was killed.
ALTER TABLE run ADD COLUMN lease_owner TEXT NOT NULL DEFAULT '';
ALTER TABLE run ADD COLUMN lease_until BIGINT NOT NULL DEFAULT 0;

-- What is decided about, beside what is due or running.
CREATE INDEX run_leased ON run (lease_until) WHERE lease_owner <> '';
