package files

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"samband/jobs/connector"
	"samband/jobs/connector/connectortest"
	"samband/jobs/format/csv"
	"samband/store"
)

// drop is a drop folder under test, with a place to seal to.
type drop struct {
	t   testing.TB
	dir string
	s   connector.Settings
	n   int
}

func newDrop(t testing.TB) *drop {
	d := &drop{t: t, dir: t.TempDir()}
	d.s = connector.Settings{Values: map[string]string{"folder": d.dir, "dataset": "episode"},
		SealDir: filepath.Join(t.TempDir(), "sealed"), SealKey: bytes.Repeat([]byte{7}, 32),
		Clock: store.NewFakeClock(time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC))}
	return d
}

// impatient is the connector but for one thing: what doesn't agree is given no time to change.
func impatient() connector.Connector {
	c := Connector()
	open := c.OpenSource
	c.OpenSource = func(s connector.Settings) (connector.Source, error) {
		src, err := open(s)
		if err == nil {
			src.(*source).settle = 0
		}
		return src, err
	}
	return c
}

func (d *drop) source() *source {
	d.t.Helper()
	src, err := impatient().OpenSource(d.s)
	if err != nil {
		d.t.Fatal(err)
	}
	return src.(*source)
}

// name gives the next delivery's name.
func (d *drop) name(end string) string {
	d.n++
	return fmt.Sprintf("episode_20260101_20260131_20260202T%02d%02d%s", d.n/60, d.n%60, end)
}

func (d *drop) path(name string) string { return filepath.Join(d.dir, name) }

func (d *drop) write(name string, data []byte) {
	d.t.Helper()
	if err := os.WriteFile(d.path(name), data, 0o600); err != nil {
		d.t.Fatal(err)
	}
}

// deliver writes a delivery and its control file, and gives its SHA-256.
func (d *drop) deliver(name string, data []byte, rows int) string {
	d.t.Helper()
	sha := fmt.Sprintf("%x", sha256.Sum256(data))
	d.write(name, data)
	d.write(name+controlEnd, fmt.Appendf(nil, "rows=%d\nsha256=%s\n", rows, sha))
	return sha
}

func (d *drop) left() []string {
	d.t.Helper()
	entries, err := os.ReadDir(d.dir)
	if err != nil {
		d.t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func zip(data []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(data)
	z.Close()
	return b.Bytes()
}

// TestSource holds the connector to the contract, with plain and with gzipped files.
func TestSource(t *testing.T) {
	for _, end := range []string{".csv", ".csv.gz"} {
		t.Run(end, func(t *testing.T) {
			connectortest.Source(t, connectortest.Harness{Connector: impatient(), New: func(t *testing.T) connectortest.System {
				d := newDrop(t)
				return connectortest.System{
					Settings: d.s,
					Secrets:  []string{string(d.s.SealKey)},
					Deliver:  func(t *testing.T, x connectortest.Extract) { d.extract(d.name(end), x) },
					Left:     func(*testing.T) []string { return d.left() },
					Faults: map[connectortest.Fault]store.Code{
						connectortest.Truncated:     map[string]store.Code{".csv": "delivery.checksum", ".csv.gz": "delivery.broken"}[end],
						connectortest.WrongChecksum: "delivery.checksum",
						connectortest.WrongRowCount: "delivery.row_count",
						connectortest.Unfinished:    "delivery.waiting",
					},
				}
			}})
		})
	}
}

func (d *drop) extract(name string, x connectortest.Extract) {
	d.t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b, csv.Format{})
	w.Row(x.Fields...)
	for i := range x.N {
		w.Row(x.Row(i)...)
	}
	w.Flush()
	data := b.Bytes()
	if filepath.Ext(name) == ".gz" {
		data = zip(data)
	}
	rows := x.N
	if x.Fault == connectortest.WrongRowCount {
		rows++
	}
	d.deliver(name, data, rows)
	switch x.Fault {
	case connectortest.Truncated:
		d.write(name, data[:len(data)/2])
	case connectortest.WrongChecksum:
		d.write(name+controlEnd, fmt.Appendf(nil, "rows=%d\nsha256=%064x\n", rows, 1))
	case connectortest.Unfinished:
		os.Remove(d.path(name + controlEnd))
	}
}
