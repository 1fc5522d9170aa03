package browser

import (
	"context"
	"fmt"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// TouchScreen gives the reader's machine a screen that feels fingers.
func (t *Tab) TouchScreen() {
	t.tb.Helper()
	t.call(func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true})
		return err
	})
}

// Swipe lays a finger on the middle of the first element that matches, draws it by so many pixels in steps, and lifts it.
// The element must be in sight.
func (t *Tab) Swipe(css string, right, down float64) {
	t.tb.Helper()
	type point struct{ X, Y float64 }
	from := Eval[point](t, fmt.Sprintf(`(r => ({X: r.left + r.width / 2, Y: r.top + r.height / 2}))(document.querySelector(%q).getBoundingClientRect())`, css))
	touch := func(kind input.DispatchTouchEventType, at ...*input.TouchPoint) {
		t.call(func(ctx context.Context) error {
			_, err := chromedp.Call(ctx, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: at})
			return err
		})
	}
	const steps = 10
	touch(input.DispatchTouchEventTypeTouchStart, &input.TouchPoint{X: from.X, Y: from.Y})
	for i := range steps {
		part := float64(i+1) / steps
		touch(input.DispatchTouchEventTypeTouchMove, &input.TouchPoint{X: from.X + right*part, Y: from.Y + down*part})
	}
	touch(input.DispatchTouchEventTypeTouchEnd)
}
