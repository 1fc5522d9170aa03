package consentfile

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"samband/jobs/connector"
	"samband/store"
)

// Kind declares the connector.
var Kind = store.Kind{
	Name:       "consentfile",
	Roles:      []store.Role{store.Source},
	Highest:    store.Sensitive,
	Route:      store.RoutePlatform,
	Rereadable: true,
	Consents:   true,
	Options:    []store.Option{{Name: "folder", Kind: store.OptionPath, Required: true, InScope: true}},
}

// Connector is the line of this package in the table of connectors.
func Connector() connector.Connector {
	return connector.Connector{Kind: Kind, OpenConsents: func(s connector.Settings) (connector.ConsentSource, error) {
		if err := Kind.Validate(s.Values); err != nil {
			return nil, err
		}
		return &source{s.Values["folder"]}, nil
	}}
}

type source struct{ folder string }

const (
	controlEnd = ".control"
	maxControl = 4 << 10   // bytes
	maxList    = 512 << 20 // bytes
)

// Test tells whether the folder can be read.
func (s *source) Test(context.Context) error {
	r, err := s.root()
	if err != nil {
		return err
	}
	return r.Close()
}

// root opens the folder. Nothing outside it can be reached through it, whatever links lie in it.
func (s *source) root() (*os.Root, error) {
	r, err := os.OpenRoot(s.folder)
	return r, store.Wrap(err, store.Unavailable, "files.folder", store.Args{"folder": s.folder})
}

// Report is refused: nobody reads what is written to a folder of lists.
func (s *source) Report(context.Context, connector.ConsentQuery, connector.ConsentReport) error {
	return store.E(store.Refused, "consent.no_report", nil)
}

// Choices reads a list: first whether it is the whole one, and then what it says.
func (s *source) Choices(ctx context.Context, of connector.ConsentQuery, each func(connector.ConsentChoice) error) (time.Time, error) {
	name := store.CanonicalGUID(of.Definition) + ".csv"
	made, err := s.read(ctx, name, each)
	if ctx.Err() != nil {
		return time.Time{}, ctx.Err()
	}
	if err != nil && store.CodeOf(err) == "internal" {
		err = store.Wrap(err, store.Unavailable, "consent.file", store.Args{"name": name})
	}
	return made, err
}

func (s *source) read(ctx context.Context, name string, each func(connector.ConsentChoice) error) (made time.Time, err error) {
	r, err := s.root()
	if err != nil {
		return made, err
	}
	defer r.Close()
	control, err := whole(r, name+controlEnd, maxControl)
	if err != nil {
		return made, err
	}
	c, err := parseControl(control)
	if err != nil {
		return made, err
	}
	list, err := whole(r, name, maxList)
	if err != nil {
		return made, err
	}
	if sum := sha256.Sum256(list); hex.EncodeToString(sum[:]) != c.sha256 {
		return made, store.E(store.Unavailable, "consent.file_checksum", store.Args{"name": name})
	}
	return c.made, parse(ctx, name, list, c.rows, each)
}

// whole reads a regular file of the folder.
func whole(r *os.Root, name string, most int64) ([]byte, error) {
	info, err := r.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > most {
		return nil, errors.New("consentfile: no regular file, or too large")
	}
	f, err := r.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, most))
}

type control struct {
	rows   int
	sha256 string
	made   time.Time
}

func parseControl(b []byte) (c control, err error) {
	c.rows = -1
	lines := bufio.NewScanner(bytes.NewReader(b))
	for lines.Scan() {
		key, value, _ := strings.Cut(strings.TrimPrefix(lines.Text(), "\ufeff"), "=")
		switch value = strings.TrimSpace(value); strings.TrimSpace(key) {
		case "rows":
			if c.rows, err = strconv.Atoi(value); err != nil || c.rows < 0 {
				return c, errors.New("consentfile: rows is no number")
			}
		case "sha256":
			c.sha256 = strings.ToLower(value)
		case "made":
			if c.made, err = time.Parse(time.RFC3339, value); err != nil {
				return c, errors.New("consentfile: made is no time with an offset")
			}
			c.made = c.made.UTC()
		}
	}
	if c.rows < 0 || len(c.sha256) != 2*sha256.Size || c.made.IsZero() {
		return c, errors.New("consentfile: rows, sha256 or made is missing")
	}
	return c, lines.Err()
}

