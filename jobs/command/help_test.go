package command

import (
	"strings"
	"testing"
	"unicode/utf8"

	"samband/store/text"
)

// TestHelp holds that everything one can write in the shell is told of, in every language and in lines that fit.
func TestHelp(t *testing.T) {
	seen := map[string]bool{}
	for _, lang := range []text.Lang{text.NB, text.NN, text.EN} {
		told := Usage(lang, nil)
		for _, name := range Settings {
			if !strings.Contains(told, "\n  "+name+" ") {
				t.Errorf("%s: the setting %s is not told of", lang, name)
			}
		}
		for _, c := range append(portal, commands...) {
			help := Help(lang, c.Name)
			options := option.FindAllString(c.Usage, -1)
			if n := strings.Count(help, "\n  -"); n == 0 && len(options) > 0 {
				t.Errorf("%s: the help of %s explains no option of %v", lang, c.Name, options)
			}
			told += strings.SplitAfterN(help, "\n", 2)[1]
		}
		for line := range strings.Lines(told) {
			if strings.Contains(line, "⟨") {
				t.Errorf("%s: a text is missing: %s", lang, line)
			}
			if !strings.HasPrefix(line, "  samband ") && utf8.RuneCountInString(line) > width+1 {
				t.Errorf("%s: the line is too long: %s", lang, line)
			}
		}
		if seen[told] {
			t.Errorf("%s: says the same as another language", lang)
		}
		seen[told] = true
	}
}
