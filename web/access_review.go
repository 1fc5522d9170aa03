package web

import (
	"net/http"
	"strconv"

	"samband/store"
	"samband/store/db"
	"samband/views/access"
	"samband/views/edit"
)

// reviewRegistry finds the registry of the review {id}.
func reviewRegistry(s *Server, r *http.Request) (string, error) {
	v, err := s.DB.AccessReview(r.Context(), r.PathValue("id"))
	if err != nil {
		return "", err
	}
	return v.RegistryID, nil
}

// mayReview tells whether the person goes through a review: coordinators of the registry and security officers; roles
// for the whole portal only security officers.
func (s *Server) mayReview(r *http.Request, registryID string) bool {
	if registryID == store.AllRegistries {
		return s.can(r, store.GrantAccess, "")
	}
	return s.can(r, store.ReviewAccess, registryID)
}

// accessReview shows a review to who goes through it, and to who sees access.
func (s *Server) accessReview(w http.ResponseWriter, r *http.Request) error {
	v, err := s.DB.AccessReview(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if !s.mayReview(r, v.RegistryID) && !s.can(r, store.SeeAccess, "") {
		return errForbidden
	}
	return s.reviewPage(w, r, http.StatusOK, v, &form{values: said(v)}, false)
}

// said gives the answers that a review has.
func said(v *store.AccessReview) map[string][]string {
	values := map[string][]string{"version": {strconv.Itoa(v.Version)}}
	for _, l := range v.Lines {
		values[access.AnswerField(l.Grant.ID)] = []string{string(l.Answer)}
		values[access.ReasonField(l.Grant.ID)] = []string{l.Reason}
	}
	return values
}

func (s *Server) reviewPage(w http.ResponseWriter, r *http.Request, status int, v *store.AccessReview, f *form,
	stale bool) error {
	m := access.ReviewModel{Review: *v, At: s.now(), Reader: person(r).User.ID, MayAnswer: s.mayReview(r, v.RegistryID),
		Form: edit.Form{Values: f.values, Errors: f.errors, Stale: stale}}
	m.Review.Lines = byName(m.Review.Lines, func(l *store.ReviewLine) string { return l.User.Name })
	var err error
	if m.Names, err = s.accessNames(r.Context()); err != nil {
		return err
	}
	return s.pageStatus(w, r, status, access.Review(s.ctx(w, r), m))
}

// accessReviewAnswer keeps the answers that were given; lines without one wait.
func (s *Server) accessReviewAnswer(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	v, err := s.DB.AccessReview(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if !s.mayReview(r, v.RegistryID) {
		return errForbidden
	}
	var answers []db.ReviewAnswer
	for _, l := range v.Lines {
		name := access.AnswerField(l.Grant.ID)
		if f.value(name) == "" {
			continue
		}
		answers = append(answers, db.ReviewAnswer{GrantID: l.Grant.ID,
			Answer: store.LineAnswer(f.choice(name, string(store.LineKeep), string(store.LineEnd))),
			Reason: f.text(access.ReasonField(l.Grant.ID), reasonLimit)})
	}
	if !f.ok() {
		return s.reviewPage(w, r, http.StatusUnprocessableEntity, v, f, false)
	}
	version, _ := strconv.Atoi(f.value("version"))
	err = s.DB.AnswerReview(r.Context(), v.ID, version, answers, actor(r))
	if store.CodeOf(err) == "db.changed" { // somebody else answered lines: theirs stand beside what was written here
		f.values.Set("version", strconv.Itoa(v.Version))
		f.fault("", "db.changed", nil)
		return s.reviewPage(w, r, http.StatusConflict, v, f, true)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "review.saved", nil, access.ReviewHref(v.ID))
}
