package jobs

import (
	"context"

	"samband/jobs/format/all"
	"samband/store"
	"samband/store/db"
)

// FormatCodebook writes one version of a codebook as YAML, in the form that Import reads.
func (j *Jobs) FormatCodebook(c *store.Codebook) ([]byte, error) {
	return FormatBundle(&store.Bundle{Format: store.BundleFormat, Codebooks: []store.Codebook{*c}})
}

// CodebookEffect tells what the next version of a codebook means for the integrations of its registry that map to it:
// which of their mappings would not stand in it, the one in use, the newest and everybody's drafts, and what the approval
// would not cover with it.
func (j *Jobs) CodebookEffect(ctx context.Context, next *store.Codebook) ([]store.BookEffect, error) {
	newest, err := found(j.DB.Codebook(ctx, next.ID, 0))
	if err != nil || newest == nil {
		return nil, err
	}
	list, err := j.DB.Integrations(ctx, db.IntegrationFilter{RegistryID: next.RegistryID})
	if err != nil {
		return nil, err
	}
	var effects []store.BookEffect
	for _, i := range list {
		e, uses, err := j.codebookEffect(ctx, i, newest, next)
		if err != nil {
			return nil, err
		}
		if uses {
			effects = append(effects, e)
		}
	}
	return effects, nil
}

func (j *Jobs) codebookEffect(ctx context.Context, i store.Integration, newest, next *store.Codebook) (e store.BookEffect, uses bool, err error) {
	e.Integration = i
	uses = i.CodebookID == next.ID
	compile := func(m *store.Mapping, c *store.Codebook) error { return j.CheckMapping(ctx, m, c) }
	check := func(m *store.Mapping, before *store.Codebook, b store.MappingBreak) error {
		if b.Faults, err = m.Broken(before, next, compile); err == nil && len(b.Faults) > 0 {
			e.Broken = append(e.Broken, b)
		}
		return err
	}
	versions, err := j.DB.MappingVersions(ctx, i.ID)
	if err != nil {
		return e, false, err
	}
	var used *store.MappingVersion
	for n := range versions {
		v := &versions[n]
		if v.CodebookID != next.ID || n > 0 && v.No != i.MappingNo {
			continue
		}
		if v.No == i.MappingNo {
			used, uses = v, true
		}
		before, err := j.DB.Codebook(ctx, v.CodebookID, v.CodebookVersion)
		if err != nil {
			return e, false, err
		}
		if err := check(&v.Mapping, before, store.MappingBreak{No: v.No}); err != nil {
			return e, false, err
		}
	}
	if !uses {
		return e, false, nil
	}
	drafts, err := j.DB.MappingDraftsOf(ctx, i.ID)
	if err != nil {
		return e, false, err
	}
	for n := range drafts {
		if err := check(&drafts[n].Mapping, newest, store.MappingBreak{UserID: drafts[n].UserID}); err != nil {
			return e, false, err
		}
	}
	if used == nil {
		return e, true, nil
	}
	q, err := j.Question(ctx, i.ID, store.AtRun)
	if err != nil {
		return e, false, err
	}
	if q.Approval == nil || q.Approval.Holds(q.At) != nil {
		return e, true, nil
	}
	moved := *used
	moved.CodebookVersion = next.Version
	q.Mapping, q.Codebook = &moved, next
	e.Approved, e.Uncovered = true, store.Gate(q).Uncovered
	return e, true, nil
}

// CodebookFormats names the formats of definitions that ReadCodebook knows.
func (j *Jobs) CodebookFormats() []string { return all.Names() }

// ReadCodebook reads files of definitions, or says in an Invalid error why they can't be. An empty format is found.
func (j *Jobs) ReadCodebook(format string, files []store.SentFile) (*store.Dictionary, error) {
	sent := make([]all.File, len(files))
	for i, f := range files {
		sent[i] = all.File{Name: f.Name, Data: f.Data}
	}
	return all.Read(format, sent)
}
