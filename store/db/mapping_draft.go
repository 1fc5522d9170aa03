package db

import (
	"context"

	"samband/store"
)

const draftQuery = `SELECT d.integration_id, d.user_id, d.based_on, d.mapping, d.edits, d.updated_at, d.step,
	(SELECT COUNT(*) FROM mapping_draft_step s WHERE s.integration_id = d.integration_id AND s.user_id = d.user_id
		AND s.no > d.step)
	FROM mapping_draft d WHERE d.integration_id = $1`

func scanDraft(r row) (d store.MappingDraft, err error) {
	err = r.Scan(&d.IntegrationID, &d.UserID, &d.BasedOn, decode{&d.Mapping}, &d.Edits, moment{&d.UpdatedAt}, &d.Step, &d.Steps)
	return d, err
}

const draftStepColumns = `no, what, args, at, based_before, based_after, patch`

func scanDraftStep(r row) (s store.DraftStep, err error) {
	err = r.Scan(&s.No, &s.What, decode{&s.Args}, moment{&s.At}, &s.BasedBefore, &s.BasedAfter, decode{&s.Patch})
	return s, err
}

// MappingDraft returns what a user is working on for an integration, or "mapping.no_draft".
func (d *DB) MappingDraft(ctx context.Context, integrationID, userID string) (*store.MappingDraft, error) {
	return read(ctx, d, func(t *tx) (*store.MappingDraft, error) { return t.draft(integrationID, userID) })
}

func (t *tx) draft(integrationID, userID string) (*store.MappingDraft, error) {
	return one(t, "mapping.no_draft", scanDraft, draftQuery+` AND d.user_id = $2`, integrationID, userID)
}

// MappingDraftSteps returns the steps of a user's draft, newest first: those that stand, and before them those that are
// undone and can be done again.
func (d *DB) MappingDraftSteps(ctx context.Context, integrationID, userID string) ([]store.DraftStep, error) {
	return read(ctx, d, func(t *tx) ([]store.DraftStep, error) {
		return all(t, scanDraftStep, `SELECT `+draftStepColumns+` FROM mapping_draft_step
			WHERE integration_id = $1 AND user_id = $2 ORDER BY no DESC`, integrationID, userID)
	})
}

// KeepMappingDraft stores a user's draft as one step further, of which What and Args say what was done, and sets what
// the database knows of m. Edits must be as the user saw it, 0 for a new draft: "db.changed" tells that another window of
// theirs was first. Steps that were undone are gone then. A step that changes nothing is none. A draft binds nobody, so
// nothing is logged.
func (d *DB) KeepMappingDraft(ctx context.Context, m *store.MappingDraft, step store.DraftStep) error {
	saved := *m
	err := d.update(ctx, func(t *tx) error {
		before, err := t.draftBefore(m)
		if err == nil {
			err = t.hideDirect(m.IntegrationID, m.Mapping.Source)
		}
		if err != nil {
			return err
		}
		step.At, step.BasedBefore, step.BasedAfter = t.now, before.BasedOn, m.BasedOn
		step.Patch = before.Mapping.Patch(&m.Mapping)
		saved.Edits, saved.UpdatedAt, saved.Step, saved.Steps = m.Edits+1, t.now, before.Step, 0
		if m.Edits == 0 {
			err = t.write(`INSERT INTO mapping_draft (integration_id, user_id, based_on, mapping, edits, updated_at)
				VALUES ($1, $2, $3, $4, 1, $5)`, m.IntegrationID, m.UserID, m.BasedOn, encode(m.Mapping), micros(t.now))
			if taken(err) {
				return changed()
			}
			if err != nil {
				return err
			}
		}
		if !step.Patch.Empty() || step.BasedBefore != step.BasedAfter {
			if saved.Step, err = t.addDraftStep(before, m, &step); err != nil {
				return err
			}
		}
		if m.Edits == 0 {
			return t.exec(`UPDATE mapping_draft SET step = $3 WHERE integration_id = $1 AND user_id = $2`,
				m.IntegrationID, m.UserID, saved.Step)
		}
		return t.writeDraft(&saved, m.Edits)
	})
	if err == nil {
		*m = saved
	}
	return err
}

// draftBefore gives the draft as it is stored; of a new one what it begins from.
func (t *tx) draftBefore(m *store.MappingDraft) (*store.MappingDraft, error) {
	if m.Edits > 0 {
		before, err := t.draft(m.IntegrationID, m.UserID)
		if err == nil && before.Edits != m.Edits || store.ClassOf(err) == store.NotFound {
			return nil, changed()
		}
		return before, err
	}
	before := &store.MappingDraft{BasedOn: m.BasedOn}
	if m.BasedOn > 0 {
		v, err := t.mapping(m.IntegrationID, m.BasedOn)
		if err != nil {
			return nil, err
		}
		before.Mapping = v.Mapping
	}
	return before, nil
}

