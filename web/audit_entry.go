package web

import (
	"encoding/json"
	"net/http"
	"strconv"

	"samband/store"
	"samband/store/auditlog"
	"samband/views/admin"
)

// auditEntry shows one line of the log with everything in it.
func (s *Server) auditEntry(w http.ResponseWriter, r *http.Request) error {
	e, raw, err := s.auditAsked(r)
	if err != nil {
		return err
	}
	m := admin.AuditEntryModel{Entry: *e, Leaf: auditlog.Hash(store.LeafHash(raw)).String()}
	if m.Names, err = s.auditNames(r.Context()); err != nil {
		return err
	}
	if m.Sealed, err = s.sealed(r.Context()); err != nil {
		return err
	}
	return s.page(w, r, admin.AuditEntry(s.ctx(w, r), m))
}

// auditAsked is the line {seq}, and its canonical bytes.
func (s *Server) auditAsked(r *http.Request) (*store.AuditEntry, []byte, error) {
	seq, err := strconv.ParseInt(r.PathValue("seq"), 10, 64)
	if err != nil || seq < 1 {
		return nil, nil, errNotFound
	}
	list, err := s.DB.AuditRange(r.Context(), seq-1, 1)
	if err != nil {
		return nil, nil, err
	}
	if len(list) == 0 || list[0].Seq != seq {
		return nil, nil, errNotFound
	}
	var e store.AuditEntry
	if err := json.Unmarshal(list[0].Entry, &e); err != nil {
		return nil, nil, err
	}
	return &e, list[0].Entry, nil
}

// entryProof is the file that proves a line: its bytes as text, the proof that they are under the checkpoint, and the key
// that signed that. Anybody can check it who knows RFC 6962 and C2SP's signed notes.
type entryProof struct {
	Entry      string             `json:"entry"` // canonical: the hash is over exactly these bytes
	Leaf       auditlog.Hash      `json:"leaf"`
	Inclusion  auditlog.Inclusion `json:"inclusion"`
	Checkpoint string             `json:"checkpoint"`
	Key        string             `json:"key"`
}

// auditProof gives the proof of a line as a file; Conflict "audit.unsigned" until a checkpoint is over it.
func (s *Server) auditProof(w http.ResponseWriter, r *http.Request) error {
	e, _, err := s.auditAsked(r)
	if err != nil {
		return err
	}
	x, err := s.sealed(r.Context())
	if err != nil {
		return err
	}
	if x.Size < e.Seq {
		return store.E(store.Conflict, "audit.unsigned", nil)
	}
	raw, p, err := s.DB.ProveEntry(r.Context(), e.Seq, x.Size)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="audit-`+strconv.FormatInt(e.Seq, 10)+`.json"`)
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(entryProof{Entry: string(raw), Leaf: store.LeafHash(raw), Inclusion: p, Checkpoint: x.Checkpoint,
		Key: x.Key})
}
