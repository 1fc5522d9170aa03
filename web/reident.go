package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"samband/store"
	"samband/views/ds"
	"samband/views/edit"
	"samband/views/layout"
	"samband/views/reident"
	"samband/views/today"
)

// Identities opens the vault, for the one page that shows who persons are.
type Identities interface {
	// Persons gives the persons behind pseudonyms of a registry, in the order asked for.
	Persons(ctx context.Context, registry string, wanted []store.Pseudonym) ([]store.Identity, error)
}

func (s *Server) reidentNames(ctx context.Context) (n reident.Names, err error) {
	if n.User, err = s.userNames(ctx); err != nil {
		return n, err
	}
	n.Registry, err = s.registryNames(ctx)
	return n, err
}

func reidentRegistry(s *Server, r *http.Request) (string, error) {
	q, err := s.DB.Reidentification(r.Context(), r.PathValue("id"))
	if err != nil {
		return "", err
	}
	return q.RegistryID, nil
}

// reidentList shows the requests of the registries in which the reader may see them.
func (s *Server) reidentList(w http.ResponseWriter, r *http.Request) error {
	m := reident.ListModel{At: s.now(), MayAsk: person(r).CanSomewhere(store.AskIdentity, s.now()), MaySet: s.can(r, store.ReleaseIdentity, "")}
	var err error
	if m.Names, err = s.reidentNames(r.Context()); err != nil {
		return err
	}
	all, err := s.DB.Reidentifications(r.Context())
	if err != nil {
		return err
	}
	for _, q := range all {
		switch {
		case !s.can(r, store.SeeIdentity, q.RegistryID):
		case q.Waits(m.At) && q.MayDecide(person(r), m.At) == nil:
			m.Waiting = append(m.Waiting, q)
		case q.AskedBy == person(r).User.ID && !q.State.Over() && !q.Lapsed(m.At):
			m.Mine = append(m.Mine, q)
		default:
			m.Past = append(m.Past, q)
		}
	}
	return s.page(w, r, reident.List(s.ctx(w, r), m))
}

// reidentNew shows the form that asks who persons are. ?registry= and ?pseudonym= fill in: a pseudonym tells nobody who
// it is.
func (s *Server) reidentNew(w http.ResponseWriter, r *http.Request) error {
	f := &form{values: map[string][]string{"registry": {r.URL.Query().Get("registry")}}}
	return s.reidentForm(w, r, http.StatusOK, f)
}

func (s *Server) reidentForm(w http.ResponseWriter, r *http.Request, status int, f *form) error {
	m := reident.AskModel{Form: edit.Form{Area: "reident", Values: f.values, Errors: f.errors}}
	var err error
	if m.Rules, err = s.DB.ReidentRules(r.Context()); err != nil {
		return err
	}
	names, err := s.registryNames(r.Context())
	if err != nil {
		return err
	}
	for id, name := range names {
		if s.can(r, store.AskIdentity, id) {
			m.Registries = append(m.Registries, ds.Option{Value: id, Text: name})
		}
	}
	m.Registries = byName(m.Registries, func(o *ds.Option) string { return o.Text })
	designs, err := s.DB.SolutionDesigns(r.Context())
	if err != nil {
		return err
	}
	for _, d := range designs {
		if d.State == store.LDApproved && !d.ValidTo.Lapsed(s.now()) {
			m.Designs = append(m.Designs, ds.Option{Value: refValue(store.Ref{ID: d.ID, Version: d.Version}), Text: d.Title})
		}
	}
	m.Designs = byName(m.Designs, func(o *ds.Option) string { return o.Text })
	return s.pageStatus(w, r, status, reident.Ask(s.ctx(w, r), m))
}

