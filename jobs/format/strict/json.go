package strict

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"

	"samband/store"
)

// Object is an object of JSON. Its values are Object, []any, string, json.Number, bool and nil.
type Object map[string]any

// JSON reads a file in UTF-8, with or without a byte order mark, that holds exactly one value. A member that stands
// twice in an object refuses the file: readers differ in which of the two they take.
func JSON(data []byte) (any, error) {
	if err := sized(data); err != nil {
		return nil, err
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(data) {
		return nil, store.E(store.Invalid, "dictionary.encoding", store.Args{"encoding": store.Code("dictionary.other_encoding")})
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	j := parser{d: d, data: data}
	v, err := j.value(0)
	if err == nil {
		if _, more := d.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("more than one value")
		}
	}
	if err != nil && store.ClassOf(err) == store.Internal {
		err = &store.Error{Class: store.Invalid, Code: "dictionary.json", Args: store.Args{"line": j.line()}, Err: err}
	}
	if err != nil {
		return nil, err
	}
	return v, nil
}

type parser struct {
	d     *json.Decoder
	data  []byte
	parts int
}

func (p *parser) line() int { return lineOf(p.data, p.d.InputOffset()) }

func (p *parser) value(depth int) (any, error) {
	t, err := p.d.Token()
	if err != nil {
		return nil, err
	}
	p.parts++
	delim, nested := t.(json.Delim)
	switch {
	case p.parts > MaxParts:
		return nil, store.E(store.Invalid, "dictionary.parts", store.Args{"max": MaxParts})
	case !nested:
		return t, nil
	case depth == MaxDepth:
		return nil, store.E(store.Invalid, "dictionary.deep", store.Args{"max": MaxDepth, "line": p.line()})
	case delim == '[':
		var list []any
		for p.d.More() {
			v, err := p.value(depth + 1)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err = p.d.Token()
		return list, err
	}
	o := Object{}
	for p.d.More() {
		t, err := p.d.Token()
		if err != nil {
			return nil, err
		}
		name, _ := t.(string)
		if _, twice := o[name]; twice {
			return nil, store.E(store.Invalid, "dictionary.json_twice", store.Args{"name": name[:min(len(name), 60)], "line": p.line()})
		}
		if o[name], err = p.value(depth + 1); err != nil {
			return nil, err
		}
	}
	_, err = p.d.Token()
	return o, err
}

// Text gives a member that is a text, or "".
func (o Object) Text(name string) string {
	s, _ := o[name].(string)
	return s
}

// True tells whether a member is true.
func (o Object) True(name string) bool {
	b, _ := o[name].(bool)
	return b
}

// Object gives a member that is an object, or nil, of which everything may be asked.
func (o Object) Object(name string) Object {
	x, _ := o[name].(Object)
	return x
}

// Objects gives the objects of a member that is a list.
func (o Object) Objects(name string) []Object {
	list, _ := o[name].([]any)
	objects := make([]Object, 0, len(list))
	for _, v := range list {
		if x, ok := v.(Object); ok {
			objects = append(objects, x)
		}
	}
	return objects
}
