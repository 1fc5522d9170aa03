// Package codelist reads published code lists: the JSON of Helsedirektoratet's FAT service in both shapes that circulate
// and its ICD-10 hierarchy, FHIR CodeSystem and ValueSet, and tables as CSV (contracts/code-systems.md section 2).
package codelist

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"samband/store"
)

// MaxBytes is how large a file may be.
const MaxBytes = 32 << 20

// Read reads a list. What the file doesn't say of itself is empty: System, Name and Version of a table. The codes are
// sorted; whether they can stand is CodeSystem.Validate's to say.
func Read(data []byte) (*store.CodeSystem, error) {
	if len(data) > MaxBytes || !utf8.Valid(data) {
		return nil, unreadable(nil)
	}
	sum := sha256.Sum256(data)
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	var s *store.CodeSystem
	var err error
	switch start := bytes.TrimLeft(data, " \t\r\n"); {
	case bytes.HasPrefix(start, []byte("{")), bytes.HasPrefix(start, []byte("[")):
		s, err = readJSON(start)
	default:
		s, err = readTable(data)
	}
	if err != nil {
		return nil, err
	}
	s.SHA256 = hex.EncodeToString(sum[:])
	s.System = store.CanonicalSystem(s.System)
	s.Sort()
	s.Size = len(s.Codes)
	return s, nil
}

func unreadable(err error) error {
	return &store.Error{Class: store.Invalid, Code: "code_system.file", Field: "file", Err: err}
}

// node is a code in any of the JSON shapes.
type node struct {
	// an administrative list
	Value       text   `json:"value"`
	Name        string `json:"name"`
	Description string `json:"description"`
	// the same, as exports in circulation name it, and FHIR
	Code       text       `json:"code"`
	Display    string     `json:"display"`
	Definition string     `json:"definition"`
	Concept    []node     `json:"concept"`
	Contains   []node     `json:"contains"`
	Property   []property `json:"property"`
	Inactive   bool       `json:"inactive"`
	// the ICD-10 hierarchy
	CodeValue text   `json:"codeValue"`
	Norwegian string `json:"nameNorwegian"`
	Children  []node `json:"children"`

	Active    *bool  `json:"active"`
	ValidFrom string `json:"validFrom"`
	ValidTo   string `json:"validTo"`
}

type property struct {
	Code     string `json:"code"`
	Boolean  *bool  `json:"valueBoolean"`
	DateTime string `json:"valueDateTime"`
	Value    string `json:"valueCode"`
}

// text is a string that some exports write as a number.
type text string

func (t *text) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, (*string)(t))
	}
	var n json.Number
	if err := json.Unmarshal(b, &n); err != nil {
		return err
	}
	*t = text(n)
	return nil
}

// list is a whole file in any of the JSON shapes.
type list struct {
	node
	ResourceType string `json:"resourceType"`
	ID           any    `json:"id"`
	URL          string `json:"url"`
	Title        string `json:"title"`
	Version      text   `json:"version"`
	CodeValues   []node `json:"codeValues"`
	Concepts     []node `json:"concepts"`
	Compose      struct {
		Include []struct {
			System  string `json:"system"`
			Version text   `json:"version"`
			Concept []node `json:"concept"`
		} `json:"include"`
	} `json:"compose"`
	Expansion struct {
		Contains []struct {
			node
			System string `json:"system"`
		} `json:"contains"`
	} `json:"expansion"`
}

func readJSON(data []byte) (*store.CodeSystem, error) {
	s := &store.CodeSystem{}
	if data[0] == '[' { // an ICD-10 hierarchy without its root
		var nodes []node
		if err := one(data, &nodes); err != nil {
			return nil, unreadable(err)
		}
		add(s, nodes, 0)
		return s, nil
	}
	var l list
	if err := one(data, &l); err != nil {
		return nil, unreadable(err)
	}
	s.Name, s.Version = l.Title, string(l.Version)
	if s.Name == "" {
		s.Name = l.Name
	}
	switch l.ResourceType {
	case "CodeSystem":
		s.System = l.URL
		add(s, l.Concept, 0)
	case "ValueSet":
		for _, i := range l.Compose.Include {
			if s.System != "" && s.System != i.System {
				return nil, store.FieldError("file", "code_system.several", nil)
			}
			if s.System = i.System; s.Version == "" {
				s.Version = string(i.Version)
			}
			add(s, i.Concept, 0)
		}
		if len(s.Codes) > 0 {
			break
		}
		for _, c := range l.Expansion.Contains {
			if s.System != "" && s.System != c.System {
				return nil, store.FieldError("file", "code_system.several", nil)
			}
			s.System = c.System
			add(s, []node{c.node}, 0)
		}
	case "":
		if n, ok := l.ID.(float64); ok && n == float64(int(n)) {
			s.System = strconv.Itoa(int(n))
		} else if id, ok := l.ID.(string); ok {
			s.System = id
		}
		if s.Version == "" {
			s.Version = day(l.ValidFrom)
		}
		add(s, l.CodeValues, 0)
		add(s, l.Concepts, 0)
		if len(s.Codes) == 0 {
			s.Version = ""
			add(s, []node{l.node}, 0)
		}
	default:
		return nil, unreadable(nil)
	}
	return s, nil
}

