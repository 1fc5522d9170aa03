package db

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"samband/store"
	"samband/store/image"
)

// kept is how many former files are kept.
const kept = 3

// keepBefore copies the file as it is before its tables are changed. With it the program before can go on from where it
// was. Without room for the copy the tables stay as they are.
func keepBefore(ctx context.Context, o Options, have int64) error {
	fail := func(err error) error {
		return store.Wrap(err, store.Unavailable, "db.keep", store.Args{"path": o.Keep})
	}
	if err := os.MkdirAll(o.Keep, 0o700); err != nil {
		return fail(err)
	}
	to := filepath.Join(o.Keep, fmt.Sprintf("portal-%05d-%s.db", have, o.Clock.Now().UTC().Format("2006-01-02T15-04-05Z")))
	err := image.Copy(ctx, o.Path, to+".part")
	if err == nil {
		err = os.Rename(to+".part", to)
	}
	if err != nil {
		os.Remove(to + ".part")
		return fail(err)
	}
	list, err := filepath.Glob(filepath.Join(o.Keep, "portal-*.db")) // in order of version and time
	for len(list) > kept && err == nil {
		err, list = os.Remove(list[0]), list[1:]
	}
	return fail(err)
}

// Known gives the number of the newest migration that this program has, which is one in SQL.
func Known() (int64, error) {
	list, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return 0, err
	}
	no, _, _ := strings.Cut(filepath.Base(list[len(list)-1]), "_")
	return strconv.ParseInt(no, 10, 64)
}
