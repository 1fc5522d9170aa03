package command

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"samband/jobs/notify"
	"samband/store/text"
)

// Settings are the environment variables of every part but login, which has its own, in the order they are told of.
// What one means is the text setting.<its name in lower case, without SAMBAND_>.
var Settings = append([]string{"SAMBAND_DATA", "SAMBAND_ADDR", "SAMBAND_BASE_URL", "SAMBAND_KEYS", "SAMBAND_LOST_KEYS",
	"SAMBAND_CHECKPOINTS", "SAMBAND_MARK", "SAMBAND_DROP", "SAMBAND_DATABASE_URL", "SAMBAND_DATABASE_CONNECTIONS", "SAMBAND_VAULT_URL", "SAMBAND_SHARED", "SAMBAND_WORKER_ADDR", "SAMBAND_TRUSTED_PROXY", "SAMBAND_METRICS_TOKEN", "SAMBAND_PUBLISHER",
	"SAMBAND_PUBLISHER_PAGE", "SAMBAND_PERSONS", "SAMBAND_TEST_PERSONS", "SAMBAND_EXTENDED_FROM", "SAMBAND_NETWORKS", "SAMBAND_LANG"}, notify.Settings...)

// portal are the two ways to start what stays; main carries them out.
var portal = []Command{
	{Name: "serve", Usage: "[serve] [--addr ADDRESS] [--data FOLDER]"},
	{Name: "worker", Usage: "worker [--addr ADDRESS] [--data FOLDER]"},
}

// Usage tells how the program is called: every subcommand and every setting, with those of login last.
func Usage(lang text.Lang, login []string) string {
	var b strings.Builder
	b.WriteString(text.T(lang, "command.about") + "\n")
	for _, c := range append(portal, commands...) {
		b.WriteString("\n  samband " + c.Usage + "\n")
		explain(&b, "      ", "", text.T(lang, "command.does."+c.Name))
	}
	b.WriteString("\n" + text.T(lang, "command.more") + "\n\n" + text.T(lang, "command.settings") + "\n")
	for _, name := range append(Settings, login...) {
		explain(&b, "  ", name, text.T(lang, "setting."+strings.ToLower(strings.TrimPrefix(name, "SAMBAND_"))))
	}
	b.WriteString("\n")
	explain(&b, "", "", text.T(lang, "command.backchannel"))
	return b.String()
}

var option = regexp.MustCompile(`\B--?[a-z][a-z-]*`)

// Help tells how a subcommand is called, what it does, and what its options mean.
func Help(lang text.Lang, name string) string {
	var b strings.Builder
	for _, c := range append(portal, commands...) {
		if c.Name != name {
			continue
		}
		b.WriteString("samband " + c.Usage + "\n\n")
		explain(&b, "  ", "", text.T(lang, "command.does."+name))
		told := map[string]bool{}
		for _, o := range option.FindAllString(c.Usage, -1) {
			if !told[o] {
				told[o] = true
				explain(&b, "  ", o, text.T(lang, optionKey(name, o)))
			}
		}
	}
	return b.String()
}

// optionKey names the text of an option: its own for this command, or the one of all that have it.
func optionKey(command, option string) string {
	o := strings.TrimLeft(option, "-")
	if own := "command.option." + command + "." + o; text.Has(own) {
		return own
	}
	return "command.option." + o
}

const (
	width  = 100 // of a line of help
	column = 28  // where what a name means begins
)

// explain writes a name and what it means, in lines of the width.
func explain(b *strings.Builder, indent, name, means string) {
	line := indent + name
	if name != "" {
		indent = strings.Repeat(" ", column)
		line += strings.Repeat(" ", max(1, column-utf8.RuneCountInString(line)))
	}
	empty := true
	for _, word := range strings.Fields(means) {
		if !empty && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			b.WriteString(line + "\n")
			line, empty = indent, true
		}
		if !empty {
			line += " "
		}
		line, empty = line+word, false
	}
	b.WriteString(line + "\n")
}
