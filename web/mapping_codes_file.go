package web

import (
	"bytes"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"samband/store"
	"samband/store/translate"
	"samband/views/mapping"
)

// codesCSV gives the whole queue of a variable as a spreadsheet opens it.
func (s *Server) codesCSV(w http.ResponseWriter, r *http.Request) error {
	d, err := s.codeDesk(r)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := translate.WriteCSV(&b, d.fileRows()); err != nil {
		return err
	}
	return s.file(w, r, "text/csv; charset=utf-8", d.fileName()+".csv", b.Bytes())
}

// codesConceptMap gives what a variable's values become as FHIR R4.
func (s *Server) codesConceptMap(w http.ResponseWriter, r *http.Request) error {
	d, err := s.codeDesk(r)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := translate.WriteConceptMap(&b, &d.workbench.Integration, &d.workbench.Codebook, d.variable, d.fileRows()); err != nil {
		return err
	}
	return s.file(w, r, "application/fhir+json", d.fileName()+".json", b.Bytes())
}

// fileRows gives the queue as files hold it, in order of value, so that two of them can be compared.
func (d *codeDesk) fileRows() []translate.Row {
	var list []translate.Row
	for _, x := range d.Queue.Rows {
		r := translate.Row{Variable: d.variable.Name, CodeRow: x}
		if p, ok := d.Proposals[x.Value]; ok {
			r.Proposal, r.Score = p.Code, mapping.Percent(p.Score)
		}
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b translate.Row) int { return strings.Compare(a.Value, b.Value) })
	return list
}

func (d *codeDesk) fileName() string {
	return "codes-" + d.workbench.Integration.ID + "-" + d.variable.Name
}

// codesFromFile reads decisions from a CSV file or a ConceptMap. What somebody has decided here stands, whatever the
// file says; with anything wrong in the file, nothing is read in.
func (s *Server) codesFromFile(w http.ResponseWriter, r *http.Request) error {
	u, err := s.upload(r)
	if err != nil {
		return err
	}
	d, err := s.codeDesk(r)
	if err != nil {
		return err
	}
	if u.content == nil {
		u.fault("file", "form.required", nil)
		d.Errors = u.errors
		return s.again(w, r, mapping.CodeQueue(s.ctx(w, r), d.CodeQueueModel))
	}
	var list []store.CodeDecision
	if bytes.HasPrefix(bytes.TrimLeft(u.content, " \t\r\n\ufeff"), []byte("{")) {
		list, d.Faults, err = translate.ReadConceptMap(u.content, d.variable)
	} else {
		list, d.Faults, err = translate.ReadCSV(u.content, &d.workbench.Codebook)
	}
	if err == nil {
		err = s.roomForCodes(r, d, list)
	}
	var e *store.Error
	switch {
	case errors.As(err, &e) && e.Class == store.Invalid:
		u.fault("file", e.Code, e.Args)
	case err != nil:
		return err
	case len(d.Faults) > 0:
		u.fault("file", "translation.faults", store.Args{"n": len(d.Faults)})
	}
	if !u.ok() {
		d.Errors = u.errors
		return s.again(w, r, mapping.CodeQueue(s.ctx(w, r), d.CodeQueueModel))
	}
	if err := d.fresh(u.form); err != nil {
		return err
	}
	written, kept, err := s.DB.ImportCodeDecisions(r.Context(), d.workbench.Integration.ID, list, actor(r))
	if err != nil {
		return err
	}
	if err := s.keepCodes(r, d, u.form, written); err != nil {
		return err
	}
	key, args := "codes.read", store.Args{"n": len(written), "kept": len(kept)}
	if slices.ContainsFunc(written, func(c store.CodeDecision) bool { return c.Variable != d.variable.Name }) {
		key, args["of"] = "codes.read_of", d.countsOf(written)
	}
	return s.done(w, r, key, args, d.At("")+"#queue")
}

// countsOf says how many decisions were read of each variable, in the codebook's order.
func (d *codeDesk) countsOf(written []store.CodeDecision) string {
	of := map[string]int{}
	for _, c := range written {
		of[c.Variable]++
	}
	var said []string
	for i := range d.workbench.Codebook.Variables {
		v := &d.workbench.Codebook.Variables[i]
		if n := of[v.Name]; n > 0 {
			said = append(said, mapping.NameOf(v)+" ("+strconv.Itoa(n)+")")
		}
	}
	return strings.Join(said, ", ")
}

// roomForCodes holds that the queue of each variable stays one that its form can carry.
func (s *Server) roomForCodes(r *http.Request, d *codeDesk, list []store.CodeDecision) error {
	of := map[string][]store.CodeDecision{}
	for _, c := range list {
		of[c.Variable] = append(of[c.Variable], c)
	}
	for _, v := range slices.Sorted(maps.Keys(of)) {
		there, err := s.DB.CodeDecisions(r.Context(), d.workbench.Integration.ID, v)
		if err != nil {
			return err
		}
		if err := store.RoomForCodes(there, of[v]); err != nil {
			return err
		}
	}
	return nil
}

// keepCodes writes what was read into the draft's rules, as one step.
func (s *Server) keepCodes(r *http.Request, d *codeDesk, f *form, written []store.CodeDecision) error {
	of := map[string][]store.CodeDecision{}
	for _, c := range written {
		of[c.Variable] = append(of[c.Variable], c)
	}
	next := d.workbench.Mapping
	for _, v := range d.workbench.Codebook.Variables {
		if rule := next.Rule(v.Name); rule != nil && of[v.Name] != nil {
			next.Rules = next.With(rule.WithDecisions(of[v.Name], d.today), &d.workbench.Codebook)
		}
	}
	if len(written) == 0 {
		return nil
	}
	return s.keepDraft(r, d.workbench, f, next, store.DraftStep{What: "codes_read", Args: store.Args{"n": len(written)}})
}
