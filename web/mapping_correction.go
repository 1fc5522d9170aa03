package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"samband/store"
	"samband/store/text"
	"samband/views/mapping"
)

// newCorrection stands in the address where the name of a correction would; no name has a hyphen.
const newCorrection = "new-correction"

// mappingCorrections lists what is put right of what a source got wrong, and whether the approval covers it.
func (s *Server) mappingCorrections(w http.ResponseWriter, r *http.Request) error {
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	if err := b.mapped(); err != nil {
		return err
	}
	m := mapping.CorrectionsModel{Base: b.Base, Covers: map[string]mapping.Cover{}}
	if m.Names, err = s.userNames(r.Context()); err != nil {
		return err
	}
	cover, err := s.covers(r, b)
	if err != nil {
		return err
	}
	for _, k := range b.Mapping.Corrections {
		m.Covers[k.Name] = cover("(correction:" + k.Name + ")")
	}
	return s.page(w, r, mapping.Corrections(s.ctx(w, r), m))
}

// correctionModel collects what the form of the correction {correction} shows. One that is undone is not edited.
func (s *Server) correctionModel(r *http.Request) (*workbench, *mapping.CorrectionModel, error) {
	b, err := s.workbench(r)
	if err != nil {
		return nil, nil, err
	}
	if err := b.mapped(); err != nil {
		return nil, nil, err
	}
	name := r.PathValue("correction")
	m := &mapping.CorrectionModel{Editor: mapping.Editor{Base: b.Base, Correct: true}, New: name == newCorrection || name == ""}
	m.Form.If.Path = "if"
	if m.Profile, err = found(s.DB.SourceProfile(r.Context(), b.Integration.ID)); err != nil || m.New {
		return b, m, err
	}
	k := b.Mapping.Correction(name)
	if k == nil || k.Undone != nil {
		return nil, nil, errNotFound
	}
	m.Form = mapping.CorrectionForm{Name: k.Name, Variable: k.Variable, At: k.At, From: k.From, To: k.To, Reason: k.Reason,
		Only: k.If != nil, If: m.Form.If}
	if k.If != nil {
		m.Form.If.Field, m.Form.If.Op, m.Form.If.Than = k.If.Field, string(k.If.Op), mapping.ShowThan(k.If)
	}
	m.Steps = mapping.ShowSteps("s", k.Steps)
	mapping.Say(langOf(s, r), m.Steps, k.Steps, nil)
	s.correcting(b, m)
	m.Words = s.words(r, &m.Editor, k.Steps)
	return b, m, nil
}

// correcting gives the form what depends on the variable that is put right.
func (s *Server) correcting(b *workbench, m *mapping.CorrectionModel) {
	if v := b.Codebook.Variable(m.Form.Variable); v != nil {
		m.Variable = *v
	}
}

// mappingCorrection shows the form of a correction.
func (s *Server) mappingCorrection(w http.ResponseWriter, r *http.Request) error {
	_, m, err := s.correctionModel(r)
	if err != nil {
		return err
	}
	return s.page(w, r, mapping.Correction(s.ctx(w, r), *m))
}

// readCorrection takes what was written of a correction.
func (s *Server) readCorrection(r *http.Request, f *form, b *workbench, m *mapping.CorrectionModel) {
	m.Form = mapping.CorrectionForm{Name: strings.TrimSpace(f.value("name")), Variable: f.value("variable"), At: f.value("at"),
		From: f.value("from"), To: f.value("to"), Reason: f.value("reason"), Only: f.checked("only"),
		If: mapping.StepForm{Path: "if", Field: f.value("if.field"), Op: f.value("if.op"), Than: f.value("if.than")}}
	s.correcting(b, m)
	s.readSteps(r, f, &m.Editor)
}

