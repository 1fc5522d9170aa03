package mapping

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"samband/store"
	"samband/store/text"
	"samband/views/ds"
	"samband/views/layout"
)

// Known is what the table is drawn from beside the mapping itself. What isn't known is empty.
type Known struct {
	Profile   *store.SourceProfile
	Gone      []store.GoneField             // fields of the mapping that the source no longer has
	Tips      map[string][]store.Suggestion // of fields, by variable, the best first
	Faults    store.FieldErrors             // what is wrong with the mapping
	Typical   []store.PreviewCell
	Approved  int              // number of the approved version
	Touched   map[string]bool  // variables whose values may differ from those of the approved version
	FailedIn  int64            // number of the last run
	Failed    map[string]int64 // variable → rows that it held back in that run
	Choices   []Choice         // what accepting all suggestions above a score would take, the highest score first
	Written   map[string]string
	WrittenIn store.FieldErrors // what is wrong with Written, at "f.<variable>"
}

// Sheet is the table of variables and the list of source fields, as words. It is data all the way, so that what an edit
// changed is found by comparing two.
type Sheet struct {
	Rows   []Row
	Ports  []Port
	Forms  []Form
	Counts Counts
	Tips   int // unmapped variables with a suggestion
}

// Row is one variable.
type Row struct {
	Name, Label, Says string // Says: type, unit and limits
	Form              int    // index of its form
	Required          bool   // a row can't do without it
	Computed          bool   // the registry works it out
	Mapped            bool
	From              []string // fields that its value comes from
	Also              []string // fields that later steps read
	How               string   // where its value comes from when From is empty
	Chips             []string // its rule, a chip for each step
	In, Out           string   // an example
	Tips              []Tip
	Problems          []string
	Gone              []string // fields that it reads and that the source no longer has
	Changed           bool
	Failed            int64
	Written, Error    string // of a source that can't be
}

// Tip is a suggested field.
type Tip struct {
	Field string
	Score int // of 100
	Why   string
}

// Choice is how many variables would get a rule if all suggestions with at least a score were accepted: Each when a field
// goes to one variable, Shared when it may go to several.
type Choice struct{ Score, Each, Shared int }

// Port is one source field.
type Port struct {
	No          int // its place, from 0
	Name, Label string
	Says        string // class, type
	Class       store.FieldClass
	Direct      bool
	Gone        bool // the source no longer has it
	Known       bool // there is a profile of it
	Filled      int  // of 100
	Empty       string
	Values      string // how many different, and the commonest
	Pattern     string
	Used        []string // variables
}

// Form is the variables of one form of the codebook.
type Form struct {
	Title                string
	All, Mapped, Missing int
	Open                 bool
}

// Counts are how many variables there are of each sort.
type Counts struct {
	All, Mapped, Required, Covered int
	Of                             map[Sort]int
}

// bar is how far the work has come; with nothing required it is done.
func (n *Counts) bar() string {
	if n.Required == 0 {
		return "1"
	}
	return strconv.Itoa(n.Covered)
}

// Sort is which variables a reader wants to see.
type Sort string

const (
	SortAll      Sort = ""
	SortMissing  Sort = "missing"  // required and unmapped
	SortUnmapped Sort = "unmapped" // also those that may be
	SortTips     Sort = "tips"     // unmapped, with a suggestion
	SortProblems Sort = "problems" // something is wrong with the rule
	SortChanged  Sort = "changed"  // since the approval
	SortFailed   Sort = "failed"   // held rows back in the last run
)

// Sorts lists them in the order the filter offers them.
var Sorts = []Sort{SortAll, SortMissing, SortUnmapped, SortTips, SortProblems, SortChanged, SortFailed}

// Is tells whether the row is of that sort.
func (r *Row) Is(s Sort) bool {
	switch s {
	case SortMissing:
		return r.Required && !r.Mapped
	case SortUnmapped:
		return !r.Mapped && !r.Computed
	case SortTips:
		return !r.Mapped && len(r.Tips) > 0
	case SortProblems:
		return len(r.Problems)+len(r.Gone) > 0
	case SortChanged:
		return r.Changed
	case SortFailed:
		return r.Failed > 0
	}
	return true
}

// Has tells whether a word stands in what the row is called.
func (r *Row) Has(word string) bool {
	return word == "" || strings.Contains(strings.ToLower(r.Label+" "+r.Name+" "+strings.Join(r.From, " ")), strings.ToLower(word))
}

// maxOpen is how many forms are shown unfolded whether or not they need anything.
const maxOpen = 5

// maxTips is how many suggestions stand at a variable.
const maxTips = 2

