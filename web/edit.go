package web

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"samband/store"
	"samband/views/ds"
	"samband/views/edit"
)

// bound ties a field of a form to a member of the thing that the form is about, both ways: show gives what stands in
// the field, read takes what was written. words, when set, begins the text key of each value.
type bound struct {
	name  string
	words string
	many  bool // show gives the values one a line
	show  func() string
	read  func(*form)
}

// bindLine is text of so many characters.
func bindLine(name string, p *string, limit int) bound {
	return bound{name: name, show: func() string { return *p }, read: func(f *form) { *p = f.text(name, limit) }}
}

// bindName is a line that can't be empty.
func bindName(name string, p *string) bound {
	return bound{name: name, show: func() string { return *p }, read: func(f *form) { *p = f.need(name, 200) }}
}

// bindLines is a list, one item a line.
func bindLines(name string, p *[]string, limit int) bound {
	return bound{name: name, show: func() string { return strings.Join(*p, "\n") }, read: func(f *form) {
		*p = nil
		for line := range strings.Lines(f.text(name, limit)) {
			if line = strings.TrimSpace(line); line != "" {
				*p = append(*p, line)
			}
		}
	}}
}

// bindID is the id of a new thing. It becomes part of addresses, where "new" is the form itself.
func bindID(p *string) bound {
	return bound{name: "id", show: func() string { return *p }, read: func(f *form) {
		switch *p = f.need("id", 63); {
		case *p == "new":
			f.fault("id", "db.exists", store.Args{"value": *p})
		case *p != "" && !store.ValidSlug(*p):
			f.fault("id", "slug", store.Args{"value": *p})
		}
	}}
}

func bindDate(name string, p *store.Date) bound {
	return bound{name: name, show: func() string { return string(*p) }, read: func(f *form) { *p = f.date(name) }}
}

// bindPast is a day that has been, or is today.
func bindPast(name string, p *store.Date, today store.Date) bound {
	b := bindDate(name, p)
	b.read = func(f *form) {
		if *p = f.date(name); today.Before(*p) {
			f.fault(name, "assess.ahead", nil)
		}
	}
	return b
}

// bindChoice is one of the values, with words for each.
func bindChoice[T ~string](name string, p *T, words string, values []T) bound {
	options := make([]string, len(values))
	for i, v := range values {
		options[i] = string(v)
	}
	return bound{name: name, words: words, show: func() string { return string(*p) },
		read: func(f *form) { *p = T(f.choice(name, options...)) }}
}

// bindChoices is any of the values, with words for each when words is set.
func bindChoices[T ~string](name string, p *[]T, words string, values []T) bound {
	return bound{name: name, words: words, many: true, show: func() string {
		lines := make([]string, len(*p))
		for i, v := range *p {
			lines[i] = string(v)
		}
		return strings.Join(lines, "\n")
	}, read: func(f *form) {
		*p = nil
		for _, v := range f.choices(name, idsOf(values, func(v *T) string { return string(*v) })...) {
			*p = append(*p, T(v))
		}
	}}
}

// bindOne is one of some ids, or none when the field is empty.
func bindOne(name string, p *string, ids []string) bound {
	return bound{name: name, show: func() string { return *p }, read: func(f *form) {
		if *p = ""; f.value(name) != "" {
			*p = f.choice(name, ids...)
		}
	}}
}

// bindPick is one of some ids.
func bindPick(name string, p *string, ids []string) bound {
	return bound{name: name, show: func() string { return *p }, read: func(f *form) { *p = f.choice(name, ids...) }}
}

// bindNumber is a whole number from 0 to highest; an empty field is 0.
func bindNumber(name string, p *int, highest int) bound {
	return bound{name: name, show: func() string {
		if *p == 0 {
			return ""
		}
		return strconv.Itoa(*p)
	}, read: func(f *form) {
		if *p = 0; strings.TrimSpace(f.value(name)) != "" {
			*p = f.int(name, 0, highest)
		}
	}}
}

// bindStep is one of some numbers, or 0 when the field is empty.
func bindStep(name string, p *int, steps []int) bound {
	return bound{name: name, show: func() string {
		if *p == 0 {
			return ""
		}
		return strconv.Itoa(*p)
	}, read: func(f *form) {
		if *p = 0; f.value(name) == "" {
			return
		}
		n, err := strconv.Atoi(f.value(name))
		if err != nil || !slices.Contains(steps, n) {
			f.fault(name, "form.choice", nil)
			return
		}
		*p = n
	}}
}

// bindShare is a share that is written in percent; an empty field is 0.
func bindShare(name string, p *float64) bound {
	return bound{name: name, show: func() string {
		if *p == 0 {
			return ""
		}
		return strings.Replace(strconv.FormatFloat(100**p, 'g', 10, 64), ".", ",", 1)
	}, read: func(f *form) {
		if *p = 0; strings.TrimSpace(f.value(name)) != "" {
			*p = f.decimal(name, 0, 100) / 100
		}
	}}
}

func bindCheck(name string, p *bool) bound {
	return bound{name: name, show: func() string {
		if *p {
			return "on"
		}
		return ""
	}, read: func(f *form) { *p = f.checked(name) }}
}

// bindRef is one version of a document, written as refValue gives it.
func bindRef(name string, p *store.Ref, refs []store.Ref) bound {
	return bound{name: name, show: func() string { return refValue(*p) }, read: func(f *form) {
		*p = store.Ref{}
		if f.value(name) == "" {
			return
		}
		i := slices.IndexFunc(refs, func(r store.Ref) bool { return refValue(r) == f.value(name) })
		if i < 0 {
			f.fault(name, "form.choice", nil)
			return
		}
		*p = refs[i]
	}}
}