// correction makes a correction of what was written, and notes at the fields what can't be read.
func (f *form) correction(m *mapping.CorrectionModel, c *store.Codebook) store.Correction {
	variable := func(name string) string {
		s := f.need(name, 63)
		if s != "" && c.Variable(s) == nil {
			f.fault(name, "form.choice", nil)
		}
		return s
	}
	k := store.Correction{Name: f.need("name", 63), Reason: f.need("reason", 1000), Variable: variable("variable"),
		At: variable("at"), From: string(f.date("from")), To: string(f.date("to"))}
	for name, day := range map[string]string{"from": k.From, "to": k.To} {
		if day == "" && f.errors.Of(name) == nil {
			f.fault(name, "form.required", nil)
		}
	}
	if m.Form.Only {
		k.If = f.condition(&m.Form.If, false)
	}
	if k.Steps = f.steps(m.Steps); len(k.Steps) == 0 {
		f.fault("s.add", "mapping.correction_empty", store.Args{"name": k.Name})
	}
	return k
}

// mappingCorrectionEdit rearranges the steps in the form, or writes the correction to the person's draft.
func (s *Server) mappingCorrectionEdit(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	b, m, err := s.correctionModel(r)
	if err != nil {
		return err
	}
	name := m.Form.Name
	s.readCorrection(r, f, b, m)
	if !m.New {
		m.Form.Name = name
		f.values.Set("name", name)
	}
	if s.rearranged(r, f, &m.Editor) {
		return s.page(w, r, mapping.Correction(s.ctx(w, r), *m)) // nothing is kept before it is saved
	}
	k := f.correction(m, &b.Codebook)
	k.Author, k.Made = person(r).User.ID, s.now()
	next := b.Mapping
	next.Corrections = slices.Clone(next.Corrections)
	if i := slices.IndexFunc(next.Corrections, func(x store.Correction) bool { return x.Name == k.Name }); m.New || i < 0 {
		next.Corrections = append(next.Corrections, k)
	} else {
		next.Corrections[i] = k
	}
	if err := s.correctionFaults(r.Context(), f, &next, &b.Codebook, m); err != nil {
		return err
	}
	step := store.DraftStep{What: "correction", Args: store.Args{"name": k.Name}}
	if f.checked("auto") {
		return s.autosaved(w, r, b, f, next, step, b.Href("value-corrections/"+k.Name))
	}
	if f.ok() {
		err := s.keepDraft(r, b, f, next, step)
		if store.CodeOf(err) != "db.changed" {
			if err != nil {
				return err
			}
			return s.done(w, r, "corrections.kept", store.Args{"name": k.Name}, b.Href("value-corrections"))
		}
		m.Stale = true
	}
	m.Errors = f.errors
	return s.pageStatus(w, r, formStatus(m.Stale), mapping.Correction(s.ctx(w, r), *m))
}

// correctionFaults notes what the whole mapping has to say of the correction, at its fields where it can be told which.
func (s *Server) correctionFaults(ctx context.Context, f *form, next *store.Mapping, c *store.Codebook, m *mapping.CorrectionModel) error {
	had := len(f.errors)
	if err := s.stepFaults(ctx, f, next, c, &m.Editor, "corrections."+m.Form.Name); err != nil {
		return err
	}
	at := map[store.Code]string{"mapping.correction_name": "name", "mapping.correction_twice": "name",
		"mapping.correction_reason": "reason", "mapping.correction_interval": "to", "mapping.not_timed": "at",
		"mapping.unknown_field": "if.field", "mapping.direct_to_health": "if.field", "mapping.condition": "if.op"}
	for _, e := range f.errors[had:] {
		if field := at[e.Code]; field != "" && (m.Form.Only || !strings.HasPrefix(field, "if.")) {
			e.Field = field
		}
	}
	return nil
}

