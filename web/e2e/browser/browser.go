// Package browser drives a real Chromium in tests. Only tests import it.
//
//	b := browser.Start(t)                                  // skips without Chromium
//	tab := b.Tab(t, browser.Options{Width: 320, Scheme: "dark"})
//	tab.Go(server.URL + "/runs")
//	tab.Click("#run-now")
//	tab.Press("Tab", "Enter")
//	tab.Sound()                                            // axe, console, policy, sideways scroll: nothing found
//
// Each tab has its own cookies, so two tabs can be two people. Every method fails the test when it cannot do what it
// says; none returns an error. An action waits for its element, at most Patience.
package browser

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"samband/store/storetest/need"
)

// Patience is how long an action may take before the test fails.
const Patience = 20 * time.Second

// Browser is one running Chromium.
type Browser struct{ ctx context.Context }

// Start starts a Chromium that ends with the test. Without one on the machine the test is skipped, or fails when
// SAMBAND_REQUIRE names chromium. SAMBAND_CHROMIUM may hold the path of the program.
func Start(tb testing.TB) *Browser {
	tb.Helper()
	program := find()
	if program == "" {
		need.Missing(tb, "chromium", "install it, or set SAMBAND_CHROMIUM to its path")
	}
	// Not tb.TempDir: children of the browser may still write there for a moment after it has ended.
	profile, err := os.MkdirTemp("", "samband-chromium-")
	if err != nil {
		tb.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program),
		chromedp.UserDataDir(profile),
		chromedp.NoSandbox, // the tests may run as root in a container, and open our own pages only
		chromedp.DisableGPU,
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
	)
	allocated, endAll := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, end := chromedp.NewContext(allocated)
	tb.Cleanup(func() {
		end()
		endAll()
		for range 50 {
			if os.RemoveAll(profile) == nil {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
	})
	// The first call starts the browser; a deadline on it would end the browser too.
	if err := chromedp.Do(ctx); err != nil {
		tb.Fatalf("start %s: %v", program, err)
	}
	return &Browser{ctx}
}

func find() string {
	names := []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}
	if p := os.Getenv("SAMBAND_CHROMIUM"); p != "" {
		names = []string{p}
	}
	for _, n := range names {
		if p, err := exec.LookPath(n); err == nil {
			return p
		}
	}
	return ""
}
