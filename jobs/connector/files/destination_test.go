package files

import (
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samband/jobs/connector"
	"samband/jobs/connector/connectortest"
	"samband/store"
)

func settingsOf(dir string) connector.Settings {
	return connector.Settings{Values: map[string]string{"folder": dir, "dataset": "utlevering"}}
}

// received reads what complete deliveries lie in a folder, as a receiver does.
func received(t *testing.T, dir string) (values map[string][]string, effects map[string]int) {
	t.Helper()
	values, effects = map[string][]string{}, map[string]int{}
	list, err := filepath.Glob(filepath.Join(dir, "utlevering_*.csv"+controlEnd))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range list {
		data, err := os.ReadFile(strings.TrimSuffix(path, controlEnd))
		if err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		c, err := parseControl(f)
		f.Close()
		if err != nil || c.sha256 != fmt.Sprintf("%x", sha256.Sum256(data)) {
			t.Fatalf("%s doesn't agree with its control file: %v", path, err)
		}
		r := csv.NewReader(strings.NewReader(string(data)))
		r.Comma = ';'
		rows, err := r.ReadAll()
		if err != nil || int64(len(rows)-1) != c.rows {
			t.Fatalf("%d rows, %d stated, %v", len(rows)-1, c.rows, err)
		}
		for _, row := range rows[1:] {
			var i, version int
			fmt.Sscanf(row[0], "K-%d", &i)
			fmt.Sscan(row[1], &version)
			values[row[0]] = row
			effects[fmt.Sprintf("%s=%032x", row[0], version*100_000+i)]++
		}
	}
	return values, effects
}

func TestDestination(t *testing.T) {
	connectortest.Destination(t, connectortest.Delivery{Connector: Connector(), New: func(t *testing.T) connectortest.Inbox {
		dir := t.TempDir()
		return connectortest.Inbox{Settings: settingsOf(dir),
			Held: func(t *testing.T) (map[string][]string, map[string]int) { return received(t, dir) },
			Stop: func(d connector.Destination, n int) {
				d.(*destination).at = func(string) {
					if n--; n < 0 {
						panic(connectortest.Crashed)
					}
				}
			}}
	}})
}

// TestFetchedBeforeAcknowledged holds that what the receiver has taken away is known to have been there.
func TestFetchedBeforeAcknowledged(t *testing.T) {
	dir := t.TempDir()
	d, err := Connector().OpenDestination(settingsOf(dir))
	if err != nil {
		t.Fatal(err)
	}
	ship := connector.Shipment{RunID: "0a01", Fields: []string{"id"}}
	x, err := d.Open(t.Context(), ship)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := x.Send(t.Context(), []connector.Record{{Key: "1", Values: []string{"1"}}}); err != nil {
		t.Fatal(err)
	}
	if err := x.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	name := x.Info().Name
	for _, n := range []string{name, name + controlEnd} {
		if err := os.Remove(filepath.Join(dir, n)); err != nil {
			t.Fatal(err)
		}
	}
	again, err := d.Open(t.Context(), ship)
	if err != nil || !again.Taken() || again.Info().Name != name {
		t.Fatalf("taken %v as %q, %v", again.Taken(), again.Info().Name, err)
	}
	for range 2 {
		if err := again.Acknowledged(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	again.Close()
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

// TestSourceReadsWhatDestinationWrites holds the two roles to one form of a delivery.
func TestSourceReadsWhatDestinationWrites(t *testing.T) {
	d := newDrop(t)
	to, err := Connector().OpenDestination(d.s)
	if err != nil {
		t.Fatal(err)
	}
	x, err := to.Open(t.Context(), connector.Shipment{RunID: "0a01", Made: d.s.Clock.Now(), Fields: []string{"id", "tekst"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := x.Send(t.Context(), []connector.Record{{Key: "1", Values: []string{"1", "to;\nlinjer"}}}); err != nil {
		t.Fatal(err)
	}
	if err := x.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	got, err := d.source().Next(t.Context(), func(string) (bool, error) { return false, nil })
	if err != nil {
		t.Fatal(err)
	}
	defer got.Close()
	var b connector.Batch
	if err := got.Read(t.Context(), &b); err != nil || b.Rows() != 1 || b.Row(0)[1] != "to;\nlinjer" {
		t.Errorf("%q, %v", b.Cells, err)
	}
	if got.Info().SHA256 != x.Info().SHA256 || got.Info().Stated != 1 {
		t.Errorf("read %+v, written %+v", got.Info(), x.Info())
	}
}

func TestDestinationWithoutFolder(t *testing.T) {
	d, err := Connector().OpenDestination(settingsOf(filepath.Join(t.TempDir(), "borte")))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Test(t.Context()); store.CodeOf(err) != "files.folder" {
		t.Error(err)
	}
	if _, err := d.Open(t.Context(), connector.Shipment{RunID: "0a01"}); store.ClassOf(err) != store.Unavailable {
		t.Error(err)
	}
}
