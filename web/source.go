package web

import (
	"context"
	"io"
	"net/http"

	"samband/store"
)

// Sources looks at what sources offer, and at people's own samples of them. Of rows it gives nothing but a preview.
type Sources interface {
	// LookAtSource reads what an integration's source offers and what its values look like, and keeps both; m is the
	// mapping of whoever asks. Where data go out the source is the registry. "delivery.nothing" when there is nothing to
	// look at.
	LookAtSource(ctx context.Context, integrationID string, m *store.Mapping, by store.Actor) error
	// Propose gives the fields of a schema that a mapping has not classed, with the class that is likely; none where
	// nothing is known.
	Propose(m *store.Mapping, s *store.Schema) []store.Field
	// KeepSample seals a person's sample, in place of the one they had. What is wrong with the file stands at "sample".
	KeepSample(ctx context.Context, integrationID, userID string, in io.Reader, by store.Actor) (*store.Sample, error)
	// DropSample removes it: "sample.not_found" when there is none.
	DropSample(ctx context.Context, integrationID, userID string, by store.Actor) error
	// LookAtSample gives its columns and what their values look like. Nothing is kept.
	LookAtSample(ctx context.Context, s *store.Sample, source []store.Field) (*store.Schema, *store.SourceProfile, error)
	// UseSample keeps both as those of the integration's source.
	UseSample(ctx context.Context, s *store.Sample, source []store.Field, by store.Actor) error
	// PreviewSample shows what a mapping makes of the first rows.
	PreviewSample(ctx context.Context, s *store.Sample, m *store.Mapping, c *store.Codebook) (*store.Preview, error)
	// ExplainSample is Mapper.ExplainMapping, and ResolveSample is Mapper.PreviewResolve, of its rows.
	ExplainSample(ctx context.Context, s *store.Sample, m *store.Mapping, c *store.Codebook, position int64,
		variable string) (*store.Explanation, error)
	ResolveSample(ctx context.Context, s *store.Sample, m *store.Mapping, c *store.Codebook) (*store.ResolvePreview, error)
	// ReportSample counts what a mapping would make of all of it.
	ReportSample(ctx context.Context, s *store.Sample, m *store.Mapping, c *store.Codebook) (*store.SampleReport, error)
}

// sourceRead reads what the source offers and what its values look like.
func (s *Server) sourceRead(w http.ResponseWriter, r *http.Request) error {
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	if err := s.Sources.LookAtSource(r.Context(), b.Integration.ID, &b.Mapping, actor(r)); err != nil {
		return err
	}
	return s.done(w, r, "source.was_read", nil, b.Href("source-fields")+"#source")
}