// reidentAsk sends a request.
func (s *Server) reidentAsk(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	rules, err := s.DB.ReidentRules(r.Context())
	if err != nil {
		return err
	}
	q := &store.Reidentification{RegistryID: f.value("registry"), Purpose: store.ReidentPurpose(f.value("purpose")),
		LegalBasis: f.text("legal_basis", 300), Reason: f.text("reason", reasonLimit), Break: f.checked("break")}
	id, version, _ := strings.Cut(f.value("ld"), "@")
	q.LD.ID = id
	q.LD.Version, _ = strconv.Atoi(version) // what is no number is no version of anything
	q.Pseudonyms, err = store.ParsePseudonyms("pseudonyms", f.value("pseudonyms"))
	if err != nil {
		if err := f.take(err); err != nil {
			return err
		}
		q.Pseudonyms = []store.Pseudonym{{}} // said already
	}
	if q.RegistryID != "" && !s.can(r, store.AskIdentity, q.RegistryID) {
		f.fault("registry", "form.choice", nil)
	}
	if err := f.take(q.Validate(rules)); err != nil {
		return err
	}
	status := http.StatusUnprocessableEntity
	if f.ok() {
		err := s.DB.AskReidentification(r.Context(), q, actor(r))
		var said *store.Error
		switch code := store.CodeOf(err); code {
		case "ld.not_found":
			f.fault("ld", "form.choice", nil)
		case "reident.too_many", "reident.too_many_breaks":
			errors.As(err, &said)
			status = http.StatusTooManyRequests
			f.fault("", code, said.Args)
		default:
			if err := f.take(err); err != nil {
				return err
			}
		}
	}
	if !f.ok() {
		return s.reidentForm(w, r, status, f)
	}
	said := "reident.sent"
	if q.Break {
		said = "reident.sent.break"
	}
	return s.done(w, r, said, nil, reident.Href(q.ID))
}

