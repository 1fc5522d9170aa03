package store

import (
	"slices"
	"testing"
)

func TestReadFrom(t *testing.T) {
	book := &Codebook{ID: "hjerte", Variables: []Variable{{Name: "alder", Label: "Alder", Class: Indirect}, {Name: "vekt", Class: Health},
		{Name: "kmi", Class: Health, Computed: true}}}
	m := &Mapping{Source: []Field{{Name: "fnr", Class: Direct, Is: AttrNumber}, {Name: "alder", Class: Direct, Is: AttrNumber}},
		Rules: []Rule{{Variable: "a", Steps: []Step{{Kind: StepCopy, From: []string{"fnr"}}}}}}
	before := canonical(m)
	draft := *m
	draft.ReadFrom(book)
	if draft.From != "hjerte" || !slices.Equal(draft.Source, []Field{{Name: "alder", Class: Indirect, Label: "Alder"}, {Name: "vekt", Class: Health}}) {
		t.Errorf("%q %+v", draft.From, draft.Source)
	}
	if len(draft.Rules) != 1 || canonical(m) != before {
		t.Error("the rules, or the mapping it was made from, have changed")
	}
	// What people said of a field stays when the same codebook is read anew, and has no meaning of another one's.
	draft.Source[1].Class, draft.Source[1].Label = Indirect, "Vekt ved ankomst"
	draft.ReadFrom(book)
	if f := draft.Field("vekt"); f.Class != Indirect || f.Label != "Vekt ved ankomst" {
		t.Errorf("%+v", f)
	}
	draft.ReadFrom(&Codebook{ID: "lunge", Variables: []Variable{{Name: "vekt", Class: Health}}})
	if f := draft.Field("vekt"); draft.From != "lunge" || f.Class != Health || f.Label != "" || draft.Field("alder") != nil {
		t.Errorf("%q %+v", draft.From, draft.Source)
	}
	if ds := draft.Diff(m); len(ds) == 0 || ds[0].Area != "from" || ds[0].Kind != Added || ds[0].New != "lunge" {
		t.Errorf("%+v", ds)
	}
	if alone, _ := draft.Alone(&Codebook{}); alone.From != "lunge" {
		t.Error("a rule on its own reads nothing")
	}
}
