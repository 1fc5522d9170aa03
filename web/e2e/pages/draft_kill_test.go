package pages

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"samband/web/e2e/browser"
)

// TestDraftKill kills the portal at random moments while a coordinator takes source after source away, each saved by
// itself. Opened again on the same folder, the draft holds every edit that the page had said was kept; the one on its way
// is there as a whole or not at all; and each can be undone and done again, one by one.
func TestDraftKill(t *testing.T) {
	const variables = 60
	p, tab := broadSite(t, variables, variables, browser.Options{Width: 1400})
	edits := func() int { return number(t, tab, "#map-basis [name=edits]") }
	before := []map[string]string{mapped(tab)} // what stood before each edit, and what stands now
	for k := range 3 {
		seen, next := edits(), len(before)-1
		browser.Eval[bool](tab, fmt.Sprintf(`(() => {
			window.kept = 0;
			(async () => {
				for (let i = %d; i < %d; i++) {
					document.querySelector("#v-var_" + i + " .off").click();
					while (document.getElementById("v-var_" + i).dataset.from) await new Promise((r) => setTimeout(r, 1));
					window.kept++;
				}
			})();
			return true;
		})()`, next, variables))
		kept := func() int { return browser.Eval[int](tab, "window.kept") }
		for kept() < 3+k {
			time.Sleep(time.Millisecond)
		}
		time.Sleep(rand.N(150 * time.Millisecond))
		p.Kill()
		says(t, tab, "Portalen svarer ikke")
		tab.Problems() // the browser notes itself that nobody answers
		told := kept()
		if next+told == variables {
			t.Fatal("nothing was left to do when the portal was killed")
		}
		p.Start()
		tab.Go(p.URL + broadPath)
		now := mapped(tab)
		stood := variables - next - len(now) // edits of this round
		if stood != told && stood != told+1 || edits() != seen+stood {
			t.Fatalf("%d edits were kept, %d were done; the draft tells of %d", told, stood, edits()-seen)
		}
		for i := range stood {
			then := maps.Clone(before[len(before)-1])
			delete(then, fmt.Sprintf("var_%d", next+i))
			before = append(before, then)
		}
		if want := before[len(before)-1]; !maps.Equal(now, want) {
			t.Fatalf("the draft holds %v, not %v", now, want)
		}
		t.Logf("killed after %d edits that were kept, of %d that were done", told, stood)
	}
	last := len(before) - 1
	for i := range last {
		tab.Press("Ctrl+z")
		same(t, tab, before[last-1-i])
	}
	for i := range last {
		tab.Press("Ctrl+y")
		same(t, tab, before[1+i])
	}
	if n := tab.Count("#map-redo-edit button:not([disabled])"); n > 0 {
		t.Error("there is more to do again than was done")
	}
	tab.Sound()
}

// TestFormKill kills the portal around the moment when a form saves itself. What it had said it saved is there, what was
// on its way is there as a whole or not at all, and a form that was open goes on when the portal does.
func TestFormKill(t *testing.T) {
	p, tab := broadSite(t, 12, 12, browser.Options{})
	const label, offline = "[name='f.1.label']", "Det siste du skrev, er ikke lagret."
	page := p.URL + broadPath + "/source-fields"
	now := func() string {
		return browser.Eval[string](tab, fmt.Sprintf(`document.querySelector(%q).value`, label))
	}
	edits := func() int { return number(t, tab, "form[data-autosave] [name=edits]") }
	says := func(words string) {
		t.Helper()
		for range 500 {
			if strings.Contains(tab.Text("#kept"), words) {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
		t.Fatalf("the line says %q, not %q", tab.Text("#kept"), words)
	}
	tab.Go(page)
	first := now()
	for k := range 2 {
		wrote, writing := fmt.Sprint("Vekt ved fødsel, ", k), fmt.Sprint("Vekt ved utskrivning, ", k)
		seen := edits()
		tab.Fill(label, wrote)
		for edits() == seen {
			time.Sleep(10 * time.Millisecond)
		}
		seen++
		tab.Fill(label, writing)
		time.Sleep(900*time.Millisecond + rand.N(250*time.Millisecond)) // it saves itself after a second
		p.Kill()
		for edits() == seen && !strings.Contains(tab.Text("#kept"), offline) {
			time.Sleep(10 * time.Millisecond)
		}
		said := edits() > seen
		p.Start()
		tab.Problems()
		tab.Go(page)
		switch got := now(); {
		case got == writing && edits() == seen+1:
		case got == wrote && edits() == seen && !said:
		default:
			t.Fatalf("the field holds %q in edit %d; %q was edit %d, and %q was kept: %v", got, edits(), wrote, seen, writing, said)
		}
		t.Logf("killed, the field holds %q", now())
	}

	p.Kill()
	tab.Fill(label, "Vekt")
	says(offline)
	p.Start()
	tab.Problems()
	tab.Fill(label, "Fødselsvekt i gram")
	says("Lagret i kladden")
	tab.Go(p.URL + broadPath)
	said := func(css, words string) {
		t.Helper()
		tab.Click(css)
		for n := 0; !strings.Contains(tab.Text("#map-live"), words); n++ {
			if n == 200 {
				t.Fatalf("the line says %q, not %q", tab.Text("#map-live"), words)
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	said("#map-undo-edit button", "Angret: Kildens felter")
	tab.Go(page)
	if now() != first {
		t.Errorf("undone, the field holds %q, not %q", now(), first)
	}
	tab.Go(p.URL + broadPath)
	said("#map-redo-edit button", "Gjort på nytt: Kildens felter")
	tab.Go(page)
	if now() != "Fødselsvekt i gram" {
		t.Errorf("done again, the field holds %q", now())
	}
}

// number reads a hidden field.
func number(t *testing.T, tab *browser.Tab, css string) int {
	t.Helper()
	n, err := strconv.Atoi(browser.Eval[string](tab, fmt.Sprintf(`document.querySelector(%q).value`, css)))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// same waits until the variables have these fields on the page.
func same(t *testing.T, tab *browser.Tab, want map[string]string) {
	t.Helper()
	for range 500 {
		if maps.Equal(mapped(tab), want) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("the draft holds %v, not %v", mapped(tab), want)
}
