package web

import (
	"cmp"
	"net/http"
	"strconv"

	"samband/store"
	"samband/store/db"
	"samband/views/assess"
	"samband/views/integration"
)

const reasonLimit = 2000

// approvalDecide carries out what the security officer decides about an approval that waits. Nobody decides what they
// submitted or edited, and the gate must let through what is approved.
func (s *Server) approvalDecide(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := s.form(r)
	if err != nil {
		return err
	}
	a, err := s.DB.Approval(ctx, r.PathValue("id"))
	if err != nil {
		return err
	}
	if err := a.MayDecide(person(r).User.ID); err != nil {
		return err
	}
	if f.has("more") { // another line for a condition: nothing is decided yet
		f.values.Set("conditions", strconv.Itoa(termLines(f)+1))
		return s.approvalAgain(w, r, http.StatusOK, a.IntegrationID, "decide", f)
	}
	states := make([]string, len(assess.Decisions))
	for i, d := range assess.Decisions {
		states[i] = string(d)
	}
	v := db.Verdict{State: store.ApprovalState(f.choice("decision", states...)), Reason: f.need("reason", reasonLimit)}
	version, _ := strconv.Atoi(f.value("version"))
	if v.State != "" {
		moved := *a
		if moved.Move(v.State) != nil {
			return s.approvalTold(w, r, a, v.Reason)
		}
	}
	q, err := s.Gate.Question(ctx, a.IntegrationID, store.AtApprove)
	if err != nil {
		return err
	}
	q.Approval = a
	if v.State == store.AppApproved {
		v.ValidTo = s.validTo(f, q.Latest())
		v.Conditions = s.terms(f, v.ValidTo)
	}
	switch {
	case !f.ok():
		return s.approvalAgain(w, r, http.StatusUnprocessableEntity, a.IntegrationID, "decide", f)
	case v.State == store.AppApproved && !store.Gate(q).OK(): // the page says why
		return s.approvalAgain(w, r, http.StatusConflict, a.IntegrationID, "decide", f)
	}
	_, err = s.DB.DecideApproval(ctx, a.ID, version, v, actor(r))
	switch store.CodeOf(err) {
	case "":
	case "db.changed", "approval.transition":
		now, err := s.DB.Approval(ctx, a.ID)
		if err != nil {
			return err
		}
		if now.State != store.AppSubmitted {
			return s.approvalTold(w, r, now, v.Reason)
		}
		f.fault("", "db.changed", nil)
		return s.approvalAgain(w, r, http.StatusConflict, a.IntegrationID, "decide", f)
	default:
		return err
	}
	return s.done(w, r, "assess.decided", store.Args{"state": store.Code("approval." + v.State)},
		integration.Href(a.IntegrationID)+"/approval")
}

// approvalTold answers a decision that comes after another's: nothing is changed, and the page says what was decided.
func (s *Server) approvalTold(w http.ResponseWriter, r *http.Request, a *store.Approval, wrote string) error {
	m, err := s.approvalModel(r, a.IntegrationID)
	if err != nil {
		return err
	}
	m.Told = cmp.Or(wrote, "–")
	return s.pageStatus(w, r, http.StatusConflict, assess.Approval(s.ctx(w, r), *m))
}

// validTo reads the last day that an approval is to hold: today at the earliest, and no longer than ROS and LD.
func (s *Server) validTo(f *form, last store.Date) store.Date {
	day := f.date("valid_to")
	switch today := store.DateOf(s.now()); {
	case f.errors.Of("valid_to") != nil:
	case day.IsZero():
		f.fault("valid_to", "form.required", nil)
	case day.Before(today):
		f.fault("valid_to", "assess.past", store.Args{"date": today})
	case !last.IsZero() && last.Before(day):
		f.fault("valid_to", "assess.beyond", store.Args{"date": last})
	}
	return day
}

// termLines is how many lines for conditions the form has.
func termLines(f *form) int {
	n, err := strconv.Atoi(f.value("conditions"))
	if err != nil {
		return assess.TermRows
	}
	return min(max(n, 1), assess.TermsMost)
}

// terms reads the conditions of an approval that holds to a day. Empty lines don't count.
func (s *Server) terms(f *form, to store.Date) []store.Term {
	var list []store.Term
	today := store.DateOf(s.now())
	for n := range termLines(f) {
		words, due := assess.TermNames(n + 1)
		t := store.Term{Text: f.text(words, reasonLimit), DueOn: f.date(due)}
		if f.value(words)+f.value(due) == "" {
			continue
		}
		switch {
		case f.errors.Of(words) != nil || f.errors.Of(due) != nil:
		case t.Text == "":
			f.fault(words, "form.required", nil)
		case t.DueOn.IsZero():
			f.fault(due, "form.required", nil)
		case t.DueOn.Before(today):
			f.fault(due, "assess.past", store.Args{"date": today})
		case !to.IsZero() && to.Before(t.DueOn):
			f.fault(due, "assess.term_late", store.Args{"date": to})
		}
		list = append(list, t)
	}
	return list
}

// approvalRevoke takes an approval back. Nothing more runs under it.
func (s *Server) approvalRevoke(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	a, err := s.DB.Approval(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	moved := *a
	if err := moved.Move(store.AppRevoked); err != nil {
		return err
	}
	v := db.Verdict{State: store.AppRevoked, Reason: f.need("reason", reasonLimit)}
	version, _ := strconv.Atoi(f.value("version"))
	if !f.ok() {
		return s.approvalAgain(w, r, http.StatusUnprocessableEntity, a.IntegrationID, "revoke", f)
	}
	if _, err := s.DB.DecideApproval(r.Context(), a.ID, version, v, actor(r)); err != nil {
		return err
	}
	return s.done(w, r, "assess.revoked", nil, integration.Href(a.IntegrationID)+"/approval")
}
