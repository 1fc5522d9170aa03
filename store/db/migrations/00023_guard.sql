-- +goose Up

-- What the deliveries of an integration usually look like.
CREATE TABLE baseline (
    integration_id TEXT   NOT NULL PRIMARY KEY REFERENCES integration (id) ON DELETE CASCADE,
    run_no         BIGINT NOT NULL,
    counts_from    BIGINT NOT NULL, -- the first run whose row count is normal; 0 = all
    accepted_by    TEXT   NOT NULL, -- name; '' when nobody had to
    why            TEXT   NOT NULL,
    shape          TEXT   NOT NULL, -- JSON
    known          TEXT   NOT NULL  -- JSON: texts of translated fields
);
