package db

import (
	"context"

	"samband/store"
)

// Document returns the bytes of a PDF by their hash, or "document.not_found". They can be absent where a ROS or an LD
// came with configuration, which carries the hash and the name only.
func (d *DB) Document(ctx context.Context, sha256 string) ([]byte, error) {
	b, err := read(ctx, d, func(t *tx) (*[]byte, error) {
		return one(t, "document.not_found", scanBytes, `SELECT content FROM document WHERE sha256 = $1`, sha256)
	})
	if err != nil {
		return nil, err
	}
	return *b, nil
}

func scanBytes(r row) (b []byte, err error) {
	err = r.Scan(&b)
	return b, err
}

// PutROSDocument keeps a PDF with one version of a ROS, in place of the one it had. Revision must be the stored one; the
// new one is returned. Only a draft takes a document, else Conflict "document.not_draft"; but bytes that are missing may
// come to any version that names their hash. Errors of the PDF itself as in store.NewDocument.
func (d *DB) PutROSDocument(ctx context.Context, of store.Ref, revision int, name string, content []byte,
	by store.Actor) (int, error) {
	return d.putDocument(ctx, "ros", of, revision, name, content, by)
}

// PutLDDocument is PutROSDocument for an LD.
func (d *DB) PutLDDocument(ctx context.Context, of store.Ref, revision int, name string, content []byte,
	by store.Actor) (int, error) {
	return d.putDocument(ctx, "ld", of, revision, name, content, by)
}

func (d *DB) putDocument(ctx context.Context, kind string, of store.Ref, revision int, name string, content []byte,
	by store.Actor) (int, error) {
	document, err := store.NewDocument(name, content)
	if err != nil {
		return revision, err
	}
	err = d.update(ctx, func(t *tx) error {
		had, draft, stored, err := t.carrier(kind, of)
		switch {
		case err != nil:
			return err
		case stored != revision:
			return changed()
		case had.SHA256 == document.SHA256:
			document.Name = had.Name
		case !draft:
			return store.E(store.Conflict, "document.not_draft", store.Args{"id": of.ID, "version": of.Version})
		}
		if err := t.exec(`INSERT INTO document (sha256, content) VALUES ($1, $2) ON CONFLICT (sha256) DO NOTHING`,
			document.SHA256, content); err != nil {
			return err
		}
		return t.attach(kind, of, revision, had, *document, by)
	})
	if err != nil {
		return revision, err
	}
	return revision + 1, nil
}

// DropROSDocument takes the PDF away from a draft of a ROS; rules as in PutROSDocument.
func (d *DB) DropROSDocument(ctx context.Context, of store.Ref, revision int, by store.Actor) (int, error) {
	return d.dropDocument(ctx, "ros", of, revision, by)
}

// DropLDDocument is DropROSDocument for an LD.
func (d *DB) DropLDDocument(ctx context.Context, of store.Ref, revision int, by store.Actor) (int, error) {
	return d.dropDocument(ctx, "ld", of, revision, by)
}

func (d *DB) dropDocument(ctx context.Context, kind string, of store.Ref, revision int, by store.Actor) (int, error) {
	err := d.update(ctx, func(t *tx) error {
		had, draft, stored, err := t.carrier(kind, of)
		switch {
		case err != nil:
			return err
		case stored != revision:
			return changed()
		case !draft:
			return store.E(store.Conflict, "document.not_draft", store.Args{"id": of.ID, "version": of.Version})
		}
		return t.attach(kind, of, revision, had, store.DocumentRef{}, by)
	})
	if err != nil {
		return revision, err
	}
	return revision + 1, nil
}

// carrier gives what a version has of a document, whether it is a draft, and its revision.
func (t *tx) carrier(kind string, of store.Ref) (had store.DocumentRef, draft bool, revision int, err error) {
	if kind == "ros" {
		a, err := t.ros(of)
		if err != nil {
			return had, false, 0, err
		}
		return orEmpty(a.Document), a.State == store.ROSDraft, a.Revision, nil
	}
	a, err := t.ld(of)
	if err != nil {
		return had, false, 0, err
	}
	return orEmpty(a.Document), a.State == store.LDDraft, a.Revision, nil
}

// attach names a document at a version, and lets the bytes of the one it had go when no version names them any more.
func (t *tx) attach(kind string, of store.Ref, revision int, had, is store.DocumentRef, by store.Actor) error {
	set := `UPDATE solution_design SET document_name = $4, document_sha256 = $5, revision = revision + 1
		WHERE id = $1 AND version = $2 AND revision = $3`
	if kind == "ros" {
		set = `UPDATE risk_assessment SET document_name = $4, document_sha256 = $5, revision = revision + 1
			WHERE id = $1 AND version = $2 AND revision = $3`
	}
	if err := t.write(set, of.ID, of.Version, revision, is.Name, is.SHA256); err != nil {
		return err
	}
	err := t.exec(`DELETE FROM document WHERE sha256 = $1
		AND NOT EXISTS (SELECT 1 FROM risk_assessment WHERE document_sha256 = $1)
		AND NOT EXISTS (SELECT 1 FROM solution_design WHERE document_sha256 = $1)`, had.SHA256)
	if err != nil {
		return err
	}
	e := about(kind+".document", of.ID, "")
	e.Details = store.Args{"version": of.Version, "sha256": is.SHA256}
	return t.audit(by, e)
}
