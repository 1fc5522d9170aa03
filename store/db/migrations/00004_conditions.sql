-- +goose Up

-- What an approval was given on: a list of store.Term as JSON.
ALTER TABLE approval ADD COLUMN conditions TEXT NOT NULL DEFAULT 'null';