// MakeSheet says a mapping in words, variable by variable and field by field.
func MakeSheet(c layout.Ctx, m *store.Mapping, book *store.Codebook, k *Known) *Sheet {
	s := &Sheet{Counts: Counts{Of: map[Sort]int{}}}
	rules := make(map[string]*store.Rule, len(m.Rules))
	used := m.Readers()
	for i := range m.Rules {
		rules[m.Rules[i].Variable] = &m.Rules[i]
	}
	problems := map[string][]string{}
	for _, e := range k.Faults {
		if v, ok := strings.CutPrefix(e.Field, "rules."); ok && e.Code != "mapping.required_unmapped" && e.Code != "mapping.key_unmapped" {
			problems[v] = append(problems[v], c.Error(e))
		}
	}
	gone := map[string]bool{}
	for i := range k.Gone {
		gone[k.Gone[i].Field.Name] = true
	}
	typical := map[string]*store.PreviewCell{}
	for i := range k.Typical {
		typical[k.Typical[i].Variable] = &k.Typical[i]
	}
	key := map[string]bool{}
	for _, name := range book.Key {
		key[name] = true
	}
	forms := map[string]int{}
	for i := range book.Variables {
		v := &book.Variables[i]
		form, seen := forms[v.Form]
		if !seen {
			form = len(s.Forms)
			forms[v.Form] = form
			s.Forms = append(s.Forms, Form{Title: v.Form})
		}
		r := Row{Name: v.Name, Label: NameOf(v), Says: TypeOf(c, v), Form: form, Required: (v.Required || key[v.Name]) && !v.Computed,
			Computed: v.Computed, Problems: problems[v.Name], Changed: k.Touched[v.Name], Failed: k.Failed[v.Name]}
		r.Written, r.Error = k.Written[v.Name], c.FieldError(k.WrittenIn, "f."+v.Name)
		if rule := rules[v.Name]; rule != nil {
			reads := m.Reads(v.Name)
			r.say(c, rule, reads, typical[v.Name])
			for _, f := range reads {
				if gone[f] {
					r.Gone = append(r.Gone, f)
				}
			}
		} else {
			r.tip(c, k.Tips[v.Name])
		}
		s.add(r)
	}
	for i := range s.Rows {
		s.Forms[s.Rows[i].Form].Open = s.Forms[s.Rows[i].Form].Open || s.Rows[i].needs()
	}
	for i := range s.Forms {
		s.Forms[i].Open = s.Forms[i].Open || len(s.Forms) <= maxOpen
	}
	for i := range m.Source {
		p := makePort(c, i, &m.Source[i], k.Profile, used[m.Source[i].Name])
		p.Gone = gone[p.Name]
		s.Ports = append(s.Ports, p)
	}
	return s
}

// add puts a row last, and counts it.
func (s *Sheet) add(r Row) {
	f := &s.Forms[r.Form]
	s.Counts.All++
	f.All++
	if r.Mapped {
		s.Counts.Mapped++
		f.Mapped++
	}
	if r.Required {
		s.Counts.Required++
		if r.Mapped {
			s.Counts.Covered++
		} else {
			f.Missing++
		}
	}
	for _, show := range Sorts {
		if r.Is(show) {
			s.Counts.Of[show]++
		}
	}
	s.Rows = append(s.Rows, r)
}

// needs tells whether somebody has to look at the row.
func (r *Row) needs() bool {
	return r.Is(SortMissing) || r.Is(SortProblems) || r.Is(SortFailed) || r.Error != ""
}

// say puts a rule in words. reads are all fields that decide on the value.
func (r *Row) say(c layout.Ctx, rule *store.Rule, reads []string, typical *store.PreviewCell) {
	r.Mapped, r.From = true, rule.Sources()
	for _, f := range reads {
		if !slices.Contains(r.From, f) {
			r.Also = append(r.Also, f)
		}
	}
	r.Chips = Chips(c, rule)
	if len(r.From) == 0 && len(rule.Steps) > 0 {
		r.How = c.T("step." + string(rule.Steps[0].Kind))
	}
	switch {
	case len(rule.Examples) > 0:
		x := &rule.Examples[0]
		var in []string
		for _, f := range rule.Fields() {
			in = append(in, text.Quoted(c.Lang, x.In[f]))
		}
		r.In, r.Out = strings.Join(in, ", "), x.Out
		switch {
		case x.Fault != "":
			r.Out = c.T("map.example.held")
		case x.Null:
			r.Out = "–"
		}
	case typical != nil && len(typical.Before) > 0:
		r.In, r.Out = strings.Join(typical.Before, ", "), c.T("map.example.held")
		if typical.Reason == "" {
			r.Out = after(c, typical.After)
		}
	}
}

