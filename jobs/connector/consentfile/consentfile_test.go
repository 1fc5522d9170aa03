package consentfile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samband/jobs/connector"
	"samband/jobs/connector/connectortest"
	"samband/store"
)

var made = time.Date(2026, 11, 23, 8, 2, 0, 0, time.UTC)

func open(t testing.TB, folder string) connector.ConsentSource {
	t.Helper()
	src, err := Connector().OpenConsents(connector.Settings{Values: map[string]string{"folder": folder}})
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func TestConformance(t *testing.T) {
	var folder string
	file := func() string { return filepath.Join(folder, connectortest.ConsentQuery.Definition+".csv") }
	connectortest.ConsentSource(t, connectortest.ConsentHarness{
		New: func(t *testing.T, of connector.ConsentQuery, list []connector.ConsentChoice) connector.ConsentSource {
			folder = t.TempDir()
			if err := Write(folder, of.Definition, list, made); err != nil {
				t.Fatal(err)
			}
			return open(t, folder)
		},
		Broken: map[string]func(t *testing.T){
			"cut":        func(t *testing.T) { os.Truncate(file(), 2000) },
			"gone":       func(t *testing.T) { os.Remove(file()) },
			"no control": func(t *testing.T) { os.Remove(file() + controlEnd) },
			"emptied":    func(t *testing.T) { os.Truncate(file(), 0) },
			"no folder":  func(t *testing.T) { os.RemoveAll(folder) },
			"a link": func(t *testing.T) {
				os.Rename(file(), filepath.Join(folder, "x"))
				os.Symlink("x", file())
			},
		},
	})
}

// put writes a list as it stands, with a control file that agrees but for the rows.
func put(t testing.TB, list string, rows int) connector.ConsentSource {
	folder := t.TempDir()
	name := filepath.Join(folder, connectortest.ConsentQuery.Definition+".csv")
	sum := sha256.Sum256([]byte(list))
	control := fmt.Sprintf("rows=%d\nsha256=%s\nmade=2026-11-23T09:02:00+01:00\n", rows, hex.EncodeToString(sum[:]))
	for path, text := range map[string]string{name: list, name + controlEnd: control} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return open(t, folder)
}

func TestWhatStandsInAList(t *testing.T) {
	number := connectortest.ConsentPerson(1).Reveal()
	at := time.Date(2026, 1, 11, 18, 40, 12, 0, time.UTC)
	for name, c := range map[string]struct {
		list string
		want connector.ConsentChoice
		code store.Code
	}{
		"only numbers":          {"number\n" + number, connector.ConsentChoice{Active: true}, ""},
		"a mark before":         {"\ufeffnumber\r\n" + number + "\r\n", connector.ConsentChoice{Active: true}, ""},
		"inactive":              {"number;status\n" + number + ";inactive", connector.ConsentChoice{}, ""},
		"gICS yes":              {"number;status\n" + number + ";ACCEPTED", connector.ConsentChoice{Active: true}, ""},
		"gICS no":               {"number;status\n" + number + ";NOT_ASKED", connector.ConsentChoice{}, ""},
		"gICS nobody knows":     {"number;status\n" + number + ";KANSKJE", connector.ConsentChoice{}, ""},
		"a word nobody knows":   {"number;status\n" + number + ";kanskje", connector.ConsentChoice{}, "consent.file_line"},
		"with offset":           {"changed;number\n2026-01-11T19:40:12+01:00;" + number, connector.ConsentChoice{Active: true, At: at}, ""},
		"without offset":        {"changed;number\n2026-01-11T19:40:12;" + number, connector.ConsentChoice{Active: true, At: at}, ""},
		"no time":               {"changed;number\ni går;" + number, connector.ConsentChoice{}, "consent.file_line"},
		"a period":              {"number;until\n" + number + ";2026-02-01", connector.ConsentChoice{Active: true, Until: time.Date(2026, 1, 31, 23, 0, 0, 0, time.UTC)}, ""},
		"a number":              {"number;seq\n" + number + ";3", connector.ConsentChoice{Active: true, Seq: 3}, ""},
		"a negative number":     {"number;seq\n" + number + ";-3", connector.ConsentChoice{}, "consent.file_line"},
		"ten digits":            {"number\n" + number[1:], connector.ConsentChoice{}, "consent.file_line"},
		"a cell too many":       {"number\n" + number + ";x", connector.ConsentChoice{}, "consent.file_line"},
		"no number":             {"status\nactive", connector.ConsentChoice{}, "consent.file_line"},
		"a column nobody knows": {"number;navn\n" + number + ";x", connector.ConsentChoice{}, "consent.file_line"},
		"no header":             {number, connector.ConsentChoice{}, "consent.file_line"},
		"nothing":               {"", connector.ConsentChoice{}, "consent.file_line"},
		"one line too many":     {"number\n" + number + "\n" + number, connector.ConsentChoice{Active: true}, "consent.file_rows"},
	} {
		var got connector.ConsentChoice
		when, err := put(t, c.list, 1).Choices(context.Background(), connectortest.ConsentQuery, func(x connector.ConsentChoice) error {
			got = x
			return nil
		})
		if c.code != "" {
			if store.CodeOf(err) != c.code || strings.Contains(fmt.Sprintf("%+v", err), number) {
				t.Errorf("%s: %v, want %s", name, err, c.code)
			}
			continue
		}
		if err != nil || !when.Equal(made) || got.Number.Reveal() != number {
			t.Errorf("%s: %v at %v", name, err, when)
		}
		if got.Active != c.want.Active || got.Seq != c.want.Seq || !got.At.Equal(c.want.At) || !got.Until.Equal(c.want.Until) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

// FuzzParse: whatever a file holds, the lines before the first that can't be read are all that is told, and nothing of it is.
func FuzzParse(f *testing.F) {
	f.Add("number;status;seq;changed;from;until\n01010112345;active;1;2026-01-11T19:40:12Z;;\n", 1)
	f.Add("number\n\"01010112345\"", 1)
	f.Fuzz(func(t *testing.T, list string, rows int) {
		n := 0
		err := parse(t.Context(), "x.csv", []byte(list), rows, func(c connector.ConsentChoice) error {
			if len(c.Number.Reveal()) != 11 || c.Seq < 0 {
				t.Errorf("%+v", c)
			}
			n++
			return nil
		})
		if err == nil && n != rows {
			t.Errorf("%d rows, and the control file says %d", n, rows)
		}
	})
}
