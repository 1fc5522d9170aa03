package store

import (
	"bytes"
	"encoding/json"
	"time"
)

// Args are the named values a message is filled with. They are shown to people: never put an identity value in one
// (the masked types of ident.go are safe, their text is the mask). A Code is a text key and is shown as that text.
//
// Messages are stored with runs and in the log, so Args survive JSON: numbers, truth values, texts and lists of texts
// stand as they are, other types as an object of one member that names the type. Whole numbers come back as int64.
type Args map[string]any

// tagged is the JSON form of a value whose type JSON lacks. Exactly one member is set.
type tagged struct {
	Date        *Date          `json:"date,omitempty"`
	Time        *time.Time     `json:"time,omitempty"`
	Duration    *time.Duration `json:"duration,omitempty"` // nanoseconds
	Text        *Code          `json:"text,omitempty"`
	Texts       []Code         `json:"texts,omitempty"`
	Differences []Difference   `json:"differences,omitempty"`
}

// MarshalJSON gives the form that UnmarshalJSON reads back.
func (a Args) MarshalJSON() ([]byte, error) {
	if a == nil {
		return []byte("null"), nil
	}
	m := make(map[string]any, len(a))
	for name, v := range a {
		switch x := v.(type) {
		case Date:
			v = tagged{Date: &x}
		case time.Time:
			x = x.UTC()
			v = tagged{Time: &x}
		case time.Duration:
			v = tagged{Duration: &x}
		case Code:
			v = tagged{Text: &x}
		case []Code:
			v = tagged{Texts: x}
		case []Difference:
			v = tagged{Differences: x}
		}
		m[name] = v
	}
	return json.Marshal(m)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (a *Args) UnmarshalJSON(b []byte) error {
	var m map[string]json.RawMessage
	if err := json.Unmarshal(b, &m); err != nil || m == nil {
		*a = nil
		return err
	}
	*a = make(Args, len(m))
	for name, raw := range m {
		v, err := argument(raw)
		if err != nil {
			return err
		}
		(*a)[name] = v
	}
	return nil
}

func argument(raw json.RawMessage) (any, error) {
	switch raw[0] {
	case '{':
		var t tagged
		err := json.Unmarshal(raw, &t)
		switch {
		case t.Date != nil:
			return *t.Date, err
		case t.Time != nil:
			return *t.Time, err
		case t.Duration != nil:
			return *t.Duration, err
		case t.Text != nil:
			return *t.Text, err
		case t.Texts != nil:
			return t.Texts, err
		case t.Differences != nil:
			return t.Differences, err
		}
	case '[':
		var texts []string
		if json.Unmarshal(raw, &texts) == nil {
			return texts, nil
		}
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	n, ok := v.(json.Number)
	if !ok {
		return v, nil
	}
	if i, err := n.Int64(); err == nil {
		return i, nil
	}
	return n.Float64()
}
