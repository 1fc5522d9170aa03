// Package seed holds what a new installation starts with: the catalogue's content, and the synthetic demonstration.
package seed

import _ "embed"

//go:embed catalogue.yaml
var catalogue []byte

//go:embed demo.yaml
var demo []byte

//go:embed outgoing.yaml
var outgoing []byte

// Outgoing gives what the demonstration sends, as configuration that comes after Demo.
func Outgoing() []byte { return outgoing }

// OutgoingIntegration is the integration of Outgoing.
const OutgoingIntegration = "hjertekirurgi-utlevering"

//go:embed halves.yaml
var halves []byte

// Halves gives what the demonstration sends in two halves, as configuration that comes after Outgoing. "{key:identity}",
// "{key:health}" and "{key:manifest}" stand for the receiver's public keys.
func Halves() []byte { return halves }

// HalvesIntegration is the integration of Halves.
const HalvesIntegration = "hjertekirurgi-pakker"

// Catalogue gives the solutions, systems and methods that the hospital names, as configuration. Nothing in it is
// approved.
func Catalogue() []byte { return catalogue }

// Demo gives the demonstration as configuration. "{drop}" stands for the folder that the hospital's deliveries come to.
func Demo() []byte { return demo }

// The demonstration's integration, and when it runs.
const (
	DemoIntegration = "hjertekirurgi-opphold"
	DemoSchedule    = "30 * * * *"
	// DemoConsents is the connection to the reservations of the demonstration's persons, and DemoDefinition their list.
	DemoConsents   = "demo-samtykke"
	DemoDefinition = "7d3f1c52-0b9e-4e55-9a10-2026c0ffee01"
)
