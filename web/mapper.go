package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"samband/store"
	"samband/views/mapping"
)

// Mapper tries mappings before anything rests on them. It writes nothing.
type Mapper interface {
	// CheckMapping tells whether a mapping can run, or what is wrong by field: "source.<field>", "rules.<variable>",
	// "checks.<reason>", "keep", "resolve". Where an expression is wrong, "mapping.expression_at" has its code, line and
	// column.
	CheckMapping(ctx context.Context, m *store.Mapping, c *store.Codebook) error
	// FormatMapping writes a mapping as a YAML file in its one form, ParseMapping reads one: one that need not be sound.
	FormatMapping(m *store.Mapping) ([]byte, error)
	ParseMapping(b []byte) (*store.Mapping, error)
	// PreviewMapping shows what a mapping makes of the first rows of the integration's newest delivery;
	// "delivery.nothing" when there is none.
	PreviewMapping(ctx context.Context, integrationID string, m *store.Mapping, c *store.Codebook) (*store.Preview, error)
	// RunExamples tries the examples of the rules; the errors are those of CheckMapping.
	RunExamples(ctx context.Context, m *store.Mapping, c *store.Codebook) ([]store.ExampleResult, error)
	// ExplainMapping walks from the fields of the row at a position (from 1) of what PreviewMapping shows to the value of
	// one variable; NotFound when there is no such row.
	ExplainMapping(ctx context.Context, integrationID string, m *store.Mapping, c *store.Codebook, position int64,
		variable string) (*store.Explanation, error)
	// PreviewResolve shows, of the keys that have several rows in what PreviewMapping reads the first rows of, which row
	// wins and which value stands.
	PreviewResolve(ctx context.Context, integrationID string, m *store.Mapping, c *store.Codebook) (*store.ResolvePreview, error)
	// Completion gives the names and functions that an expression at a place can use.
	Completion(m *store.Mapping, c *store.Codebook, at store.ExprPlace) store.Completion
	// TypicalMapping shows what a mapping makes of the commonest value of each field, as far as the profile tells of it and
	// the rules can run.
	TypicalMapping(ctx context.Context, m *store.Mapping, c *store.Codebook, p *store.SourceProfile) ([]store.PreviewCell, error)
	// FailedVariables tells how many rows a run held back, by the variable that was the reason.
	FailedVariables(ctx context.Context, registryID string, runNo int64) (map[string]int64, error)
}

// workbench is what a person maps with: the codebook, the newest version, and their own draft over it.
type workbench struct {
	mapping.Base
	newest *store.MappingVersion // nil when there is none
}