// reidentShow shows one request: what was asked, decided and used. Never who the persons are.
func (s *Server) reidentShow(w http.ResponseWriter, r *http.Request) error {
	q, err := s.DB.Reidentification(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return s.reidentPage(w, r, http.StatusOK, q, &form{values: map[string][]string{}})
}

func (s *Server) reidentPage(w http.ResponseWriter, r *http.Request, status int, q *store.Reidentification, f *form) error {
	p, now := person(r), s.now()
	f.values.Set("version", strconv.Itoa(q.Version))
	m := reident.OneModel{At: now, Request: *q, MayDecide: q.MayDecide(p, now) == nil, MayUse: q.MayUse(p, now) == nil,
		MayWithdraw: q.AskedBy == p.User.ID && q.State.CanMove(store.ReidentWithdrawn) && !q.Lapsed(now),
		Form:        edit.Form{Area: "reident", Values: f.values, Errors: f.errors}}
	var err error
	if m.Names, err = s.reidentNames(r.Context()); err != nil {
		return err
	}
	if m.Others, err = s.deciders(r.Context(), q); err != nil {
		return err
	}
	m.Design = q.LD.ID
	if d, err := s.DB.SolutionDesign(r.Context(), q.LD); err == nil {
		m.Design = d.Title
	}
	return s.pageStatus(w, r, status, reident.One(s.ctx(w, r), m))
}

// deciders counts those who may decide about a request.
func (s *Server) deciders(ctx context.Context, q *store.Reidentification) (n int, err error) {
	list, err := s.DB.Access(ctx, s.now())
	if err != nil {
		return 0, err
	}
	people := map[string]*store.Person{}
	for _, a := range list {
		if a.Blocked {
			continue
		}
		if people[a.User.ID] == nil {
			people[a.User.ID] = &store.Person{User: a.User}
		}
		people[a.User.ID].Grants = append(people[a.User.ID].Grants, a.Grant)
	}
	for _, p := range people {
		if q.MayDecide(p, s.now()) == nil {
			n++
		}
	}
	return n, nil
}

// reidentDecide carries out what somebody else in another role says: beforehand, or after a look without an approval.
func (s *Server) reidentDecide(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	q, err := s.DB.Reidentification(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if err := q.MayDecide(person(r), s.now()); err != nil {
		return err
	}
	options := []string{string(store.ReidentApproved), string(store.ReidentRefused)}
	if q.Break {
		options = []string{string(store.ReidentConfirmed), string(store.ReidentDisapproved)}
	}
	to := store.ReidentState(f.choice("decision", options...))
	answer := f.text("answer", reasonLimit)
	if slices.Contains([]store.ReidentState{store.ReidentRefused, store.ReidentDisapproved}, to) {
		answer = f.need("answer", reasonLimit)
	}
	if f.ok() {
		version, _ := strconv.Atoi(f.value("version")) // what is no number is no version of anything
		_, err := s.DB.DecideReidentification(r.Context(), q.ID, version, to, answer, actor(r))
		if err := f.take(err); err != nil {
			return err
		}
	}
	if !f.ok() {
		return s.reidentPage(w, r, http.StatusUnprocessableEntity, q, f)
	}
	return s.done(w, r, "reident.decided", nil, reident.Href(q.ID))
}

// reidentWithdraw takes a request back, for who asked.
func (s *Server) reidentWithdraw(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	version, _ := strconv.Atoi(f.value("version"))
	if err := s.DB.WithdrawReidentification(r.Context(), id, version, actor(r)); err != nil {
		return err
	}
	return s.done(w, r, "reident.withdrawn", nil, reident.Href(id))
}

// reidentOpen draws the token of an approved request and answers with the page that has it. Nothing leads back to that
// page: the token is in no address.
func (s *Server) reidentOpen(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(f.value("version"))
	token, q, err := s.DB.OpenReidentification(r.Context(), r.PathValue("id"), version, actor(r))
	if err != nil {
		return err
	}
	m := reident.OpenModel{Request: *q, Token: token}
	if m.Names, err = s.reidentNames(r.Context()); err != nil {
		return err
	}
	return s.page(w, r, reident.Open(s.ctx(w, r), m))
}

// reidentPersons shows the persons, once. They are read before the token is used up, so that a vault that can't answer
// costs nobody their request, and shown only after that is written down: of two who send one token, one has the page and
// the other a refusal. Nothing of the persons goes anywhere but into the answer.
func (s *Server) reidentPersons(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	ctx, id, token := r.Context(), r.PathValue("id"), store.ReidentTokenOf(f.value("token"))
	q, err := s.DB.MayReidentify(ctx, id, token, actor(r))
	if err != nil {
		return err
	}
	m := reident.PersonsModel{}
	if m.Names, err = s.reidentNames(ctx); err != nil {
		return err
	}
	if m.Persons, err = s.Identities.Persons(ctx, q.RegistryID, q.Pseudonyms); err != nil {
		return err
	}
	found := map[store.Pseudonym]bool{}
	for _, p := range m.Persons {
		found[p.Pseudonym] = p.Found
	}
	if q, err = s.DB.UseReidentification(ctx, id, token, found, actor(r)); err != nil {
		return err
	}
	m.Request = *q
	return s.page(w, r, reident.Persons(s.ctx(w, r), m))
}

// reidentNeeds adds the requests that wait for the reader: to decide, or to be used before it is too late.
func (s *Server) reidentNeeds(c layout.Ctx, r *http.Request, m *today.Model) error {
	if !person(r).CanSomewhere(store.SeeIdentity, m.At) {
		return nil
	}
	all, err := s.DB.Reidentifications(r.Context())
	if err != nil || len(all) == 0 {
		return err
	}
	names, err := s.reidentNames(r.Context())
	if err != nil {
		return err
	}
	for i := range all {
		q := &all[i]
		switch {
		case q.Waits(m.At) && q.MayDecide(person(r), m.At) == nil:
			m.Needs = append(m.Needs, names.Need(c, q, m.At))
		case q.MayUse(person(r), m.At) == nil && q.Usable(m.At) == nil:
			m.Needs = append(m.Needs, names.OpenNeed(c, q, m.At))
		}
	}
	return nil
}
