package browser

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Options describes the reader of a tab.
type Options struct {
	Width, Height int    // 1280 × 900 when 0
	Scheme        string // "light" when empty, or "dark": what the reader's machine prefers
	NoScript      bool   // the pages' scripts do not run
}

// Tab is one page of the browser, with its own cookies.
type Tab struct {
	tb       testing.TB
	ctx      context.Context
	noScript bool

	mu       sync.Mutex
	problems []string
	document string // address last gone to; that it answers 404 is not a problem of the page
}

// Tab opens a tab that closes with the test.
func (b *Browser) Tab(tb testing.TB, o Options) *Tab {
	tb.Helper()
	t := &Tab{tb: tb, noScript: o.NoScript}
	ctx, end := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(t.listen))
	tb.Cleanup(end)
	t.ctx = ctx
	if err := chromedp.Do(ctx); err != nil { // as in Start: the first call carries no deadline
		tb.Fatal(err)
	}
	t.Resize(o.Width, o.Height)
	t.Scheme(o.Scheme)
	t.scripts(!o.NoScript)
	return t
}

// On lets a subtest use the tab: what it finds from now on is that test's.
func (t *Tab) On(tb testing.TB) { t.tb = tb }

// scripts switches whether the pages' scripts run.
func (t *Tab) scripts(on bool) {
	t.tb.Helper()
	t.call(func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled,
			emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	})
}

// listen keeps what the page complains about. It runs in the loop that reads the browser's messages.
func (t *Tab) listen(event any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	add := func(format string, args ...any) { t.problems = append(t.problems, fmt.Sprintf(format, args...)) }
	switch e := event.(type) {
	case *log.EventEntryAdded:
		own := e.Entry.Source == log.EntrySourceNetwork && e.Entry.URL == t.document
		if e.Entry.Level == log.EntryLevelError && !own {
			add("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL)
		}
	case *runtime.EventExceptionThrown:
		d := e.ExceptionDetails
		what := d.Text
		if d.Exception != nil {
			what = d.Exception.Description
		}
		add("exception: %s %s:%d", what, d.URL, d.LineNumber)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError {
			var words []string
			for _, a := range e.Args {
				words = append(words, string(a.Value)+a.Description)
			}
			add("console.error: %s", strings.Join(words, " "))
		}
	}
}

// call runs f with a deadline and fails the test when f fails.
func (t *Tab) call(f func(ctx context.Context) error) {
	t.tb.Helper()
	ctx, cancel := context.WithTimeout(t.ctx, Patience)
	defer cancel()
	if err := f(ctx); err != nil {
		t.tb.Fatal(err)
	}
}

func (t *Tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	t.tb.Helper()
	t.call(func(ctx context.Context) error {
		if err := chromedp.Do(ctx, steps...); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		return nil
	})
}

// Eval runs a JavaScript expression in the page, waits if it is a promise, and gives its value.
func Eval[T any](t *Tab, expression string) T {
	t.tb.Helper()
	var v T
	t.call(func(ctx context.Context) (err error) {
		v, err = chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
		return err
	})
	return v
}

// Go opens an address and waits until the page is loaded.
func (t *Tab) Go(url string) {
	t.tb.Helper()
	t.mu.Lock()
	t.document = url
	t.mu.Unlock()
	t.do("go to "+url, chromedp.Navigate(url))
}

// Arrive waits until a page is loaded whose path and query match a regular expression as a whole.
func (t *Tab) Arrive(pattern string) {
	t.tb.Helper()
	at := regexp.MustCompile("^(?:" + pattern + ")$")
	t.call(func(ctx context.Context) error {
		for {
			// Between two pages there is nothing to ask.
			is, err := chromedp.Run(ctx, chromedp.Evaluate[string](
				`document.readyState === "complete" ? location.pathname + location.search : ""`))
			if err == nil && at.MatchString(is) {
				return nil
			}
			select {
			case <-ctx.Done():
				return fmt.Errorf("arrive at %s: the page is %q: %w", pattern, is, ctx.Err())
			case <-time.After(20 * time.Millisecond):
			}
		}
	})
}

// URL gives the address of the page.
func (t *Tab) URL() string {
	t.tb.Helper()
	return Eval[string](t, "location.href")
}

// Resize sets the size of the window; 0 is 1280 and 900.
func (t *Tab) Resize(width, height int) {
	t.tb.Helper()
	if width == 0 {
		width = 1280
	}
	if height == 0 {
		height = 900
	}
	t.do("resize", chromedp.EmulateViewport(int64(width), int64(height)))
}

// Scheme sets the colour scheme that the reader's machine prefers, "light" or "dark". Transitions are off, so that
// nothing is measured half-way.
func (t *Tab) Scheme(scheme string) {
	t.tb.Helper()
	if scheme == "" {
		scheme = "light"
	}
	t.call(func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{
				{Name: "prefers-color-scheme", Value: scheme},
				{Name: "prefers-reduced-motion", Value: "reduce"},
			},
		})
		return err
	})
}

