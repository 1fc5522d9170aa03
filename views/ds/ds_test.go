package ds

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"samband/static"
)

func render(t *testing.T, c templ.Component, children ...templ.Component) string {
	t.Helper()
	var b strings.Builder
	ctx := t.Context()
	if len(children) > 0 {
		ctx = templ.WithChildren(ctx, templ.Join(children...))
	}
	if err := c.Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// text is a child that a page would write by itself.
func text(s string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	})
}

// holds checks that html has each of want, and none that starts with "!".
func holds(t *testing.T, html string, want ...string) {
	t.Helper()
	for _, w := range want {
		if bad, not := strings.CutPrefix(w, "!"); not {
			if strings.Contains(html, bad) {
				t.Errorf("found %q in %s", bad, html)
			}
		} else if !strings.Contains(html, w) {
			t.Errorf("no %q in %s", w, html)
		}
	}
}

// TestIcons holds that every icon that pages can name is in the sprite, and that the sprite holds no other.
func TestIcons(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "icon.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok {
			name, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			named[name] = true
		}
		return true
	})
	drawn := static.Icons()
	for name := range named {
		if !slices.Contains(drawn, name) {
			t.Errorf("no icon %s", name)
		}
	}
	for _, name := range drawn {
		if !named[name] {
			t.Errorf("icon %s is carried for nobody", name)
		}
	}
	holds(t, render(t, Icon(IconOK)), `aria-hidden="true"`, "/icons.svg#CheckmarkCircle")
}

func TestButtons(t *testing.T) {
	holds(t, render(t, Button(ButtonProps{Text: "Lagre"})), `type="submit"`, `data-variant="primary"`, ">Lagre<", "!disabled", "!data-color")
	holds(t, render(t, Button(ButtonProps{Text: "Slett", Tone: Danger, Plain: true, Disabled: true, Name: "do", Value: "delete", Icon: IconDelete})),
		`type="button"`, `data-color="danger"`, `name="do"`, `value="delete"`, " disabled", "#Trash")
	holds(t, render(t, LinkButton(ButtonProps{Text: "Vis", Href: "/runs/1", Variant: Secondary, Label: "Vis: kjøring 1"})),
		"<a", `href="/runs/1"`, `data-variant="secondary"`, `aria-label="Vis: kjøring 1"`)
	holds(t, render(t, LinkButton(ButtonProps{Text: "Vis", Href: "javascript:alert(1)"})), "!javascript:")
	holds(t, render(t, PostButton("/runs", ButtonProps{Text: "Kjør nå"}), Hidden("integration", "1")),
		`method="post"`, `action="/runs"`, `type="hidden" name="integration" value="1"`)
}

func TestFieldsAreTied(t *testing.T) {
	f := Field{Name: "reason", Label: "Grunn", Hint: "Lagres", Error: "Skriv en grunn.", Required: true}
	tied := []string{
		`for="f-reason"`, `id="f-reason"`, `name="reason"`, `aria-describedby="f-reason-error f-reason-hint"`, `aria-invalid="true"`,
		`id="f-reason-hint"`, `id="f-reason-error"`, " required",
	}
	for name, c := range map[string]templ.Component{
		"input": Input(f), "textarea": Textarea(f), "select": Select(f), "checkbox": Checkbox(f),
	} {
		t.Run(name, func(t *testing.T) { holds(t, render(t, c), tied...) })
	}
	holds(t, render(t, Input(Field{Name: "q", Label: "Søk", Value: `a"b<c`})),
		`type="text"`, `value="a&#34;b&lt;c"`, "!aria-describedby", "!aria-invalid", "!required", "!readonly", "!disabled")
	holds(t, render(t, Input(Field{Name: "who", Label: "Hvem", Suggest: []string{"Kaja"}, Optional: "valgfritt", Size: 12, Code: true})),
		`list="f-who-list"`, `<datalist id="f-who-list">`, "(valgfritt)", `size="12"`, `spellcheck="false"`)
	holds(t, render(t, Input(Field{Name: "x", ID: "other", Label: "Skjult", Hidden: true})), `id="other"`, `for="other"`, "ds-sr-only")
	holds(t, render(t, Textarea(Field{Name: "x", Label: "X", Value: "</textarea><script>"})), "!</textarea><script>", `rows="3"`)
}

func TestChoices(t *testing.T) {
	f := Field{Name: "overlap", Label: "Hvis noe kommer i veien", Error: "Velg én.", Value: "queue", Values: []string{"skip"}, Options: []Option{
		{Value: "skip", Text: "Hopp over", Hint: "Noteres."}, {Value: "queue", Text: "Vent", Disabled: true},
	}}
	holds(t, render(t, Radios(f)), "<fieldset", `id="f-overlap"`, `aria-describedby="f-overlap-error"`, "<legend", `type="radio"`,
		`id="f-overlap-0" name="overlap" value="skip" aria-invalid="true" aria-describedby="f-overlap-0-hint"`,
		`id="f-overlap-1" name="overlap" value="queue" checked disabled aria-invalid="true"`)
	holds(t, render(t, Checks(f)), `type="checkbox"`, `value="skip" checked`, `for="f-overlap-1"`)
	holds(t, render(t, Select(Field{Name: "s", Label: "Kilde", Value: "b", Options: []Option{
		{Value: "", Text: "Ingen"}, {Value: "a", Text: "A", Group: "Person"}, {Value: "b", Text: "B", Group: "Person"}, {Value: "c", Text: "C", Group: "Måling"},
	}})), `<option value="">Ingen</option><optgroup label="Person">`, `value="b" selected`, `</optgroup><optgroup label="Måling">`)
}

