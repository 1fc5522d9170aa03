package web

import (
	"net/http"

	"github.com/a-h/templ"

	"samband/store"
	"samband/views/access"
	"samband/views/edit"
)

// rulesFields are the fields of the form about how long access lasts.
func rulesFields(x *store.AccessRules) []bound {
	return []bound{bindNumber("inactive_months", &x.InactiveMonths, 24), bindNumber("review_months", &x.ReviewMonths, 24),
		bindCheck("end_unconfirmed", &x.EndUnconfirmed)}
}

// accessRulesForm is the frame of the form. A rule has no version: the last one to save decides, and the log has both.
var accessRulesForm = edit.Form{Area: "access", Action: "/access/rules", Back: "/admin"}

// accessRules shows the rules about how long access lasts.
func (s *Server) accessRules(w http.ResponseWriter, r *http.Request) error {
	rules, err := s.DB.AccessRules(r.Context())
	if err != nil {
		return err
	}
	m := access.RulesModel{Form: accessRulesForm}
	m.Form.Values = shown(0, rulesFields(&rules))
	return s.page(w, r, access.Rules(s.ctx(w, r), m))
}

// accessRulesEdit saves them.
func (s *Server) accessRulesEdit(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	var rules store.AccessRules
	f.fill(rulesFields(&rules))
	return s.submit(w, r, f, submission{
		save:  func() error { return s.DB.PutAccessRules(r.Context(), rules, actor(r)) },
		form:  accessRulesForm,
		again: func(e edit.Form) templ.Component { return access.Rules(s.ctx(w, r), access.RulesModel{Form: e}) },
		said:  "form.saved", to: "/access/rules",
	})
}
