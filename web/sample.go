package web

import (
	"errors"
	"io"
	"net/http"

	"samband/store"
	"samband/store/text"
	"samband/views/mapping"
	"samband/views/quality"
)

// maxSampleBody is the greatest upload, in bytes, with what a form adds to the file.
const maxSampleBody = store.MaxSample + 4<<10

// sampleShow shows a person's own sample, and what its values look like.
func (s *Server) sampleShow(w http.ResponseWriter, r *http.Request) error {
	m, err := s.sampleModel(r)
	if err != nil {
		return err
	}
	return s.page(w, r, mapping.OwnSample(s.ctx(w, r), *m))
}

// sampleModel collects what the page shows.
func (s *Server) sampleModel(r *http.Request) (*mapping.OwnSampleModel, error) {
	ctx := r.Context()
	b, err := s.workbench(r)
	if err != nil {
		return nil, err
	}
	if err := b.mapped(); err != nil {
		return nil, err
	}
	m := &mapping.OwnSampleModel{Base: b.Base}
	if m.Sample, err = found(s.DB.OwnSample(ctx, b.Integration.ID, person(r).User.ID)); m.Sample == nil {
		return m, err
	}
	schema, profile, err := s.Sources.LookAtSample(ctx, m.Sample, b.Mapping.Source)
	if err != nil {
		return nil, err
	}
	m.Profile = profile
	var names []string
	for _, f := range schema.Fields {
		m.Columns++
		names = append(names, f.Name)
		if b.Mapping.Field(f.Name) == nil {
			m.Extra = append(m.Extra, f.Name)
		}
	}
	_, m.Absent = store.WithoutDirect(b.Mapping.Source, names)
	return m, nil
}

// sampleUpload takes a sample. The file goes from the request into the seal and is on no disk in between.
func (s *Server) sampleUpload(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	parts, err := r.MultipartReader()
	if err != nil {
		return &store.Error{Class: store.Invalid, Code: "form.unreadable", Err: err}
	}
	var kept *store.Sample
	err = store.FieldError("sample", "form.required", nil)
	for kept == nil {
		part, next := parts.NextPart()
		if errors.Is(next, io.EOF) {
			break
		}
		if next != nil {
			err = next
			break
		}
		if part.FormName() == "sample" && part.FileName() != "" {
			if kept, err = s.Sources.KeepSample(r.Context(), id, person(r).User.ID, part, actor(r)); err != nil {
				break
			}
		}
	}
	var big *http.MaxBytesError
	var e *store.Error
	switch {
	case errors.As(err, &big):
		return errTooLarge
	case err != nil && !errors.As(err, &e):
		return &store.Error{Class: store.Invalid, Code: "form.unreadable", Err: err}
	}
	if errors.As(err, &e) && e.Field != "" {
		m, problem := s.sampleModel(r)
		if problem != nil {
			return problem
		}
		m.Errors = store.FieldErrors{e}
		return s.again(w, r, mapping.OwnSample(s.ctx(w, r), *m))
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "sample.kept", store.Args{"until": kept.Until}, "/integrations/"+id+"/mapping/own-sample")
}

// sampleDelete removes a person's own sample.
func (s *Server) sampleDelete(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	if err := s.Sources.DropSample(r.Context(), id, person(r).User.ID, actor(r)); err != nil {
		return err
	}
	return s.done(w, r, "sample.deleted", nil, "/integrations/"+id+"/mapping/own-sample")
}

// sampleUse takes the fields and the profile of a person's own sample for those of the source.
func (s *Server) sampleUse(w http.ResponseWriter, r *http.Request) error {
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	sample, err := s.DB.OwnSample(r.Context(), b.Integration.ID, person(r).User.ID)
	if err != nil {
		return err
	}
	if err := s.Sources.UseSample(r.Context(), sample, b.Mapping.Source, actor(r)); err != nil {
		return err
	}
	return s.done(w, r, "sample.used", nil, b.Href("source-fields")+"#source")
}

// sampleReport shows what the mapping would make of a person's whole sample.
func (s *Server) sampleReport(w http.ResponseWriter, r *http.Request) error {
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	if err := b.mapped(); err != nil {
		return err
	}
	sample, err := s.DB.OwnSample(r.Context(), b.Integration.ID, person(r).User.ID)
	if err != nil {
		return err
	}
	m := quality.SampleModel{Base: b.Base}
	report, err := s.Sources.ReportSample(r.Context(), sample, &b.Mapping, &b.Codebook)
	switch {
	case err == nil:
		m.Report = *report
	case store.ClassOf(err) == store.Internal:
		return err
	default:
		m.Problem = text.Error(langOf(s, r), err)
	}
	m.Run = b.Mapping
	if m.Report.Fault != nil {
		m.Run, _ = b.Mapping.Alone(&b.Codebook, ruled(&b.Mapping, m.Report.Left)...)
		faults, err := s.mappingProblems(r.Context(), &b.Mapping, &b.Codebook)
		if err != nil {
			return err
		}
		for _, e := range faults {
			m.Missing = append(m.Missing, text.Error(langOf(s, r), m.Named(e)))
		}
	}
	return s.page(w, r, quality.Sample(s.ctx(w, r), m))
}
