package evidence

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"hash/crc32"
	"io"
	"regexp"
	"slices"
	"strconv"

	"samband/store"
	"samband/store/auditlog"
)

// Limits of what is read of a pack.
const (
	maxFiles    = 100
	maxRatio    = 200     // of a file to what lies in the zip
	maxUnpacked = 2 << 30 // all files together
	maxManifest = 1 << 20
	maxProof    = 256 << 20
	maxLine     = 1 << 20 // of the log
	endSize     = 22      // of the record that ends a zip without comment
)

var fileName = regexp.MustCompile(`^[a-z0-9A-Z][a-zA-Z0-9._-]{0,99}$`)

// Verify checks a pack against its manifest, its signature and its checkpoint. trusted are the keys that are believed;
// without any, a whole signature is SignatureUntested. Only reading itself can fail: what is wrong with the pack is in
// the report.
func Verify(r io.ReaderAt, size int64, trusted []*auditlog.Verifier) (*store.PackReport, error) {
	in := &reader{ReaderAt: r, size: size}
	v := &verifier{in: in, size: size, trusted: trusted, at: map[string]*zip.File{},
		report: &store.PackReport{Signature: store.SignatureBroken, Files: []store.PackFile{}, Checks: []store.PackCheck{}}}
	v.run()
	if in.err != nil {
		return nil, store.Wrap(in.err, store.Unavailable, "evidence.read", nil)
	}
	p := v.report
	p.OK = p.Signature == store.SignatureOK && p.Whole()
	return p, nil
}

// reader keeps the error of the medium, which says nothing about the pack.
type reader struct {
	io.ReaderAt
	size int64
	err  error
}

func (r *reader) ReadAt(b []byte, off int64) (int, error) {
	if off < 0 || off > r.size { // a zip that points outside itself
		return 0, io.EOF
	}
	n, err := r.ReaderAt.ReadAt(b, off)
	if err != nil && err != io.EOF && r.err == nil {
		r.err = err
	}
	return n, err
}

type verifier struct {
	in       *reader
	size     int64
	trusted  []*auditlog.Verifier
	report   *store.PackReport
	zip      *zip.Reader
	at       map[string]*zip.File
	manifest *store.PackManifest
	key      *auditlog.Verifier // the pack's own
	unpacked int64
	whole    map[string]bool // files that are as the manifest says
}

func (v *verifier) check(name string, ok bool, args store.Args) {
	v.report.Checks = append(v.report.Checks, store.PackCheck{Name: name, OK: ok, Args: args})
}

func (v *verifier) run() {
	if !v.open() {
		v.check("zip", false, nil)
		return
	}
	if !v.readManifest() {
		return
	}
	v.files()
	v.check("frame", v.frame(), nil)
	v.contents()
}

// open reads what the zip says of itself. A pack has few files, and nothing behind them.
func (v *verifier) open() bool {
	if v.size < endSize {
		return false
	}
	end := make([]byte, endSize)
	if _, err := v.in.ReadAt(end, v.size-endSize); err != nil && err != io.EOF {
		return false
	}
	if !bytes.HasPrefix(end, []byte("PK\x05\x06")) || binary.LittleEndian.Uint16(end[10:]) > maxFiles ||
		binary.LittleEndian.Uint32(end[12:]) > maxFiles*300 {
		return false
	}
	var err error
	v.zip, err = zip.NewReader(v.in, v.size)
	if err != nil && v.zip == nil || len(v.zip.File) > maxFiles { // names that lead elsewhere are an error beside the reader
		return false
	}
	for _, f := range v.zip.File {
		if v.at[f.Name] == nil {
			v.at[f.Name] = f
		}
	}
	return true
}

// packed gives the bytes of a file as they lie in the zip, at most limit of them; false when they can't be had.
func (v *verifier) packed(name string, limit int64) ([]byte, bool) {
	f := v.at[name]
	if f == nil || f.Method != zip.Store || f.CompressedSize64 > uint64(limit) {
		return nil, false
	}
	r, err := f.OpenRaw()
	if err != nil {
		return nil, false
	}
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	return b, err == nil && int64(len(b)) <= limit
}

