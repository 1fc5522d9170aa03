package web

import (
	"context"
	"net/http"
	"strconv"

	"samband/store"
	"samband/store/text"
	"samband/views/mapping"
)

// looked collects what the pages that show real rows know: the reader's draft, the newest version, or ?version=N, and
// whether the rows are those of the newest delivery or, with ?rows=own, of the reader's own sample.
func (s *Server) looked(r *http.Request) (*mapping.Look, error) {
	b, err := s.workbench(r)
	if err != nil {
		return nil, err
	}
	if err := b.mapped(); err != nil {
		return nil, err
	}
	ctx, q := r.Context(), r.URL.Query()
	l := &mapping.Look{Base: b.Base, Own: q.Get("rows") == "own"}
	if l.Sample, err = found(s.DB.OwnSample(ctx, b.Integration.ID, person(r).User.ID)); err != nil {
		return nil, err
	}
	if q.Get("version") == "" {
		return l, nil
	}
	if l.Pinned, err = strconv.Atoi(q.Get("version")); err != nil || l.Pinned < 1 {
		return nil, errNotFound
	}
	v, err := s.DB.MappingVersion(ctx, b.Integration.ID, l.Pinned)
	if err != nil {
		return nil, err
	}
	book, err := s.DB.Codebook(ctx, v.CodebookID, v.CodebookVersion)
	if err != nil {
		return nil, err
	}
	l.Mapping, l.Codebook = v.Mapping, *book
	return l, nil
}

// onRows asks for what is to be shown of real rows, of the delivery or of the reader's own sample. Where there is nothing
// to show, it says why in l.Problem. What was shown goes to the log.
func onRows[T any](s *Server, r *http.Request, l *mapping.Look, newest func(ctx context.Context) (*T, error),
	own func(ctx context.Context) (*T, error), rows func(*T) int) (*T, error) {
	lang := langOf(s, r)
	ask := newest
	if l.Own {
		if ask = own; l.Sample == nil {
			l.Problem = text.T(lang, "preview.no_sample")
			return nil, nil
		}
	}
	x, err := ask(r.Context())
	switch {
	case err == nil && l.Own:
		return x, s.sawSample(r, l, rows(x))
	case err == nil:
		return x, s.sawRows(r, &l.Integration, rows(x))
	case store.ClassOf(err) == store.Internal:
		return nil, err
	}
	l.Problem = text.Error(lang, err) // no delivery, or a mapping that can't run
	return nil, nil
}

// sawSample writes to the log that somebody was shown what a mapping makes of rows of their own sample.
func (s *Server) sawSample(r *http.Request, l *mapping.Look, rows int) error {
	k := reading{person(r).User.ID, "sample.preview", l.Sample.ID, l.Integration.RegistryID}
	return s.saw(r, k, store.AuditEntry{Kind: "sample", Details: store.Args{"integration": l.Integration.ID, "rows": rows}})
}
