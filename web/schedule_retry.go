package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"samband/store"
	"samband/views/ds"
	"samband/views/schedule"
)

// retryForm shows a policy in the form.
func retryForm(p *store.RetryPolicy) schedule.RetryForm {
	up := func(d, unit time.Duration) string { return strconv.FormatInt(int64((d+unit-1)/unit), 10) }
	return schedule.RetryForm{Version: strconv.Itoa(p.Version), Attempts: strconv.Itoa(p.Attempts), First: up(p.First, time.Second),
		Factor: strings.Replace(strconv.FormatFloat(p.Factor, 'f', -1, 64), ".", ",", 1),
		Most:   up(p.Most, time.Minute), Timeout: up(p.Timeout, time.Minute)}
}

// scheduleRetry saves how often and how long runs of the integration {id} are tried again.
func (s *Server) scheduleRetry(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	m, err := s.scheduleModel(r)
	if err != nil {
		return err
	}
	p := store.RetryPolicy{IntegrationID: m.Integration.ID, Version: f.int("retry_version", 0, 1<<30),
		Attempts: f.int("attempts", 1, store.MaxRunAttempts),
		First:    time.Duration(f.int("first", 1, int(store.MaxRetryWait/time.Second))) * time.Second,
		Most:     time.Duration(f.int("longest", 1, int(store.MaxRetryWait/time.Minute))) * time.Minute,
		Timeout:  time.Duration(f.int("timeout", 1, int(store.MaxRunTimeout/time.Minute))) * time.Minute}
	if p.Factor, err = strconv.ParseFloat(strings.Replace(f.value("factor"), ",", ".", 1), 64); err != nil {
		f.fault("factor", "retry.factor", store.Args{"max": int(store.MaxFactor)})
	}
	if f.ok() {
		if err := f.take(s.DB.SaveRetryPolicy(r.Context(), &p, actor(r))); err != nil {
			return err
		}
	}
	if !f.ok() {
		m.Retry = schedule.RetryForm{Version: f.value("retry_version"), Attempts: f.value("attempts"), First: f.value("first"),
			Factor: f.value("factor"), Most: f.value("longest"), Timeout: f.value("timeout"), Errors: f.errors}
		return s.again(w, r, schedule.Schedule(s.ctx(w, r), *m))
	}
	if err := s.flash(w, r, ds.Success, "retry.saved", nil); err != nil {
		return err
	}
	return redirect(w, r, "/integrations/"+m.Integration.ID+"/schedule")
}