// readManifest reads the manifest and its signature, and tells whether there is one to go by. Their own check sums in
// the zip tell which of the two was changed when the signature doesn't hold.
func (v *verifier) readManifest() bool {
	p := v.report
	manifest, haveManifest := v.packed(fileManifest, maxManifest)
	sig, haveSig := v.packed(fileSignature, 1000)
	signed := false
	var m store.PackManifest
	d := json.NewDecoder(bytes.NewReader(manifest))
	d.DisallowUnknownFields()
	readable := haveManifest && d.Decode(&m) == nil && m.Format == store.PackFormat && len(m.Files) <= maxFiles
	if readable {
		p.Key, p.ManifestHash = m.PublicKey, hashOf(manifest)
		var err error
		if v.key, err = auditlog.NewVerifier(m.PublicKey); err == nil && v.key.Origin() == m.Installation && haveSig {
			raw, err := base64.StdEncoding.Strict().DecodeString(string(bytes.TrimSuffix(sig, []byte("\n"))))
			signed = err == nil && bytes.Equal(signature(raw), sig) && v.key.Detached(manifest, raw)
		}
	}
	for _, part := range []struct {
		name    string
		content []byte
		have    bool
	}{{fileManifest, manifest, haveManifest}, {fileSignature, sig, haveSig}} {
		f := store.PackFile{Name: part.name, Size: int64(len(part.content)), State: store.FileOK}
		switch {
		case v.at[part.name] == nil:
			f.State = store.FileMissing
		case !part.have, crc32.ChecksumIEEE(part.content) != v.at[part.name].CRC32:
			f.State = store.FileChanged
		}
		p.Files = append(p.Files, f)
	}
	switch {
	case !signed:
	case len(v.trusted) == 0:
		p.Signature = store.SignatureUntested
	case slices.ContainsFunc(v.trusted, func(t *auditlog.Verifier) bool { return t.String() == v.key.String() }):
		p.Signature = store.SignatureOK
	default:
		p.Signature = store.SignatureForeign
	}
	v.check("signature", signed, nil)
	if !readable {
		v.check("manifest", false, nil)
		return false
	}
	v.manifest, p.Manifest = &m, &m
	return true
}

// files holds every file up to the manifest.
func (v *verifier) files() {
	v.whole = map[string]bool{}
	known := map[string]bool{fileManifest: true, fileSignature: true}
	var list []store.PackFile
	for i := range v.manifest.Files {
		e := &v.manifest.Files[i]
		f := store.PackFile{Name: e.Name, Size: e.Size, State: store.FileMissing}
		if known[e.Name] || !fileName.MatchString(e.Name) {
			f.State = store.FileExtra
		} else if z := v.at[e.Name]; z != nil {
			f.State = store.FileChanged
			if v.same(z, e) {
				f.State, v.whole[e.Name] = store.FileOK, true
			}
		}
		known[e.Name] = true
		list = append(list, f)
	}
	seen := map[string]bool{}
	for _, f := range v.zip.File {
		if !known[f.Name] || seen[f.Name] {
			name := f.Name
			if !fileName.MatchString(name) { // shown, so nothing that isn't a plain name
				name = "?"
			}
			list = append(list, store.PackFile{Name: name, Size: int64(min(f.UncompressedSize64, 1<<62)), State: store.FileExtra})
		}
		seen[f.Name] = true
	}
	v.report.Files = append(list, v.report.Files...)
}

// same tells whether a file is the one that the manifest names: first what lies in the zip, then what it unpacks to.
func (v *verifier) same(f *zip.File, e *store.PackFileEntry) bool {
	v.unpacked += max(e.Size, 0)
	if f.Method != zip.Deflate || !f.Mode().IsRegular() || f.CompressedSize64 != uint64(e.PackedSize) || e.Size < 0 ||
		v.unpacked > maxUnpacked || e.Size > 1000+maxRatio*e.PackedSize {
		return false
	}
	raw, err := f.OpenRaw()
	if err != nil {
		return false
	}
	packed := newTally(io.Discard)
	if _, err := io.Copy(packed, raw); err != nil || packed.size != e.PackedSize || packed.sum() != e.PackedSHA256 {
		return false
	}
	whole := newTally(io.Discard)
	return v.unpack(e.Name, e.Size+1, whole) == nil && whole.size == e.Size && whole.sum() == e.SHA256
}

