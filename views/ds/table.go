package ds

// TableProps describes a table; its rows are children, written as <tr> by the page.
type TableProps struct {
	ID      string // needed unless List
	Caption string // what the table holds
	// ShowCaption shows the caption; otherwise it is read aloud only, as where a heading says the same.
	ShowCaption bool
	Columns     []Column
	// List makes each row an item of a list on narrow screens; the cells then name their column in data-label. A
	// table that is not a list scrolls sideways in a region that the keyboard can reach.
	List bool
	// Wide keeps the row headings in place while the rest scrolls, also in a table that is a list on narrow screens.
	Wide bool
	// Groups stand above the columns, each over as many as it says.
	Groups []ColumnGroup
	// Foot says that the children hold their own <tbody> and <tfoot>.
	Foot bool
}

// Column is one column heading.
type Column struct {
	Text   string
	Num    bool // numbers, at the end of the cell
	Hidden bool // read aloud only
}

// ColumnGroup is a heading over some columns; one without text is over columns that belong to none.
type ColumnGroup struct {
	Text    string
	Columns int
}

func (p TableProps) class() string {
	return classes("ds-table", when(p.List, "tolist"), when(p.Wide, "wide"))
}

func (p TableProps) captionClass() string { return when(!p.ShowCaption, "ds-sr-only") }

// PageLink is one entry of a pager: a page, or a gap when Number is 0.
type PageLink struct {
	Number  int
	Href    string
	Current bool
}

// PageLinks gives the entries for current of total pages, both counted from 1: first, last, the neighbours, and gaps.
// One page or none gives nothing.
func PageLinks(current, total int, href func(page int) string) []PageLink {
	if total <= 1 {
		return nil
	}
	var links []PageLink
	for n := 1; n <= total; n++ {
		near := n >= current-1 && n <= current+1
		switch {
		case n == 1 || n == total || near || n == 2 && current == 4 || n == total-1 && current == total-3:
			links = append(links, PageLink{Number: n, Href: href(n), Current: n == current})
		case links[len(links)-1].Number != 0:
			links = append(links, PageLink{})
		}
	}
	return links
}

// PagerProps describes the way to the other pages of a list. Prev and Next without Href are left out; Pages may be
// empty where only they are known.
type PagerProps struct {
	Label   string // «Sider i listen»
	Prev    Link
	Next    Link
	Pages   []PageLink
	Page    string // word in front of a number when read aloud: «Side»
	Summary string // «Viser 1–50 av 1 284»
}

// HeadProps describes the head of a page.
type HeadProps struct {
	Title  string // the answer or the question
	Lead   string
	States []State
	Meta   string // quiet words after the states
}

// CrumbsProps describes the way down to a page; the last item is the page itself.
type CrumbsProps struct {
	Label string // «Du er her»
	Back  string // accessible name of the link back, on narrow screens: «Tilbake til …»
	Items []Link
}
