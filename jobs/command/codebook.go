package command

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode"

	"samband/jobs"
	"samband/jobs/format/all"
	"samband/store"
	"samband/store/text"
)

// codebookFile is what --json prints of files of definitions. Required is yes, no, if or unknown, as the files say it.
type codebookFile struct {
	Format    string         `json:"format"`
	Title     string         `json:"title"`
	Version   string         `json:"version"`
	Variables []variableLine `json:"variables"`
	Defects   []defectLine   `json:"defects"`
	// Imported is there when the files became a version of a codebook, or would have.
	Imported *importedVersion `json:"imported,omitempty"`
}

type variableLine struct {
	Form         string             `json:"form"`
	Name         string             `json:"name"`
	Becomes      []string           `json:"becomes"` // its name in the codebook; none when it is left out
	Label        string             `json:"label"`
	Type         store.VarType      `json:"type"`
	OriginalType string             `json:"original_type,omitempty"`
	Unit         string             `json:"unit"`
	Min          *float64           `json:"min"`
	Max          *float64           `json:"max"`
	PlausibleMin *float64           `json:"plausible_min,omitempty"`
	PlausibleMax *float64           `json:"plausible_max,omitempty"`
	From         string             `json:"from,omitempty"`
	To           string             `json:"to,omitempty"`
	Required     store.Need         `json:"required"`
	Condition    string             `json:"condition,omitempty"`
	Formula      string             `json:"formula,omitempty"`
	Computed     bool               `json:"computed"`
	Multiple     bool               `json:"multiple"`
	Identifier   bool               `json:"identifier"`
	Codes        []store.CodeOption `json:"codes"`
	Help         string             `json:"help,omitempty"`
	Section      string             `json:"section,omitempty"`
	Valid        string             `json:"valid,omitempty"`
	Row          int                `json:"row,omitempty"`
}

type defectLine struct {
	Form   string     `json:"form"`
	Row    int        `json:"row"`
	Column string     `json:"column"`
	Code   store.Code `json:"code"`
	Text   string     `json:"text"`
}

// importedVersion is the version that was published, or would have been.
type importedVersion struct {
	Codebook  string   `json:"codebook"`
	Version   int      `json:"version"`
	Published bool     `json:"published"`
	Changes   int      `json:"changes"`
	Breaks    []broken `json:"breaks"`
}

type broken struct {
	Integration string   `json:"integration"`
	Lines       []string `json:"lines"`
}

// codebook reads files of definitions and says what they hold; with --registry they become the next version of a
// codebook.
func codebook(ctx context.Context, env *Env, args []string) error {
	fs := flag.NewFlagSet("codebook", flag.ContinueOnError)
	format := fs.String("format", "", "")
	asJSON := fs.Bool("json", false, "")
	n := jobs.NewVersion{}
	fs.StringVar(&n.RegistryID, "registry", "", "")
	fs.StringVar(&n.ID, "id", "", "")
	fs.StringVar(&n.Message, "message", "", "")
	fs.BoolVar(&n.Accept, "yes", false, "")
	fs.Func("form", "", func(s string) error { n.Forms = append(n.Forms, s); return nil })
	fs.Func("key", "", func(s string) error {
		n.Key = strings.FieldsFunc(s, func(c rune) bool { return c == ',' || c == ' ' })
		return nil
	})
	names, err := parse(env, fs, args, 1, -1)
	if err != nil {
		return err
	}
	if *format != "" && !slices.Contains(all.Names(), *format) {
		return errUsage{text.T(env.Lang, "command.codebook.format", "names", strings.Join(all.Names(), ", "))}
	}
	if n.RegistryID == "" { // these say something of the import
		var alone string
		fs.Visit(func(f *flag.Flag) {
			switch f.Name {
			case "id", "message", "yes", "form", "key":
				alone = "--" + f.Name
			}
		})
		if alone != "" {
			return errUsage{text.T(env.Lang, "command.codebook.registry", "flag", alone)}
		}
	}
	var sent []store.SentFile
	var files []all.File
	for _, name := range names {
		data, err := os.ReadFile(env.path(name))
		if err != nil {
			return store.Wrap(err, store.Invalid, "command.file", store.Args{"file": name})
		}
		base := filepath.Base(name)
		sent, files = append(sent, store.SentFile{Name: base, Data: data}), append(files, all.File{Name: base, Data: data})
	}
	d, err := all.Read(*format, files)
	if err != nil {
		return err
	}
	if n.RegistryID != "" {
		made, err := env.Jobs.PublishCodebook(ctx, d, sent, n, store.ShellActor(env.Actor))
		if err != nil {
			return err
		}
		return tellVersion(env, d, made, *asJSON)
	}
	book, defects := d.Codebook(nil)
	if *asJSON {
		return printJSON(env.Stdout, fileOf(env, d, book, defects))
	}
	return tellFile(env, d, book, defects, sent[0].Name)
}

// codebookAlone: saying what a file holds needs no installation.
func codebookAlone(args []string, _ bool) bool {
	for _, a := range args {
		if name, _, _ := strings.Cut(strings.TrimLeft(a, "-"), "="); strings.HasPrefix(a, "-") && name == "registry" {
			return false
		}
	}
	return true
}