// unpack writes at most limit bytes of a file.
func (v *verifier) unpack(name string, limit int64, w io.Writer) error {
	raw, err := v.at[name].OpenRaw()
	if err != nil {
		return err
	}
	r := flate.NewReader(raw)
	defer r.Close()
	_, err = io.Copy(w, io.LimitReader(r, limit))
	return err
}

// content gives a file that is as the manifest says; false when it isn't, or is too long to read at once.
func (v *verifier) content(name string, limit int64) ([]byte, bool) {
	if !v.whole[name] {
		return nil, false
	}
	var b bytes.Buffer
	err := v.unpack(name, limit+1, &b)
	return b.Bytes(), err == nil && int64(b.Len()) <= limit
}

// frame builds the zip anew from its files and compares: what isn't in a file must be what Build writes.
func (v *verifier) frame() bool {
	same := &comparer{with: v.in, size: v.size}
	w := zip.NewWriter(same)
	names := make([]string, 0, maxFiles)
	for _, e := range v.manifest.Files {
		names = append(names, e.Name)
	}
	for _, name := range append(names, fileManifest, fileSignature) {
		f := v.at[name]
		if f == nil {
			return false
		}
		method := zip.Deflate
		if name == fileManifest || name == fileSignature {
			method = zip.Store
		}
		h := header(name, method, v.manifest.Checkpoint.At)
		h.CreatorVersion, h.ReaderVersion, h.Flags = 20, 20, 8 // as the writer does: sizes stand behind the content
		h.CRC32, h.CompressedSize64, h.UncompressedSize64 = f.CRC32, f.CompressedSize64, f.UncompressedSize64
		raw, err := f.OpenRaw()
		if err != nil {
			return false
		}
		out, err := w.CreateRaw(h)
		if err != nil {
			return false
		}
		if _, err := io.Copy(out, raw); err != nil {
			return false
		}
	}
	return w.Close() == nil && same.at == v.size && v.sums()
}

// sums tells whether the check sums and sizes in the frame are those of the contents.
func (v *verifier) sums() bool {
	for _, e := range v.manifest.Files {
		f := v.at[e.Name]
		sum := crc32.NewIEEE()
		if f.UncompressedSize64 != uint64(e.Size) || v.whole[e.Name] && (v.unpack(e.Name, e.Size, sum) != nil || sum.Sum32() != f.CRC32) {
			return false
		}
	}
	for _, name := range []string{fileManifest, fileSignature} {
		b, ok := v.packed(name, maxManifest)
		if f := v.at[name]; !ok || f.UncompressedSize64 != uint64(len(b)) || crc32.ChecksumIEEE(b) != f.CRC32 {
			return false
		}
	}
	return true
}

// comparer takes what is written only while it is what is there.
type comparer struct {
	with     io.ReaderAt
	at, size int64
	buf      [4096]byte
}

func (c *comparer) Write(b []byte) (int, error) {
	done := 0
	for done < len(b) {
		part := b[done:min(len(b), done+len(c.buf))]
		n, _ := c.with.ReadAt(c.buf[:len(part)], c.at)
		if n != len(part) || !bytes.Equal(c.buf[:n], part) {
			return done, errNoProof
		}
		c.at += int64(n)
		done += n
	}
	return done, nil
}

func hashOf(b []byte) string {
	t := newTally(io.Discard)
	t.Write(b)
	return t.sum()
}

