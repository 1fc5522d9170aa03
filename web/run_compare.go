package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"samband/store"
	"samband/store/text"
	"samband/views/runs"
)

// figuresShown is how many runs the volume and the time of one are held against.
const figuresShown = 15

// runCompared fills in what the run ran with, and what it is held against: the run before it, the delivery that was
// usual, and the last runs. What was removed by age is left out; the page says so.
func (s *Server) runCompared(r *http.Request, m *runs.ShowModel, v *store.MappingVersion) (err error) {
	ctx, run := r.Context(), &m.Run
	if m.Detail, err = found(s.DB.RunDetail(ctx, run.No)); err != nil {
		return err
	}
	if m.Figures, err = s.DB.Figures(ctx, run.IntegrationID, run.No, figuresShown); err != nil {
		return err
	}
	slices.Reverse(m.Figures)
	keep, err := s.DB.Retention(ctx)
	if err != nil {
		return err
	}
	old := keep.Before(s.now(), keep.Log)
	m.Swept = !old.IsZero() && run.State.Final() && !run.EndedAt.IsZero() && run.EndedAt.Before(old)
	if m.Before != nil {
		if err := s.runBefore(ctx, r, m, v); err != nil {
			return err
		}
	}
	if m.Detail == nil || m.Detail.Shape == nil {
		return nil
	}
	m.Shape = m.Detail.Shape
	if m.Detail.Against > 0 {
		was, err := found(s.DB.RunDetail(ctx, m.Detail.Against))
		if err != nil {
			return err
		}
		if was != nil {
			m.Usual, m.UsualNo = was.Shape, m.Detail.Against
		}
	}
	if v == nil {
		return nil
	}
	book, err := s.DB.Codebook(ctx, v.CodebookID, v.CodebookVersion)
	if err != nil {
		return err
	}
	m.Coded, m.Readers = v.Mapping.CodeFields(book), v.Mapping.Readers()
	for _, f := range v.Mapping.Source {
		if len(m.Shape.Fields) > 0 && m.Shape.Field(f.Name) == nil {
			m.Missing = append(m.Missing, f.Name)
		}
	}
	return nil
}

// runBefore holds the run against the one before it.
func (s *Server) runBefore(ctx context.Context, r *http.Request, m *runs.ShowModel, v *store.MappingVersion) error {
	figures := func(u *store.Run) (f store.RunFigures, err error) {
		f.Run = u
		if f.Report, err = found(s.DB.Report(ctx, u.No)); err == nil {
			f.Detail, err = found(s.DB.RunDetail(ctx, u.No))
		}
		return f, err
	}
	before, err := figures(m.Before)
	if err != nil {
		return err
	}
	now, err := figures(&m.Run)
	if err != nil {
		return err
	}
	c := store.CompareWithBefore(before, now)
	m.Compared = &c
	if v == nil || m.Before.MappingNo == 0 || m.Before.MappingNo == v.No {
		return nil
	}
	was, err := s.DB.MappingVersion(ctx, m.Run.IntegrationID, m.Before.MappingNo)
	if err != nil {
		return err
	}
	m.Changes = text.Changes(langOf(s, r), &was.Mapping, &v.Mapping)
	for _, k := range was.Mapping.Checks {
		if m.Reasons[k.Reason] == "" {
			m.Reasons[k.Reason] = k.Text
		}
	}
	return nil
}

// logShown is how many lines of a log the page looks at. A run writes some dozens.
const logShown = 5_000

// runLog fills in the lines of the log that are asked for: those with some words in them, as they are shown or as the code
// that they are kept as, and only those that need eyes.
func (s *Server) runLog(r *http.Request, m *runs.ShowModel) error {
	q := r.URL.Query()
	f := &form{values: q}
	m.LogText, m.LogLevel = f.text("log", 100), q.Get("level")
	var levels []store.LogLevel
	switch m.LogLevel {
	case "warn":
		levels = []store.LogLevel{store.LogWarn, store.LogError}
	case "error":
		levels = []store.LogLevel{store.LogError}
	default:
		m.LogLevel = ""
	}
	var err error
	m.Log, err = s.DB.Log(r.Context(), m.Run.No, store.LogFilter{Limit: logShown})
	lang, words := langOf(s, r), strings.ToLower(m.LogText)
	for i := range m.Log {
		l := &m.Log[i]
		said := strings.ToLower(string(l.Code) + " " + text.LogLine(lang, l))
		if (levels == nil || slices.Contains(levels, l.Level)) && strings.Contains(said, words) {
			m.Lines = append(m.Lines, *l)
		}
	}
	return err
}
