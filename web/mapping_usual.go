package web

import (
	"net/http"
	"slices"

	"samband/store"
)

// mappingUsual adds the checks that nearly all mappings have to the person's draft, as one step.
func (s *Server) mappingUsual(w http.ResponseWriter, r *http.Request) error {
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
	more := store.UsualChecks(&b.Mapping, &b.Codebook)
	if len(more) == 0 {
		return s.done(w, r, "map.usual.none", nil, b.Href("")+"#checks")
	}
	next := b.Mapping
	next.Checks = append(slices.Clone(next.Checks), more...)
	args := store.Args{"n": len(more)}
	switch err := s.keepDraft(r, b, f, next, store.DraftStep{What: "usual_checks", Args: args}); {
	case store.CodeOf(err) == "db.changed":
		return s.tableStale(w, r, b)
	case err != nil:
		return err
	}
	return s.done(w, r, "map.usual.added", args, b.Href("")+"#checks")
}
