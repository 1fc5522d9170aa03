// Package text holds every word that people read, in bokmål (nb), nynorsk (nn) and English (en). A message is a key
// and named arguments; the sentence is made here, for pages, mails, the shell and documents alike.
//
// The words lie in one file per area of the product (nav.go, run.go …), each a table of key → Message. A test holds
// that every key is used, that every used key exists, and that the languages agree on their arguments.
package text

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"samband/store"
)

// Lang is a written form. Bokmål is the default of the installation; nynorsk falls back to bokmål while a
// translation is missing, English does too.
type Lang string

const (
	NB Lang = "nb"
	NN Lang = "nn"
	EN Lang = "en"
)

// Message is one text in the languages it exists in. Placeholders are {name}; {n|en rad|rader} picks the form by the
// number n (first form for 1, second otherwise) and does not print the number itself.
type Message struct{ NB, NN, EN string }

// Catalogue is a table of messages of one area.
type Catalogue map[string]Message

// areas lists every table. A new area is one file and one line here.
var areas = []Catalogue{
	common,
	sourceTexts,
	serverTexts,
	errorsTexts,
	labels,
	gateTexts,
	runErrors,
	formErrors,
	scopeTexts,
	docs, watchTexts,
	runbookChapters,
	runbookGate,
	runbookRun,
	runbookOps,
	runbookLogin,
	ident,
	schedule,
	nav,
	chart,
	command,
	expiry,
	shellHelp,
	runs,
	runPages, wouldHold, runCompare, retentionPages,
	outgoing, outgoingPages,
	packetTexts, packetPage, channelTexts, packetsTexts,
	reidentTexts,
	web,
	catalogue,
	today,
	database,
	schedulePage,
	calendarTexts,
	runbookPlan,
	adminPages,
	editTexts,
	registry,
	system,
	integration,
	connectors,
	errorsJobs,
	engine,
	assess,
	mappingTexts,
	previewTexts,
	rulesTexts,
	rulePages,
	mappingTable,
	draftTexts,
	mappingSays, mappingItems,
	functionTexts,
	errorsMapping,
	mappingDocumentTexts,
	codebookTexts,
	codebookErrors, codebookFaults,
	codebookChange,
	codebookDraft,
	codebookVariable,
	dictionaryTexts,
	suggestTexts,
	translationTexts,
	codeSystemTexts,
	workbookTexts,
	quarantineTexts,
	qualityTexts,
	scopeValues,
	sessionTexts,
	appendixTexts,
	auditLog,
	runbookAudit,
	catalogueForms,
	errorsAccess,
	moveErrors,
	rosTexts,
	accessTexts,
	approval,
	queue,
	changeTexts,
	proof,
	rosPages,
	moveTexts,
	evidenceTexts,
	noticeTexts,
	alertTexts,
	policyTexts,
	retryTexts, backfillTexts, httpTexts,
	backupTexts, runbookBackup,
	consentErrors, runbookConsent, consentTexts, consentSourceTexts, consentPages,
	vaultTexts,
}

var all = merge(areas)

func merge(cs []Catalogue) Catalogue {
	m := Catalogue{}
	for _, c := range cs {
		for k, v := range c {
			if _, twice := m[k]; twice {
				panic("text: key stands twice: " + k)
			}
			m[k] = v
		}
	}
	return m
}

// Has tells whether a key exists.
func Has(key string) bool { _, ok := all[key]; return ok }

// T gives the sentence for key in lang, filled with args given as name, value pairs. A key that does not exist gives
// the key itself in angle brackets, which a test of the pages catches.
func T(lang Lang, key string, args ...any) string {
	a := store.Args{}
	for i := 0; i+1 < len(args); i += 2 {
		a[args[i].(string)] = args[i+1]
	}
	return Fill(lang, key, a)
}

// Fill is T with the arguments as a map.
func Fill(lang Lang, key string, args store.Args) string {
	m, ok := all[key]
	if !ok {
		return "⟨" + key + "⟩"
	}
	s := m.NB
	switch {
	case lang == NN && m.NN != "":
		s = m.NN
	case lang == EN && m.EN != "":
		s = m.EN
	}
	return fill(lang, s, args)
}

// Error gives the sentence of an error for people. What is not a *store.Error, or has no text, becomes the general
// message: internals are never shown.
func Error(lang Lang, err error) string {
	var fe store.FieldErrors
	if errors.As(err, &fe) && len(fe) > 0 {
		err = fe[0]
	}
	var e *store.Error
	if errors.As(err, &e) && Has("error."+string(e.Code)) {
		return Fill(lang, "error."+string(e.Code), e.Args)
	}
	return T(lang, "error.internal")
}

