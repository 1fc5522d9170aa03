package ds

import (
	"strings"

	"github.com/a-h/templ"
)

// Tone is the colour family of a component, as Designsystemet's data-color. It never stands alone: a word or an icon
// says the same.
type Tone string

const (
	Neutral  Tone = "neutral"
	Accent   Tone = "accent" // health data, and the portal's own colour
	Success  Tone = "success"
	Info     Tone = "info"
	Warning  Tone = "warning"
	Danger   Tone = "danger"
	Yellow   Tone = "yellow" // moderate risk, between green and orange
	Blocked  Tone = "brand1" // blocked rows and breaks in a series
	Identity Tone = "brand2" // identity data
)

// Variant is the weight of a button. A page has one Primary per decision.
type Variant string

const (
	Primary   Variant = "primary"
	Secondary Variant = "secondary"
	Tertiary  Variant = "tertiary"
)

// Link is a text with an address.
type Link struct {
	Text string
	Href string
	// Label is the accessible name when Text alone says too little («Se radene: …»).
	Label string
	// Current marks the link of the page itself.
	Current bool
}

// ButtonProps describes a button or a link that looks like one.
type ButtonProps struct {
	Text    string
	Icon    IconName // in front of the text
	Variant Variant  // Primary when empty
	Tone    Tone     // Accent when empty
	Href    string   // LinkButton only
	// Name and Value are sent with the form when this button submits it.
	Name, Value string
	// Label is the accessible name when Text alone says too little.
	Label string
	// Plain makes a button that does not submit.
	Plain    bool
	Disabled bool
	Attrs    templ.Attributes
}

func (p ButtonProps) variant() string {
	if p.Variant == "" {
		return string(Primary)
	}
	return string(p.Variant)
}

func (p ButtonProps) kind() string {
	if p.Plain {
		return "button"
	}
	return "submit"
}

// orNeutral gives tone, or Neutral when it is empty.
func orNeutral(t Tone) string {
	if t == "" {
		return string(Neutral)
	}
	return string(t)
}

// classes joins the classes that are not empty.
func classes(names ...string) string {
	var b strings.Builder
	for _, n := range names {
		if n == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(n)
	}
	return b.String()
}

// when gives s if on, else nothing.
func when(on bool, s string) string {
	if on {
		return s
	}
	return ""
}
