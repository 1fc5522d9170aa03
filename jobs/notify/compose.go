package notify

import (
	"strings"

	"samband/store"
	"samband/store/text"
)

// Compose puts notices of one person into a mail: repeated ones as one line with how many they are, each with a link to
// its page. base is the portal's public address.
func Compose(lang text.Lang, base string, notices []store.Notice) (subject, body string) {
	groups := store.GroupNotices(notices)
	subject = text.T(lang, "notice.mail.many", "n", len(groups))
	if len(groups) == 1 {
		subject = text.T(lang, "notice.mail.one", "what", text.T(lang, "notice.kind."+string(groups[0].Kind)))
		name, _ := groups[0].Args["registry"].(string)
		if host := groups[0].Host(); host != "" {
			name = host
		}
		if name != "" {
			subject += " – " + name
		}
	}
	if len(groups) > 0 && groups[0].Urgent {
		subject = text.T(lang, "notice.mail.urgent", "subject", subject)
	}
	var b strings.Builder
	for _, g := range groups {
		b.WriteString(text.Notice(lang, &g) + "\n" + base + g.Page() + "\n\n")
	}
	b.WriteString("-- \n" + text.T(lang, "notice.mail.why") + "\n" + base + "/notices\n")
	return oneLine(subject), b.String()
}

// Confirm is the mail that asks whether an address is the person's.
func Confirm(lang text.Lang, base, code string) (subject, body string) {
	return text.T(lang, "notice.confirm.subject"),
		text.T(lang, "notice.confirm.text") + "\n\n" + base + "/notices/confirm?code=" + code + "\n"
}

// oneLine keeps names that people wrote from beginning a header of their own.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
