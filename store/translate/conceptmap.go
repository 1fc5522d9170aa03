package translate

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"time"

	"samband/store"
)

// What a ConceptMap says that FHIR has no member for, as extensions of a target.
const (
	extFrom  = "urn:samband:valid-from"
	extTo    = "urn:samband:valid-to"
	extBy    = "urn:samband:decided-by"
	extAt    = "urn:samband:decided-at"
	extState = "urn:samband:state" // of a target that the rule has and nobody has approved
)

// conceptMap is a FHIR R4 ConceptMap, as far as it is read. Members that say nothing of the translation are left aside;
// any that is not of the resource makes it unreadable.
type conceptMap struct {
	ResourceType string  `json:"resourceType"`
	URL          string  `json:"url,omitempty"`
	Name         string  `json:"name,omitempty"`
	Title        string  `json:"title,omitempty"`
	Status       string  `json:"status"`
	SourceURI    string  `json:"sourceUri,omitempty"`
	TargetURI    string  `json:"targetUri,omitempty"`
	Group        []group `json:"group,omitempty"`

	aside
}

// aside are members that are read past.
type aside struct {
	ID              json.RawMessage `json:"id,omitempty"`
	Meta            json.RawMessage `json:"meta,omitempty"`
	ImplicitRules   json.RawMessage `json:"implicitRules,omitempty"`
	Language        json.RawMessage `json:"language,omitempty"`
	Text            json.RawMessage `json:"text,omitempty"`
	Contained       json.RawMessage `json:"contained,omitempty"`
	Extension       json.RawMessage `json:"extension,omitempty"`
	Identifier      json.RawMessage `json:"identifier,omitempty"`
	Version         json.RawMessage `json:"version,omitempty"`
	Experimental    json.RawMessage `json:"experimental,omitempty"`
	Date            json.RawMessage `json:"date,omitempty"`
	Publisher       json.RawMessage `json:"publisher,omitempty"`
	Contact         json.RawMessage `json:"contact,omitempty"`
	Description     json.RawMessage `json:"description,omitempty"`
	UseContext      json.RawMessage `json:"useContext,omitempty"`
	Jurisdiction    json.RawMessage `json:"jurisdiction,omitempty"`
	Purpose         json.RawMessage `json:"purpose,omitempty"`
	Copyright       json.RawMessage `json:"copyright,omitempty"`
	SourceCanonical json.RawMessage `json:"sourceCanonical,omitempty"`
	TargetCanonical json.RawMessage `json:"targetCanonical,omitempty"`
}

type group struct {
	Source        string          `json:"source,omitempty"`
	SourceVersion string          `json:"sourceVersion,omitempty"`
	Target        string          `json:"target,omitempty"`
	TargetVersion string          `json:"targetVersion,omitempty"`
	Element       []element       `json:"element"`
	Unmapped      json.RawMessage `json:"unmapped,omitempty"`
}

type element struct {
	Code    string   `json:"code"`
	Display string   `json:"display,omitempty"`
	Target  []target `json:"target,omitempty"`
}

type target struct {
	Code        string      `json:"code,omitempty"`
	Display     string      `json:"display,omitempty"`
	Equivalence string      `json:"equivalence"`
	Comment     string      `json:"comment,omitempty"`
	Extension   []extension `json:"extension,omitempty"`
}

type extension struct {
	URL   string `json:"url"`
	Value string `json:"valueString,omitempty"`
}

// equivalences are the codes of R4's ConceptMapEquivalence that a relation can be read from. Each relation is written as
// the first of its codes. The target of «wider» means more than its source.
var equivalences = []struct {
	code     string
	relation store.Relation
}{
	{"equivalent", store.RelEquivalent}, {"equal", store.RelEquivalent}, {"wider", store.RelBroader}, {"subsumes", store.RelBroader},
	{"narrower", store.RelNarrower}, {"specializes", store.RelNarrower}, {"unmatched", store.RelNoMatch}, {"disjoint", store.RelNoMatch},
}

