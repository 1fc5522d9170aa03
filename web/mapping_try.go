package web

import (
	"net/http"
	"slices"

	"samband/store"
	"samband/store/text"
	"samband/views/mapping"
)

// mappingRuleTry shows what the rule that is written makes of its examples and of the newest delivery. Nothing is kept.
func (s *Server) mappingRuleTry(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	b, m, err := s.ruleModel(r)
	if err != nil {
		return err
	}
	s.readRule(r, f, m)
	next := b.Mapping
	rule := store.Rule{Variable: m.Variable.Name, Steps: f.steps(m.Steps), Examples: f.examples(m)}
	next.Rules = b.Mapping.With(rule, &b.Codebook)
	alone, book := next.Alone(&b.Codebook, rule.Variable)
	if err := s.ruleFaults(r.Context(), f, &alone, &book, m); err != nil {
		return err
	}
	m.Errors = f.errors
	m.Trial = &mapping.Trial{Error: text.T(langOf(s, r), "rule.trial.unfinished")}
	if f.ok() {
		if _, err := s.runExamples(r, m, &alone, &book); err != nil {
			return err
		}
		if m.Trial, err = s.ruleTrial(r, b, &alone, &book); err != nil {
			return err
		}
	}
	return s.page(w, r, mapping.Rule(s.ctx(w, r), *m))
}

// Most samples that are shown of a rule: of values it takes, and of values it holds back.
const (
	mostTaken = 8
	mostHeld  = 4
)

// ruleTrial tries a rule, alone in its mapping, on the newest delivery. Who may not see rows is shown none.
func (s *Server) ruleTrial(r *http.Request, b *workbench, alone *store.Mapping, book *store.Codebook) (*mapping.Trial, error) {
	lang := langOf(s, r)
	p, t, err := s.sampleRows(r, b, alone, book)
	if p == nil || err != nil {
		return t, err
	}
	t.Fields = alone.Reads(alone.Rules[0].Variable)
	t.Take = slices.Equal(t.Fields, inputs(alone, &alone.Rules[0])) // not what a correction reads besides
	for _, row := range p.Rows {
		if len(row.Cells) == 0 {
			continue
		}
		cell := row.Cells[0]
		x := mapping.Sample{In: cell.Before, After: cell.After, Rows: 1, Masked: slices.Contains(cell.Before, store.Mask)}
		if cell.Reason != "" {
			x.Reason = text.ReasonOf(lang, alone, cell.Reason, book.Variable(cell.Variable).Type)
			x.Fault = alone.Check(cell.Reason).Kind
		}
		i := slices.IndexFunc(t.Samples, func(y mapping.Sample) bool {
			return slices.Equal(x.In, y.In) && x.After == y.After && x.Fault == y.Fault
		})
		if i >= 0 {
			t.Samples[i].Rows++
		} else {
			t.Samples = append(t.Samples, x)
		}
	}
	taken, held := 0, 0
	t.Samples = slices.DeleteFunc(t.Samples, func(x mapping.Sample) bool {
		if x.Fault != "" {
			held++
			return held > mostHeld
		}
		taken++
		return taken > mostTaken
	})
	return t, nil
}

// sampleRows previews a part of a mapping. It gives a nil preview, and a trial that says why, where there is nothing to
// show.
func (s *Server) sampleRows(r *http.Request, b *workbench, m *store.Mapping, c *store.Codebook) (*store.Preview, *mapping.Trial, error) {
	lang, i := langOf(s, r), &b.Integration
	if !s.can(r, store.SeeRows, i.RegistryID) {
		return nil, &mapping.Trial{Error: text.T(lang, "rule.trial.rows_hidden")}, nil
	}
	p, err := s.Mapper.PreviewMapping(r.Context(), i.ID, m, c)
	if err == nil && p.Fault != nil {
		err = p.Fault
	}
	switch {
	case store.ClassOf(err) == store.Internal && err != nil:
		return nil, nil, err
	case err != nil:
		return nil, &mapping.Trial{Error: text.Error(lang, err)}, nil // no delivery, or steps that can't run
	}
	return p, &mapping.Trial{Delivery: p.Delivery, Rows: len(p.Rows)}, s.sawRows(r, i, len(p.Rows))
}

// sawRows writes to the log that somebody was shown what a mapping makes of rows. A page that asks again while they
// write is the same look.
func (s *Server) sawRows(r *http.Request, i *store.Integration, rows int) error {
	k := reading{person(r).User.ID, "mapping.preview", i.ID, i.RegistryID}
	return s.saw(r, k, store.AuditEntry{Kind: "mapping", Details: store.Args{"rows": rows}})
}

// saw writes that somebody was shown something, unless it is the same reading as one that is in the log.
func (s *Server) saw(r *http.Request, k reading, e store.AuditEntry) error {
	if s.trail.again(k, s.now()) {
		return nil
	}
	e.Action, e.Object, e.Registry = k.action, k.object, k.registry
	err := s.DB.Record(r.Context(), e, actor(r))
	if err == nil {
		s.trail.note(k, s.now())
	}
	return err
}
