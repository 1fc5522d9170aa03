package layout

import (
	"strings"

	"samband/store/text"
	"samband/views/ds"
)

const (
	cataloguePath = "/catalogue"
	alertsPath    = "/alerts"
)

type navEntry struct{ path, key string }

// navMain is the daily work; navMore lies behind one more press. Both show only what the reader may open.
var (
	navMain = []navEntry{
		{"/today", "nav.today"},
		{"/registries", "nav.registries"},
		{"/integrations", "nav.integrations"},
		{"/runs", "nav.runs"},
		{"/quarantine", "nav.quarantine"},
		{"/quality", "nav.quality"},
		{"/approvals", "nav.approvals"},
	}
	navMore = []navEntry{
		{alertsPath, "nav.alerts"},
		{"/systems", "nav.systems"},
		{cataloguePath, "nav.catalogue"},
		{"/access", "nav.access"},
		{"/reidentification", "nav.reidentification"},
		{"/audit", "nav.audit"},
		{"/evidence", "nav.evidence"},
		{"/admin", "nav.admin"},
		{"/docs", "nav.docs"},
	}
	navAnonymous = []navEntry{
		{cataloguePath, "nav.catalogue"},
		{cataloguePath + "#about", "nav.about"},
	}
)

// navOf maps pages whose address lies outside the entry they belong to.
var navOf = map[string]string{
	"/solutions": cataloguePath,
	"/codebooks": "/registries",
}

// links gives the entries that the reader may open, the current one marked.
func (p PageProps) links(entries []navEntry) []ds.Link {
	var ls []ds.Link
	for _, e := range entries {
		if p.MaySee(e.path) || p.User == nil && strings.HasPrefix(e.path, cataloguePath) {
			l := ds.Link{Text: p.T(e.key), Href: e.path, Current: e.path == p.section()}
			if e.path == alertsPath && p.User != nil && p.User.Alerts > 0 {
				l.Text = p.T("nav.alerts_n", "n", p.User.Alerts)
			}
			ls = append(ls, l)
		}
	}
	return ls
}

// section gives the entry of the menu that the page belongs to: the first part of its path.
func (p PageProps) section() string {
	if p.Section != "" {
		return p.Section
	}
	path, _, _ := strings.Cut(p.Path, "?")
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if s := navOf["/"+first]; s != "" {
		return s
	}
	return "/" + first
}

// more names the menu of navMore, with how many matters wait inside.
func (p PageProps) more() string {
	if p.User != nil && p.User.Alerts > 0 {
		return p.T("nav.more_n", "n", p.User.Alerts)
	}
	return p.T("nav.more")
}

func anyCurrent(ls []ds.Link) bool {
	for _, l := range ls {
		if l.Current {
			return true
		}
	}
	return false
}

type choice struct {
	value string
	text  string
	on    bool
}

func (p PageProps) themes() []choice {
	var cs []choice
	for _, t := range []struct {
		theme Theme
		key   string
	}{{Auto, "nav.theme.auto"}, {Light, "nav.theme.light"}, {Dark, "nav.theme.dark"}} {
		cs = append(cs, choice{string(t.theme), p.T(t.key), t.theme == p.theme()})
	}
	return cs
}

// languages are named in themselves, so that their readers find them.
func (p PageProps) languages() []choice {
	var cs []choice
	for _, l := range []struct {
		lang text.Lang
		name string
	}{{text.NB, "Bokmål"}, {text.NN, "Nynorsk"}, {text.EN, "English"}} {
		cs = append(cs, choice{string(l.lang), l.name, l.lang == p.lang()})
	}
	return cs
}