// WriteConceptMap writes what the values of a variable become, in the order they are to stand: as is approved, else as the
// rule has it, and then the target says so. A value without a target is one that nothing is known of yet: «unmatched» is
// said only where it is decided that there is none.
func WriteConceptMap(w io.Writer, i *store.Integration, c *store.Codebook, v *store.Variable, list []Row) error {
	here := "urn:samband:integration:" + i.ID + ":" + v.Name
	m := conceptMap{ResourceType: "ConceptMap", URL: here + ":map", Name: v.Name, Title: v.Label, Status: "active", SourceURI: here}
	g := group{Source: here, Target: "urn:samband:codebook:" + c.ID + ":" + v.Name}
	if v.System != "" {
		if g.Target = v.System; g.Target[0] >= '0' && g.Target[0] <= '9' {
			g.Target = "urn:oid:" + g.Target
		}
	}
	m.TargetURI = g.Target
	for n := range list {
		e := element{Code: list[n].Value}
		if t, ok := targetOf(&list[n], v); ok {
			e.Target = []target{t}
		}
		g.Element = append(g.Element, e)
	}
	if len(g.Element) > 0 {
		m.Group = []group{g}
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(m)
}

// targetOf gives what a value becomes; false when nothing says.
func targetOf(r *Row, v *store.Variable) (target, bool) {
	var t target
	say := func(url, value string) {
		if value != "" {
			t.Extension = append(t.Extension, extension{url, value})
		}
	}
	var relation store.Relation
	if d := r.Decision; d != nil && d.Verdict == store.VerdictApproved {
		t.Code, t.Comment, relation = d.Code, d.Note, d.Relation
		say(extFrom, string(d.From))
		say(extTo, string(d.To))
		say(extBy, d.By)
		if !d.At.IsZero() {
			say(extAt, d.At.UTC().Format(time.RFC3339Nano))
		}
	} else if t.Code, relation = r.inRule(); relation != "" {
		say(extState, string(r.State))
	}
	for _, e := range equivalences {
		if e.relation == relation {
			t.Equivalence = e.code
			break
		}
	}
	for _, o := range v.Codes {
		if o.Code == t.Code && t.Code != "" {
			t.Display = o.Label
		}
	}
	return t, relation != ""
}

// ReadConceptMap reads the translation of one variable. An element without a target says nothing, so nothing is read
// from it, nor from a target that nobody has approved; one with several targets can't be a row and is a fault, as is a relation that leaves open which way it goes.
// Rows are counted over the elements of all groups, from 1.
func ReadConceptMap(data []byte, v *store.Variable) ([]store.CodeDecision, []Fault, error) {
	var m conceptMap
	if err := strict(data, &m); err != nil {
		return nil, nil, &store.Error{Class: store.Invalid, Code: "translation.concept_map", Field: "file", Err: err}
	}
	if m.ResourceType != "ConceptMap" {
		return nil, nil, store.FieldError("file", "translation.concept_map", nil)
	}
	var list []store.CodeDecision
	var r reading
	row := 0
	for _, g := range m.Group {
		for _, e := range g.Element {
			row++
			switch {
			case len(e.Target) == 0:
				continue
			case len(e.Target) > 1:
				r.fault(row, store.FieldError("file", "translation.several_targets", nil))
				continue
			}
			t := e.Target[0]
			if slices.ContainsFunc(t.Extension, func(x extension) bool { return x.URL == extState }) {
				continue
			}
			d := store.CodeDecision{Variable: v.Name, Value: e.Code, Verdict: store.VerdictApproved, Code: t.Code, Note: t.Comment}
			for _, x := range equivalences {
				if x.code == t.Equivalence {
					d.Relation = x.relation
				}
			}
			if d.Relation == "" {
				r.fault(row, store.FieldError("file", "translation.equivalence", store.Args{"equivalence": clip(t.Equivalence)}))
				continue
			}
			if !extend(&d, t.Extension) {
				r.fault(row, store.FieldError("file", "translation.extension", nil))
				continue
			}
			if r.take(row, &d, v) {
				list = append(list, d)
			}
		}
	}
	if len(r.faults) > 0 {
		return nil, r.faults, nil
	}
	return list, nil, nil
}

// extend reads what the extensions of a target say; false when one of ours can't be read. Others are left aside.
func extend(d *store.CodeDecision, list []extension) bool {
	for _, x := range list {
		switch x.URL {
		case extFrom:
			d.From = store.Date(x.Value)
		case extTo:
			d.To = store.Date(x.Value)
		case extBy:
			d.By = x.Value
		case extAt:
			t, err := time.Parse(time.RFC3339Nano, x.Value)
			if err != nil {
				return false
			}
			d.At = t.UTC()
		}
	}
	return true
}

// strict reads one JSON value and nothing after it: no member that is unknown, and none twice.
func strict(data []byte, into any) error {
	if len(data) > MaxBytes {
		return errors.New("too large")
	}
	if err := once(json.NewDecoder(bytes.NewReader(data)), 0); err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one value")
	}
	return nil
}

// once reads one value and gives an error when an object in it has a member twice, or it lies too deep.
func once(d *json.Decoder, depth int) error {
	if depth > 30 {
		return errors.New("too deep")
	}
	t, err := d.Token()
	if err != nil {
		return err
	}
	sign, ok := t.(json.Delim)
	if !ok {
		return nil
	}
	seen := map[string]bool{}
	for d.More() {
		if sign == '{' {
			name, err := d.Token()
			if err != nil {
				return err
			}
			s, _ := name.(string)
			if seen[s] {
				return errors.New("a member stands twice")
			}
			seen[s] = true
		}
		if err := once(d, depth+1); err != nil {
			return err
		}
	}
	_, err = d.Token()
	return err
}