// columns are the cells that a list may have.
var columns = []string{"number", "status", "seq", "changed", "from", "until"}

// parse reads the lines. The first that can't be read ends it, told by its number and nothing of what it says.
func parse(ctx context.Context, name string, list []byte, rows int, each func(connector.ConsentChoice) error) error {
	list = bytes.TrimPrefix(list, []byte("\ufeff"))
	r := csv.NewReader(bytes.NewReader(list))
	r.Comma, r.ReuseRecord = ';', true
	broken := func(line int) error {
		return store.E(store.Unavailable, "consent.file_line", store.Args{"name": name, "line": line})
	}
	header, err := r.Read()
	if err != nil {
		return broken(1)
	}
	at := map[string]int{}
	for i, h := range header {
		h = strings.TrimSpace(h)
		if _, twice := at[h]; twice || !known(h) {
			return broken(1)
		}
		at[h] = i
	}
	if _, ok := at["number"]; !ok {
		return broken(1)
	}
	n := 0
	for ; ; n++ {
		row, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil || n >= connector.MaxChoices {
			return broken(n + 2)
		}
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		c, ok := choice(func(column string) string {
			if i, ok := at[column]; ok {
				return strings.TrimSpace(row[i])
			}
			return ""
		})
		if !ok {
			return broken(n + 2)
		}
		if err := each(c); err != nil {
			return err
		}
	}
	if n != rows {
		return store.E(store.Unavailable, "consent.file_rows", store.Args{"name": name, "rows": n, "stated": rows})
	}
	return nil
}

func known(column string) bool {
	for _, c := range columns {
		if c == column {
			return true
		}
	}
	return false
}

func choice(cell func(string) string) (c connector.ConsentChoice, ok bool) {
	number := cell("number")
	if len(number) != 11 || strings.Trim(number, "0123456789") != "" {
		return c, false
	}
	c.Number = store.NewSecret(strings.Clone(number))
	switch status := cell("status"); status {
	case "", "active":
		c.Active = true
	case "inactive":
	default:
		if strings.ToUpper(status) != status {
			return c, false
		}
		c.Active = store.GICS(status)
	}
	if v := cell("seq"); v != "" {
		n, err := strconv.ParseUint(v, 10, 62)
		if err != nil {
			return c, false
		}
		c.Seq = int64(n)
	}
	for column, to := range map[string]*time.Time{"changed": &c.At, "from": &c.From, "until": &c.Until} {
		if v := cell(column); v != "" {
			if *to, ok = moment(v); !ok {
				return c, false
			}
		}
	}
	return c, true
}

// moment reads a time; without an offset it is Norwegian.
func moment(s string) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC(), true
	}
	for _, layout := range []string{"2006-01-02T15:04:05.999999999", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, s, store.Oslo); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// Write leaves a list in a folder, as Choices reads it: the list first, then what makes it whole.
func Write(folder, definition string, choices []connector.ConsentChoice, made time.Time) error {
	var b bytes.Buffer
	b.WriteString(strings.Join(columns, ";") + "\n")
	when := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.UTC().Format(time.RFC3339Nano)
	}
	for _, c := range choices {
		status, seq := "inactive", ""
		if c.Active {
			status = "active"
		}
		if c.Seq > 0 {
			seq = strconv.FormatInt(c.Seq, 10)
		}
		b.WriteString(strings.Join([]string{c.Number.Reveal(), status, seq, when(c.At), when(c.From), when(c.Until)}, ";") + "\n")
	}
	sum := sha256.Sum256(b.Bytes())
	r, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer r.Close()
	name := store.CanonicalGUID(definition) + ".csv"
	r.Remove(name + controlEnd) // nobody takes the new list for the one that the old control file speaks of
	if err := r.WriteFile(name, b.Bytes(), 0o600); err != nil {
		return err
	}
	return r.WriteFile(name+controlEnd, []byte("rows="+strconv.Itoa(len(choices))+"\nsha256="+hex.EncodeToString(sum[:])+
		"\nmade="+made.UTC().Format(time.RFC3339)+"\n"), 0o600)
}