// Chips says a rule in words, a chip for each step. Where the value comes from is said beside it.
func Chips(c layout.Ctx, r *store.Rule) []string {
	chips := make([]string, len(r.Steps))
	for i := range r.Steps {
		step := &r.Steps[i]
		chips[i] = text.Step(c.Lang, step)
		if step.Kind == store.StepCopy {
			chips[i] = c.T("step.copy")
		}
	}
	return chips
}

// tip puts suggestions in words.
func (r *Row) tip(c layout.Ctx, list []store.Suggestion) {
	for i := range list[:min(len(list), maxTips)] {
		t := &list[i]
		r.Tips = append(r.Tips, Tip{Field: t.Fields[0], Score: int(t.Score*100 + 0.5), Why: why(c, t)})
	}
}

// why says what speaks for a suggestion.
func why(c layout.Ctx, t *store.Suggestion) string {
	var parts []string
	for _, w := range t.Why {
		parts = append(parts, text.Fill(c.Lang, "suggest."+string(w.Code), w.Args))
	}
	return strings.Join(parts, ", ")
}

func makePort(c layout.Ctx, no int, f *store.Field, profile *store.SourceProfile, used []string) Port {
	p := Port{No: no, Name: f.Name, Label: f.Label, Class: f.Class, Direct: f.Class == store.Direct, Used: used}
	p.Says = c.T("fclass." + string(f.Class))
	if f.Is != "" {
		p.Says += ", " + c.T("attribute."+string(f.Is))
	}
	known := profile.Field(f.Name)
	if known == nil {
		return p
	}
	if known.Type != "" {
		p.Says = c.T("vartype."+string(known.Type)) + ", " + p.Says
	}
	p.Known, p.Filled = true, 100
	if profile.Rows > 0 {
		p.Filled = int(100 - 100*known.Empty/profile.Rows)
	}
	p.Empty = emptyText(c, known, profile.Rows)
	if p.Direct || known.Direct {
		return p
	}
	var values []string
	if known.Many {
		values = append(values, c.T("map.profile.many", "n", known.Distinct))
	} else if known.Distinct > 0 {
		values = append(values, c.T("map.profile.distinct", "n", known.Distinct))
	}
	for i := range known.Top[:min(len(known.Top), 3)] {
		values = append(values, "«"+known.Top[i].Text+"» "+topRows(c, known, i))
	}
	p.Values = strings.Join(values, ", ")
	if len(known.Patterns) > 0 && len(known.Top) == 0 {
		p.Pattern = known.Patterns[0].Text
	}
	return p
}

// emptyText says how much of a field is empty, and no more than may be told of few rows.
func emptyText(c layout.Ctx, f *store.FieldProfile, rows int64) string {
	switch {
	case f.Few && f.Empty == 0:
		return c.T("map.profile.few_empty", "n", store.SmallCell)
	case f.Few:
		return c.T("map.profile.few_filled", "n", store.SmallCell)
	}
	share := int64(0)
	if rows > 0 {
		share = 100 * f.Empty / rows
	}
	if share == 0 && f.Empty > 0 {
		return c.T("map.profile.little_empty")
	}
	return c.T("map.profile.empty", "share", share)
}

// rowsOf gives the rows of a form.
func (s *Sheet) rowsOf(form int) []*Row {
	var rows []*Row
	for i := range s.Rows {
		if s.Rows[i].Form == form {
			rows = append(rows, &s.Rows[i])
		}
	}
	return rows
}

// Part is what an edit changed: the answer to the page's script.
type Part struct {
	Say   string // for the live line
	Rows  []*Row
	Ports []*Port
	Forms []int
}

// Since finds in what s differs from what the reader has.
func (s *Sheet) Since(before *Sheet) Part {
	var p Part
	for i := range s.Rows {
		if i >= len(before.Rows) || !s.Rows[i].same(&before.Rows[i]) {
			p.Rows = append(p.Rows, &s.Rows[i])
		}
	}
	for i := range s.Ports {
		if i >= len(before.Ports) || !slices.Equal(s.Ports[i].Used, before.Ports[i].Used) {
			p.Ports = append(p.Ports, &s.Ports[i])
		}
	}
	for i := range s.Forms {
		if f, g := s.Forms[i], before.Forms[i]; f.Mapped != g.Mapped || f.Missing != g.Missing {
			p.Forms = append(p.Forms, i)
		}
	}
	return p
}