// contents holds the files that are whole up to each other: a pack can be whole and signed and yet say two things.
func (v *verifier) contents() {
	m := v.manifest
	if scope, ok := v.content(fileScope, maxProof); ok {
		sum := hashOf(scope)
		v.check("scope", sum == m.ScopeHash, store.Args{"hash": m.ScopeHash})
	}
	if b, ok := v.content(fileApproval, maxProof); ok {
		var a approval
		v.check("approval", json.Unmarshal(b, &a) == nil && a.ID == m.Approval && a.ScopeHash == m.ScopeHash &&
			a.Integration == m.Integration && a.Registry == m.Registry && a.Submission == m.Submission, nil)
	}
	if key, ok := v.content(fileKey, 1000); ok {
		v.check("key", v.key != nil && bytes.Equal(key, publicPEM(v.key)), nil)
	}
	note, ok := v.content(fileCheckpoint, 10_000)
	if !ok || v.key == nil {
		return
	}
	at, err := v.key.Checkpoint(note)
	ok = err == nil && at.Size == m.Checkpoint.Size && bytes.Equal(at.Root[:], m.Checkpoint.Root) && at.At.Equal(m.Checkpoint.At)
	v.check("checkpoint", ok, store.Args{"size": m.Checkpoint.Size, "at": m.Checkpoint.At})
	if !ok {
		return
	}
	ended := v.log(at.Tree)
	if ended != nil && v.whole[fileRuns] {
		v.runs(ended)
	}
}

// ended is what the log says of how a run ended.
type ended struct {
	State                     store.RunState
	Read, Loaded, Quarantined int64
	Approval, ScopeHash       string
}

// log proves every entry of the extract, and gives how the runs in it ended by id; nil when the extract can't be read.
func (v *verifier) log(t auditlog.Tree) map[string]ended {
	b, ok := v.content(fileProof, maxProof)
	if !ok || !v.whole[fileLog] {
		return nil
	}
	var p proof
	if json.Unmarshal(b, &p) != nil || p.Size != t.Size {
		v.check("log", false, store.Args{"n": 0})
		return nil
	}
	raw, err := v.at[fileLog].OpenRaw()
	if err != nil {
		return nil
	}
	lines := bufio.NewScanner(flate.NewReader(raw))
	lines.Buffer(nil, maxLine)
	runs := map[string]ended{}
	n, last := 0, int64(0)
	root, err := p.root(func() (int64, [32]byte, bool, error) {
		if !lines.Scan() {
			return 0, [32]byte{}, false, lines.Err()
		}
		var e store.AuditEntry
		if json.Unmarshal(lines.Bytes(), &e) != nil || e.Seq <= last {
			return 0, [32]byte{}, false, errNoProof
		}
		last = e.Seq
		n++
		if e.Action == "run.end" {
			runs[e.Object] = endOf(&e)
		}
		return e.Seq - 1, store.LeafHash(lines.Bytes()), true, nil
	})
	ok = err == nil && root == [32]byte(t.Root)
	v.check("log", ok, store.Args{"n": n})
	if !ok {
		return nil
	}
	return runs
}

func endOf(e *store.AuditEntry) ended {
	number := func(name string) int64 { n, _ := e.Details[name].(int64); return n }
	word := func(name string) string { s, _ := e.Details[name].(string); return s }
	return ended{store.RunState(word("state")), number("read"), number("loaded"), number("quarantined"), word("approval"),
		word("scope_hash")}
}

// runs holds what is said of the runs up to what the log says of them, and up to the approval.
func (v *verifier) runs(log map[string]ended) {
	raw, err := v.at[fileRuns].OpenRaw()
	if err != nil {
		return
	}
	in := csv.NewReader(flate.NewReader(raw))
	in.ReuseRecord = true
	head, err := in.Read()
	ok := err == nil && slices.Equal(head, runColumns)
	n, narrower, first := 0, 0, ""
	for ok {
		row, err := in.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			ok = false
			break
		}
		n++
		no, id, state, read, loaded, held, approval, hash := row[0], row[1], row[2], row[9], row[10], row[14], row[16], row[17]
		if hash != v.manifest.ScopeHash {
			narrower++
		}
		e, logged := log[id]
		count := func(n int64) string { return strconv.FormatInt(n, 10) }
		ok = approval == v.manifest.Approval && (!logged || string(e.State) == state && count(e.Read) == read &&
			count(e.Loaded) == loaded && count(e.Quarantined) == held && (e.Approval == "" || e.Approval == approval) &&
			(e.ScopeHash == "" || e.ScopeHash == hash))
		first = no
	}
	v.check("runs", ok, store.Args{"n": n, "other": narrower, "no": first})
}
