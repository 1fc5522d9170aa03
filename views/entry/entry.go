// Package entry draws the doors of the portal: login, after logout, and the pages for what went wrong.
package entry

import (
	"net/url"

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
}

func (p Persona) title(c layout.Ctx) string { return c.T("role." + string(p.Role)) }
func (p Persona) does(c layout.Ctx) string  { return c.T("login.does." + string(p.Role)) }

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

// Draft is a form that could not be taken because nobody was logged in any more.
type Draft struct {
	Problem
	Action string // where the form was sent
	Fields []DraftField
}

// DraftField is one field as it was sent.
type DraftField struct{ Name, Value string }
