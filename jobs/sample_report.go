package jobs

import (
	"context"

	"samband/jobs/mapping"
	"samband/jobs/pipeline"
	"samband/jobs/quality"
	"samband/store"
	"samband/store/registrydb"
	"samband/store/vault"
)

// ReportSample takes a whole sample the way a run goes: through rules, checks and versions, into a registry and a vault
// that are empty and in memory. The registry, the vault, the quarantine and the ledger of runs know nothing of it. Of a
// mapping that can't run it counts what the part that can makes of each row.
func (j *Jobs) ReportSample(ctx context.Context, s *store.Sample, m *store.Mapping, c *store.Codebook) (*store.SampleReport, error) {
	q, err := j.Question(ctx, s.IntegrationID, store.AtSave)
	if err != nil {
		return nil, err
	}
	l, err := j.look(ctx, s.IntegrationID, s, m, c)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	var r *store.SampleReport
	if _, err := mapping.Compile(*m, *c, l.split.Fields(), l.lists); err != nil {
		r, err = l.reportPart(ctx, m, c, err)
		if err != nil {
			return nil, err
		}
	} else if r, err = j.reportWhole(ctx, &q, l, s.ID, m, c); err != nil {
		return nil, err
	}
	r.Extra, r.Absent, r.More = l.extra, l.absent, l.Delivery.(*sampleRows).more
	return r, nil
}

// reportWhole runs a mapping that can run.
func (j *Jobs) reportWhole(ctx context.Context, q *store.GateQuestion, l *look, id string, m *store.Mapping,
	c *store.Codebook) (*store.SampleReport, error) {
	health, err := registrydb.Scratch(ctx, j.Clock)
	if err != nil {
		return nil, err
	}
	defer health.Close()
	persons, err := vault.Scratch(ctx)
	if err != nil {
		return nil, err
	}
	defer persons.Close()
	read := *m
	read.Source = l.source
	res, err := pipeline.Run(ctx, pipeline.Job{RunID: id, RunNo: 1, IntegrationID: q.Integration.ID, RegistryID: q.Integration.RegistryID,
		Mapping: read, Codebook: *c, Lists: l.lists, DryRun: true, Idents: j.idents(q), Issuer: l.issuer, Delivery: l.Delivery,
		Registry: health, Vault: persons, Clock: j.Clock})
	if err != nil {
		return nil, err
	}
	return &store.SampleReport{Counts: res.Counts, QuarantinedBy: res.QuarantinedBy, Quality: res.Report, Unused: res.Unused,
		Hold: q.Integration.Limits.Hold(res.Counts, 0)}, nil
}

// reportPart counts what comes of each row, and which values are filled in, with the rules that can run. fault is why not
// all of them can: what is returned when none can.
func (l *look) reportPart(ctx context.Context, m *store.Mapping, c *store.Codebook, fault error) (*store.SampleReport, error) {
	program, part, book := sound(m, c, l.split.Fields(), ruled(m), l.lists)
	if program == nil {
		return nil, fault
	}
	r := &store.SampleReport{QuarantinedBy: map[string]int64{}, Fault: fault, Left: leftOut(m, part)}
	eval := program.NewEvaluator()
	filled := make([]store.Completeness, len(book.Variables))
	failed, warned := make([]int64, len(part.Checks)), make([]int64, len(part.Checks))
	var broken int64
	err := l.each(ctx, func(row *sampleRow) (bool, error) {
		r.Counts.Read++
		if row.broken != "" {
			broken++
			r.QuarantinedBy[string(row.broken)]++
			return true, nil
		}
		if row.leak != "" {
			broken++
			r.QuarantinedBy[row.leak]++
			return true, nil
		}
		switch v := eval.Row(row.cells, row.nulls, l.holds(row)); v.Outcome {
		case mapping.Filtered:
			r.Counts.Filtered++
		case mapping.Rejected:
			failed[v.Check]++
			r.QuarantinedBy[part.Checks[v.Check].Reason]++
		default:
			r.Counts.Loaded++
			for _, w := range eval.Warnings {
				warned[w.Check]++
			}
			for i := range filled {
				fill(&filled[i], &book.Variables[i], eval.Values[i])
			}
		}
		eval.Arena(nil)
		return true, nil
	})
	if err != nil {
		return nil, err
	}
	r.Counts.Quarantined = r.Counts.Read - r.Counts.Filtered - r.Counts.Loaded
	for i := range filled {
		filled[i].Variable, filled[i].Rows = book.Variables[i].Name, r.Counts.Loaded
	}
	r.Quality = store.QualityReport{Rows: r.Counts.Loaded, Completeness: filled,
		Checks: quality.Checks(part, r.Counts, broken, failed, warned)}
	return r, nil
}

// fill counts a value of a variable as the registry does.
func fill(x *store.Completeness, v *store.Variable, value store.Value) {
	if value.IsNull() {
		return
	}
	for _, o := range v.Codes {
		if o.Missing && o.Code == value.Text() {
			x.Unknown++
			return
		}
	}
	x.Filled++
}
