package xlsx

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"samband/store"
)

// part reads one XML part of a workbook, token by token. It refuses what no workbook needs: document types, in which
// entities are declared, and elements nested without end.
type part struct {
	d     *xml.Decoder
	depth int
}

var (
	errDTD  = store.E(store.Invalid, "xlsx.entities", nil)
	errDeep = errors.New("elements nested too deep")
)

func (p *part) next() (xml.Token, error) {
	t, err := p.d.Token()
	switch t.(type) {
	case xml.StartElement:
		if p.depth++; p.depth > 64 {
			return nil, errDeep
		}
	case xml.EndElement:
		p.depth--
	case xml.Directive:
		return nil, errDTD
	}
	return t, err
}

// read opens a part for do, which must read it to its end or fail. Errors of the file come as a store.Error.
func (b *Book) read(name string, do func(*part) error) error {
	return wrap(name, func() error {
		r, err := b.parts[name].Open()
		if err != nil {
			return err
		}
		defer r.Close()
		if err := do(&part{d: xml.NewDecoder(io.LimitReader(r, MaxUnpacked))}); err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, r) // the checksum is compared when all has been read
		return err
	}())
}

// each calls do at the beginning of every element of a part; do may read on, to the end of that element.
func (b *Book) each(name string, do func(*part, xml.StartElement) error) error {
	return b.read(name, func(p *part) error {
		for {
			t, err := p.next()
			if err == io.EOF {
				return nil
			} else if err != nil {
				return err
			}
			if e, ok := t.(xml.StartElement); ok {
				if err := do(p, e); err != nil {
					return err
				}
			}
		}
	})
}

// characters reads to the end of the element that was just begun and gives those characters that want takes, which is
// asked with the names of the elements they stand in, below that element.
func (p *part) characters(want func(within []string) bool) (string, error) {
	var out strings.Builder
	var within []string
	for {
		t, err := p.next()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			within = append(within, t.Name.Local)
		case xml.EndElement:
			if len(within) == 0 {
				return out.String(), nil
			}
			within = within[:len(within)-1]
		case xml.CharData:
			if want(within) {
				if out.Write(t); out.Len() > MaxCell*4 {
					return "", tooLarge("xlsx.cell", MaxCell)
				}
			}
		}
	}
}

// plain takes what stands in the element itself.
func plain(within []string) bool { return len(within) == 0 }

// rich takes what stands in the runs that a text is cut into where its format changes, but not the readings of Asian
// characters (rPh).
func rich(within []string) bool {
	return len(within) > 0 && within[len(within)-1] == "t" && within[0] != "rPh"
}

// none takes nothing: the element is skipped.
func none([]string) bool { return false }

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// linkOf gives the id of the relation an element stands for: r:id, in the namespace of either form of the standard.
func linkOf(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

func isTrue(s string) bool { return s != "" && s != "0" && s != "false" }

// wrap gives an error of a damaged part its code; one that has a code keeps it.
func wrap(part string, err error) error {
	return store.Wrap(err, store.Invalid, "xlsx.broken", store.Args{"part": part})
}

func tooLarge(code store.Code, most int) error {
	return store.E(store.Invalid, code, store.Args{"max": most})
}