// workbench collects it for the integration {id}. Codebook.ID is empty when the integration has none to map to.
func (s *Server) workbench(r *http.Request) (*workbench, error) {
	ctx := r.Context()
	i, err := s.DB.Integration(ctx, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	b := &workbench{Base: mapping.Base{Integration: *i, MayEdit: s.can(r, store.EditMapping, i.RegistryID),
		MaySeeRows: s.can(r, store.SeeRows, i.RegistryID)}}
	method, err := s.DB.Method(ctx, i.MethodID)
	if err != nil {
		return nil, err
	}
	system, err := s.DB.System(ctx, method.SystemID)
	if err != nil {
		return nil, err
	}
	b.Outgoing = system.Role == store.Destination
	if b.newest, err = found(s.DB.MappingVersion(ctx, i.ID, 0)); err != nil {
		return nil, err
	}
	if b.newest != nil {
		b.Newest, b.Mapping = b.newest.No, b.newest.Mapping
	}
	if b.MayEdit {
		if b.Draft, err = found(s.DB.MappingDraft(ctx, i.ID, person(r).User.ID)); err != nil {
			return nil, err
		}
		if b.Draft != nil {
			b.Mapping = b.Draft.Mapping
		}
	}
	book, err := s.codebookOf(ctx, i, b.newest)
	if err != nil || book == nil {
		return b, err
	}
	b.Codebook = *book
	return b, nil
}

// codebookOf gives the codebook that an integration is mapped to: the one it names, the one it was mapped to, or the
// registry's only one; nil when none of them is there.
func (s *Server) codebookOf(ctx context.Context, i *store.Integration, newest *store.MappingVersion) (*store.Codebook, error) {
	id := i.CodebookID
	if id == "" && newest != nil {
		id = newest.CodebookID
	}
	if id == "" {
		books, err := s.DB.Codebooks(ctx, i.RegistryID)
		if err != nil || len(books) != 1 {
			return nil, err
		}
		return &books[0], nil
	}
	return s.DB.Codebook(ctx, id, 0)
}

// mapped is the codebook that is there; without one there is nothing to edit.
func (b *workbench) mapped() error {
	if b.Codebook.ID == "" {
		return store.E(store.NotFound, "codebook.not_found", nil)
	}
	return nil
}

// unread puts the choice of what to read before what is wrong with a mapping that goes out and reads nothing: all else that
// is said of its fields follows from that.
func (b *workbench) unread(m *store.Mapping, faults store.FieldErrors) store.FieldErrors {
	if !b.Outgoing || m.From != "" {
		return faults
	}
	return append(store.FieldErrors{store.FieldError("source", "outgoing.no_from", nil)},
		slices.DeleteFunc(faults, func(e *store.Error) bool {
			return e.Code == "mapping.person_number" || e.Code == "mapping.uncaught"
		})...)
}

// keepDraft writes an edited mapping to the person's draft as one step, when it was made from the draft as it stands, or
// from the newest version when there was no draft: otherwise Conflict "db.changed". A form that saved itself says so with
// auto=on: such steps in a row are one to undo.
func (s *Server) keepDraft(r *http.Request, b *workbench, f *form, m store.Mapping, what store.DraftStep) error {
	based, err1 := strconv.Atoi(f.value("based"))
	edits, err2 := strconv.Atoi(f.value("edits"))
	if err1 != nil || err2 != nil || b.Draft == nil && (edits > 0 || based != b.Newest) {
		return store.E(store.Conflict, "db.changed", nil)
	}
	what.Auto = f.checked("auto")
	d := &store.MappingDraft{IntegrationID: b.Integration.ID, UserID: person(r).User.ID, BasedOn: based, Mapping: m, Edits: edits}
	if err := s.DB.KeepMappingDraft(r.Context(), d, what); err != nil {
		return err
	}
	b.Draft, b.Mapping = d, d.Mapping
	return nil
}

// basis is what a form says it was drawn from. One that comes back says the same: it is no newer for that.
func (f *form) basis() [2]string { return [2]string{f.value("based"), f.value("edits")} }

// autosaved answers a form that saves itself while somebody writes, with the line that it shows and the draft it now
// stands on. What can't be read yet is not kept, which is no error; page is the address of the form from here on.
func (s *Server) autosaved(w http.ResponseWriter, r *http.Request, b *workbench, f *form, next store.Mapping, what store.DraftStep,
	page string) error {
	c := s.frame(r)
	if !f.ok() {
		return s.page(w, r, mapping.NotKept(c.T("map.auto.not", "why", c.Error(f.errors[0]))))
	}
	switch err := s.keepDraft(r, b, f, next, what); {
	case store.CodeOf(err) == "db.changed":
		return s.pageStatus(w, r, http.StatusConflict, mapping.NotKept(c.T("map.stale")))
	case err != nil:
		return err
	}
	return s.page(w, r, mapping.Kept(c, &b.Base, page))
}

// mappingProblems gives everything that is wrong with a mapping, nil when it can run.
func (s *Server) mappingProblems(ctx context.Context, m *store.Mapping, c *store.Codebook) (store.FieldErrors, error) {
	err := s.Mapper.CheckMapping(ctx, m, c)
	if err == nil {
		return nil, nil
	}
	if fields := fieldErrors(err); fields != nil {
		return fields, nil
	}
	return nil, err
}
