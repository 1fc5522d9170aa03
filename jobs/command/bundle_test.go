package command

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"samband/jobs"
	"samband/store"
	"samband/store/seed"
	"samband/store/text"
)

// bundle writes the demonstration as it is exported, with a change.
func (s *shell) bundle(name string, change func(b *store.Bundle)) {
	s.t.Helper()
	o := s.run("export", seed.DemoIntegration)
	b, err := jobs.ParseBundle([]byte(o.said))
	if err != nil {
		s.t.Fatalf("%v: %+v", err, o)
	}
	change(b)
	doc, err := jobs.FormatBundle(b)
	if err == nil {
		err = os.WriteFile(filepath.Join(s.dir, name), doc, 0o600)
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// uncovered gives the lines of what the gate finds that the approval of an integration doesn't cover.
func (s *shell) uncovered(integrationID string) []string {
	s.t.Helper()
	a, err := s.jobs.Gate(s.t.Context(), integrationID, store.AtRun)
	if err != nil {
		s.t.Fatal(err)
	}
	return text.BookEffect(text.NB, &store.BookEffect{Uncovered: a.Uncovered}, nil)
}

// TestImportCommand: an import says of each integration what its approval doesn't cover; what breaks by a codebook is
// refused, with nothing written, until it is accepted.
func TestImportCommand(t *testing.T) {
	both(t, func(t *testing.T, s *shell) {
		var r struct {
			failure
			Created, Changed, Unchanged int
			Breaks                      []broken
		}
		s.bundle("same.yaml", func(*store.Bundle) {})
		if s.object(ExitOK, &r, "import", "same.yaml"); r.Created+r.Changed != 0 || r.Unchanged == 0 || r.Breaks == nil || len(r.Breaks) > 0 {
			t.Errorf("%+v", r)
		}
		if o := s.run("import", "same.yaml"); o.code != ExitOK || strings.Contains(o.said, "!") || strings.Contains(o.said, "Godkjenningen") || o.error != "" {
			t.Errorf("%+v", o)
		}

		// What breaks by a codebook names all that the approval doesn't cover, whatever part of the document it stands in.
		s.bundle("wider.yaml", func(b *store.Bundle) {
			*b.Codebooks[0].Variable("vekt").Max++
			b.Registries[0].Basis.Retention = "Til prosjektslutt"
		})
		before := s.run("export").said
		o := s.run("import", "wider.yaml")
		if o.code != ExitRefused || !strings.Contains(o.said, "! "+seed.DemoIntegration+"\n") || !strings.Contains(o.said, "Til prosjektslutt") ||
			!strings.Contains(o.error, "--yes") || !strings.Contains(o.error, "3 integrasjoner.") {
			t.Errorf("%+v", o)
		}
		s.object(ExitRefused, &r, "import", "wider.yaml")
		if r.Error != "import.breaks" || r.Message == "" || len(r.Breaks) != 3 ||
			r.Breaks[0].Integration != seed.DemoIntegration || len(r.Breaks[0].Lines) != 2 ||
			r.Breaks[1].Integration != seed.HalvesIntegration || len(r.Breaks[1].Lines) != 1 ||
			r.Breaks[2].Integration != seed.OutgoingIntegration || len(r.Breaks[2].Lines) != 1 {
			t.Errorf("%+v", r)
		}
		refused := r.Breaks
		if s.run("export").said != before || len(s.uncovered(seed.DemoIntegration)) > 0 {
			t.Error("what is refused is written")
		}
		if s.object(ExitOK, &r, "import", "wider.yaml", "--yes"); r.Changed == 0 || fmt.Sprint(r.Breaks) != fmt.Sprint(refused) {
			t.Errorf("refused with %v, taken in with %+v", refused, r)
		}
		for _, b := range r.Breaks {
			if is := s.uncovered(b.Integration); !slices.Equal(is, b.Lines) {
				t.Errorf("told %q of %s, the gate finds %q", b.Lines, b.Integration, is)
			}
		}
		if o := s.run("import", "wider.yaml"); o.code != ExitOK || strings.Contains(o.said, "!") {
			t.Errorf("again, which changes nothing: %+v", o)
		}

		// What the gate refuses to run anyway is taken in, and said.
		s.bundle("mapping.yaml", func(b *store.Bundle) {
			b.Integrations[0].Mapping.Person.Classic = !b.Integrations[0].Mapping.Person.Classic
		})
		o = s.run("import", "mapping.yaml", "same.yaml")
		sentence := text.T(text.NB, "command.import.bare", "n", 1)
		if o.code != ExitOK || !strings.Contains(o.said, "! "+seed.DemoIntegration+"\n") || strings.Count(o.said, sentence) != 1 || o.error != "" {
			t.Errorf("%+v", o)
		}
	})
}
