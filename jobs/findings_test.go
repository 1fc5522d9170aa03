package jobs

import (
	"strings"
	"testing"

	"samband/store"
	"samband/store/seed"
)

// A row that is held back because a health cell names its person is shown without that cell, like its direct fields, and
// nothing of it stands in the list.
func TestOpenedRowHidesWhatNamesThePerson(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	v, _ := h.mapped()
	rows := h.delivery(1)
	family, text := -1, -1
	for i, name := range rows[0] {
		f := v.Mapping.Field(name)
		switch {
		case f != nil && f.Is == store.AttrFamilyName:
			family = i
		case f != nil && f.Class == store.Health && text < 0:
			text = i
		}
	}
	if family < 0 || text < 0 {
		t.Fatal("the demonstration has no surname or no health field")
	}
	const canary = "Kanarifuglen"
	rows[5][family], rows[5][text] = canary, "pas. "+canary+" kom"
	r := h.read(rows)
	if r.Counts.Quarantined == 0 {
		t.Fatal(r.State, r.Reason)
	}
	list, n, err := h.Findings(ctx, demoRegistry, store.FindingFilter{RunNo: r.No, IntegrationID: seed.DemoIntegration, Reason: store.RowIdentity, Limit: 10})
	if err != nil || n != 1 || list[0].Variable != rows[0][text] || list[0].Key != "" {
		t.Fatalf("%d: %+v %v", n, list, err)
	}
	o, err := h.OpenFinding(ctx, demoRegistry, list[0].ID, by)
	if err != nil || len(o.Cells) == 0 {
		t.Fatal(o, err)
	}
	direct := 0
	for _, f := range v.Mapping.Source {
		if f.Class == store.Direct {
			direct++
		}
	}
	if o.Hidden != direct+1 {
		t.Errorf("%d cells are hidden, of %d direct fields", o.Hidden, direct)
	}
	for _, c := range o.Cells {
		if strings.Contains(c.Text, canary) || c.Field == rows[0][text] {
			t.Errorf("%s is shown: %s", c.Field, c.Text)
		}
	}
}
