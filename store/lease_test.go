package store

import (
	"testing"
	"time"
)

func TestAfterLoss(t *testing.T) {
	for losses, want := range []time.Duration{0, 0, 10 * time.Second, time.Minute, 5 * time.Minute} {
		if wait, again := AfterLoss(losses); wait != want || !again {
			t.Errorf("after %d: %v, %v", losses, wait, again)
		}
	}
	for _, losses := range []int{MaxLosses, MaxLosses + 1, 1000} {
		if wait, again := AfterLoss(losses); wait != 0 || again {
			t.Errorf("after %d it starts over after %v", losses, wait)
		}
	}
}
