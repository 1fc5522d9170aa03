package web

import (
	"net/http"

	"github.com/a-h/templ"

	"samband/store"
	"samband/views/edit"
	"samband/views/reident"
)

// reidentFields are the fields of the form about how many persons can be asked for, and how often.
func reidentFields(x *store.ReidentRules) []bound {
	return []bound{bindNumber("most", &x.Most, 100), bindNumber("minutes", &x.Minutes, 60), bindNumber("per_hour", &x.PerHour, 10),
		bindNumber("breaks_per_day", &x.BreaksPerDay, 3)}
}

// reidentRulesForm is the frame of the form. A rule has no version: the last one to save decides, and the log has both.
var reidentRulesForm = edit.Form{Area: "reident", Action: "/reidentification/rules", Back: "/reidentification"}

// reidentRules shows the rules.
func (s *Server) reidentRules(w http.ResponseWriter, r *http.Request) error {
	rules, err := s.DB.ReidentRules(r.Context())
	if err != nil {
		return err
	}
	m := reident.RulesModel{Form: reidentRulesForm}
	m.Form.Values = shown(0, reidentFields(&rules))
	return s.page(w, r, reident.Rules(s.ctx(w, r), m))
}

// reidentRulesEdit saves them.
func (s *Server) reidentRulesEdit(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	var rules store.ReidentRules
	f.fill(reidentFields(&rules))
	return s.submit(w, r, f, submission{
		save:  func() error { return s.DB.PutReidentRules(r.Context(), rules, actor(r)) },
		form:  reidentRulesForm,
		again: func(e edit.Form) templ.Component { return reident.Rules(s.ctx(w, r), reident.RulesModel{Form: e}) },
		said:  "form.saved", to: "/reidentification/rules",
	})
}