// one reads one JSON value and nothing after it.
func one(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one value")
	}
	return nil
}

// deepest is how deep a hierarchy may be.
const deepest = 20

func add(s *store.CodeSystem, nodes []node, depth int) {
	for i := range nodes {
		n := &nodes[i]
		c := store.SystemCode{Code: first(string(n.Code), string(n.Value), string(n.CodeValue)),
			Text: first(n.Display, n.Norwegian, n.Name), Note: first(n.Definition, n.Description), From: day(n.ValidFrom), To: day(n.ValidTo),
			Inactive: n.Inactive || n.Active != nil && !*n.Active}
		for _, p := range n.Property {
			switch {
			case p.Code == "inactive" && p.Boolean != nil && *p.Boolean, p.Code == "status" && p.Value == "retired":
				c.Inactive = true
			case p.Code == "effectiveDate":
				c.From = day(p.DateTime)
			case p.Code == "deprecationDate" || p.Code == "retirementDate":
				c.To = day(p.DateTime)
			}
		}
		if c.Note == c.Text {
			c.Note = ""
		}
		if c.Code != "" {
			s.Codes = append(s.Codes, c)
		}
		if depth < deepest {
			for _, more := range [][]node{n.Concept, n.Contains, n.Children} {
				add(s, more, depth+1)
			}
		}
	}
}

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// day takes the day of a time: 2008-02-28T00:00:00, and of how people here write one: 28.02.2008.
func day(s string) string {
	s = strings.TrimSpace(s)
	if d, _, ok := strings.Cut(s, "T"); ok {
		s = d
	}
	if p := strings.Split(s, "."); len(p) == 3 && len(p[0]) == 2 && len(p[1]) == 2 && len(p[2]) == 4 {
		return p[2] + "-" + p[1] + "-" + p[0]
	}
	if strings.HasPrefix(s, "9999") {
		return "" // for ever
	}
	return s
}

// headings are what columns of a table are called, in lower case.
var headings = map[string][]string{
	"code":   {"code", "kode", "kodeverdi", "value", "verdi", "id"},
	"text":   {"text", "tekst", "navn", "name", "display", "kodetekst", "kodenavn", "betegnelse", "term"},
	"note":   {"note", "beskrivelse", "description", "definition", "definisjon"},
	"from":   {"valid_from", "from", "gyldig_fra", "gyldig fra", "fra", "validfrom"},
	"to":     {"valid_to", "to", "gyldig_til", "gyldig til", "til", "validto"},
	"active": {"active", "aktiv"},
}

func readTable(data []byte) (*store.CodeSystem, error) {
	in := csv.NewReader(bytes.NewReader(data))
	in.FieldsPerRecord, in.LazyQuotes = -1, true
	line, _, _ := bytes.Cut(data, []byte("\n"))
	for _, sign := range []rune{';', '\t', ','} {
		if bytes.ContainsRune(line, sign) {
			in.Comma = sign
			break
		}
	}
	header, err := in.Read()
	if err != nil {
		return nil, unreadable(err)
	}
	at := map[string]int{}
	for what, names := range headings {
		at[what] = -1
		for _, name := range names {
			for i, h := range header {
				if strings.ToLower(strings.TrimSpace(h)) == name && at[what] < 0 {
					at[what] = i
				}
			}
		}
	}
	if at["code"] < 0 || at["text"] < 0 {
		return nil, store.FieldError("file", "code_system.columns", nil)
	}
	s := &store.CodeSystem{}
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err != nil {
			return nil, unreadable(err)
		}
		cell := func(what string) string {
			if i := at[what]; i >= 0 && i < len(row) {
				return strings.TrimSpace(row[i])
			}
			return ""
		}
		if cell("code") == "" && cell("text") == "" {
			continue
		}
		active := strings.ToLower(cell("active"))
		s.Codes = append(s.Codes, store.SystemCode{Code: cell("code"), Text: cell("text"), Note: cell("note"), From: day(cell("from")),
			To: day(cell("to")), Inactive: active == "0" || active == "false" || active == "nei" || active == "usann"})
	}
}
