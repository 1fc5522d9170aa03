package text

import "samband/store"

// Notice gives a group of notices as a sentence, with how many they are and since when.
func Notice(lang Lang, g *store.NoticeGroup) string {
	s := Fill(lang, "notice.say."+string(g.Kind), g.Args)
	if g.Count > 1 {
		s += " " + T(lang, "notice.times", "n", g.Count, "since", g.Since)
	}
	return s
}