// fileOf tells what a file says, and what becomes of it in a codebook that is made of it.
func fileOf(env *Env, d *store.Dictionary, book *store.Codebook, defects []store.Defect) codebookFile {
	names := d.NamesIn(book)
	f := codebookFile{Format: d.Format, Title: d.Title, Version: d.Version, Variables: make([]variableLine, len(d.Variables))}
	for i, v := range d.Variables {
		f.Variables[i] = variableLine{Form: v.Form, Name: v.Name, Becomes: append([]string{}, names[i]...), Label: v.Label, Type: v.Type, OriginalType: v.Original, Unit: v.Unit,
			Min: v.Min, Max: v.Max, PlausibleMin: v.PlausibleMin, PlausibleMax: v.PlausibleMax, From: v.From, To: v.To,
			Required: v.Required, Condition: v.Condition, Formula: v.Formula, Computed: v.Computed, Multiple: v.Multiple,
			Identifier: v.Identifier || v.NamesPerson(), Codes: append([]store.CodeOption{}, v.Codes...), Help: v.Help, Section: v.Section,
			Valid: v.Valid, Row: v.Row}
	}
	f.Defects = defectLines(env, defects)
	return f
}

func defectLines(env *Env, defects []store.Defect) []defectLine {
	lines := make([]defectLine, len(defects))
	for i := range defects {
		x := &defects[i]
		lines[i] = defectLine{x.Form, x.Row, x.Column, x.Code, text.Fill(env.Lang, "defect."+string(x.Code), x.Args)}
	}
	return lines
}

// tellFile prints the variables as a table and what is wrong with the files below it. What has no title of its own is
// called by the name of its file.
func tellFile(env *Env, d *store.Dictionary, book *store.Codebook, defects []store.Defect, file string) error {
	t := func(key string, args ...any) string { return text.T(env.Lang, key, args...) }
	fmt.Fprintln(env.Stdout, t("command.codebook.file", "title", visible(cmp.Or(d.Title, store.Shorten(file))), "format", text.CodebookFormat(env.Lang, d.Format),
		"n", len(d.Variables)))
	w := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
	row := func(cells ...string) {
		for i, c := range cells {
			cells[i] = visible(c)
		}
		fmt.Fprintln(w, strings.Join(cells, "\t"))
	}
	row(t("book.form"), t("book.origin"), t("book.name"), t("book.label"), t("book.type"), t("book.unit"), t("book.range"), t("book.required"), t("book.codes"))
	names := d.NamesIn(book)
	for i := range d.Variables {
		v := &d.Variables[i]
		becomes := "–"
		if n := len(names[i]); n > 0 {
			becomes = names[i][0]
			if n > 1 {
				becomes += " …"
			}
		}
		codes := ""
		if n := len(v.Codes); n > 0 {
			codes = t("map.codes", "n", n)
		}
		limits := text.Limits(env.Lang, v.Min, v.Max)
		if v.From != "" || v.To != "" {
			limits = v.From + "–" + v.To
		}
		row(v.Form, v.Name, becomes, store.Shorten(v.Label), t("vartype."+string(v.Type)), v.Unit, limits, t("need."+string(v.Required)), codes)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return tellDefects(env, defects)
}

func tellDefects(env *Env, defects []store.Defect) error {
	if len(defects) > 0 {
		fmt.Fprintln(env.Stdout, text.T(env.Lang, "book.defects", "n", len(defects)))
	}
	for i := range defects {
		if _, err := fmt.Fprintln(env.Stdout, "- "+visible(text.Defect(env.Lang, &defects[i]))); err != nil {
			return err
		}
	}
	return nil
}

// breaksOf says in words what a codebook breaks, of each integration that it breaks anything of.
func breaksOf(env *Env, effects []store.BookEffect) []broken {
	breaks := []broken{}
	for i := range effects {
		lines := text.BookEffect(env.Lang, &effects[i], func(user string) string { return user })
		if len(lines) > 0 {
			breaks = append(breaks, broken{effects[i].Integration.ID, lines})
		}
	}
	return breaks
}

func tellBreaks(env *Env, breaks []broken) {
	for _, b := range breaks {
		fmt.Fprintln(env.Stdout, "! "+b.Integration)
		for _, l := range b.Lines {
			fmt.Fprintln(env.Stdout, "  - "+visible(l))
		}
	}
}

// visible gives a text of a file as one line without characters that would steer the terminal.
func visible(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, s)), " ")
}

// tellVersion says what the new version changes and breaks. It ends with ExitRefused when it breaks something and nobody
// accepted that.
func tellVersion(env *Env, d *store.Dictionary, made *jobs.VersionMade, asJSON bool) error {
	before := made.Before
	if before == nil {
		before = &store.Codebook{}
	}
	changes := text.CodebookChanges(env.Lang, before, made.Codebook)
	breaks := breaksOf(env, made.Effects)
	refused := len(breaks) > 0 && !made.Published
	if asJSON {
		f := fileOf(env, d, made.Codebook, made.Defects)
		f.Imported = &importedVersion{made.Codebook.ID, made.Codebook.Version, made.Published, changes.Count(), breaks}
		if err := printJSON(env.Stdout, f); err != nil {
			return err
		}
		if refused {
			return exit(ExitRefused)
		}
		return nil
	}
	if err := tellDefects(env, made.Defects); err != nil {
		return err
	}
	for title, list := range changes.Sections(env.Lang) {
		fmt.Fprintln(env.Stdout, title)
		for _, c := range list {
			fmt.Fprintln(env.Stdout, strings.TrimRight("- "+visible(c.Title+": "+c.Was+" → "+c.Is), " →:"))
		}
	}
	tellBreaks(env, breaks)
	switch {
	case refused:
		return store.E(store.Refused, "codebook.breaks", store.Args{"n": len(breaks)})
	case !made.Published:
		_, err := fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.codebook.same", "id", made.Codebook.ID, "no", made.Codebook.Version))
		return err
	}
	_, err := fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.codebook.published", "id", made.Codebook.ID, "no", made.Codebook.Version))
	return err
}
