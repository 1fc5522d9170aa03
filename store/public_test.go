package store

import "testing"

func TestPublicFieldsHoldNoContactAndNoHost(t *testing.T) {
	for s, ok := range map[string]bool{
		"eReg": true, "Medinsight 2.0": true, "helsenorge.no": true, "Kvalitetsregistre (MRS 4.1.2)": true, "": true,
		"Kari Nordmann kari@sykehus.no": false, "ring 99887766": false, "ring 99 88 77 66": false, "+47 22 33 44 55": false,
		"db01.intern.sykehus.local": false, "db01.local": false, "10.0.12.3": false, "https://intern/x": false,
		"Fra 2019 til 2026": true, "2019-2026": true, "fra 01.02.2026": true, "REDCap hos OUS HF": true,
	} {
		x := Solution{ID: "x", Name: "X", Kind: s, Phase: PhaseActive}
		if err := x.Validate(); (err == nil) != ok {
			t.Errorf("%q as a kind: %v", s, err)
		}
		y := System{ID: "x", Name: "X", Role: Source, Phase: PhaseActive, Content: []string{"a", s}}
		if err := y.Validate(); (err == nil) != ok {
			t.Errorf("%q as content: %v", s, err)
		}
	}
}
