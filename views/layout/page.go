package layout

import "samband/views/ds"

// PageProps describes a page to its frame.
type PageProps struct {
	Ctx
	Title string // of the window; «– Samband» is added
	// Crumbs are the pages above this one, and last this one; one or none draws nothing.
	Crumbs []ds.Link
	// Section is the path of the menu entry that the page belongs to, when its own path does not tell.
	Section string
	Wide    bool // for matrices and the mapper
	// Script is a file of static/js that only this page needs. The page works without.
	Script string
}

// htmxConfig keeps htmx inside the content security policy, and keeps pages out of the browser's storage: they may
// hold health data. Answers that are errors are shown too: a form with what is wrong in its own place, others where
// the server says (HX-Retarget), which is ProblemID.
const htmxConfig = `{"allowEval":false,"includeIndicatorStyles":false,"allowScriptTags":false,` +
	`"selfRequestsOnly":true,"historyCacheSize":0,"refreshOnHistoryMiss":true,"responseHandling":[` +
	`{"code":"204","swap":false},{"code":"[23]..","swap":true},{"code":"422","swap":true},` +
	`{"code":"[45]..","swap":true,"error":true}]}`

// ProblemID is the id of the place at the top of main where an error of a part of the page is shown.
const ProblemID = "problem"

func (p PageProps) crumbs() ds.CrumbsProps {
	c := ds.CrumbsProps{Label: p.T("nav.here"), Items: p.Crumbs}
	if n := len(p.Crumbs); n > 1 {
		c.Back = p.T("nav.back", "page", p.Crumbs[n-2].Text)
	}
	return c
}
