package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"samband/store"
	"samband/views/mapping"
)

const maxChecks = 500 // of a mapping

// mappingChecks shows the form of everything that decides what becomes of a row.
func (s *Server) mappingChecks(w http.ResponseWriter, r *http.Request) error {
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	if err := b.mapped(); err != nil {
		return err
	}
	m := mapping.ChecksModel{Base: b.Base, Form: mapping.ChecksForm{Classic: b.Mapping.Person.Classic, KeepOn: mapping.StepForm{Path: "keep"}}}
	for _, k := range b.Mapping.Checks {
		m.Form.Checks = append(m.Form.Checks, mapping.CheckForm{Reason: k.Reason, Text: k.Text, Kind: string(k.Kind),
			Variables: strings.Join(k.Variables, ", "), Earlier: k.Earlier, Later: k.Later, Code: k.Code, System: k.System, At: k.At,
			Warn: k.Warn})
	}
	if k := b.Mapping.Keep; k != nil {
		m.Form.Keep = true
		m.Form.KeepOn.Field, m.Form.KeepOn.Op, m.Form.KeepOn.Than = k.Field, string(k.Op), mapping.ShowThan(k)
	}
	return s.page(w, r, mapping.Checks(s.ctx(w, r), m))
}

// mappingChecksEdit adds, moves or removes a check in the form, or writes the checks to the person's draft.
func (s *Server) mappingChecksEdit(w http.ResponseWriter, r *http.Request) error {
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
	m := mapping.ChecksModel{Base: b.Base, Form: mapping.ChecksForm{Classic: f.checked("classic"),
		Keep: f.checked("keep"), KeepOn: mapping.StepForm{Path: "keep", Field: f.value("keep.field"), Op: f.value("keep.op"),
			Than: f.value("keep.than")}}}
	m.From, m.Unsaved = f.basis(), true
	for i := range f.count("k", maxChecks) {
		at := func(name string) string { return f.value(rowName("k", i, name)) }
		m.Form.Checks = append(m.Form.Checks, mapping.CheckForm{Reason: at("reason"), Text: at("text"), Kind: at("kind"),
			Variables: at("variables"), Earlier: at("earlier"), Later: at("later"), Code: at("code"), System: strings.TrimSpace(at("system")), At: at("at"),
			Warn: at("warn") != ""})
	}
	if action, which, _ := strings.Cut(f.value("do"), " "); action != "save" {
		if action == "add" {
			kind := f.choice("add_kind", texts(store.CheckKinds)...)
			if kind != "" {
				m.Form.Checks = append(m.Form.Checks, mapping.CheckForm{Kind: kind})
			}
		} else if i, err := strconv.Atoi(which); err == nil {
			m.Form.Checks = mapping.Move(m.Form.Checks, i, action)
		}
		m.Errors = f.errors
		return s.page(w, r, mapping.Checks(s.ctx(w, r), m))
	}
	next := b.Mapping
	next.Checks = f.checks(m.Form.Checks)
	next.Person.Classic, next.Keep = m.Form.Classic, nil
	if m.Form.Keep {
		next.Keep = f.condition(&m.Form.KeepOn, false)
	}
	if f.ok() {
		if err := s.checkFaults(r.Context(), f, &next, &b.Codebook); err != nil {
			return err
		}
	}
	if f.checked("auto") {
		return s.autosaved(w, r, b, f, next, store.DraftStep{What: "checks"}, b.Href("row-checks"))
	}
	if f.ok() {
		saved, err := s.rowsKept(w, r, b, f, next, "checks")
		if saved || err != nil {
			return err
		}
		m.Stale = true
	}
	m.Errors = f.errors
	return s.pageStatus(w, r, formStatus(m.Stale), mapping.Checks(s.ctx(w, r), m))
}

// checks reads the checks and notes at each what is wrong with it.
func (f *form) checks(rows []mapping.CheckForm) []store.Check {
	var list []store.Check
	seen := map[string]bool{}
	for i := range rows {
		at := func(name string) string { return rowName("k", i, name) }
		k := store.Check{Reason: f.need(at("reason"), 63), Text: f.text(at("text"), 300), Warn: rows[i].Warn,
			Kind: store.CheckKind(f.choice(at("kind"), texts(store.CheckKinds)...))}
		switch {
		case k.Reason == "":
		case !store.ValidName(k.Reason):
			f.fault(at("reason"), "mapping.reason_name", store.Args{"reason": k.Reason})
		case seen[k.Reason]:
			f.fault(at("reason"), "mapping.reason_twice", store.Args{"reason": k.Reason})
		}
		seen[k.Reason] = true
		switch k.Kind {
		case store.CheckOrder:
			k.Earlier, k.Later = f.need(at("earlier"), 63), f.need(at("later"), 63)
		case store.CheckRule:
			k.Code = f.need(at("code"), store.MaxExpression)
		case store.CheckPerson:
		default:
			if k.Kind == store.CheckList {
				k.System, k.At = f.need(at("system"), 200), rows[i].At
			}
			for v := range strings.SplitSeq(f.text(at("variables"), 2000), ",") {
				if v = strings.TrimSpace(v); v != "" {
					k.Variables = append(k.Variables, v)
				}
			}
		}
		list = append(list, k)
	}
	return list
}

// checkFaults notes what the whole says of the checks, at the check it is about.
func (s *Server) checkFaults(ctx context.Context, f *form, next *store.Mapping, c *store.Codebook) error {
	faults, err := s.mappingProblems(ctx, next, c)
	if err != nil {
		return err
	}
	for _, e := range faults {
		at := *e
		reason, ofCheck := strings.CutPrefix(e.Field, "checks.")
		switch {
		case ofCheck:
			at.Field = ""
			for i := range next.Checks {
				if next.Checks[i].Reason == reason {
					at.Field = rowName("k", i, faultField(&next.Checks[i]))
				}
			}
		case e.Field == "checks":
			at.Field = "add_kind"
		case e.Field == "keep":
			at.Field = "keep.field"
		default:
			continue // it is not about the checks: the table tells of it
		}
		f.errors = append(f.errors, &at)
	}
	return nil
}

// faultField is the field of a check that its rule can be wrong in.
func faultField(k *store.Check) string {
	switch k.Kind {
	case store.CheckOrder:
		return "later"
	case store.CheckRule:
		return "code"
	case store.CheckPerson:
		return "reason"
	case store.CheckList:
		if len(k.Variables) > 0 {
			return "system"
		}
	}
	return "variables"
}
