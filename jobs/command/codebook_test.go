package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samband/store"
	"samband/store/seed"
)

const dictionaryHead = `"Variable / Field Name","Form Name","Section Header","Field Type","Field Label","Choices, Calculations, OR Slider Labels",` +
	`"Field Note","Text Validation Type OR Show Slider Number","Text Validation Min","Text Validation Max","Identifier?",` +
	`"Branching Logic (Show field only if...)","Required Field?","Custom Alignment","Question Number (surveys only)","Matrix Group Name",` +
	`"Matrix Ranking?","Field Annotation"` + "\n"

// redcap writes a data dictionary of these rows: name, form, type, label, choices, validation, least, greatest, required.
func (s *shell) redcap(name string, rows ...[9]string) {
	s.t.Helper()
	var b strings.Builder
	b.WriteString(dictionaryHead)
	for _, r := range rows {
		cells := []string{r[0], r[1], "", r[2], r[3], r[4], "", r[5], r[6], r[7], "", "", r[8], "", "", "", "", ""}
		b.WriteString(`"` + strings.Join(cells, `","`) + "\"\n")
	}
	if err := os.WriteFile(filepath.Join(s.dir, name), []byte(b.String()), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

func TestCodebookCommand(t *testing.T) {
	both(t, func(t *testing.T, s *shell) {
		id := [9]string{"record_id", "skjema", "text", "Id", "", "", "", "", "y"}
		weight := [9]string{"vekt", "skjema", "text", "Vekt i dag", "", "integer", "1", "300", ""}
		smoke := [9]string{"royk", "skjema", "radio", "Røyker", "1, Ja | 0, Nei", "", "", "", ""}
		s.redcap("a.csv", id, weight, smoke)
		var f codebookFile
		s.object(ExitOK, &f, "codebook", "a.csv")
		if f.Format != "redcap" || len(f.Variables) != 3 || f.Defects == nil || f.Imported != nil {
			t.Fatalf("%+v", f)
		}
		v := f.Variables[1]
		if v.Form != "skjema" || v.Name != "vekt" || v.Label != "Vekt i dag" || v.Type != store.VarInteger || *v.Min != 1 || *v.Max != 300 ||
			v.Required != store.NeedNo || v.Codes == nil || len(f.Variables[2].Codes) != 2 {
			t.Errorf("%+v", v)
		}
		o := s.run("codebook", "--format", "redcap", "a.csv")
		if o.code != ExitOK || !strings.Contains(o.said, "Vekt i dag") || !strings.Contains(o.said, "1–300") || !strings.Contains(o.said, "2 koder") {
			t.Errorf("%d\n%s%s", o.code, o.said, o.error)
		}
		s.redcap("bad.csv", id, [9]string{"x", "skjema", "hologram", "X"})
		if o := s.run("codebook", "bad.csv"); o.code != ExitFailed || !strings.Contains(o.error, "hologram") || !strings.Contains(o.error, "rad 3") {
			t.Errorf("an unknown type: %d\n%s", o.code, o.error)
		}
		// No variable can be read: what is wrong with the rows is why.
		s.redcap("broken.csv", [9]string{"x\x00", "skjema", "text", "X"})
		for _, args := range [][]string{{"codebook", "broken.csv"}, {"codebook", "broken.csv", "--registry", "hjertekirurgi"}} {
			if o := s.run(args...); o.code != ExitFailed || !strings.Contains(o.error, "ingen variabler") || !strings.Contains(o.error, "  - Rad 2: ") {
				t.Errorf("a file in which no row can be read: %d\n%s", o.code, o.error)
			}
		}
		var refused failure
		if s.object(ExitFailed, &refused, "codebook", "broken.csv"); refused.Error != "dictionary.empty" || len(refused.Defects) != 1 || refused.Defects[0].Row != 2 {
			t.Errorf("%+v", refused)
		}
		for _, args := range [][]string{{"codebook"}, {"codebook", "a.csv", "--huh"}} {
			if o := s.run(args...); o.code != ExitUsage {
				t.Errorf("%v ends with %d", args, o.code)
			}
		}
		if o := s.run("codebook", "finnes-ikke.csv"); o.code != ExitFailed {
			t.Errorf("no file: %d", o.code)
		}
		for _, args := range [][]string{{"--format", "pdf"}, {"--format", "--json"}, {"--yes"}, {"--id", "bok"}, {"--key", "record_id"}} {
			if o := s.run(append([]string{"codebook", "a.csv"}, args...)...); o.code != ExitUsage {
				t.Errorf("%v ends with %d", args, o.code)
			}
		}

		// as a new codebook, the same again, and changed
		to := []string{"--registry", "hjertekirurgi", "--id", "ny-bok"}
		s.object(ExitOK, &f, append([]string{"codebook", "a.csv", "--message", "Fra REDCap"}, to...)...)
		if f.Imported == nil || !f.Imported.Published || f.Imported.Version != 1 || f.Imported.Codebook != "ny-bok" {
			t.Errorf("%+v", f.Imported)
		}
		if o := s.run(append([]string{"codebook", "a.csv"}, to...)...); o.code != ExitOK || !strings.Contains(o.said, "det samme som versjon 1") {
			t.Errorf("%d\n%s%s", o.code, o.said, o.error)
		}
		weight[7] = "400"
		s.redcap("a.csv", id, weight)
		if o := s.run(append([]string{"codebook", "a.csv"}, to...)...); o.code != ExitOK || !strings.Contains(o.said, "nye grenser: 1–300 → 1–400") ||
			!strings.Contains(o.said, "Versjon 2 av ny-bok er publisert") {
			t.Errorf("%d\n%s%s", o.code, o.said, o.error)
		}
		b, err := s.jobs.DB.Codebook(t.Context(), "ny-bok", 1)
		if err != nil || b.Message != "Fra REDCap" || b.Source.Files[0].Name != "a.csv" {
			t.Errorf("%+v, %v", b, err)
		}

		// what breaks is named and refused until somebody says yes
		i, err := s.jobs.DB.Integration(t.Context(), seed.DemoIntegration)
		if err != nil {
			t.Fatal(err)
		}
		used := []string{"codebook", "a.csv", "--registry", i.RegistryID, "--id", i.CodebookID, "--key", "record_id"}
		o = s.run(used...)
		if o.code != ExitRefused || !strings.Contains(o.said, "! "+seed.DemoIntegration) || !strings.Contains(o.error, "--yes") {
			t.Errorf("%d\n%s%s", o.code, o.said, o.error)
		}
		f = codebookFile{}
		s.object(ExitRefused, &f, used...)
		if f.Imported.Published || len(f.Imported.Breaks) != 1 || len(f.Imported.Breaks[0].Lines) == 0 {
			t.Errorf("%+v", f.Imported)
		}
		s.object(ExitOK, &f, append(used, "--yes")...)
		if !f.Imported.Published || f.Imported.Version != 2 {
			t.Errorf("%+v", f.Imported)
		}
	})
}
