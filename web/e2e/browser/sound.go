package browser

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/chromedp/chromedp"
)

//go:embed testdata/axe.min.js
var axe string

// Violation is one rule of axe that a page breaks.
type Violation struct {
	ID     string `json:"id"`
	Impact string `json:"impact"`
	Help   string `json:"help"`
	Nodes  []struct {
		HTML    string `json:"html"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

// String names the rule and the elements that break it.
func (v Violation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s): %s", v.ID, v.Impact, v.Help)
	for _, n := range v.Nodes {
		fmt.Fprintf(&b, "\n    %s\n      %s", n.HTML, strings.ReplaceAll(n.Summary, "\n", "\n      "))
	}
	return b.String()
}

// Axe runs axe-core on the page with all its rules and gives what it finds. On a page that was loaded without its
// scripts, scripts are on while axe works; those of the page do not start.
func (t *Tab) Axe() []Violation {
	t.tb.Helper()
	if t.noScript {
		t.scripts(true)
		defer t.scripts(false)
	}
	t.call(func(ctx context.Context) error {
		return chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](axe+";0"))
	})
	return Eval[[]Violation](t, `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations)`)
}

// Problems gives what the page has complained about since the last call: breaches of the content security policy,
// exceptions, console errors and files that could not be loaded.
func (t *Tab) Problems() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	found := slices.Clone(t.problems)
	t.problems = nil
	return found
}

// Overflow gives how many pixels the page is wider than the window.
func (t *Tab) Overflow() int {
	t.tb.Helper()
	return Eval[int](t, "document.documentElement.scrollWidth - document.documentElement.clientWidth")
}

// Sound checks that the page has no axe violation, no problem and no sideways scroll, and reports each as an error.
func (t *Tab) Sound() {
	t.tb.Helper()
	where := t.URL()
	for _, p := range t.Problems() {
		t.tb.Errorf("%s: %s", where, p)
	}
	if px := t.Overflow(); px > 0 {
		t.tb.Errorf("%s: scrolls sideways by %d px", where, px)
	}
	for _, v := range t.Axe() {
		t.tb.Errorf("%s: axe: %s", where, v)
	}
	t.Problems() // axe works beside the policy; what it stirs up is not the page's
}