// writeDraft stores a draft that is there, when it has as many edits as was seen.
func (t *tx) writeDraft(m *store.MappingDraft, edits int) error {
	return t.write(`UPDATE mapping_draft SET based_on = $4, mapping = $5, edits = edits + 1, updated_at = $6, step = $7
		WHERE integration_id = $1 AND user_id = $2 AND edits = $3`,
		m.IntegrationID, m.UserID, edits, m.BasedOn, encode(m.Mapping), micros(m.UpdatedAt), m.Step)
}

// addDraftStep puts a step after the one that stands and gives its number.
func (t *tx) addDraftStep(before, m *store.MappingDraft, step *store.DraftStep) (int, error) {
	step.No = before.Step + 1
	if last, err := found(t.draftStep(m, before.Step)); err != nil {
		return 0, err
	} else if last != nil && last.Joins(step) {
		was, err := last.Patch.Apply(&before.Mapping, true)
		if err != nil {
			return 0, err
		}
		step.No, step.Patch = last.No, was.Patch(&m.Mapping)
	}
	err := t.exec(`DELETE FROM mapping_draft_step WHERE integration_id = $1 AND user_id = $2 AND (no >= $3 OR no <= $4)`,
		m.IntegrationID, m.UserID, step.No, step.No-store.MaxDraftSteps)
	if err != nil {
		return 0, err
	}
	return step.No, t.write(`INSERT INTO mapping_draft_step (integration_id, user_id, `+draftStepColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, m.IntegrationID, m.UserID, step.No, string(step.What), encode(step.Args),
		micros(step.At), step.BasedBefore, step.BasedAfter, encode(step.Patch))
}

func (t *tx) draftStep(m *store.MappingDraft, no int) (*store.DraftStep, error) {
	return one(t, "mapping.nothing_to_undo", scanDraftStep, `SELECT `+draftStepColumns+` FROM mapping_draft_step
		WHERE integration_id = $1 AND user_id = $2 AND no = $3`, m.IntegrationID, m.UserID, no)
}

// UndoMappingDraft takes back the last step of a user's draft and returns the draft and the step. Edits must be as the
// user saw it, else "db.changed"; "mapping.nothing_to_undo" when no step stands.
func (d *DB) UndoMappingDraft(ctx context.Context, integrationID, userID string, edits int) (*store.MappingDraft, *store.DraftStep, error) {
	return d.stepDraft(ctx, integrationID, userID, edits, true)
}

// RedoMappingDraft does the step again that was undone last, as UndoMappingDraft; "mapping.nothing_to_redo" when there
// is none.
func (d *DB) RedoMappingDraft(ctx context.Context, integrationID, userID string, edits int) (*store.MappingDraft, *store.DraftStep, error) {
	return d.stepDraft(ctx, integrationID, userID, edits, false)
}

func (d *DB) stepDraft(ctx context.Context, integrationID, userID string, edits int, back bool) (m *store.MappingDraft, s *store.DraftStep, err error) {
	err = d.update(ctx, func(t *tx) error {
		if m, err = t.draft(integrationID, userID); err != nil {
			return err
		}
		if m.Edits != edits {
			return changed()
		}
		no := m.Step
		if !back {
			no++
		}
		s, err = t.draftStep(m, no)
		if store.ClassOf(err) == store.NotFound {
			if back {
				return store.E(store.Conflict, "mapping.nothing_to_undo", nil)
			}
			return store.E(store.Conflict, "mapping.nothing_to_redo", nil)
		}
		if err != nil {
			return err
		}
		now, err := s.Patch.Apply(&m.Mapping, back)
		if err != nil {
			return err
		}
		m.Mapping, m.UpdatedAt = *now, t.now
		if err := t.hideDirect(m.IntegrationID, m.Mapping.Source); err != nil {
			return err
		}
		if m.Step, m.BasedOn = no, s.BasedAfter; back {
			m.Step, m.BasedOn = no-1, s.BasedBefore
		}
		if err := t.writeDraft(m, edits); err != nil {
			return err
		}
		m, err = t.draft(integrationID, userID)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	return m, s, nil
}

// DropMappingDraft removes a user's draft; none is as good as one.
func (d *DB) DropMappingDraft(ctx context.Context, integrationID, userID string) error {
	return d.update(ctx, func(t *tx) error {
		return t.exec(`DELETE FROM mapping_draft WHERE integration_id = $1 AND user_id = $2`, integrationID, userID)
	})
}
