package store

import (
	"slices"
	"strings"
)

// hideWritten gives a text of a file as it may be kept and shown: the mask in place of all of it when somebody has
// written a person number in it, since what stands around a number may name the same person.
func hideWritten(s string) string {
	if mayHoldNumber(s) && ScanWritten(s) > 0 {
		return Mask
	}
	return s
}

// mayHoldNumber is cheap: it tells whether a text has room for the digits of a person number.
func mayHoldNumber(s string) bool {
	digits := 0
	for i := range len(s) {
		if c := s[i]; c >= '0' && c <= '9' || c >= 0x80 { // digits of other scripts are several bytes
			digits++
		}
	}
	return digits >= len(elevenDigits{})
}

// hidePersons takes the person numbers out of what the file says, and notes where without repeating them. A variable
// that is named by one, and a code that is one, are left out: masked they would mean nothing.
func (d *Dictionary) hidePersons() {
	d.Title, d.Version = hideWritten(d.Title), hideWritten(d.Version)
	for i := range d.Defects {
		x := &d.Defects[i]
		x.Form, x.Column = hideWritten(x.Form), hideWritten(x.Column)
		for name, arg := range x.Args {
			if s, ok := arg.(string); ok {
				x.Args[name] = hideWritten(s)
			}
		}
	}
	d.Variables = slices.DeleteFunc(d.Variables, func(v Definition) bool {
		if hideWritten(v.Name) == v.Name {
			return false
		}
		d.Defect(hideWritten(v.Form), v.Row, "", "dictionary.person_name", nil)
		return true
	})
	for i := range d.Variables {
		v := &d.Variables[i]
		hidden := false
		for _, s := range []*string{&v.Form, &v.Section, &v.Label, &v.Help, &v.Original, &v.Unit, &v.From, &v.To, &v.Condition,
			&v.Formula, &v.System, &v.Valid, &v.Path} {
			if is := hideWritten(*s); is != *s {
				*s, hidden = is, true
			}
		}
		if codes := impersonalCodes(v.Codes); codes != nil {
			v.Codes, hidden = codes, true
		}
		if hidden {
			d.Defect(v.Form, v.Row, "", "dictionary.person_text", Args{"name": Shorten(v.Name)})
		}
	}
}

// impersonalCodes gives a list of codes without the person numbers in it; nil when there are none. Lists are shared, so
// the one that is given stays as it is.
func impersonalCodes(codes []CodeOption) []CodeOption {
	personal := func(o CodeOption) bool { return hideWritten(o.Code) != o.Code || hideWritten(o.Label) != o.Label }
	if !slices.ContainsFunc(codes, personal) {
		return nil
	}
	rest := []CodeOption{}
	for _, o := range codes {
		if hideWritten(o.Code) == o.Code {
			o.Label = hideWritten(o.Label)
			rest = append(rest, o)
		}
	}
	return rest
}

// writtenPerson tells whether somebody has written a person number in any text of a variable.
func (v *Variable) writtenPerson() bool {
	for _, s := range []string{v.Name, v.Label, v.Form, v.Unit, v.Help, v.Condition, v.Formula, v.System, v.Origin} {
		if hideWritten(s) != s {
			return true
		}
	}
	return impersonalCodes(v.Codes) != nil
}

// namesPerson tells whether what a variable is called says that its values point out a person: a property of Attributes
// by itself or with whose it is («Pasientens navn», «Person-ID», «Fødselsnummer til mor»).
func namesPerson(called string) bool {
	called, _, _ = strings.Cut(called, "(")
	var rest []string
	whose := false
	for part := range strings.SplitSeq(VariableName(called), "_") {
		switch p := word(part); {
		case personWords[p]:
			whose = true
		case !smallWords[p]:
			rest = append(rest, p)
		}
	}
	all := strings.Join(rest, "")
	return directNames[all] || nameWords[all] || whose && numberWords[all] || strings.HasSuffix(all, "fodselsnummer") ||
		strings.HasSuffix(all, "personnummer")
}

// direct tells whether the values of a variable would point out a person directly by what the file and the codebook call
// it. Of a label that is only a sign where the type leaves room for an answer: what is true or false, a date or one of a
// list of codes is about the identifier.
func direct(t VarType, label string, names ...string) bool {
	if slices.ContainsFunc(names, func(n string) bool { return directNames[word(n)] }) {
		return true
	}
	names = append(names, label)
	switch t {
	case VarText, VarInteger, VarDecimal:
		return slices.ContainsFunc(names, namesPerson)
	}
	return false
}

var (
	personWords = words(`person persons personen personens pasient pasientens pasienten pasienter patient patients bruker
		brukers brukerens`)
	// smallWords say nothing of it, nor does whose relative it is.
	smallWords = words(`til for og av på i the of and s sitt sin mor mors moren morens far fars faren farens barn barnets barnet
		pårørende pårørendes mother father`)
	nameWords = words("navn namn name fulltnavn fulltnamn fullname forogetternavn etternavnfornavn")
	// numberWords name a person only together with the person.
	numberWords = words("id nr nummer number ident identifikator identifier key nøkkel løpenummer")
)
