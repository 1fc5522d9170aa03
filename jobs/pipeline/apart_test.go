package pipeline

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samband/store"
	"samband/store/registrydb"
)

// Rows with identity among their health cells are held back, sealed and counted, and nothing of them is in the registry's
// files; the other rows fare as they would without.
func TestIdentityAmongHealthIsHeldBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		rows := extract(8, 2000)
		const unit, op = 7, 12 // two texts
		leaks := map[int64]string{}
		for i, r := range rows {
			if reason, _ := judge(r); reason != "" || i%10 != 0 || leaks[int64(i+1)] != "" {
				continue
			}
			r[1], r[2] = fmt.Sprintf("Kanari%04dgul", i), fmt.Sprintf("Fugl%04dblaa", i)
			switch i / 10 % 5 {
			case 0:
				r[unit] = "Pasient " + r[2] + " ble flyttet"
			case 1:
				r[op] = r[0][:6] + " " + r[0][6:]
			case 2:
				r[unit] = "etter ønske fra " + strings.ToUpper(r[1])
			case 3:
				r[op] = "søsken: 61829033371"
			default:
				continue // their own canaries only where they belong
			}
			leaks[int64(i+1)] = store.RowIdentity
			if i/10%5 == 3 {
				leaks[int64(i+1)] = store.RowNumber
			}
		}
		x := expect(without(rows, leaks))
		res := w.run(rows)
		by := map[string]int64{}
		for _, reason := range leaks {
			by[reason]++
		}
		if by[store.RowIdentity] < 50 || by[store.RowNumber] < 20 {
			t.Fatal("too few were planted:", by)
		}
		maps.Copy(by, x.by)
		if !maps.Equal(res.QuarantinedBy, by) || res.Counts.Read != int64(len(rows)) || !res.Counts.Balanced() {
			t.Fatalf("%v %+v, want %v", res.QuarantinedBy, res.Counts, by)
		}
		for _, reason := range []string{store.RowIdentity, store.RowNumber} {
			list, _, err := w.registry.Findings(ctx, registrydb.FindingFilter{Reason: reason, Limit: 1000})
			if err != nil || int64(len(list)) != by[reason] {
				t.Fatal(len(list), err)
			}
			for _, f := range list {
				if leaks[f.Position] != reason || f.Key != "" || f.Variable != "avdeling" && f.Variable != "prosedyre" {
					t.Fatalf("%+v", f)
				}
				whole, _, err := w.registry.Finding(ctx, f.ID)
				if err != nil {
					t.Fatal(err)
				}
				if plain, err := w.vault.OpenRow(f.ID, whole.Sealed); err != nil || !bytes.Contains(plain, []byte(rows[f.Position-1][0])) {
					t.Fatalf("the row can't be opened: %v", err)
				}
			}
		}
		files, _ := filepath.Glob(filepath.Join(w.dir, "registry.db*"))
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range []string{"Kanari", "KANARI", "Fugl", "61829033371"} {
				if bytes.Contains(b, []byte(s)) {
					t.Errorf("%s holds %s", filepath.Base(f), s)
				}
			}
		}
	})
}

// without gives the rows that are not held back for what they leak.
func without(rows [][]string, leaks map[int64]string) (out [][]string) {
	for i, r := range rows {
		if leaks[int64(i+1)] == "" {
			out = append(out, r)
		}
	}
	return out
}

// The workload's own texts share no word with names: a check that sees identity everywhere would hold back half of it.
func TestSelfCheckLeavesTheWorkloadAlone(t *testing.T) {
	w := newWorld(t)
	res := w.run(extract(9, 20_000))
	if n := res.QuarantinedBy[store.RowIdentity] + res.QuarantinedBy[store.RowNumber]; n != 0 {
		t.Errorf("%d rows are held back", n)
	}
}

// A technical column that turns out to be person numbers refuses the delivery; numbers that look so by chance don't.
func TestColumnOfPersonNumbersIsRefused(t *testing.T) {
	for _, c := range []struct {
		persons int
		want    store.Code
	}{{0, ""}, {30, ""}, {60, "delivery.person_numbers"}} {
		w := newWorld(t)
		rows := extract(10, 200)
		for i, r := range rows {
			r[6] = fmt.Sprintf("9%010d", i*7)
			if store.ScanPersonNumbers(r[6]) > 0 {
				r[6] += "0"
			}
			if i < c.persons {
				r[6] = rows[(i+100)%200][0] // somebody else's
			}
		}
		j := w.job(newDelivery(t, encode(t, rows)))
		j.Limits.MaxQuarantined = 1
		res, err := Run(ctx, j)
		if store.CodeOf(err) != c.want || (err != nil) != (res.State == store.RunRefused) {
			t.Errorf("%d of 200: %v %s", c.persons, err, res.State)
		}
		if err != nil && (res.ReasonArgs["column"] != "episode_id" || w.registryRows() != 0) {
			t.Error(res.ReasonArgs, "or something was loaded")
		}
	}
}

// registryRows counts what the registry holds.
func (w *world) registryRows() int {
	health, _ := w.dumps()
	_, rows := table(w.t, health)
	return len(rows)
}
