package store

import (
	"strings"
	"testing"
)

func TestCatalogueApply(t *testing.T) {
	c := &Catalogue{
		Solutions: []Solution{{ID: "ereg", Name: "eReg", Kind: "Kvalitetsregistre"}, {ID: "redcap", Name: "REDCap", Kind: "Studier"}},
		Systems: []System{{ID: "rdap", Name: "Plattformen", Role: Source, Content: []string{"Laboratoriemedisin"}},
			{ID: "tsd", Name: "TSD", Role: Source}, {ID: "tsd-out", Name: "TSD", Role: Destination}},
		Entries: []CatalogueEntry{{SolutionID: "ereg", SystemID: "rdap", Name: "Hjerte", State: IntInOperation},
			{SolutionID: "ereg", SystemID: "tsd-out", Name: "Ut", State: IntCandidate}},
	}
	for name, x := range map[string]struct {
		f    CatalogueFilter
		want string // solutions / systems / entries
	}{
		"everything":            {CatalogueFilter{}, "ereg redcap/rdap tsd tsd-out/Hjerte Ut"},
		"by solution":           {CatalogueFilter{Text: " REDC"}, "redcap/rdap tsd tsd-out/"},
		"by content":            {CatalogueFilter{Text: "laborat"}, "ereg/rdap tsd tsd-out/Hjerte"},
		"out":                   {CatalogueFilter{Direction: Outbound}, "ereg redcap/tsd-out/Ut"},
		"both roles":            {CatalogueFilter{System: "TSD"}, "ereg redcap/tsd tsd-out/Ut"},
		"by state":              {CatalogueFilter{State: IntInOperation}, "ereg/rdap tsd tsd-out/Hjerte"},
		"not set up by anybody": {CatalogueFilter{Text: "laborat", State: IntCandidate}, "/rdap/"},
		"nothing":               {CatalogueFilter{Text: "finnes ikke"}, "//"},
	} {
		got := c.Apply(x.f)
		var parts [3][]string
		for _, s := range got.Solutions {
			parts[0] = append(parts[0], s.ID)
		}
		for _, s := range got.Systems {
			parts[1] = append(parts[1], s.ID)
		}
		for _, e := range got.Entries {
			parts[2] = append(parts[2], e.Name)
		}
		if s := strings.Join(parts[0], " ") + "/" + strings.Join(parts[1], " ") + "/" + strings.Join(parts[2], " "); s != x.want {
			t.Errorf("%s: %s, want %s", name, s, x.want)
		}
	}
}

func TestCatalogueCell(t *testing.T) {
	c := &Catalogue{Entries: []CatalogueEntry{{SolutionID: "a", SystemID: "x", State: IntCandidate, Name: "1"},
		{SolutionID: "a", SystemID: "x", State: IntInOperation, Name: "2"}, {SolutionID: "b", SystemID: "x", Name: "3"}}}
	if cell := c.Cell("a", "x"); len(cell) != 2 || cell[0].Name != "2" {
		t.Errorf("%+v", cell)
	}
}
