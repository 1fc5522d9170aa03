package evidence

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"hash"
	"io"
	"iter"
	"strconv"
	"time"

	"samband/store"
	"samband/store/auditlog"
	"samband/store/text"
)

// Pack is what an evidence pack is made from. Sequences end at their first error, which Build gives.
type Pack struct {
	Dossier    *store.Dossier
	Approval   *store.Approval
	History    []store.Past                 // oldest first
	Runs       iter.Seq2[*store.Run, error] // made under the approval
	Refusals   iter.Seq2[*store.Run, error] // runs that were refused, missed or skipped while it was to hold
	Log        iter.Seq2[*Logged, error]    // the whole log up to the checkpoint, oldest first
	Documents  []Document                   // that ROS and LD hold
	Checkpoint []byte                       // signed
	MadeAt     time.Time
	MadeBy     string // name
	Signer     *auditlog.Signer
}

// Logged is an entry of the audit log. Entry may be nil when it is not Picked.
type Logged struct {
	Seq    int64
	Leaf   []byte
	Entry  []byte // canonical
	Picked bool   // it belongs in the extract
}

// Document is an uploaded file.
type Document struct {
	Name    string // in the pack: "ros-….pdf"
	Content []byte
}

// names of the files that checking a pack reads.
const (
	fileApproval   = "approval.json"
	fileScope      = "scope.json"
	fileRuns       = "runs.csv"
	fileRefusals   = "refusals.csv"
	fileLog        = "audit.jsonl"
	fileProof      = "audit-proofs.json"
	fileCheckpoint = "checkpoint.txt"
	fileKey        = "public-key.pem"
	fileManifest   = "manifest.json"
	fileSignature  = "manifest.sig"
)

// Build writes an evidence pack and gives its manifest with the hash of that. It holds one file at a time in memory at
// most, and of runs and of the log none.
func Build(w io.Writer, p *Pack) (*store.PackManifest, string, error) {
	v := p.Signer.Verifier()
	at, err := v.Checkpoint(p.Checkpoint)
	if err != nil {
		return nil, "", err
	}
	o := p.Dossier
	b := &builder{out: zip.NewWriter(w), at: at.At, manifest: store.PackManifest{Format: store.PackFormat,
		Installation: v.Origin(), MadeAt: p.MadeAt.UTC(), MadeBy: p.MadeBy, Approval: p.Approval.ID,
		Integration: o.IntegrationID, Registry: o.RegistryID, Submission: o.Submission.No, ScopeHash: o.Submission.ScopeHash,
		MappingNo: o.Submission.MappingNo, PublicKey: v.String(),
		Checkpoint: store.PackCheckpoint{Size: at.Size, Root: at.Root[:], At: at.At}}}
	b.out.RegisterCompressor(zip.Deflate, b.pack)
	appendix := text.Appendix(text.NB, o)
	b.file("README.md", text.EvidenceReadme())
	b.json(fileApproval, approvalOf(p))
	b.file(fileScope, o.Submission.Scope)
	b.file("scope.nb.md", text.ScopeDocument(text.NB, o).Markdown())
	b.file("appendix.md", appendix.Markdown())
	b.file("appendix.html", appendix.HTML())
	if f := o.Submission.Facts; f != nil {
		b.json("ros.json", f.ROS)
		b.json("ld.json", f.LD)
	}
	for _, d := range p.Documents {
		b.file(d.Name, d.Content)
	}
	b.json("history.json", historyOf(p.History))
	b.file("history.nb.md", text.HistoryDocument(text.NB, p.History).Markdown())
	b.stream(fileRuns, func(w io.Writer) error { return writeRuns(w, p.Runs) })
	b.stream(fileRefusals, func(w io.Writer) error { return writeRuns(w, p.Refusals) })
	var proved *proof
	b.stream(fileLog, func(w io.Writer) (err error) {
		proved, err = extract(w, at.Size, p.Log)
		if err == nil && !bytes.Equal(proved.Root, at.Root[:]) {
			err = store.E(store.Refused, "evidence.log", nil)
		}
		return err
	})
	b.json(fileProof, proved)
	b.file(fileCheckpoint, p.Checkpoint)
	b.file(fileKey, publicPEM(v))
	return b.close(p.Signer)
}