func fill(lang Lang, s string, args store.Args) string {
	if !strings.Contains(s, "{") {
		return s
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '{')
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		j := strings.IndexByte(s[i:], '}')
		if j < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		name, forms, plural := strings.Cut(s[i+1:i+j], "|")
		if plural {
			one, many, _ := strings.Cut(forms, "|")
			if fmt.Sprint(args[name]) == "1" {
				b.WriteString(one)
			} else {
				b.WriteString(many)
			}
		} else {
			b.WriteString(Format(lang, args[name]))
		}
		s = s[i+j+1:]
	}
}

// Format gives a value as people of the language write it: 1 284, 2,4, 23. november 2026 kl. 02.30; «a, b og c». A
// store.Code is a key and gives its text.
func Format(lang Lang, v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		return x
	case int:
		return Int(lang, int64(x))
	case int64:
		return Int(lang, x)
	case float64:
		return strings.TrimRight(strings.TrimSuffix(Decimal(lang, x, 1), "0"), ",.")
	case time.Time:
		return DateTime(lang, x)
	case time.Duration:
		return Duration(lang, x)
	case store.Date:
		return Date(lang, x)
	case store.Code:
		return keyed(lang, x)
	case []store.Code:
		words := make([]string, len(x))
		for i, c := range x {
			words[i] = keyed(lang, c)
		}
		return List(lang, words)
	case []string:
		return List(lang, x)
	case []store.Difference:
		return differences(lang, x)
	case *store.Error:
		return Error(lang, x)
	case fmt.Stringer:
		return x.String()
	}
	return fmt.Sprint(v)
}

// keyed gives the text that a code is the key of. One without a text gives what stands after its last dot: a value
// that somebody wrote and no list has.
func keyed(lang Lang, c store.Code) string {
	if Has(string(c)) {
		return T(lang, string(c))
	}
	return string(c[strings.LastIndexByte(string(c), '.')+1:])
}

// Int groups thousands: no-break space in Norwegian, comma in English.
func Int(lang Lang, n int64) string {
	s := strconv.FormatInt(n, 10)
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	sep := "\u00a0"
	if lang == EN {
		sep = ","
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + sep + s[i:]
	}
	if neg {
		return "−" + s
	}
	return s
}

// Decimal gives a number with the language's decimal sign and a fixed number of decimals.
func Decimal(lang Lang, f float64, decimals int) string {
	s := strconv.FormatFloat(f, 'f', decimals, 64)
	if lang != EN {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

// Percent gives part/whole as «2,4 %»; "–" when there is nothing to divide by.
func Percent(lang Lang, part, whole int64) string {
	if whole == 0 {
		return "–"
	}
	return Decimal(lang, 100*float64(part)/float64(whole), 1) + "\u00a0%"
}

var monthsNB = [...]string{"januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"}

// Date gives «23. november 2026» or «23 November 2026»; an empty date gives "–".
func Date(lang Lang, d store.Date) string {
	if d.IsZero() {
		return "–"
	}
	t := d.Time()
	if lang == EN {
		return t.Format("2 January 2006")
	}
	return fmt.Sprintf("%d. %s %d", t.Day(), monthsNB[t.Month()-1], t.Year())
}

// Clock gives «02.30» or "02:30", Oslo time.
func Clock(lang Lang, t time.Time) string {
	if lang == EN {
		return t.In(store.Oslo).Format("15:04")
	}
	return t.In(store.Oslo).Format("15.04")
}

// DateTime gives «23. november 2026 kl. 02.30» in Oslo time; the zero time gives "–".
func DateTime(lang Lang, t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return dateTimeIn(lang, store.Oslo, t)
}

func dateTimeIn(lang Lang, zone *time.Location, t time.Time) string {
	o := t.In(zone)
	if lang == EN {
		return o.Format("2 January 2006, 15:04")
	}
	return fmt.Sprintf("%d. %s %d kl. %s", o.Day(), monthsNB[o.Month()-1], o.Year(), o.Format("15.04"))
}

// Short gives «23.11.2026 02.30» for tables, Oslo time; the zero time gives "–".
func Short(lang Lang, t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	if lang == EN {
		return t.In(store.Oslo).Format("2006-01-02 15:04")
	}
	return t.In(store.Oslo).Format("02.01.2006 15.04")
}

// Duration gives «4 min 12 s», «1,3 s».
func Duration(lang Lang, d time.Duration) string {
	switch {
	case d < 0:
		return "–"
	case d < 10*time.Second:
		return Decimal(lang, d.Seconds(), 1) + "\u00a0s"
	case d < time.Minute:
		return fmt.Sprintf("%d\u00a0s", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%d\u00a0min %d\u00a0s", int(d.Minutes()), int(d.Seconds())%60)
	case lang == EN:
		return fmt.Sprintf("%d\u00a0h %d\u00a0min", int(d.Hours()), int(d.Minutes())%60)
	}
	return fmt.Sprintf("%d\u00a0t %d\u00a0min", int(d.Hours()), int(d.Minutes())%60)
}