// same tells whether two rows are drawn alike.
func (r *Row) same(o *Row) bool {
	return r.Mapped == o.Mapped && r.In == o.In && r.Out == o.Out && r.How == o.How && r.Changed == o.Changed && r.Error == o.Error &&
		slices.Equal(r.From, o.From) && slices.Equal(r.Also, o.Also) && slices.Equal(r.Chips, o.Chips) && slices.Equal(r.Tips, o.Tips) &&
		slices.Equal(r.Problems, o.Problems) && slices.Equal(r.Gone, o.Gone)
}

// source is what the field of a row holds: what was written there, or the fields its value comes from.
func (r *Row) source() string {
	if r.Error != "" {
		return r.Written
	}
	return SourceText(r.From)
}

// SourceText writes fields as the table's field for them holds them, and SourceNames reads them.
func SourceText(fields []string) string { return strings.Join(fields, ", ") }

// SourceNames reads what SourceText wrote. A field's own name can hold commas.
func SourceNames(m *store.Mapping, written string) []string {
	written = strings.TrimSpace(written)
	if written == "" {
		return nil
	}
	if m.Field(written) != nil {
		return []string{written}
	}
	var names []string
	for name := range strings.SplitSeq(written, ",") {
		if name = strings.TrimSpace(name); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// sorts lists for the script what sorts a row is of.
func (r *Row) sorts() string {
	var sorts []string
	for _, s := range Sorts[1:] {
		if r.Is(s) {
			sorts = append(sorts, string(s))
		}
	}
	return strings.Join(sorts, " ")
}

func (r *Row) states(c layout.Ctx) []ds.State {
	var states []ds.State
	switch {
	case r.Computed && !r.Mapped:
		states = append(states, ds.State{Tone: ds.Neutral, Icon: ds.IconBook, Text: c.T("map.state.computed")})
	case len(r.Problems) > 0:
		states = append(states, ds.State{Tone: ds.Danger, Icon: ds.IconWarning, Text: c.T("map.state.problem")})
	case len(r.Gone) > 0:
		states = append(states, ds.State{Tone: ds.Danger, Icon: ds.IconWarning, Text: c.T("map.state.gone")})
	case r.Mapped:
		states = append(states, ds.State{Tone: ds.Success, Icon: ds.IconOK, Text: c.T("map.state.mapped")})
	case r.Required:
		states = append(states, ds.State{Tone: ds.Danger, Icon: ds.IconWarning, Text: c.T("map.state.missing")})
	default:
		states = append(states, ds.State{Tone: ds.Neutral, Icon: ds.IconSkipped, Text: c.T("map.state.unmapped")})
	}
	if r.Changed {
		states = append(states, ds.State{Tone: ds.Info, Icon: ds.IconDraft, Text: c.T("map.state.changed")})
	}
	if r.Failed > 0 {
		states = append(states, ds.State{Tone: ds.Warning, Icon: ds.IconHeld, Text: c.T("map.state.failed", "n", r.Failed)})
	}
	return states
}

// shows tells whether the reader's filter lets a row through.
func (m *Model) shows(r *Row) bool { return r.Error != "" || r.Is(m.Show) && r.Has(m.Find) }

// showsForm tells whether it lets any row of a form through.
func (m *Model) showsForm(form int) bool {
	return slices.ContainsFunc(m.Sheet.rowsOf(form), m.shows)
}

func (m *Model) showsAny() bool {
	for i := range m.Sheet.Rows {
		if m.shows(&m.Sheet.Rows[i]) {
			return true
		}
	}
	return false
}

// editable tells whether the reader's edits go to what is shown.
func (m *Model) editable() bool {
	return m.MayEdit && (m.No == 0 || m.No == m.Newest && m.Draft == nil)
}

// query is what the page was asked for.
func (m *Model) query() url.Values {
	q := url.Values{}
	if m.Show != SortAll {
		q.Set("show", string(m.Show))
	}
	if m.Find != "" {
		q.Set("q", m.Find)
	}
	if m.No > 0 && m.No != m.Newest {
		q.Set("version", strconv.Itoa(m.No))
	}
	return q
}

// narrowed tells whether the reader asked for less than all.
func (m *Model) narrowed() bool { return m.Show != SortAll || m.Find != "" }

// showHref is the address of the page with another filter.
func (m *Model) showHref(s Sort) string {
	q := m.query()
	q.Del("show")
	if s != SortAll {
		q.Set("show", string(s))
	}
	href := m.Href("")
	if len(q) > 0 {
		href += "?" + q.Encode()
	}
	return href
}

func portID(no int) string { return "s-" + strconv.Itoa(no) }

func formID(i int) string { return "form-" + strconv.Itoa(i) }
