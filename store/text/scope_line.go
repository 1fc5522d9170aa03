package text

import "samband/store"

// ScopeLine says one line of a Scope as it stands: «Variabelen «vekt»: desimaltall, kg».
func ScopeLine(lang Lang, area, name, value string) string {
	what, is := scopeName(lang, area, name), scopeValue(lang, area, name, value)
	if is == "" {
		return upperFirst(what)
	}
	return upperFirst(what) + ": " + is
}

// ScopeParts says a whole scope in words, in the groups that people read together; those that say nothing are left out.
// Called gives what is to stand behind a line, such as the name of what it knows by its id; nil for nothing.
func ScopeParts(lang Lang, s *store.Scope, called func(store.Difference) string) []Part {
	lines := s.Diff(&store.Scope{}) // every line that says anything
	var parts []Part
	for _, g := range store.ScopeGroups {
		p := Part{ID: g.Name, Title: T(lang, "assess.part."+g.Name)}
		for _, area := range g.Areas {
			for _, l := range lines {
				if l.Area != area {
					continue
				}
				said := ScopeLine(lang, l.Area, l.Name, l.New)
				if called != nil {
					said += called(l)
				}
				p.List = append(p.List, said)
			}
		}
		if len(p.List) > 0 {
			parts = append(parts, p)
		}
	}
	return parts
}
