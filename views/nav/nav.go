// Package nav gives the links between the pages of one thing, so that they are the same on each of them.
package nav

import (
	"samband/views/ds"
	"samband/views/layout"
)

// Integration gives the pages of an integration; current is "", "mapping", "schedule", "approval", "move" or "runs".
func Integration(c layout.Ctx, id, current string) []ds.Link {
	base := "/integrations/" + id
	var links []ds.Link
	for _, p := range []struct{ name, href string }{{"", base}, {"mapping", base + "/mapping"}, {"schedule", base + "/schedule"},
		{"approval", base + "/approval"}, {"move", base + "/move"}, {"runs", "/runs?integration=" + id}} {
		key := "integration.subnav.overview"
		if p.name != "" {
			key = "integration.subnav." + p.name
		}
		links = append(links, ds.Link{Text: c.T(key), Href: p.href, Current: p.name == current})
	}
	return links
}