func TestErrorSummary(t *testing.T) {
	holds(t, render(t, ErrorSummary("Ikke lagret", []Problem{{Field: "reason", Text: "Skriv en grunn."}, {Text: "Endret av en annen."}})),
		`href="#f-reason"`, "autofocus", `aria-labelledby="problems"`, "Endret av en annen.")
	if html := render(t, ErrorSummary("Ikke lagret", nil)); html != "" {
		t.Errorf("nothing is wrong, yet it says %s", html)
	}
}

func TestTable(t *testing.T) {
	cols := []Column{{Text: "Register"}, {Text: "Lest", Num: true}, {Text: "Lenke", Hidden: true}}
	row := text("<tr><td>1</td></tr>")
	holds(t, render(t, Table(TableProps{ID: "runs", Caption: "Kjøringer", Columns: cols}), row),
		`<div class="scroll" role="region" aria-labelledby="runs-caption" tabindex="0">`, `id="runs-caption"`,
		`<th scope="col" class="num">Lest</th>`, `<span class="ds-sr-only">Lenke</span>`, "<tbody><tr>", "!tolist")
	holds(t, render(t, Table(TableProps{Caption: "Kjøringer", Columns: cols, List: true, ShowCaption: true}), row), "tolist", "!scroll", "!ds-sr-only\">Kjø")
	holds(t, render(t, Table(TableProps{Caption: "Sum", Columns: cols, List: true, Foot: true}), text("<tbody></tbody><tfoot></tfoot>")),
		"</thead> <tbody></tbody><tfoot>")
}

