package chart

// paint names a pattern of a chart as a fill. Patterns carry the id of their chart, since ids are one per page.
func paint(id, pattern string) string { return "url(#" + id + "-" + pattern + ")" }

// middle and width are band, one value at a time, for templates.
func middle(i, n int) float64 {
	m, _ := band(i, n)
	return m
}

func width(n int) float64 {
	_, w := band(0, n)
	return w
}

// numFrom gives the class of cell i of a row of numbers after a label.
func numFrom(i int) string {
	if i == 0 {
		return ""
	}
	return "num"
}
