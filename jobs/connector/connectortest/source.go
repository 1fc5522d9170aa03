// Package connectortest is what every connector is held to, whatever system is behind it. A connector's test makes a
// Harness that can put deliveries into its system (a fake server, a folder), and calls Source.
package connectortest

import (
	"context"
	"fmt"
	"testing"

	"samband/jobs/connector"
	"samband/store"
)

// Harness is how the suite works a system that a source reads from.
type Harness struct {
	Connector connector.Connector
	// New makes a fresh, empty system for one test.
	New func(t *testing.T) System
}

// System is an outside system, or the likeness of one.
type System struct {
	Settings connector.Settings
	// Deliver makes a complete delivery ready to be fetched, after those that are there. Rows are asked for in order,
	// once each, so that a large one need not be held in memory.
	Deliver func(t *testing.T, x Extract)
	// Faults are what the suite can break, and the code the source must then give: from Next, or at the latest with
	// the last rows.
	Faults map[Fault]store.Code
	// Left gives what lies in clear with the other side, when that is the source's to remove; else nil.
	Left func(t *testing.T) []string
	// Secrets are what Settings hold that must not show in an error or a log.
	Secrets []string
}

// Extract is what a delivery holds.
type Extract struct {
	Fields []string
	N      int
	Row    func(i int) []string
	Fault  Fault // how the delivery is broken; "" is whole
}

// Fault is a way in which a delivery can be broken.
type Fault string

// The faults that a source must notice, as far as its system has the means to tell.
const (
	Truncated     Fault = "truncated"       // ends before its end
	WrongChecksum Fault = "wrong checksum"  // something else than was promised
	WrongRowCount Fault = "wrong row count" // fewer or more rows than were promised
	Unfinished    Fault = "unfinished"      // still being made: nothing to fetch yet
)

// What the rows of the suite hold that must never show in an error or a log. The number is synthetic (month + 80).
const (
	canaryNumber = "13819948022"
	canaryName   = "Kanarifugl"
)

// extract makes n rows of synthetic content that differs between versions.
func extract(n, version int) Extract {
	return Extract{Fields: []string{"fnr", "navn", "episode_id", "tekst"}, N: n, Row: func(i int) []string {
		return []string{canaryNumber, canaryName, fmt.Sprintf("E-%d", i), fmt.Sprintf("æøå; \"%d\"\nlinje %d", version, i)}
	}}
}

// Source holds a source to the contract of connector.Source and connector.Delivery.
func Source(t *testing.T, h Harness) {
	for _, c := range []struct {
		name string
		test func(*suite)
	}{
		{"settings", (*suite).settings},
		{"nothing", (*suite).nothing},
		{"rows", (*suite).rows},
		{"batches", (*suite).batches},
		{"resumed after a cut", (*suite).resumed},
		{"oldest first", (*suite).oldestFirst},
		{"same content again", (*suite).again},
		{"cut before it is put away", (*suite).cutBeforePutAway},
		{"Loaded twice", (*suite).loadedTwice},
		{"kept", (*suite).kept},
		{"described", (*suite).described},
		{"done fails", (*suite).doneFails},
		{"cancelled", (*suite).cancelled},
		{"memory", (*suite).memory},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(start(t, h)) })
	}
	for fault, code := range start(t, h).sys.Faults {
		t.Run(string(fault), func(t *testing.T) { start(t, h).fault(fault, code) })
	}
}

// never is what a source is told that has delivered nothing before.
func never(string) (bool, error) { return false, nil }

// after gives what a source is told once these marks are dealt with.
func after(marks ...string) func(string) (bool, error) {
	return func(mark string) (bool, error) {
		for _, m := range marks {
			if m == mark {
				return true, nil
			}
		}
		return false, nil
	}
}

var background = context.Background()
