package text

import "samband/store"

// Notice gives a group of notices as a sentence, with how many they are and since when. Those that
// have a host in common are told of by its name.
func Notice(lang Lang, g *store.NoticeGroup) string {
	if host := g.Host(); host != "" {
		return T(lang, "notice.host."+string(g.Kind), "n", g.Things, "host", host, "since", g.Since)
	}
	s := Fill(lang, "notice.say."+string(g.Kind), g.Args)
	if g.Count > 1 {
		s += " " + T(lang, "notice.times", "n", g.Count, "since", g.Since)
	}
	return s
}
