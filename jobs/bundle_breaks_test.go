package jobs

import (
	"errors"
	"reflect"
	"testing"

	"samband/store"
	"samband/store/seed"
)

// TestImportBeyondApproval: what an import says that an approval doesn't cover is what the gate says afterwards, and only
// what the document changed.
func TestImportBeyondApproval(t *testing.T) {
	t.Parallel()
	vekt := func(b *store.Bundle) *store.Variable { return b.Codebooks[0].Variable("vekt") }
	for name, x := range map[string]struct {
		change  func(b *store.Bundle)
		refused bool       // until it is accepted
		told    int        // of how many integrations
		gate    store.Code // why the gate refuses to run it, "" when it runs
	}{
		"nothing":     {func(*store.Bundle) {}, false, 0, ""},
		"a new name":  {func(b *store.Bundle) { b.Integrations[0].Name += " to" }, false, 0, ""},
		"a new label": {func(b *store.Bundle) { vekt(b).Label = "Tyngde" }, false, 0, ""},
		"the mapping": {func(b *store.Bundle) {
			b.Integrations[0].Mapping.Person.Classic = !b.Integrations[0].Mapping.Person.Classic
		}, false, 1, "gate.scope_not_covered"},
		"the registry":    {func(b *store.Bundle) { b.Registries[0].Basis.Retention += " og litt til" }, false, 3, "gate.scope_not_covered"},
		"a way to travel": {func(b *store.Bundle) { b.Methods[0].Handover = "Utlevert på papir" }, false, 1, "gate.scope_not_covered"},
		"the analysis": {func(b *store.Bundle) {
			next := b.ROS[0]
			next.Version++
			b.ROS = append(b.ROS, next)
			b.Integrations[0].ROS.Version++
		}, false, 1, "gate.ros_not_accepted"},
		"a wider limit": {func(b *store.Bundle) { *vekt(b).Max++ }, true, 1, "gate.scope_not_covered"},
		"a wider limit of what stays with the version before": {func(b *store.Bundle) {
			*vekt(b).Max++
			b.Integrations = nil
		}, true, 1, ""},
		"nothing of an integration but its connection": {func(b *store.Bundle) {
			b.Integrations = nil
			for i := range b.Connections {
				if b.Connections[i].ID == "demo-sykehus" {
					b.Connections[i].Settings["folder"] += "/annen"
				}
			}
		}, false, 1, "gate.scope_not_covered"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			out, err := h.Export(t.Context(), seed.DemoIntegration)
			if err != nil {
				t.Fatal(err)
			}
			b, err := ParseBundle(out)
			if err != nil {
				t.Fatal(err)
			}
			x.change(b)
			doc, err := FormatBundle(b)
			if err != nil {
				t.Fatal(err)
			}
			var told []store.BookEffect
			if x.refused {
				_, err := h.Import(t.Context(), doc, ImportMode{}, by)
				var breaking *BreakingError
				if !errors.As(err, &breaking) {
					t.Fatalf("it is not refused: %v", err)
				}
				told = breaking.Effects
				if again, err := h.Export(t.Context(), seed.DemoIntegration); err != nil || string(again) != string(out) {
					t.Errorf("what is refused changed something, %v", err)
				}
			}
			n, err := h.Import(t.Context(), doc, ImportMode{Accept: x.refused}, by)
			if err != nil {
				t.Fatal(err)
			}
			if x.refused && !reflect.DeepEqual(n.Effects, told) {
				t.Errorf("refused with %+v, and taken in with %+v", told, n.Effects)
			}
			a, err := h.Gate(t.Context(), seed.DemoIntegration, store.AtRun)
			if err != nil {
				t.Fatal(err)
			}
			if store.CodeOf(a.Err()) != x.gate {
				t.Errorf("the gate: %v", a.Refusals)
			}
			if x.told != len(n.Effects) || x.told > 0 && n.Effects[0].Integration.ID != seed.DemoIntegration {
				t.Errorf("told %+v", n.Effects)
			}
			for _, e := range n.Effects {
				if !e.Approved || !e.Bare() || len(e.Broken) > 0 {
					t.Errorf("%+v", e)
				}
				if a, err = h.Gate(t.Context(), e.Integration.ID, store.AtRun); err != nil {
					t.Fatal(err)
				}
				if x.gate == "gate.scope_not_covered" && !reflect.DeepEqual(e.Uncovered, a.Uncovered) {
					t.Errorf("told %+v, the gate says %+v", e.Uncovered, a.Uncovered)
				}
				if e.Rebased != (x.gate == "gate.ros_not_accepted") {
					t.Errorf("other analyses: %v", e.Rebased)
				}
			}
			if n, err = h.Import(t.Context(), doc, ImportMode{}, by); err != nil || len(n.Effects) > 0 {
				t.Errorf("again, which changes nothing: %+v, %v", n, err)
			}
		})
	}
}