// Click presses the first element that matches a CSS selector. When that leads to another page, wait for something
// on it.
func (t *Tab) Click(css string) {
	t.tb.Helper()
	t.call(func(ctx context.Context) error {
		for {
			err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS(css), chromedp.NodeVisible))
			if err == nil {
				return nil
			}
			// The page drew the element anew after it was found and before the mouse was there: nothing was pressed.
			if !strings.Contains(err.Error(), "node with given id") || ctx.Err() != nil {
				return fmt.Errorf("click %s: %w", css, err)
			}
		}
	})
}

// Drag presses the mouse on the first element that matches, moves it to another in steps, and lets go there. Both must be
// in sight.
func (t *Tab) Drag(from, to string) {
	t.tb.Helper()
	type point struct{ X, Y float64 }
	middle := func(css string) point {
		return Eval[point](t, fmt.Sprintf(`(r => ({X: r.left + Math.min(r.width / 2, 60), Y: r.top + r.height / 2}))(document.querySelector(%q).getBoundingClientRect())`, css))
	}
	a, b := middle(from), middle(to)
	mouse := func(kind input.DispatchMouseEventType, at point, held int64) {
		t.call(func(ctx context.Context) error {
			_, err := chromedp.Call(ctx, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: kind, X: at.X, Y: at.Y,
				Button: input.MouseButtonLeft, Buttons: held, ClickCount: 1})
			return err
		})
	}
	mouse(input.DispatchMouseEventTypeMousePressed, a, 1)
	for i := range 5 {
		part := float64(i+1) / 5
		mouse(input.DispatchMouseEventTypeMouseMoved, point{a.X + (b.X-a.X)*part, a.Y + (b.Y-a.Y)*part}, 1)
	}
	mouse(input.DispatchMouseEventTypeMouseReleased, b, 0)
}

// Fill writes value into a field as a person does, in place of what it held.
func (t *Tab) Fill(css, value string) {
	t.tb.Helper()
	t.do("fill "+css, chromedp.Clear(chromedp.CSS(css)))                             // of what the page gave it
	Eval[bool](t, fmt.Sprintf(`(document.querySelector(%q).select?.(), true)`, css)) // of what was written since
	t.do("fill "+css, chromedp.SendKeys(chromedp.CSS(css), value))
}

// Choose picks an option of a select by its value.
func (t *Tab) Choose(css, value string) {
	t.tb.Helper()
	t.do("choose in "+css, chromedp.SetValue(chromedp.CSS(css), value))
}

// Wait waits until an element can be seen.
func (t *Tab) Wait(css string) {
	t.tb.Helper()
	t.do("wait for "+css, chromedp.WaitVisible(chromedp.CSS(css)))
}

// Text gives the text of the first element that matches, as it is shown.
func (t *Tab) Text(css string) string {
	t.tb.Helper()
	var s string
	t.call(func(ctx context.Context) (err error) {
		for {
			s, err = chromedp.Run(ctx, chromedp.Text(chromedp.CSS(css)))
			if err == nil {
				return nil
			}
			if !strings.Contains(err.Error(), "node with given id") || ctx.Err() != nil { // else it was drawn anew meanwhile
				return fmt.Errorf("text of %s: %w", css, err)
			}
		}
	})
	return s
}

// Count gives how many elements match now, without waiting.
func (t *Tab) Count(css string) int {
	t.tb.Helper()
	return Eval[int](t, fmt.Sprintf("document.querySelectorAll(%q).length", css))
}

var keys = map[string]string{
	"Tab": kb.Tab, "Enter": kb.Enter, "Escape": kb.Escape, "Space": " ", "Backspace": kb.Backspace, "Delete": kb.Delete,
	"ArrowUp": kb.ArrowUp, "ArrowDown": kb.ArrowDown, "ArrowLeft": kb.ArrowLeft, "ArrowRight": kb.ArrowRight,
	"Home": kb.Home, "End": kb.End,
}

// Press presses keys one after the other: names such as "Tab", "Shift+Tab", "Ctrl+z", "Enter", "ArrowDown", "Escape";
// anything else is typed as it stands.
func (t *Tab) Press(names ...string) {
	t.tb.Helper()
	for _, name := range names {
		key, mods := name, []chromedp.Modifier(nil)
		for prefix, m := range map[string]chromedp.Modifier{"Shift+": chromedp.ModifierShift, "Ctrl+": chromedp.ModifierCtrl} {
			if rest, ok := strings.CutPrefix(key, prefix); ok {
				key, mods = rest, append(mods, m)
			}
		}
		if k := keys[key]; k != "" {
			key = k
		}
		t.do("press "+name, chromedp.KeyEvent(key, chromedp.KeyModifiers(mods...)))
	}
}

// Focus gives what has the keyboard's focus: its id as "#id", else the first line of its text, else its tag.
func (t *Tab) Focus() string {
	t.tb.Helper()
	return Eval[string](t, `(() => {
		const e = document.activeElement;
		return e.id ? "#" + e.id : (e.getAttribute("aria-label") || e.innerText || e.tagName).trim().split("\n")[0];
	})()`)
}

// Screenshot writes the whole page to a PNG file and makes its folder.
func (t *Tab) Screenshot(file string) {
	t.tb.Helper()
	t.call(func(ctx context.Context) error {
		png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		return os.WriteFile(file, png, 0o644)
	})
}
