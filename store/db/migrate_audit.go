package db

import (
	"context"
	"database/sql"

	"github.com/pressly/goose/v3"

	"samband/store/auditlog"
)

// auditTree is migration 7, in Go for two reasons: the entries that are there get their hashes, which no SQL computes,
// and a trigger that refuses has no text that both databases read.
func auditTree(postgres bool) *goose.Migration {
	guards := sqliteGuards
	if postgres {
		guards = postgresGuards
	}
	return goose.NewGoMigration(7, &goose.GoFunc{RunTx: func(ctx context.Context, s *sql.Tx) error {
		t := &tx{Tx: s, ctx: ctx}
		for _, stmt := range auditTables {
			if err := t.exec(stmt); err != nil {
				return err
			}
		}
		if err := t.growAll(); err != nil {
			return err
		}
		for _, stmt := range guards {
			if err := t.exec(stmt); err != nil {
				return err
			}
		}
		return nil
	}}, nil)
}

// auditEnd is migration 11: a node of the tree can only be one that the newest entry completes. A row put in ahead of the
// log would stand in the way of the entry whose place it takes.
func auditEnd(postgres bool) *goose.Migration {
	guards := []string{`CREATE TRIGGER audit_hash_end BEFORE INSERT ON audit_hash WHEN NOT EXISTS (` + newestPlaces + `)
		BEGIN SELECT RAISE(ABORT, 'append-only'); END`}
	if postgres {
		guards = []string{
			`CREATE OR REPLACE FUNCTION audit_hash_at_the_end() RETURNS trigger LANGUAGE plpgsql AS
				$$ BEGIN
					IF NOT EXISTS (` + newestPlaces + `) THEN RAISE EXCEPTION 'append-only'; END IF;
					RETURN NEW;
				END $$`,
			`CREATE TRIGGER audit_hash_end BEFORE INSERT ON audit_hash FOR EACH ROW EXECUTE FUNCTION audit_hash_at_the_end()`,
		}
	}
	return goose.NewGoMigration(11, &goose.GoFunc{RunTx: func(ctx context.Context, s *sql.Tx) error {
		t := &tx{Tx: s, ctx: ctx}
		for _, stmt := range guards {
			if err := t.exec(stmt); err != nil {
				return err
			}
		}
		return nil
	}}, nil)
}

// newestPlaces gives a row when NEW.place lies behind the leaf of the newest entry and before that of the next. The leaf
// of entry n+1 has place n + n/2 + n/4 + …
const newestPlaces = `WITH RECURSIVE half(leaf, next) AS (
		SELECT MAX(seq) - 1, MAX(seq) FROM audit_entry UNION ALL SELECT leaf / 2, next / 2 FROM half WHERE next > 1)
	SELECT 1 FROM (SELECT SUM(leaf) AS leaf, SUM(next) AS next FROM half) AS newest
	WHERE NEW.place > newest.leaf AND NEW.place < newest.next`

var auditTables = []string{
	// The inner nodes of the Merkle tree over audit_entry, by their place in it; the leaves are audit_entry.leaf.
	`CREATE TABLE audit_hash (
		place INTEGER NOT NULL PRIMARY KEY,
		hash  BYTEA   NOT NULL
	)`,
	// Trees that the installation has signed: the first size entries. at repeats what note says.
	`CREATE TABLE audit_checkpoint (
		size INTEGER NOT NULL PRIMARY KEY,
		at   BIGINT  NOT NULL,
		note TEXT    NOT NULL
	)`,
}

// growAll computes the nodes of the entries that are there.
func (t *tx) growAll() error {
	for after := int64(0); ; {
		list, err := all(t, scanStored, storedRange, after, 1000)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, e := range list {
			if err := t.grow(e.Seq, auditlog.Hash(e.Leaf)); err != nil {
				return err
			}
		}
		after = list[len(list)-1].Seq
	}
}

// The guards keep our own code from changing what was once written, whatever mistake it makes. Who owns the database
// can take them away; that is what checkpoints are for.
var sqliteGuards = []string{
	`CREATE TRIGGER audit_entry_keep BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'append-only'); END`,
	`CREATE TRIGGER audit_entry_stay BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'append-only'); END`,
	`CREATE TRIGGER audit_entry_end BEFORE INSERT ON audit_entry
		WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit_entry)
		BEGIN SELECT RAISE(ABORT, 'append-only'); END`,
	`CREATE TRIGGER audit_hash_keep BEFORE UPDATE ON audit_hash BEGIN SELECT RAISE(ABORT, 'append-only'); END`,
	`CREATE TRIGGER audit_hash_stay BEFORE DELETE ON audit_hash BEGIN SELECT RAISE(ABORT, 'append-only'); END`,
	`CREATE TRIGGER audit_checkpoint_keep BEFORE UPDATE ON audit_checkpoint
		BEGIN SELECT RAISE(ABORT, 'append-only'); END`,
	`CREATE TRIGGER audit_checkpoint_stay BEFORE DELETE ON audit_checkpoint
		BEGIN SELECT RAISE(ABORT, 'append-only'); END`,
}

// postgresGuards replace functions that are there: those of a move that was cut off outlive the tables it left.
var postgresGuards = []string{
	`CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
		$$ BEGIN RAISE EXCEPTION 'append-only'; END $$`,
	`CREATE OR REPLACE FUNCTION audit_at_the_end() RETURNS trigger LANGUAGE plpgsql AS
		$$ BEGIN
			IF NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit_entry) THEN RAISE EXCEPTION 'append-only'; END IF;
			RETURN NEW;
		END $$`,
	`CREATE TRIGGER audit_entry_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
		EXECUTE FUNCTION audit_append_only()`,
	`CREATE TRIGGER audit_entry_end BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_at_the_end()`,
	`CREATE TRIGGER audit_hash_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_hash
		EXECUTE FUNCTION audit_append_only()`,
	`CREATE TRIGGER audit_checkpoint_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoint
		EXECUTE FUNCTION audit_append_only()`,
}
