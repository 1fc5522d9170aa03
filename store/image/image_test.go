package image

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"samband/store"
)

func database(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=page_size(8192)&_journal_mode=WAL&_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func exec(t *testing.T, db *sql.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.Exec(query, args...); err != nil {
		t.Fatal(err)
	}
}

// TestOneMoment: what is written is the state when the image was taken, whatever is written and moved into the file
// before it is copied.
func TestOneMoment(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	path := filepath.Join(dir, "a.db")
	db := database(t, path)
	exec(t, db, `CREATE TABLE x (n INTEGER PRIMARY KEY, pad BLOB)`)
	fill := func(from int) {
		for n := from; n < from+50; n++ {
			exec(t, db, `INSERT INTO x VALUES ($1, randomblob(9000))`, n)
		}
	}
	fill(0)
	i, err := Take(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	fill(100)
	exec(t, db, `DELETE FROM x WHERE n < 10`)
	exec(t, db, `PRAGMA wal_checkpoint(PASSIVE)`)
	if err := i.Check(ctx); err != nil {
		t.Error(err)
	}
	var b bytes.Buffer
	n, err := i.WriteTo(ctx, &b)
	i.Close()
	if err != nil || n != int64(b.Len()) || n == 0 {
		t.Fatalf("%d bytes, %v", n, err)
	}
	to := filepath.Join(dir, "b.db")
	if err := os.WriteFile(to, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := CheckFile(ctx, to); err != nil {
		t.Error(err)
	}
	var rows, last int
	if err := database(t, to).QueryRow(`SELECT count(*), max(n) FROM x`).Scan(&rows, &last); err != nil || rows != 50 || last != 49 {
		t.Errorf("%d rows up to %d, %v", rows, last, err)
	}
}

func TestDamage(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	path := filepath.Join(dir, "a.db")
	db := database(t, path)
	exec(t, db, `CREATE TABLE x (n INTEGER PRIMARY KEY, pad BLOB)`)
	for n := range 200 {
		exec(t, db, `INSERT INTO x VALUES ($1, randomblob(900))`, n)
	}
	exec(t, db, `PRAGMA wal_checkpoint(TRUNCATE)`)
	db.Close()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for page := 1; page < len(b)/8192; page += 3 {
		bad := bytes.Clone(b)
		copy(bad[page*8192:], "these bytes are no page of a table at all")
		to := filepath.Join(dir, fmt.Sprint(page))
		if err := os.WriteFile(to, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := CheckFile(ctx, to); store.CodeOf(err) != "image.damaged" {
			t.Errorf("page %d: %v", page, err)
		}
	}
	if err := CheckFile(ctx, filepath.Join(dir, "none")); store.CodeOf(err) != "image.read" {
		t.Errorf("no file: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "none")); err == nil {
		t.Error("a file was made")
	}
}

func TestCopyNeverOverwrites(t *testing.T) {
	dir := t.TempDir()
	path, to := filepath.Join(dir, "a.db"), filepath.Join(dir, "b.db")
	exec(t, database(t, path), `CREATE TABLE x (n INTEGER)`)
	if err := Copy(context.Background(), path, to); err != nil {
		t.Fatal(err)
	}
	if err := Copy(context.Background(), path, to); store.CodeOf(err) != "image.read" {
		t.Errorf("over a file: %v", err)
	}
}
