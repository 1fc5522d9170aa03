package web

import (
	"net/http"
	"slices"

	"samband/store"
	"samband/views/mapping"
)

// mappingRead lets the draft of an integration that sends read what the registry holds by a codebook of its own, and looks
// at that: what the values look like is what is proposed from.
func (s *Server) mappingRead(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	if err := b.mapped(); err != nil {
		return err
	}
	if !b.Outgoing {
		return errNotFound
	}
	m, err := s.fieldsModel(r, b)
	if err != nil {
		return err
	}
	from := f.value("from")
	at := slices.IndexFunc(m.Books, func(c store.Codebook) bool { return c.ID == from })
	if at < 0 {
		f.fault("from", "field.choice", nil)
	} else {
		next := b.Mapping
		next.ReadFrom(&m.Books[at])
		err := s.keepDraft(r, b, f, next, store.DraftStep{What: "read_from", Args: store.Args{"codebook": m.Books[at].Title}})
		if err == nil {
			err = s.Sources.LookAtSource(r.Context(), b.Integration.ID, &next, actor(r))
		}
		if err == nil {
			return s.done(w, r, "outgoing.from.chosen", store.Args{"codebook": m.Books[at].Title}, b.Href("source-fields"))
		}
		if store.CodeOf(err) != "db.changed" {
			return err
		}
		m.Stale = true
	}
	for _, x := range b.Mapping.Source {
		m.Fields = append(m.Fields, fieldForm(x, false))
	}
	m.Chosen, m.Errors = from, f.errors
	return s.pageStatus(w, r, formStatus(m.Stale), mapping.Fields(s.ctx(w, r), m))
}
