// Package entry draws the doors of the portal: login, after logout, and the pages for what went wrong.
package entry

import (
	"cmp"
	"net/url"

	"github.com/a-h/templ"

	"samband/store"
	"samband/views/ds"
	"samband/views/layout"
)

// Login is the login page.
type Login struct {
	Return   string // local path to go on to
	Fresh    bool   // the reader is logged in, and is to prove again who they are
	Personas []Persona
	Errors   store.FieldErrors
	Kept     bool // what the reader wrote is kept until they are in
	Sealed   bool // there is a code for the emergency account
}

// Persona is an invented person that a demonstration lets the reader be.
type Persona struct {
	ID, Name string
	Role     store.PortalRole
}

func (m Login) begin() string {
	q := url.Values{}
	if m.Return != "/" {
		q.Set("return", m.Return)
	}
	if m.Fresh {
		q.Set("fresh", "1")
	}
	if len(q) == 0 {
		return "/login/begin"
	}
	return "/login/begin?" + q.Encode()
}

func (m Login) title(c layout.Ctx) string {
	if m.Fresh {
		return c.T("login.title.fresh")
	}
	return c.T("login.title")
}

func (m Login) lead(c layout.Ctx) string {
	if m.Fresh {
		return c.T("login.lead.fresh")
	}
	return c.T("login.lead")
}

var personaIcons = map[store.PortalRole]ds.IconName{
	store.RoleCoordinator: ds.IconClinic,
	store.RoleSecurity:    ds.IconShield,
	store.RoleAdmin:       ds.IconSettings,
	store.RoleAuditor:     ds.IconSearch,
	store.RoleReader:      ds.IconEye,
	"":                    ds.IconPerson,
}

func (p Persona) title(c layout.Ctx) string { return c.T("role." + p.role()) }
func (p Persona) does(c layout.Ctx) string  { return c.T("login.does." + p.role()) }

func (p Persona) role() string { return cmp.Or(string(p.Role), "none") }

// Problem is what went wrong, in the reader's words.
type Problem struct {
	Title     string
	Text      string
	Lines     []string // when several things are wrong
	Reference string   // under which the log has the rest
	Code      string   // under which the run book explains it
	Login     string   // where to log in, when that is the way on
}

// ProblemNoteID is the id of ProblemNote, by which htmx finds it in the answer.
const ProblemNoteID = "problem-note"

// Draft is a form that could not be taken because its sender has to log in first.
type Draft struct {
	Problem
	Sent Sent
}

// Sent is a form as it was sent.
type Sent struct {
	Action string
	Fields []SentField
}

// SentField is one field of it.
type SentField struct{ Name, Value string }

func (m Sent) facts() []ds.Fact {
	facts := make([]ds.Fact, len(m.Fields))
	for i, f := range m.Fields {
		facts[i] = ds.Fact{Term: f.Name, Text: f.Value}
	}
	return facts
}

// Emergency is the form of the emergency account.
type Emergency struct {
	Values url.Values
	Errors store.FieldErrors
}

func (m Emergency) field(c layout.Ctx, name string) ds.Field {
	return ds.Field{Name: name, Label: c.T("emergency.field." + name), Hint: c.T("emergency.field." + name + ".help"),
		Value: m.Values.Get(name), Error: c.FieldError(m.Errors, name), Required: true}
}

// code is the field of the code. What was written there is never shown again.
func (m Emergency) code(c layout.Ctx) ds.Field {
	f := m.field(c, "code")
	f.Value, f.Code, f.Attrs = "", true, templ.Attributes{"autocomplete": "off", "spellcheck": "false"}
	return f
}
