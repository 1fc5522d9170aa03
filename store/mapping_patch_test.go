package store

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// randomMapping draws a mapping that need not be sound.
func randomMapping(t *rapid.T, name string) Mapping {
	word := rapid.SampledFrom([]string{"a", "b", "c", "d", "e"})
	step := rapid.Custom(func(t *rapid.T) Step {
		return Step{Kind: rapid.SampledFrom(StepKinds).Draw(t, "kind"), From: rapid.SliceOfN(word, 0, 2).Draw(t, "from"),
			Map: rapid.MapOfN(word, word, 0, 2).Draw(t, "map")}
	})
	return Mapping{
		From: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, name+" from"),
		Source: rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) Field {
			return Field{Name: word.Draw(t, "field"), Class: rapid.SampledFrom(FieldClasses).Draw(t, "class")}
		}), 0, 4, func(f Field) string { return f.Name }).Draw(t, name+" source"),
		Person: PersonRule{Classic: rapid.Bool().Draw(t, "classic")},
		Rules: rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) Rule {
			return Rule{Variable: word.Draw(t, "variable"), Steps: rapid.SliceOfN(step, 0, 2).Draw(t, "steps")}
		}), 0, 5, func(r Rule) string { return r.Variable }).Draw(t, name+" rules"),
		Checks: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Check {
			return Check{Reason: word.Draw(t, "reason"), Kind: rapid.SampledFrom(CheckKinds).Draw(t, "check")}
		}), 0, 3).Draw(t, name+" checks"),
		Keep:    rapid.Ptr(rapid.Custom(func(t *rapid.T) Condition { return Condition{Field: word.Draw(t, "field"), Op: OpPresent} }), true).Draw(t, name+" keep"),
		Resolve: Resolve{Latest: word.Draw(t, "latest")},
	}
}

// copied gives m as it is read back from where drafts are kept.
func copied(t *rapid.T, m Mapping) *Mapping {
	var out Mapping
	if err := json.Unmarshal([]byte(canonical(m)), &out); err != nil {
		t.Fatal(err)
	}
	return &out
}

func TestPatchGoesBothWays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := copied(t, randomMapping(t, "a")), copied(t, randomMapping(t, "b"))
		wasA, wasB := canonical(a), canonical(b)
		p := a.Patch(b)
		var kept MappingPatch
		if err := json.Unmarshal([]byte(canonical(p)), &kept); err != nil {
			t.Fatal(err)
		}
		later, err := kept.Apply(a, false)
		if err != nil || canonical(later) != wasB {
			t.Fatalf("%v: forward gives\n%s, not\n%s, by\n%s", err, canonical(later), wasB, canonical(p))
		}
		earlier, err := kept.Apply(b, true)
		if err != nil || canonical(earlier) != wasA {
			t.Fatalf("%v: back gives\n%s, not\n%s, by\n%s", err, canonical(earlier), wasA, canonical(p))
		}
		if canonical(a) != wasA || canonical(b) != wasB {
			t.Fatal("applying a patch changed what it was applied to")
		}
		if p.Empty() != (wasA == wasB) {
			t.Fatalf("empty: %v", p.Empty())
		}
	})
}

func TestPatchIsSmall(t *testing.T) {
	var a Mapping
	for i := range 1000 {
		a.Rules = append(a.Rules, Rule{Variable: "v" + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676)),
			Steps: []Step{{Kind: StepCopy, From: []string{"f"}}}})
	}
	b := a
	b.Rules = append([]Rule{}, a.Rules...)
	b.Rules[500].Steps = []Step{{Kind: StepTrim}}
	b.Rules = append(b.Rules[:10], b.Rules[11:]...)
	p := a.Patch(&b)
	if n := len(canonical(p)); n > 500 || len(p.Rules) != 2 {
		t.Errorf("%d bytes for two rules: %s", n, canonical(p))
	}
	if _, err := p.Apply(&Mapping{}, false); err == nil {
		t.Error("a patch was applied to a mapping it does not fit")
	}
}

// TestPatchKnowsEveryPart: a part that somebody adds to a mapping is in patches too.
func TestPatchKnowsEveryPart(t *testing.T) {
	kind := reflect.TypeFor[Mapping]()
	for i := range kind.NumField() {
		m, later := world().Mapping.Mapping, world().Mapping.Mapping
		f := reflect.ValueOf(&later).Elem().Field(i)
		f.SetZero()
		if reflect.ValueOf(m).Field(i).IsZero() {
			switch f.Kind() {
			case reflect.Slice:
				f.Set(reflect.MakeSlice(f.Type(), 1, 1))
			case reflect.Pointer:
				f.Set(reflect.New(f.Type().Elem()))
			default:
				later.Person.Classic = true
			}
		}
		p := m.Patch(&later)
		if got, err := p.Apply(&m, false); p.Empty() || err != nil || canonical(got) != canonical(later) {
			t.Errorf("%s: %v", kind.Field(i).Name, err)
		}
	}
}
