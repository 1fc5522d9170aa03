package web

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"samband/store"
	"samband/views/assess"
	"samband/views/edit"
)

// scaleShow shows the scale of risks and every version of it.
func (s *Server) scaleShow(w http.ResponseWriter, r *http.Request) error {
	scales, err := s.DB.Scales(r.Context())
	if err != nil {
		return err
	}
	m := assess.ScaleModel{Versions: scales, MayEdit: s.mayEditScale(r)}
	return s.page(w, r, assess.ScalePage(s.ctx(w, r), m))
}

// mayEditScale: what is high and what may not be accepted is decided by whoever decides on analyses.
func (s *Server) mayEditScale(r *http.Request) bool {
	return s.can(r, store.Approve, "") && s.can(r, store.EditBasis, "")
}

// scaleFields are the fields of the form of the scale.
func scaleFields(x *store.Scale) []bound {
	var fields []bound
	for i := range store.ScaleSteps {
		no := strconv.Itoa(i + 1)
		fields = append(fields, bindLine("likelihood"+no, &x.Likelihood[i], 200),
			bindLine("consequence"+no, &x.Consequence[i], 200))
	}
	for i := range x.Bands {
		b, at := &x.Bands[i], string(x.Bands[i].Level)
		if i < len(x.Bands)-1 { // the last one ends where the scale does, and can't be accepted
			fields = append(fields, bindNumber(at+"_top", &b.Top, store.ScaleSteps*store.ScaleSteps),
				bindLine(at+"_by", &b.AcceptedBy, 200), bindNumber(at+"_months", &b.ReviewMonths, 120))
		}
	}
	return fields
}

var scaleFrame = edit.Form{Area: "scale", Action: "/scale", Back: "/scale"}

// scaleEdit shows the form of the next version.
func (s *Server) scaleEdit(w http.ResponseWriter, r *http.Request) error {
	if !s.mayEditScale(r) {
		return errForbidden
	}
	x, err := s.DB.Scale(r.Context(), 0)
	if err != nil {
		return err
	}
	f := scaleFrame
	f.Values = shown(x.Version, scaleFields(x))
	return s.page(w, r, assess.ScaleEdit(s.ctx(w, r), f))
}

// scaleSave saves the next version.
func (s *Server) scaleSave(w http.ResponseWriter, r *http.Request) error {
	if !s.mayEditScale(r) {
		return errForbidden
	}
	f, err := s.form(r)
	if err != nil {
		return err
	}
	x, err := s.DB.Scale(r.Context(), 0)
	if err != nil {
		return err
	}
	x.Version = f.fill(scaleFields(x)) + 1
	return s.submit(w, r, f, submission{
		save: func() error { return scaleFaults(s.DB.SaveScale(r.Context(), x, actor(r))) },
		newest: func() (int, []bound, error) {
			is, err := s.DB.Scale(r.Context(), 0)
			if err != nil {
				return 0, nil, err
			}
			return is.Version, scaleFields(is), nil
		},
		form:  scaleFrame,
		again: func(e edit.Form) templ.Component { return assess.ScaleEdit(s.ctx(w, r), e) },
		said:  "scale.saved", args: store.Args{"version": x.Version}, to: "/scale",
	})
}

// scaleFaults puts what is wrong with the bands at the fields of the form.
func scaleFaults(err error) error {
	for _, e := range fieldErrors(err) {
		for i, l := range store.RiskLevels {
			at := "bands." + strconv.Itoa(i+1)
			switch e.Field {
			case at + ".top":
				e.Field = string(l) + "_top"
			case at + ".review_months":
				e.Field = string(l) + "_months"
			}
		}
	}
	return err
}
