package web

import (
	"context"
	"net/http"
	"strconv"

	"samband/store"
	"samband/store/text"
	"samband/views/layout"
)

// mappingUndo takes back the last step of the person's draft.
func (s *Server) mappingUndo(w http.ResponseWriter, r *http.Request) error {
	return s.stepDraft(w, r, s.DB.UndoMappingDraft, "draft.undone")
}

// mappingRedo does again the step that was undone last.
func (s *Server) mappingRedo(w http.ResponseWriter, r *http.Request) error {
	return s.stepDraft(w, r, s.DB.RedoMappingDraft, "draft.redone")
}

func (s *Server) stepDraft(w http.ResponseWriter, r *http.Request,
	step func(ctx context.Context, integrationID, userID string, edits int) (*store.MappingDraft, *store.DraftStep, error),
	flash string) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	if b.Draft == nil {
		return store.E(store.Conflict, "mapping.no_draft", nil)
	}
	edits, err := strconv.Atoi(f.value("edits"))
	if err != nil {
		return store.E(store.Conflict, "db.changed", nil)
	}
	was := b.Base
	draft, did, err := step(r.Context(), b.Integration.ID, person(r).User.ID, edits)
	if err != nil {
		if byScript(r) && store.CodeOf(err) == "db.changed" {
			return s.tableStale(w, r, b)
		}
		return err
	}
	if b.Draft, b.Mapping = draft, draft.Mapping; byScript(r) {
		return s.changedPart(w, r, f, was, b, func(c layout.Ctx, done string) string {
			return c.T(flash, "what", text.DraftStep(c.Lang, did)) + " " + done
		})
	}
	return s.done(w, r, flash, store.Args{"what": text.DraftStep(langOf(s, r), did)}, b.Href("")+"#variables")
}
