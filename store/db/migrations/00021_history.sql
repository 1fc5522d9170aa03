-- +goose Up

-- What is kept of a run besides its row, for as long as the installation keeps logs.
CREATE TABLE run_detail (
    run_no         INTEGER NOT NULL PRIMARY KEY REFERENCES run (no),
    integration_id TEXT    NOT NULL,
    once           BOOLEAN NOT NULL, -- a person let it load although its delivery is not how they usually are
    body           TEXT    NOT NULL  -- JSON
);
CREATE INDEX run_detail_once ON run_detail (integration_id, run_no) WHERE once;

-- Counting what a text or a trigger picks reads these alone, not the whole rows.
CREATE INDEX run_search ON run (state, search);
CREATE INDEX run_trigger ON run (started_as, state, no);

-- Who has started runs, for the filter.
CREATE INDEX run_person ON run (actor, registry_id) WHERE actor <> '';
