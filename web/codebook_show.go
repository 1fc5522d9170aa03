package web

import (
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"samband/store"
	"samband/store/db"
	"samband/views/codebook"
	"samband/views/layout"
	"samband/views/mapping"
)

// RowWriter writes a table row by row.
type RowWriter interface {
	Row(cells ...string) error
	Flush() error
}

// csv answers with a file that write fills. It begins with a byte order mark, so that spreadsheets read æøå.
func (s *Server) csv(w http.ResponseWriter, r *http.Request, name string, write func(row func(...string))) error {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	io.WriteString(w, "\ufeff") // what goes wrong here, Flush tells of
	out := s.CSV(w)
	write(func(cells ...string) { out.Row(cells...) })
	if err := out.Flush(); err != nil { // and every row before it
		s.Log.LogAttrs(r.Context(), slog.LevelDebug, "the reader left", slog.String("request", visitOf(r).id))
	}
	return nil
}

// codebookRegistry finds the registry of the codebook {id}.
func codebookRegistry(s *Server, r *http.Request) (string, error) {
	b, err := s.DB.Codebook(r.Context(), r.PathValue("id"), 0)
	if err != nil {
		return "", err
	}
	return b.RegistryID, nil
}

// codebookAsked is the version ?version=N of the codebook {id}, the newest when nothing is asked.
func (s *Server) codebookAsked(r *http.Request) (*store.Codebook, error) {
	version := 0
	if v := r.URL.Query().Get("version"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 {
			return nil, errNotFound
		}
		version = n
	}
	return s.DB.Codebook(r.Context(), r.PathValue("id"), version)
}

// codebookShow shows a codebook: its variables by form, who uses it, and its versions.
func (s *Server) codebookShow(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	b, err := s.codebookAsked(r)
	if err != nil {
		return err
	}
	m := codebook.Model{Codebook: *b, MayEdit: s.can(r, store.EditRegistry, b.RegistryID),
		Window: codebook.NewWindow(b, "/codebooks/"+b.ID, r.URL.Query())}
	if m.MayEdit {
		if m.Draft, err = found(s.DB.CodebookDraft(ctx, b.ID)); err != nil {
			return err
		}
	}
	g, err := s.DB.Registry(ctx, b.RegistryID)
	if err != nil {
		return err
	}
	m.Registry = *g
	if m.Versions, err = s.DB.CodebookVersions(ctx, b.ID); err != nil {
		return err
	}
	if m.Names, err = s.userNames(ctx); err != nil {
		return err
	}
	list, err := s.DB.Integrations(ctx, db.IntegrationFilter{RegistryID: b.RegistryID})
	if err != nil {
		return err
	}
	for _, i := range list {
		use := codebook.Use{Integration: i}
		if i.MappingNo > 0 {
			v, err := s.DB.MappingVersion(ctx, i.ID, i.MappingNo)
			if err != nil {
				return err
			}
			if v.CodebookID == b.ID {
				use.Version, use.Mapped = v.CodebookVersion, len(v.Mapping.Rules)
			}
		}
		if use.Version > 0 || i.CodebookID == b.ID {
			m.Uses = append(m.Uses, use)
		}
	}
	return s.page(w, r, codebook.Show(s.ctx(w, r), m))
}

// codebookCSV gives the variables of a codebook as a file for people: in their language, and guarded against formulas.
func (s *Server) codebookCSV(w http.ResponseWriter, r *http.Request) error {
	b, err := s.codebookAsked(r)
	if err != nil {
		return err
	}
	c := s.frame(r)
	return s.csv(w, r, b.ID+"-"+strconv.Itoa(b.Version)+".csv", func(row func(...string)) {
		var head []string
		for _, key := range []string{"form", "name", "label", "type", "unit", "min", "max", "required", "class", "codes", "least",
			"most", "help", "when", "formula", "is_computed", "system", "origin"} {
			head = append(head, c.T("book."+key))
		}
		row(head...)
		for i := range b.Variables {
			v := &b.Variables[i]
			row(v.Form, v.Name, v.Label, c.T("vartype."+string(v.Type)), v.Unit, mapping.Limit(c, v.Min), mapping.Limit(c, v.Max),
				yes(c, mapping.Required(b, v)), c.T("fclass."+string(v.Class)), codeList(c, v), mapping.Limit(c, v.PlausibleMin),
				mapping.Limit(c, v.PlausibleMax), v.Help, v.Condition, v.Formula, yes(c, v.Computed), v.System, v.FileName())
		}
	})
}

// codebookYAML gives a version of a codebook as the file that `samband import` reads.
func (s *Server) codebookYAML(w http.ResponseWriter, r *http.Request) error {
	b, err := s.codebookAsked(r)
	if err != nil {
		return err
	}
	file, err := s.Codebooks.FormatCodebook(b)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment",
		map[string]string{"filename": b.ID + "-" + strconv.Itoa(b.Version) + ".yaml"}))
	return s.give(w, r, "application/yaml; charset=utf-8", file)
}

func yes(c layout.Ctx, b bool) string {
	if b {
		return c.T("book.yes")
	}
	return c.T("book.no")
}

func codeList(c layout.Ctx, v *store.Variable) string {
	var codes []string
	for _, o := range v.Codes {
		s := o.Code + " = " + o.Label
		if o.Missing {
			s += " (" + c.T("book.code.missing") + ")"
		}
		codes = append(codes, s)
	}
	return strings.Join(codes, ", ")
}
