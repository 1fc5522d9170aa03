package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"samband/store"
	"samband/store/text"
)

func TestFormGetters(t *testing.T) {
	type getter func(*form) any
	str := func(limit int) getter { return func(f *form) any { return f.text("x", limit) } }
	need := func(f *form) any { return f.need("x", 5) }
	number := func(f *form) any { return f.int("x", 1, 9999) }
	decimal := func(f *form) any { return f.decimal("x", -1, 10) }
	date := func(f *form) any { return f.date("x") }
	choice := func(f *form) any { return f.choice("x", "a", "b") }
	address := func(f *form) any { return f.address("x") }
	for _, test := range []struct {
		get   getter
		raw   string
		want  any
		fault store.Code
	}{
		{str(5), " abc ", "abc", ""},
		{str(5), "æøåæø", "æøåæø", ""},
		{str(5), "æøåæøå", "", "form.too_long"},
		{str(9), "a\r\nb", "a\nb", ""},
		{str(9), "a\x00b", "", "form.characters"},
		{str(9), "a\xffb", "", "form.characters"},
		{str(9), "a\u202eb", "", "form.characters"},
		{str(9), "", "", ""},
		{need, "  ", "", "form.required"},
		{need, "abc", "abc", ""},
		{number, "12", 12, ""},
		{number, "1 284", 1284, ""},
		{number, "1\u00a0284", 1284, ""},
		{number, "0", 0, "form.range"},
		{number, "10000", 0, "form.range"},
		{number, "99999999999999999999", 0, "form.number"},
		{number, "1.5", 0, "form.number"},
		{number, "", 0, "form.required"},
		{decimal, "2,4", 2.4, ""},
		{decimal, "2.4", 2.4, ""},
		{decimal, "-1", -1.0, ""},
		{decimal, "10,1", 0.0, "form.range"},
		{decimal, "NaN", 0.0, "form.number"},
		{decimal, "Inf", 0.0, "form.number"},
		{date, "2026-11-23", store.Date("2026-11-23"), ""},
		{date, "23.11.2026", store.Date("2026-11-23"), ""},
		{date, "3.1.2026", store.Date("2026-01-03"), ""},
		{date, "", store.Date(""), ""},
		{date, "31.02.2026", store.Date(""), "form.date"},
		{date, "i morgen", store.Date(""), "form.date"},
		{choice, "a", "a", ""},
		{choice, "c", "", "form.choice"},
		{choice, "", "", "form.required"},
		{address, "https://sykehus.no/ros?id=1", "https://sykehus.no/ros?id=1", ""},
		{address, "", "", ""},
		{address, "javascript:alert(1)", "", "form.address"},
		{address, "https://user:secret@sykehus.no", "", "form.address"},
		{address, "sykehus.no", "", "form.address"},
	} {
		f := &form{values: url.Values{"x": {test.raw}}}
		got := test.get(f)
		var fault store.Code
		if e := f.errors.Of("x"); e != nil {
			fault = e.Code
			if said := text.Error(text.NB, e); strings.Contains(said, "{") || said == text.T(text.NB, "error.internal") {
				t.Errorf("%q: the reader is told %q", test.raw, said)
			}
		}
		if got != test.want || fault != test.fault || f.ok() != (test.fault == "") {
			t.Errorf("%q gives %v and %q, not %v and %q", test.raw, got, fault, test.want, test.fault)
		}
	}
}

func TestFormLists(t *testing.T) {
	f := &form{values: url.Values{"x": {"a", "b", "a"}, "on": {"on"}}}
	if got := f.choices("x", "a", "b", "c"); !slices.Equal(got, []string{"a", "b"}) || !f.ok() {
		t.Errorf("%v, %v", got, f.errors)
	}
	if got := f.choices("x", "a"); got != nil || f.errors.Of("x") == nil {
		t.Errorf("a choice that isn't offered gives %v", got)
	}
	if !f.checked("on") || f.checked("off") || !f.has("on") || f.has("off") {
		t.Error("boxes are read wrong")
	}
}

func TestFormTakesFaultsOfTheDomain(t *testing.T) {
	f := &form{}
	if err := f.take(nil); err != nil || !f.ok() {
		t.Errorf("nothing wrong gives %v", err)
	}
	if err := f.take(store.FieldErrors{store.FieldError("a", "form.required", nil), store.FieldError("b", "form.date", nil)}); err != nil {
		t.Errorf("faults of fields are given back: %v", err)
	}
	if err := f.take(store.FieldError("c", "form.date", nil)); err != nil || len(f.errors) != 3 {
		t.Errorf("%v, %v", err, f.errors)
	}
	for _, other := range []error{
		store.E(store.Conflict, "db.changed", nil), store.E(store.Invalid, "form.unreadable", nil), http.ErrBodyNotAllowed,
	} {
		if f.take(other) != other {
			t.Errorf("%v is taken for the fault of a field", other)
		}
	}
}

func TestFormBodies(t *testing.T) {
	ts := newTestServer(t)
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	if err := m.WriteField("x", "æ"); err != nil {
		t.Fatal(err)
	}
	m.Close()
	r := httptest.NewRequest(http.MethodPost, "/?x=from-the-address", &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	f, err := ts.form(r)
	if err != nil || f.value("x") != "æ" {
		t.Errorf("multipart: %v, %v", f, err)
	}
	r = httptest.NewRequest(http.MethodPost, "/?x=from-the-address", strings.NewReader("y=%zz"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if _, err := ts.form(r); store.CodeOf(err) != "form.unreadable" {
		t.Errorf("a body that can't be read: %v", err)
	}
	r = httptest.NewRequest(http.MethodPost, "/?x=from-the-address", strings.NewReader("y=1"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if f, err := ts.form(r); err != nil || f.has("x") || f.value("y") != "1" {
		t.Errorf("the address counts as the form: %v, %v", f, err)
	}
}
