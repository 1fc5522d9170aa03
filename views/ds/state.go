package ds

// State is what something is, as icon and word in a colour.
type State struct {
	Tone Tone
	Icon IconName
	Text string
}

// toneIcon is the icon of a note that names none.
var toneIcon = map[Tone]IconName{
	Success: IconOK,
	Info:    IconInfo,
	Warning: IconWarning,
	Danger:  IconFailed,
	Neutral: IconInfo,
	Accent:  IconInfo,
	Blocked: IconBlocked,
}

// NoteProps describes a short message in a coloured box.
type NoteProps struct {
	Tone  Tone     // Info when empty
	Icon  IconName // by the tone when empty
	Title string
	Text  string
	// Announce reads the note aloud when it appears: "status" politely, "alert" at once.
	Announce string
}

func (p NoteProps) tone() Tone {
	if p.Tone == "" {
		return Info
	}
	return p.Tone
}

func (p NoteProps) icon() IconName {
	if p.Icon == "" {
		return toneIcon[p.tone()]
	}
	return p.Icon
}

// Step is one line of a list of steps: who must have done what.
type Step struct {
	State State // its Text is read aloud only
	Title string
	Text  string
}

// Stage is one stage of a run, drawn along a line.
type Stage struct {
	State State // its Text is read aloud only
	Name  string
	At    string // «02.30.21», «ikke startet»
	Text  string // what came of it
}

// Need is one task that waits for the reader.
type Need struct {
	State  State // its Text is not shown: Title says it
	Title  string
	Text   string
	Action ButtonProps // a link; Secondary unless it says otherwise
}

func (n Need) action() ButtonProps {
	p := n.Action
	if p.Variant == "" {
		p.Variant = Secondary
	}
	if p.Label == "" {
		p.Label = p.Text + ": " + n.Title
	}
	return p
}

// KPIProps describes one key figure.
type KPIProps struct {
	Title string
	Value string
	Unit  string // «av 46», «døgn»
	State State  // drawn when it has a Text
	Text  string
}