// publicPEM gives the public key as openssl reads it.
func publicPEM(v *auditlog.Verifier) []byte {
	der, err := x509.MarshalPKIXPublicKey(v.PublicKey())
	if err != nil {
		panic(err) // an Ed25519 key always marshals
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
}

// builder writes the files of a pack one after the other. The first error stays.
type builder struct {
	out      *zip.Writer
	at       time.Time
	manifest store.PackManifest
	packed   []*tally // of the files in the manifest
	err      error
}

// tally counts and hashes what is written through it.
type tally struct {
	io.Writer
	size int64
	hash hash.Hash
}

func newTally(w io.Writer) *tally { return &tally{Writer: w, hash: sha256.New()} }

func (t *tally) Write(b []byte) (int, error) {
	n, err := t.Writer.Write(b)
	t.size += int64(n)
	t.hash.Write(b[:n])
	return n, err
}

func (t *tally) sum() string { return hex.EncodeToString(t.hash.Sum(nil)) }

// pack is the compressor: it keeps account of what really lies in the zip.
func (b *builder) pack(w io.Writer) (io.WriteCloser, error) {
	t := newTally(w)
	b.packed = append(b.packed, t)
	return flate.NewWriter(t, flate.BestCompression)
}

// header is what the zip says of a file. Its time is the checkpoint's, in the old form alone: the newer fields would
// say the same again.
func header(name string, method uint16, at time.Time) *zip.FileHeader {
	h := &zip.FileHeader{Name: name, Method: method}
	at = at.UTC()
	h.ModifiedDate = uint16(at.Day() + int(at.Month())<<5 + (at.Year()-1980)<<9)
	h.ModifiedTime = uint16(at.Second()/2 + at.Minute()<<5 + at.Hour()<<11)
	return h
}

func (b *builder) stream(name string, write func(io.Writer) error) {
	if b.err != nil {
		return
	}
	w, err := b.out.CreateHeader(header(name, zip.Deflate, b.at))
	if err != nil {
		b.err = err
		return
	}
	whole := newTally(w)
	if b.err = write(whole); b.err != nil {
		return
	}
	b.manifest.Files = append(b.manifest.Files, store.PackFileEntry{Name: name, Size: whole.size, SHA256: whole.sum()})
}

func (b *builder) file(name string, content []byte) {
	b.stream(name, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

func (b *builder) json(name string, v any) { b.file(name, inJSON(v)) }

// inJSON gives v as the files of a pack hold it: indented, with a line feed at the end.
func inJSON(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		panic(err) // plain data of ours always marshal
	}
	return b.Bytes()
}

// close writes the manifest and its signature. They lie in the zip as they are, since nothing but the signature tells
// what they must be.
func (b *builder) close(signer *auditlog.Signer) (*store.PackManifest, string, error) {
	var manifest []byte
	b.plain(fileManifest, func() []byte { // asked when the file before it is closed
		for i, t := range b.packed {
			b.manifest.Files[i].PackedSize, b.manifest.Files[i].PackedSHA256 = t.size, t.sum()
		}
		manifest = inJSON(&b.manifest)
		return manifest
	})
	b.plain(fileSignature, func() []byte { return signature(signer.Detached(manifest)) })
	if b.err == nil {
		b.err = b.out.Close()
	}
	if b.err != nil {
		return nil, "", store.Wrap(b.err, store.Internal, "evidence.write", nil)
	}
	sum := sha256.Sum256(manifest)
	return &b.manifest, hex.EncodeToString(sum[:]), nil
}

func (b *builder) plain(name string, content func() []byte) {
	if b.err != nil {
		return
	}
	w, err := b.out.CreateHeader(header(name, zip.Store, b.at))
	if err == nil {
		_, err = w.Write(content())
	}
	b.err = err
}

// signature gives a signature as the file that holds it.
func signature(sig []byte) []byte { return []byte(base64.StdEncoding.EncodeToString(sig) + "\n") }

// extract writes the picked entries of the log, one a line, and gives their proof.
func extract(w io.Writer, size int64, log iter.Seq2[*Logged, error]) (*proof, error) {
	next, stop := iter.Pull2(log)
	defer stop()
	last := int64(0)
	return prove(size, func() (leaf [32]byte, picked bool, err error) {
		e, err, ok := next()
		switch {
		case err != nil:
			return leaf, false, err
		case !ok || e.Seq != last+1 || len(e.Leaf) != len(leaf):
			return leaf, false, store.E(store.Refused, "evidence.log", nil)
		}
		last++
		if !e.Picked {
			return [32]byte(e.Leaf), false, nil
		}
		if _, err := w.Write(append(e.Entry, '\n')); err != nil {
			return leaf, false, err
		}
		return store.LeafHash(e.Entry), true, nil // of what is shown, not of what is said of it
	})
}

// runColumns are the columns of runs.csv and refusals.csv.
var runColumns = []string{"no", "id", "state", "reason", "trigger", "dry_run", "due_at", "started_at", "ended_at", "read",
	"loaded", "unchanged", "merged", "filtered", "quarantined", "blocked", "approval", "scope_hash", "mapping_no"}

// writeRuns writes runs without anything that people or sources wrote: codes, counts and hashes.
func writeRuns(w io.Writer, runs iter.Seq2[*store.Run, error]) error {
	out := csv.NewWriter(w)
	out.Write(runColumns)
	for r, err := range runs {
		if err != nil {
			return err
		}
		c, n := r.Counts, func(n int64) string { return strconv.FormatInt(n, 10) }
		out.Write([]string{n(r.No), r.ID, string(r.State), string(r.Reason), string(r.Trigger), strconv.FormatBool(r.DryRun),
			stamp(r.DueAt), stamp(r.StartedAt), stamp(r.EndedAt), n(c.Read), n(c.Loaded), n(c.Unchanged), n(c.Merged),
			n(c.Filtered), n(c.Quarantined), n(c.Blocked), r.ApprovalID, r.ScopeHash, strconv.Itoa(r.MappingNo)})
	}
	out.Flush()
	return out.Error()
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