func refValue(r store.Ref) string {
	if r.IsZero() {
		return ""
	}
	return r.ID + "@" + strconv.Itoa(r.Version)
}

// shown gives what stands in a form over the thing.
func shown(version int, fields []bound) url.Values {
	v := url.Values{"version": {strconv.Itoa(version)}}
	for _, b := range fields {
		v[b.name] = b.values(b.show())
	}
	return v
}

// values gives what show says as a form sends it.
func (b bound) values(shown string) []string {
	if !b.many {
		return []string{shown}
	}
	return strings.FieldsFunc(shown, func(c rune) bool { return c == '\n' })
}

// fill takes what was written into the thing and gives the version it was written from. What can't be read stays out
// and is noted.
func (f *form) fill(fields []bound) (version int) {
	for _, b := range fields {
		b.read(f)
	}
	version, _ = strconv.Atoi(f.value("version")) // what is no number is no version of anything
	return version
}

// saved notes at the fields what was wrong when the form's thing was saved, and gives any other error back. Newest
// reads the thing again when somebody else has changed it: what they wrote is told at the fields that differ, and the
// form continues from their version.
func (f *form) saved(err error, newest func() (int, []bound, error)) (stale bool, _ error) {
	switch store.CodeOf(err) {
	case "db.exists":
		for _, e := range fieldErrors(err) {
			f.fault(e.Field, e.Code, e.Args)
		}
		return false, nil
	case "db.changed":
		if newest == nil {
			return false, err
		}
		version, fields, failed := newest()
		if failed != nil {
			return false, failed
		}
		f.values = maps.Clone(f.values)
		f.values.Set("version", strconv.Itoa(version))
		for _, b := range fields {
			written := strings.TrimSpace(strings.ReplaceAll(f.value(b.name), "\r\n", "\n"))
			if b.many {
				written = strings.Join(f.list(b.name), "\n")
			}
			if is := b.show(); is != written {
				f.fault(b.name, "form.newer", store.Args{"value": b.told(is)})
			}
		}
		if f.ok() {
			f.fault("", "form.newer_elsewhere", nil)
		}
		return true, nil
	}
	return false, f.take(err)
}

// told is a value as people read it.
func (b bound) told(value string) any {
	switch {
	case value == "":
		return store.Code("form.nothing")
	case b.many && b.words != "":
		var words []store.Code
		for _, v := range b.values(value) {
			words = append(words, store.Code(b.words+v))
		}
		return words
	case b.many:
		return b.values(value)
	case b.words != "":
		return store.Code(b.words + value)
	}
	return value
}

// submission is a form on its way into the database.
type submission struct {
	save func() error
	// newest reads the thing again, with its version, when somebody else has changed it; nil for a new thing.
	newest func() (int, []bound, error)
	// again draws the page of the form, given the form as it was sent.
	again func(edit.Form) templ.Component
	form  edit.Form // frame of the form
	// said is the key of the message on the page at to, which comes when all went well.
	said string
	args store.Args
	to   string
}

// submit saves what a form says when it could be read, and shows the form again when something is wrong.
func (s *Server) submit(w http.ResponseWriter, r *http.Request, f *form, to submission) error {
	stale := false
	if f.ok() {
		var err error
		if stale, err = f.saved(to.save(), to.newest); err != nil {
			return err
		}
	}
	if !f.ok() {
		to.form.Values, to.form.Errors, to.form.Stale = f.values, f.errors, stale
		return s.pageStatus(w, r, formStatus(stale), to.again(to.form))
	}
	return s.done(w, r, to.said, to.args, to.to)
}

// formStatus is the status of a form that is shown again.
func formStatus(stale bool) int {
	if stale {
		return http.StatusConflict
	}
	return http.StatusUnprocessableEntity
}

// done says that something was done, on the page at path.
func (s *Server) done(w http.ResponseWriter, r *http.Request, key string, args store.Args, path string) error {
	if err := s.flash(w, r, ds.Success, key, args); err != nil {
		return err
	}
	return redirect(w, r, path)
}

// actor is who asks, as the log of who did what names them.
func actor(r *http.Request) store.Actor { return store.UserActor(person(r).User, visitOf(r).id) }

// visible tells for a registry whether the person who asks may see it.
func (s *Server) visible(r *http.Request) func(registryID string) bool {
	ids, all := person(r).Registries(s.now())
	return func(id string) bool { return all || slices.Contains(ids, id) }
}

// idsOf gives the ids of some things, in their order.
func idsOf[T any](things []T, id func(*T) string) []string {
	ids := make([]string, len(things))
	for i := range things {
		ids[i] = id(&things[i])
	}
	return ids
}

// byID gives things by their id.
func byID[T any](things []T, id func(*T) string) map[string]*T {
	m := make(map[string]*T, len(things))
	for i := range things {
		m[id(&things[i])] = &things[i]
	}
	return m
}

// found turns "there is none" into nil without error.
func found[T any](v *T, err error) (*T, error) {
	if store.ClassOf(err) == store.NotFound {
		return nil, nil
	}
	return v, err
}

// byName sorts by name as people look for it.
func byName[T any](list []T, name func(*T) string) []T {
	slices.SortStableFunc(list, func(a, b T) int {
		return cmp.Compare(strings.ToLower(name(&a)), strings.ToLower(name(&b)))
	})
	return list
}
