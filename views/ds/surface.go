package ds

import "github.com/a-h/templ"

// SectionProps describes a part of a page with a heading.
type SectionProps struct {
	ID    string // of the heading; the address of the section is #ID
	Title string
	Lead  string
	Aside string // quiet words at the end of the heading line
	More  Link   // a link at the end of the heading line
	Foot  string // quiet words under the section
	Level int    // 2 when 0
}

// SheetProps describes a white surface.
type SheetProps struct {
	ID    string // of the heading, with Title
	Title string
	Level int  // 2 when 0
	More  Link // a link at the end of the heading line
	Flush bool // a table inside goes to the edges
	Stack bool // children stand under each other with space between
	// Tone makes the sheet the one that asks for a decision, with a coloured edge.
	Tone Tone
}

func (p SheetProps) class() string {
	return classes("sheet", when(p.Flush, "sheet--flush"), when(p.Stack, "stack"), when(p.Tone != "", "decide"))
}

// Fact is one term and what it is.
type Fact struct {
	Term  string
	Text  string
	Small string          // a second, quieter line
	Code  bool            // Text is a code or a hash
	Href  string          // makes Text a link
	Body  templ.Component // after Text, for what a string cannot say
}

// Pair is one line with two ends: what, when.
type Pair struct {
	Strong string // first words, emphasised
	Text   string
	End    string
}

// Entry is one line of a history.
type Entry struct {
	At   string // shown
	ISO  string // machine form of At
	Text string
	More string // a second, quieter line
}

// DetailsProps describes a part that unfolds.
type DetailsProps struct {
	Summary string
	Small   string // a second, quieter line in the summary
	Open    bool
	Quiet   bool // a text link rather than a bar
	Class   string
}

func (p DetailsProps) class() string { return classes("ds-details", when(p.Quiet, "twin"), p.Class) }

// EmptyProps describes what stands where a list would, when it has nothing.
type EmptyProps struct {
	Icon  IconName
	Title string
	Text  string // why it is empty and what to do
}

// ConfirmProps describes a button that must be pressed twice: first it unfolds what will happen, then it does it.
type ConfirmProps struct {
	Text    string // on the first button
	Icon    IconName
	Variant Variant // Secondary when empty
	Tone    Tone    // Danger when empty
	Title   string  // «Vil du avvise kjøringen?»
	Body    string  // what happens, also to the data
	Action  string  // where the form posts
	Submit  string  // on the button that does it
	// Name and Value are sent with the form.
	Name, Value string
	// Open shows it unfolded, as when its form came back with an error.
	Open bool
	// ID is for one inside a Live region: it stays as it is, unfolded and in focus, while the region renews itself.
	ID string
}

func (p ConfirmProps) tone() Tone {
	if p.Tone == "" {
		return Danger
	}
	return p.Tone
}

func (p ConfirmProps) variant() string {
	if p.Variant == "" {
		return string(Secondary)
	}
	return string(p.Variant)
}

// ProgressProps describes how far a piece of work has come.
type ProgressProps struct {
	ID    string
	Label string
	Text  string // «12 400 av 50 000 rader»
	Value int64
	Max   int64 // 0: unknown
}

// LiveProps describes a region that asks the server for itself while something goes on. The page is the same with and
// without: the region is taken out of the whole page at URL. Without script a link reloads the page.
type LiveProps struct {
	ID     string
	URL    string
	On     bool   // false when the work is over: the region stops asking
	Every  string // «2s» when empty
	Events string // address of a stream of events; while it is open the region asks only when one comes
	Reload string // text of the link for those without script
}

// PollHeader marks what an open page asks for by itself: it is no sign that somebody is there.
const PollHeader = "Samband-Poll"

func (p LiveProps) trigger() string {
	if p.Every == "" {
		p.Every = "2s"
	}
	if p.Events != "" {
		return "every " + p.Every + ", refresh"
	}
	return "every " + p.Every
}

// Day is one day of a week plan.
type Day struct {
	Name  string
	Date  string
	Today bool
	Slots []Slot
	More  Link // «og 4 andre»
}

// Slot is one thing that happens on a day.
type Slot struct {
	Time string
	Text string
	Href string
	Tone Tone // plain when empty
}
