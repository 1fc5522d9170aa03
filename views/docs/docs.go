// Package docs draws the operator's pages: the manual's front page and the run book, which has a section for each code
// that an operator can meet. The words are in store/text; the files to take into use lie in static/docs.
package docs

import (
	"strings"

	"samband/static"
	"samband/store"
	"samband/store/text"
	"samband/views/ds"
	"samband/views/layout"
)

// Addresses of the pages.
const (
	IndexPath   = "/docs"
	RunBookPath = "/docs/runbook"
)

// file is one of static/docs, with the key of what it is for.
type file struct{ name, key string }

var files = []file{
	{"samband.service", "docs.file.service"},
	{"samband-backup.service", "docs.file.backup"},
	{"samband-backup.timer", "docs.file.timer"},
	{"nginx.conf", "docs.file.nginx"},
	{"caddy.conf", "docs.file.caddy"},
	{"alerts.yaml", "docs.file.alerts"},
	{"dashboard.json", "docs.file.dashboard"},
}

func (f file) href() string { return static.URL("docs/" + f.name) }

// first is what to do whatever the code.
var first = []string{"docs.first.state", "docs.first.doctor", "docs.first.hands"}

// title gives the codes of a section.
func title(s text.Section) string {
	codes := make([]string, len(s))
	for i, c := range s {
		codes[i] = string(c)
	}
	return strings.Join(codes, ", ")
}

// count gives how many codes a chapter has.
func count(c text.Chapter) int {
	n := 0
	for _, s := range c.Sections {
		n += len(s)
	}
	return n
}

func anchor(code store.Code) string { return RunBookPath + "#" + string(code) }

func crumbs(c layout.Ctx) []ds.Link {
	return []ds.Link{{Text: c.T("docs.title"), Href: IndexPath}, {Text: c.T("docs.runbook"), Href: RunBookPath}}
}

func columns(c layout.Ctx) []ds.Column {
	cols := []ds.Column{{Text: c.T("docs.rights.right")}}
	for _, r := range store.PortalRoles {
		cols = append(cols, ds.Column{Text: c.T("role." + string(r))})
	}
	return cols
}

// mark says whether a role carries a right, with an icon and a word.
func mark(c layout.Ctx, yes bool) ds.State {
	if yes {
		return ds.State{Tone: ds.Success, Icon: ds.IconOK, Text: c.T("docs.yes")}
	}
	return ds.State{Tone: ds.Neutral, Icon: ds.IconBlocked, Text: c.T("docs.no")}
}
