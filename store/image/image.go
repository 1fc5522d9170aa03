// Package image takes pictures of embedded database files while others write to them: the state of one moment, however
// long it takes to copy it.
package image

import (
	"context"
	"database/sql"
	"io"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the embedded engine

	"samband/store"
)

// Image is the state of a database file at the moment it was taken. Until it is closed the file's log grows instead of
// being moved into the file.
type Image struct {
	db   *sql.DB
	tx   *sql.Tx
	name string
}

// Take takes the picture. It waits for nobody: readers don't wait for writers in a database with a log.
func Take(ctx context.Context, path string) (*Image, error) {
	i := &Image{name: filepath.Base(path)}
	if _, err := os.Stat(path); err != nil { // the engine would make one
		return nil, i.fail(err)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, i.fail(err)
	}
	u := url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: "mode=rw&_query_only=1&_busy_timeout=10000&_pragma=cache_size(-4000)"}
	if i.db, err = sql.Open("sqlite", u.String()); err != nil {
		return nil, i.fail(err)
	}
	// A transaction's context would end it: it lives until Close.
	i.tx, err = i.db.BeginTx(context.WithoutCancel(ctx), nil)
	if err == nil {
		var n int
		err = i.tx.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema`).Scan(&n) // the first read fixes the moment
	}
	if err != nil {
		i.Close()
		return nil, i.fail(err)
	}
	return i, nil
}

// Check reads the whole file and refuses with "image.damaged" what doesn't hang together.
func (i *Image) Check(ctx context.Context) error {
	var said string
	err := i.tx.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&said)
	if err == nil && said != "ok" {
		return store.E(store.Unavailable, "image.damaged", store.Args{"name": i.name})
	}
	return i.fail(err)
}

// WriteTo writes the file as it was, page by page: what is written is itself a database file.
func (i *Image) WriteTo(ctx context.Context, w io.Writer) (n int64, err error) {
	rows, err := i.tx.QueryContext(ctx, `SELECT data FROM sqlite_dbpage ORDER BY pgno`)
	if err != nil {
		return 0, i.fail(err)
	}
	defer rows.Close()
	var page sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&page); err != nil {
			return n, i.fail(err)
		}
		k, err := w.Write(page)
		n += int64(k)
		if err != nil {
			return n, err
		}
	}
	return n, i.fail(rows.Err())
}

// Close lets go of the moment.
func (i *Image) Close() {
	if i.tx != nil {
		i.tx.Rollback()
	}
	i.db.Close()
}

func (i *Image) fail(err error) error {
	return store.Wrap(err, store.Unavailable, "image.read", store.Args{"name": i.name})
}

// CheckFile refuses with "image.damaged" a database file that doesn't hang together.
func CheckFile(ctx context.Context, path string) error {
	i, err := Take(ctx, path)
	if err != nil {
		return err
	}
	defer i.Close()
	return i.Check(ctx)
}

// Copy writes the state of a database file to another, which must not be there, and makes it last.
func Copy(ctx context.Context, from, to string) (err error) {
	i, err := Take(ctx, from)
	if err != nil {
		return err
	}
	defer i.Close()
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return i.fail(err)
	}
	_, err = i.WriteTo(ctx, f)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		os.Remove(to)
	}
	return i.fail(err)
}