// mappingCorrectionTry shows what the correction that is written changes in the newest delivery. Nothing is kept.
func (s *Server) mappingCorrectionTry(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	b, m, err := s.correctionModel(r)
	if err != nil {
		return err
	}
	s.readCorrection(r, f, b, m)
	m.New = b.Mapping.Correction(m.Form.Name) == nil
	k := f.correction(m, &b.Codebook)
	without := b.Mapping
	without.Corrections = slices.DeleteFunc(slices.Clone(without.Corrections), func(x store.Correction) bool { return x.Name == k.Name })
	with := without
	with.Corrections = append(slices.Clone(without.Corrections), k)
	without, book := without.Alone(&b.Codebook, k.Variable, k.At)
	with, _ = with.Alone(&b.Codebook, k.Variable, k.At)
	if err := s.correctionFaults(r.Context(), f, &with, &book, m); err != nil {
		return err
	}
	m.Errors = f.errors
	m.Trial = &mapping.Trial{Error: text.T(langOf(s, r), "rule.trial.unfinished")}
	if f.ok() {
		if m.Trial, err = s.correctionTrial(r, b, &without, &with, &book, k.Variable); err != nil {
			return err
		}
	}
	return s.page(w, r, mapping.Correction(s.ctx(w, r), *m))
}

// correctionTrial compares a variable in the newest delivery without a correction and with it.
func (s *Server) correctionTrial(r *http.Request, b *workbench, without, with *store.Mapping, book *store.Codebook,
	variable string) (*mapping.Trial, error) {
	lang := langOf(s, r)
	before, t, err := s.sampleRows(r, b, without, book)
	if before == nil || err != nil {
		return t, err
	}
	after, t, err := s.sampleRows(r, b, with, book)
	if after == nil || err != nil {
		return t, err
	}
	t.Corrects = true
	cells := map[int64]store.PreviewCell{}
	cell := func(row *store.PreviewRow) (store.PreviewCell, bool) {
		i := slices.IndexFunc(row.Cells, func(x store.PreviewCell) bool { return x.Variable == variable })
		if i < 0 {
			return store.PreviewCell{}, false
		}
		return row.Cells[i], true
	}
	for i := range before.Rows {
		if x, ok := cell(&before.Rows[i]); ok {
			cells[before.Rows[i].Position] = x
		}
	}
	for i := range after.Rows {
		x, ok := cell(&after.Rows[i])
		was := cells[after.Rows[i].Position]
		if !ok || x.After == was.After && x.Reason == was.Reason {
			continue
		}
		t.Changed++
		y := mapping.Sample{Before: was.After, After: x.After, Rows: 1}
		if x.Reason != "" {
			y.Reason = text.ReasonOf(lang, with, x.Reason, book.Variable(variable).Type)
		}
		i := slices.IndexFunc(t.Samples, func(z mapping.Sample) bool {
			return z.Before == y.Before && z.After == y.After && z.Reason == y.Reason
		})
		switch {
		case i >= 0:
			t.Samples[i].Rows++
		case len(t.Samples) < mostTaken:
			t.Samples = append(t.Samples, y)
		}
	}
	return t, nil
}

// mappingCorrectionUndo takes a correction out of use in the person's draft. It stays, with who undid it and why, so that
// people see that it was there.
func (s *Server) mappingCorrectionUndo(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	b, m, err := s.correctionModel(r)
	if err != nil {
		return err
	}
	if m.New {
		return errNotFound
	}
	m.Why = f.value("why")
	undone := &store.Undone{By: person(r).User.ID, At: s.now(), Reason: f.need("why", 1000)}
	if f.ok() {
		next := b.Mapping
		next.Corrections = slices.Clone(next.Corrections)
		next.Correction(m.Form.Name).Undone = undone
		err := s.keepDraft(r, b, f, next, store.DraftStep{What: "correction", Args: store.Args{"name": m.Form.Name}})
		if store.CodeOf(err) != "db.changed" {
			if err != nil {
				return err
			}
			return s.done(w, r, "corrections.undone.kept", store.Args{"name": m.Form.Name}, b.Href("value-corrections"))
		}
		m.Stale = true
	}
	m.Undo = f.errors
	return s.pageStatus(w, r, formStatus(m.Stale), mapping.Correction(s.ctx(w, r), *m))
}
