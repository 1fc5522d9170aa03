// Package layout draws the frame around every page and holds what every page template is given.
//
// A page template takes a Ctx (who reads, in which language) and a view model of its own, and wraps its content:
//
//	templ Runs(c layout.Ctx, m RunsModel) {
//		@layout.Page(layout.PageProps{Ctx: c, Title: c.T("runs.title")}) {
//			@ds.Head(ds.HeadProps{Title: c.T("runs.title"), Lead: c.T("runs.lead", "n", m.Total)})
//			…
//		}
//	}
//
// Words come from c.T (package store/text), components from views/ds, charts from views/chart. The page tells neither
// rights nor state by itself: the view model says what the reader may do.
//
// The frame works without script: menus are popovers, language and colour scheme are chosen by a form that posts to
// PreferencesPath with "lang" or "theme" and "back", the local path to return to; the handler stores the choice in a
// cookie (and in the profile of who is logged in) and answers 303 to back. Log out is a form that posts to LogoutPath.
package layout
