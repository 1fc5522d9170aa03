package jobs

import (
	"context"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"

	"samband/jobs/privacy"
	"samband/store"
	"samband/store/registrydb"
)

// Findings lists the rows of a registry that were held back, and tells how many there are in all. A registry that
// nothing was ever loaded into has none.
func (j *Jobs) Findings(ctx context.Context, registryID string, f store.FindingFilter) ([]store.Finding, int64, error) {
	if _, err := os.Stat(j.Dir.Registry(registryID)); errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	d, err := j.registry(ctx, registryID)
	if err != nil {
		return nil, 0, err
	}
	held := false
	return d.Findings(ctx, registrydb.FindingFilter{RunNo: f.RunNo, IntegrationID: f.IntegrationID, Reason: f.Reason,
		Status: f.Status, Warn: &held, After: f.After, Limit: f.Limit})
}

// FailedVariables tells how many rows a run held back, by the variable that was the reason.
func (j *Jobs) FailedVariables(ctx context.Context, registryID string, runNo int64) (map[string]int64, error) {
	if _, err := os.Stat(j.Dir.Registry(registryID)); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	d, err := j.registry(ctx, registryID)
	if err != nil {
		return nil, err
	}
	return d.FailedVariables(ctx, runNo)
}

// OpenFinding opens the sealed row of a finding, and logs who did before anything of it is shown. Direct fields stay
// closed: what the mapping the run used doesn't class as something else is left out, as is any cell that holds identity.
func (j *Jobs) OpenFinding(ctx context.Context, registryID string, id int64, by store.Actor) (*store.OpenedFinding, error) {
	d, f, columns, err := j.finding(ctx, registryID, id)
	if err != nil {
		return nil, err
	}
	record, err := d.Load(ctx, f.RunID)
	if err != nil {
		return nil, err
	}
	v, err := j.DB.MappingVersion(ctx, record.IntegrationID, record.MappingNo)
	if err != nil {
		return nil, err
	}
	err = j.DB.Record(ctx, findingEntry(registryID, f, "quarantine.open"), by)
	if err != nil {
		return nil, err
	}
	o := &store.OpenedFinding{Finding: *f, IntegrationID: record.IntegrationID, MappingNo: record.MappingNo}
	o.Sealed = nil
	if len(f.Sealed) == 0 {
		return o, nil
	}
	plain, err := j.vault.OpenRow(f.ID, f.Sealed)
	if err != nil {
		return nil, err
	}
	defer clear(plain)
	cells, ok := sealedCells(plain, len(columns))
	if !ok {
		o.Broken = true
		return o, nil
	}
	leaks := leaking(&v.Mapping, columns, cells)
	for i, name := range columns {
		field := v.Mapping.Field(name)
		if leaks[name] || field == nil || field.Class == store.Direct || !field.Class.Valid() {
			o.Hidden++
			continue
		}
		o.Cells = append(o.Cells, store.OpenedCell{Field: name, Class: field.Class, Text: shownText(string(cells[i]))})
	}
	return o, nil
}

// leaking names the columns of a row that are no direct fields and yet hold identity of its person.
func leaking(m *store.Mapping, columns []string, cells [][]byte) map[string]bool {
	var classes []store.Field
	row := make([]string, len(columns))
	for i, name := range columns {
		row[i] = string(cells[i])
		if f := m.Field(name); f != nil {
			classes = append(classes, *f)
		}
	}
	leaks := map[string]bool{}
	split, err := privacy.NewSplitter(classes, columns)
	if err != nil { // the mapping has changed beyond what the row can be cut by: nothing of it is known
		for _, name := range columns {
			leaks[name] = true
		}
		return leaks
	}
	identity, health := make([]string, len(split.Attributes())), make([]string, len(split.Fields()))
	split.Identity(row, identity)
	split.Health(row, health)
	for _, at := range split.NewSelfCheck(nil, func(string) bool { return false }).All(identity, health) {
		leaks[split.Fields()[at]] = true
	}
	return leaks
}

// sealedCells reads a row as the pipeline sealed it: cells with their lengths in front and a c at the end. Any other
// end marks a row that could not be cut into cells.
func sealedCells(b []byte, width int) (cells [][]byte, ok bool) {
	if len(b) == 0 || b[len(b)-1] != 'c' {
		return nil, false
	}
	for b = b[:len(b)-1]; len(b) > 0; {
		n, w := binary.Uvarint(b)
		if w <= 0 || n > uint64(len(b)-w) {
			return nil, false
		}
		cells, b = append(cells, b[w:w+int(n)]), b[w+int(n):]
	}
	return cells, len(cells) == width
}

// SetFinding closes or opens a finding on a person's word, when it stands as they saw it.
func (j *Jobs) SetFinding(ctx context.Context, registryID string, id int64, from, to store.FindingStatus, reason string,
	by store.Actor) error {
	d, f, _, err := j.finding(ctx, registryID, id)
	if err != nil {
		return err
	}
	if f.Status != from {
		return store.E(store.Conflict, "finding.changed", nil)
	}
	action := "quarantine.dismiss"
	if to == store.FindingOpen {
		action = "quarantine.reopen"
	}
	e := findingEntry(registryID, f, action)
	e.Reason = reason
	// The log first: a change that nobody answers for is worse than a line about one that then failed.
	if err := j.DB.Record(ctx, e, by); err != nil {
		return err
	}
	return d.SetFinding(ctx, id, from, to)
}

func (j *Jobs) finding(ctx context.Context, registryID string, id int64) (*registrydb.DB, *store.Finding, []string, error) {
	if _, err := os.Stat(j.Dir.Registry(registryID)); errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil, store.E(store.NotFound, "finding.none", nil)
	}
	d, err := j.registry(ctx, registryID)
	if err != nil {
		return nil, nil, nil, err
	}
	f, columns, err := d.Finding(ctx, id)
	return d, f, columns, err
}

func findingEntry(registryID string, f *store.Finding, action string) store.AuditEntry {
	return store.AuditEntry{Action: action, Kind: "finding", Object: store.FindingObject(registryID, f.ID),
		Registry: registryID, Result: "ok", Details: store.Args{"run": f.RunNo, "position": f.Position, "why": f.Reason}}
}
