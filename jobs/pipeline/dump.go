package pipeline

import (
	"bytes"
	"context"
	"io"
	"iter"

	"samband/jobs/format/csv"
	"samband/store"
	"samband/store/registrydb"
	"samband/store/vault"
)

// DumpIdentity writes the persons who have rows in the registry as CSV: `;`, a header, UTF-8 without BOM, sorted by
// pseudonym, streaming. The columns are the pseudonym and the direct fields, by their names in the source. It gives the
// number of persons. What calls it has a reason on record.
func DumpIdentity(ctx context.Context, w io.Writer, v *vault.Vault, registry string, r *registrydb.DB, codebooks []string,
	fields []store.Field) (n int64, err error) {
	out := csv.NewWriter(w, csv.Format{})
	header := []string{"pseudonym"}
	type column struct {
		attribute store.Attribute
		nth       int // among the fields of the attribute
	}
	var columns []column
	seen := map[store.Attribute]int{}
	for _, f := range fields {
		if f.Class == store.Direct {
			header = append(header, f.Name)
			columns = append(columns, column{f.Is, seen[f.Is]})
			seen[f.Is]++
		}
	}
	if err := out.Row(header...); err != nil {
		return 0, store.Wrap(err, store.Unavailable, "dump.write", nil)
	}
	// Both lists are in order of pseudonym and are read side by side: the registry's first, because loads commit
	// persons before rows.
	next, stop := iter.Pull2(r.Pseudonyms(ctx, codebooks))
	defer stop()
	wanted, err, more := next()
	row := make([]string, len(header))
	if err == nil {
		err = v.Each(ctx, registry, func(p store.Pseudonym, a vault.Attributes) error {
			switch c := bytes.Compare(wanted[:], p[:]); {
			case !more || c > 0:
				return nil // a person without rows: their load was undone, or never committed
			case c < 0:
				return store.E(store.Internal, "dump.no_person", nil)
			}
			row[0] = p.String()
			for i, c := range columns {
				row[1+i] = a.Value(c.attribute, c.nth)
			}
			n++
			if err := out.Row(row...); err != nil {
				return err
			}
			var err error
			wanted, err, more = next()
			return err
		})
	}
	if err == nil && more {
		err = store.E(store.Internal, "dump.no_person", nil)
	}
	if err == nil {
		err = out.Flush()
	}
	return n, store.Wrap(err, store.Unavailable, "dump.write", nil)
}
