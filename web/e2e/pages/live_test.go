package pages

import (
	"bytes"
	"testing"

	"samband/web/e2e/browser"
)

// TestLive holds that the page of a run that goes on renews itself: without a reload, and without taking the focus or
// what is unfolded from who reads it.
func TestLive(t *testing.T) {
	s := start(t)
	whole := s.delivered()
	head, rows, _ := bytes.Cut(whole, []byte("\n"))
	big := s.file("big.csv", append(append(head, '\n'), bytes.Repeat(rows, 150)...))
	tab := s.tab(t, coordinator, browser.Options{})
	c := s.Command("run", demo, "--input", big)

	const going = `document.querySelector("#run[data-live] progress") !== null`
	s.until("run 2 is under way", func() bool {
		tab.Go(s.URL + "/runs/2")
		return browser.Eval[bool](tab, going)
	})
	browser.Eval[bool](tab, `window.times = 0;
		document.addEventListener("htmx:afterSettle", () => window.times++); true`)
	tab.Problems() // the run's page was asked for before the run was there
	renewed := func(times int) {
		t.Helper()
		before := browser.Eval[int](tab, "window.times")
		s.until("the page renews itself", func() bool { return browser.Eval[int](tab, "window.times") >= before+times })
	}

	tab.Click("#cancel summary")
	if got := browser.Eval[bool](tab, `document.activeElement.closest("#cancel") !== null`); !got {
		t.Fatalf("the focus is on %s", tab.Focus())
	}
	read := tab.Text(".progress .tnum")
	renewed(2)
	if !browser.Eval[bool](tab, going) {
		t.Fatal("the run ended too soon for this test; give it more rows")
	}
	if now := tab.Text(".progress .tnum"); now == read {
		t.Errorf("the progress stands at %q", now)
	}
	if !browser.Eval[bool](tab, `document.activeElement.matches("#cancel summary") && document.querySelector("#cancel").open`) {
		t.Errorf("after the page renewed itself the focus is on %s, and the question is open: %v", tab.Focus(),
			browser.Eval[bool](tab, `document.querySelector("#cancel").open`))
	}
	// A link has no id to be found by.
	if tab.Count("#run td a") > 0 {
		browser.Eval[bool](tab, `document.querySelector("#run td a").focus(), true`)
		on := tab.Focus()
		renewed(1)
		if got := tab.Focus(); got != on {
			t.Errorf("the focus went from the link %q to %q", on, got)
		}
	}

	tab.Click("#cancel form button")
	s.until("the page says that the run has ended", func() bool {
		return browser.Eval[bool](tab, `document.querySelector("#run:not([data-live])") !== null`)
	})
	if out := c.Wait(); out.Code == 0 {
		t.Errorf("the run succeeded, although it was cancelled\n%s", out.Stdout)
	}
	tab.Sound()

	// One that ends by itself, while somebody looks.
	c = s.Command("run", demo, "--input", s.file("some.csv", append(append(bytes.Clone(head), '\n'), bytes.Repeat(rows, 40)...)))
	s.until("run 3 is under way", func() bool {
		tab.Go(s.URL + "/runs/3")
		return browser.Eval[bool](tab, going)
	})
	tab.Problems()
	browser.Eval[bool](tab, `window.stayed = true; document.querySelector("#cancel summary").focus(), true`)
	s.until("the page says that the run has ended", func() bool {
		return browser.Eval[bool](tab, `document.querySelector("#run:not([data-live])") !== null`)
	})
	if !browser.Eval[bool](tab, "window.stayed === true") {
		t.Error("the page was loaded again")
	}
	s.until("the focus is on the heading, when the button is gone", func() bool { return tab.Focus() == tab.Text("h1") })
	if out := c.Wait(); out.Code != 0 {
		t.Errorf("the run ended with %d\n%s", out.Code, out.Stdout)
	}
	tab.Sound()
}
