package web

import (
	"net/http"

	"github.com/a-h/templ"

	"samband/store"
	"samband/views/admin"
	"samband/views/edit"
)

// retentionFields are the fields of the form about how long things about runs are kept.
func retentionFields(x *store.Retention) []bound {
	return []bound{bindNumber("log", &x.Log, store.MaxRetention), bindNumber("reports", &x.Reports, store.MaxRetention),
		bindNumber("findings", &x.Findings, store.MaxRetention), bindNumber("sealed", &x.Sealed, store.MaxRetention),
		bindNumber("deliveries", &x.Deliveries, store.MaxRetention)}
}

// retentionForm is the frame of the form. A setting has no version: the last one to save decides, and the log has both.
var retentionForm = edit.Form{Area: "retention", Action: "/admin/retention", Back: "/admin"}

// retention shows how long things about runs are kept, and what the last sweep removed.
func (s *Server) retention(w http.ResponseWriter, r *http.Request) error {
	keep, err := s.DB.Retention(r.Context())
	if err != nil {
		return err
	}
	m := admin.RetentionModel{Form: retentionForm}
	if m.Swept, err = s.DB.LastSweep(r.Context()); err != nil {
		return err
	}
	m.Form.Values = shown(0, retentionFields(&keep))
	return s.page(w, r, admin.Retention(s.ctx(w, r), m))
}

// retentionEdit saves it.
func (s *Server) retentionEdit(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	swept, err := s.DB.LastSweep(r.Context())
	if err != nil {
		return err
	}
	var keep store.Retention
	f.fill(retentionFields(&keep))
	return s.submit(w, r, f, submission{
		save: func() error { return s.DB.PutRetention(r.Context(), keep, actor(r)) },
		form: retentionForm,
		again: func(e edit.Form) templ.Component {
			return admin.Retention(s.ctx(w, r), admin.RetentionModel{Form: e, Swept: swept})
		},
		said: "form.saved", to: "/admin/retention",
	})
}