func TestPageLinks(t *testing.T) {
	for _, c := range []struct {
		current, total int
		want           string
	}{
		{1, 0, ""}, {1, 1, ""}, {1, 2, "[1] 2"}, {1, 9, "[1] 2 … 9"}, {4, 9, "1 2 3 [4] 5 … 9"}, {5, 9, "1 … 4 [5] 6 … 9"},
		{6, 9, "1 … 5 [6] 7 8 9"}, {9, 9, "1 … 8 [9]"}, {3, 5, "1 2 [3] 4 5"}, {99, 3, "1 … 3"},
	} {
		var got []string
		for _, l := range PageLinks(c.current, c.total, strconv.Itoa) {
			switch {
			case l.Number == 0:
				got = append(got, "…")
			case l.Current:
				got = append(got, "["+l.Href+"]")
			default:
				got = append(got, l.Href)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("page %d of %d: %s, want %s", c.current, c.total, s, c.want)
		}
	}
}

func TestPager(t *testing.T) {
	if html := render(t, Pager(PagerProps{Label: "Sider"})); html != "" {
		t.Errorf("one page needs no pager: %s", html)
	}
	holds(t, render(t, Pager(PagerProps{Label: "Sider", Page: "Side", Prev: Link{Text: "Forrige"}, Next: Link{Text: "Neste", Href: "?page=2"},
		Pages: PageLinks(1, 3, func(n int) string { return fmt.Sprintf("?page=%d", n) })})),
		`<nav class="ds-pagination" aria-label="Sider">`, `<span class="ds-button" data-variant="tertiary" aria-hidden="true">Forrige</span>`,
		`href="?page=2"`, `aria-label="Side 1" aria-current="true"`)
}

func TestHeadAndWays(t *testing.T) {
	holds(t, render(t, Head(HeadProps{Title: "Kjøringer"})), "<h1", `<div class="head__actions"></div>`, "!lead", "!head__meta")
	holds(t, render(t, Crumbs(CrumbsProps{Label: "Du er her", Back: "Tilbake til B", Items: []Link{{Text: "A", Href: "/a"}, {Text: "B", Href: "/b"}, {Text: "C", Href: "/c"}}})),
		`href="/b" aria-label="Tilbake til B"`, `aria-current="page">C</span>`)
	if html := render(t, Crumbs(CrumbsProps{Items: []Link{{Text: "A"}}})); html != "" {
		t.Errorf("one page has no way down: %s", html)
	}
	holds(t, render(t, Subnav("Sider", []Link{{Text: "A", Href: "/a"}, {Text: "B", Href: "/b", Current: true}})), `<a href="/a">`, `<a href="/b" aria-current="page">`)
}

func TestSurfaces(t *testing.T) {
	holds(t, render(t, Section(SectionProps{ID: "log", Title: "Logg", More: Link{Text: "Alle", Href: "/l"}, Foot: "Uten identitet"}), text("<p>x</p>")),
		`aria-labelledby="log"`, `<h2 class="ds-heading" id="log">`, `href="/l"`, "<p>x</p>", "Uten identitet")
	holds(t, render(t, Section(SectionProps{ID: "log", Title: "Logg", Level: 3})), "<h3")
	holds(t, render(t, Sheet(SheetProps{Flush: true}), text("x")), `<div class="sheet sheet--flush">x</div>`)
	holds(t, render(t, Sheet(SheetProps{ID: "d", Title: "Hva vil du gjøre?", Tone: Warning})), "<section", "decide", `data-color="warning"`)
	holds(t, render(t, Facts([]Fact{{Term: "Omfang", Text: "9f2c", Code: true, Small: "liten"}, {Term: "ROS", Text: "ROS-1", Href: "/r"}, {Term: "Mer", Body: text("<b>x</b>")}})),
		`<span class="code">9f2c</span>`, "<small>liten</small>", `href="/r"`, "<b>x</b>")
	holds(t, render(t, Details(DetailsProps{Summary: "Mer", Open: true, Quiet: true})), `class="ds-details twin" open`)
	holds(t, render(t, Empty(EmptyProps{Icon: IconInbox, Title: "Ingen rader", Text: "Alt ble lest inn."}), text("<a>x</a>")), "Ingen rader", "<a>x</a>")
}

func TestStatesHaveWords(t *testing.T) {
	held := State{Tone: Warning, Icon: IconHeld, Text: "Holdt tilbake"}
	holds(t, render(t, Status(held)), `data-color="warning"`, "#PauseFill", "<span>Holdt tilbake</span>")
	holds(t, render(t, Status(State{Text: "Kladd"})), `data-color="neutral"`, "!<svg")
	holds(t, render(t, Stages([]Stage{{State: held, Name: "Kontrollert", At: "02.30"}})), `<span class="ds-sr-only">: Holdt tilbake</span>`)
	holds(t, render(t, Steps([]Step{{State: held, Title: "Din vurdering"}})), `<span class="ds-sr-only">: Holdt tilbake</span>`)
	holds(t, render(t, Needs([]Need{{State: held, Title: "Nyfødt venter", Action: ButtonProps{Text: "Vurder", Href: "/r"}}})),
		`data-variant="secondary"`, `aria-label="Vurder: Nyfødt venter"`)
	holds(t, render(t, Note(NoteProps{Text: "Lagret", Tone: Success, Announce: "status"})), `role="status"`, "#CheckmarkCircle")
	holds(t, render(t, Note(NoteProps{Text: "Vit dette"})), `data-color="info"`, "!role=")
	holds(t, render(t, Key("Tegn", []State{held})), `aria-label="Tegn"`)
	holds(t, render(t, KPI(KPIProps{Title: "Dekningsgrad", Value: "89 %", Unit: "av 100"})), "<small> av 100</small>", "!status")
}

// TestConfirm holds that what cannot be undone takes two presses and says what it does, without script.
func TestConfirm(t *testing.T) {
	html := render(t, Confirm(ConfirmProps{Text: "Avvis", Title: "Vil du avvise?", Body: "Ingen rader leses inn.", Action: "/runs/1/reject", Submit: "Avvis kjøringen"}),
		Textarea(Field{Name: "reason", Label: "Grunn"}))
	holds(t, html, `<details class="confirm" data-color="danger">`, "<summary", `action="/runs/1/reject"`, "Ingen rader leses inn.", `name="reason"`)
	if strings.Index(html, "<form") < strings.Index(html, "</summary>") {
		t.Error("the form is not behind the summary")
	}
	holds(t, render(t, Confirm(ConfirmProps{Text: "Godkjenn", Tone: Success, Variant: Primary, Open: true, Name: "do", Value: "approve"})),
		" open", `data-color="success"`, `name="do" value="approve"`)
}

func TestLive(t *testing.T) {
	on := render(t, Live(LiveProps{ID: "run", URL: "/runs/1", On: true, Reload: "Oppdater"}), text("x"))
	holds(t, on, `hx-get="/runs/1"`, `hx-trigger="every 2s"`, `hx-select="#run"`, "<noscript>")
	holds(t, render(t, Live(LiveProps{ID: "run", URL: "/runs/1"}), text("x")), `<div id="run">x</div>`)
	holds(t, render(t, Progress(ProgressProps{ID: "p", Label: "Leser", Value: 7, Max: 5})), `max="5" value="5"`, `for="p"`)
	holds(t, render(t, Progress(ProgressProps{ID: "p", Label: "Leser"})), `<progress id="p"></progress>`)
}

func TestWeek(t *testing.T) {
	holds(t, render(t, Week([]Day{{Name: "mandag", Today: true, Slots: []Slot{{Time: "02.30", Text: "Hjerte", Href: "/i"}, {Time: "23.00", Text: "Vedlikehold", Tone: Warning}}}})),
		"data-today", `<a class="slot" href="/i">`, `<span class="slot" data-color="warning">`)
}
