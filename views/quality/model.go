// Package quality draws what runs say about the data: how complete, how valid, how soon, and how that changes.
package quality

import (
	"math"
	"slices"
	"strconv"

	"samband/store"
	"samband/store/text"
	"samband/views/chart"
	"samband/views/ds"
	"samband/views/layout"
	"samband/views/mapping"
)

// Report is one run's report with what is needed to read it.
type Report struct {
	store.QualityReport
	Codebook store.Codebook
	Mapping  *store.Mapping       // the one the run used, for the words of its reasons
	Before   *store.QualityReport // the report before it; nil for the first
	// Masked hides counts of persons under store.SmallCell, and rounds what they could be worked out from. Counts of
	// the work itself (rows that checks held back, doubles) are always exact.
	Masked bool
}

// Href is the address of the reports of a registry.
func Href(registryID string) string { return "/quality/" + registryID }

// Figure is a share with its parts as they may be shown.
type Figure struct {
	Share  float64
	None   bool // nothing to divide by, or too few to show
	Num    string
	Den    string
	Approx bool // rounded, so that nothing small can be worked out
	// Low and High are the 95 % interval; both 0 when there is none to show.
	Low, High float64
}

// Count gives a count of persons or of their rows as it may be shown.
func (r *Report) Count(c layout.Ctx, n int64) string {
	if r.Masked && n > 0 && n < store.SmallCell {
		return "<" + strconv.Itoa(store.SmallCell)
	}
	return c.Int(n)
}

func small(n int64) bool { return n > 0 && n < store.SmallCell }

// roundable is the least denominator of which a rounded share still tells something.
const roundable = 50

// figure gives a part of a whole as it may be shown. others are further parts of the same whole: a small one among
// them could be worked out from an exact one.
func (r *Report) figure(c layout.Ctx, num, den int64, others ...int64) Figure {
	f := Figure{Num: r.Count(c, num), Den: r.Count(c, den), None: den == 0}
	if den == 0 {
		return f
	}
	f.Share = float64(num) / float64(den)
	if !r.Masked || !slices.ContainsFunc(append(others, num, den, den-num), small) {
		low, high, _ := store.Fraction{Num: num, Den: den}.Wilson()
		f.Low, f.High = low, high
		return f
	}
	if den < roundable || small(num) {
		f.None = true
		if !small(num) {
			f.Num = "–"
		}
		return f
	}
	near := min(int64(math.Round(float64(num)/10))*10, den)
	f.Num, f.Share, f.Approx = c.Int(near), float64(near)/float64(den), true
	return f
}

// Filled says how much of a variable is filled in, and how many rows have a code for not known.
func (r *Report) Filled(c layout.Ctx, x store.Completeness) (f Figure, unknown string) {
	blank := x.Rows - x.Filled - x.Unknown
	f = r.figure(c, x.Filled, x.Rows, x.Unknown, blank)
	unknown = r.Count(c, x.Unknown)
	if f.Approx && x.Unknown >= store.SmallCell {
		unknown = c.Int(int64(math.Round(float64(x.Unknown)/10)) * 10)
	}
	if f.None && !small(x.Unknown) && r.Masked && x.Rows > 0 {
		unknown = "–"
	}
	return f, unknown
}

// MissingCount says in how many rows of the run a value was missing for a reason: to the nearest ten for those who may
// not see rows, so that no other figure gives a small one away.
func (r *Report) MissingCount(c layout.Ctx, x store.Missing) string {
	if r.Masked && !small(x.Rows) {
		return c.Int(int64(math.Round(float64(x.Rows)/10)) * 10)
	}
	return r.Count(c, x.Rows)
}

// Required says how much of what must be filled in is, over all such variables.
func Required(q *store.QualityReport, b *store.Codebook) (num, den int64) {
	for _, x := range q.Completeness {
		if v := b.Variable(x.Variable); v != nil && mapping.Required(b, v) {
			num, den = num+x.Filled, den+x.Rows
		}
	}
	return num, den
}

func (r *Report) required(c layout.Ctx) Figure {
	num, den := Required(&r.QualityReport, &r.Codebook)
	return r.figure(c, num, den)
}

// Within says how many events came to the registry within 30 days.
func (r *Report) Within(c layout.Ctx, t store.Timeliness) Figure { return r.figure(c, t.Within30, t.N) }

// Percent gives a share in words, a dash when there is none.
func (f Figure) Percent(c layout.Ctx) string {
	if f.None {
		return "–"
	}
	v := 100 * f.Share
	switch { // what is not whole is never shown as all or nothing
	case v > 99.9 && v < 100:
		v = 99.9
	case v > 0 && v < 0.1:
		v = 0.1
	}
	s := c.Decimal(v, 1) + "\u00a0%"
	if f.Approx {
		return c.T("dq.about", "value", s)
	}
	return s
}

// interval gives «93,1–95,2 %».
func (f Figure) interval(c layout.Ctx) string {
	if f.None || f.High == 0 {
		return ""
	}
	return c.Decimal(100*f.Low, 1) + "–" + c.Decimal(100*f.High, 1) + "\u00a0%"
}

// bars gives the chart of the variables of one form.
func (r *Report) bars(c layout.Ctx, i int, g mapping.Group) chart.BarsProps {
	p := chart.BarsProps{ID: "filled-" + strconv.Itoa(i), Lang: c.Lang, Title: c.T("dq.filled"), Desc: c.T("dq.filled.desc"),
		Head: [3]string{c.T("map.variable"), c.T("dq.share"), c.T("dq.count")}}
	for j := range g.Variables {
		v := &g.Variables[j]
		k := slices.IndexFunc(r.Completeness, func(x store.Completeness) bool { return x.Variable == v.Name })
		if k < 0 {
			continue // not mapped when the run was
		}
		f, unknown := r.Filled(c, r.Completeness[k])
		note := c.T("dq.of", "num", f.Num, "den", f.Den)
		if f.Approx {
			note = c.T("dq.about", "value", note)
		}
		if r.Completeness[k].Unknown > 0 {
			note += ", " + c.T("dq.unknown", "n", unknown)
		}
		for _, x := range r.Missing {
			if x.Variable == v.Name {
				note += ", " + c.T("dq.missing", "reason", c.T("missing."+string(x.Reason)), "n", r.MissingCount(c, x))
			}
		}
		if s := f.interval(c); s != "" {
			note += ", " + c.T("dq.interval", "interval", s)
		}
		p.Bars = append(p.Bars, chart.Bar{Label: mapping.NameOf(v), Share: f.Share, None: f.None, Note: note})
	}
	return p
}

// Change says how a check's count stands to that of the report before.
type Change string

const (
	First    Change = "first" // there is no report before
	New      Change = "new"
	Known    Change = "known"
	Resolved Change = "resolved"
	Silent   Change = "silent" // found nothing then or now
)

// CheckLine is one check of the report.
type CheckLine struct {
	store.CheckResult
	Change Change
	Was    int64
}

// Checks gives the checks with how they stand to the report before, those that found something first.
func (r *Report) Checks() []CheckLine {
	var lines []CheckLine
	for _, k := range r.QualityReport.Checks {
		l := CheckLine{CheckResult: k, Change: First}
		if r.Before != nil {
			for _, b := range r.Before.Checks {
				if b.Reason == k.Reason {
					l.Was = b.Failed
				}
			}
			switch {
			case k.Failed > 0 && l.Was == 0:
				l.Change = New
			case k.Failed > 0:
				l.Change = Known
			case l.Was > 0:
				l.Change = Resolved
			}
		}
		if k.Failed == 0 && l.Was == 0 {
			l.Change = Silent
		}
		lines = append(lines, l)
	}
	slices.SortStableFunc(lines, func(a, b CheckLine) int { return rank(a) - rank(b) })
	return lines
}

func rank(l CheckLine) int {
	return slices.Index([]Change{New, Known, First, Resolved, Silent}, l.Change)
}

// tally counts the checks by how they stand.
func tally(lines []CheckLine) (found int, by map[Change]int) {
	by = map[Change]int{}
	for _, l := range lines {
		by[l.Change]++
		if l.Failed > 0 {
			found++
		}
	}
	return found, by
}

var changeLooks = map[Change]ds.State{
	First:    {Tone: ds.Warning, Icon: ds.IconWarning},
	New:      {Tone: ds.Warning, Icon: ds.IconNew},
	Known:    {Tone: ds.Neutral, Icon: ds.IconPhasing},
	Resolved: {Tone: ds.Success, Icon: ds.IconOK},
	Silent:   {Tone: ds.Success, Icon: ds.IconOK},
}

func changeState(c layout.Ctx, ch Change) ds.State {
	s := changeLooks[ch]
	s.Text = c.T("dq.change." + string(ch))
	return s
}

// ShowModel is what the page of a report shows.
type ShowModel struct {
	Report
	Registry     store.Registry
	Integration  store.Integration
	Integrations []ds.Option // those of the registry that have reports
	Runs         []ds.Option // reports of this integration, newest first
	Trend        []store.QualityReport
	Variable     string // whose own trend is shown; "" for what must be filled in
	MaySeeRows   bool
}

func (m *ShowModel) csvHref() string {
	return Href(m.Registry.ID) + "/csv?run=" + strconv.FormatInt(m.RunNo, 10)
}

func (m *ShowModel) kpis(c layout.Ctx) []ds.KPIProps {
	required := m.required(c)
	lines := m.Checks()
	found, by := tally(lines)
	checks := ds.KPIProps{Title: c.T("dq.kpi.checks"), Value: strconv.Itoa(found), Unit: c.T("dq.kpi.of", "n", len(lines)),
		State: ds.State{Tone: ds.Success, Icon: ds.IconOK, Text: c.T("dq.kpi.none")}}
	if found > 0 {
		checks.State = ds.State{Tone: ds.Warning, Icon: ds.IconWarning, Text: c.T("dq.kpi.found")}
	}
	if m.Before != nil {
		checks.Text = c.T("dq.kpi.change", "new", by[New], "known", by[Known], "resolved", by[Resolved])
	}
	kpis := []ds.KPIProps{
		{Title: c.T("dq.kpi.rows"), Value: m.Count(c, m.Rows), Text: c.T("dq.kpi.persons", "n", m.Count(c, m.Persons))},
		{Title: c.T("dq.kpi.required"), Value: required.Percent(c), Text: c.T("dq.of", "num", required.Num, "den", required.Den)},
	}
	if len(m.Timeliness) > 0 {
		t := m.Timeliness[0]
		k := ds.KPIProps{Title: c.T("dq.kpi.median"), Value: "–"}
		if t.N > 0 && !(m.Masked && small(t.N)) {
			k.Value, k.Unit, k.Text = days(c, t.Median), c.T("dq.days"), c.T("dq.kpi.p90", "n", days(c, t.P90))
		}
		kpis = append(kpis, k)
	}
	return append(kpis, checks)
}

func days(c layout.Ctx, d float64) string {
	if d == math.Trunc(d) {
		return c.Int(int64(d))
	}
	return c.Decimal(d, 1)
}

// trend gives the chart of the last reports: of one variable, or of all that must be filled in.
func (m *ShowModel) trend(c layout.Ctx) chart.SeriesProps {
	p := chart.SeriesProps{ID: "trend", Lang: c.Lang, Title: c.T("dq.trend.required"), Desc: c.T("dq.trend.desc"), Unit: "\u00a0%",
		Decimals: 1, Top: 100, Head: [2]string{c.T("runs.no"), c.T("dq.share")}}
	if v := m.Codebook.Variable(m.Variable); v != nil {
		p.Title = c.T("dq.trend.variable", "variable", mapping.NameOf(v))
	}
	for i := range m.Trend {
		q := &m.Trend[i]
		num, den := Required(q, &m.Codebook)
		others := []int64(nil)
		if m.Variable != "" {
			num, den = 0, 0
			for _, x := range q.Completeness {
				if x.Variable == m.Variable {
					num, den, others = x.Filled, x.Rows, []int64{x.Unknown, x.Rows - x.Filled - x.Unknown}
				}
			}
		}
		f := m.figure(c, num, den, others...)
		pt := chart.Point{Label: c.Int(q.RunNo), Value: 100 * f.Share, Missing: f.None}
		if i > 0 {
			switch was := &m.Trend[i-1]; {
			case was.MappingNo != q.MappingNo:
				pt.Break = c.T("dq.break.mapping", "no", q.MappingNo)
			case was.CodebookVersion != q.CodebookVersion:
				pt.Break = c.T("dq.break.codebook", "no", q.CodebookVersion)
			}
		}
		p.Points = append(p.Points, pt)
	}
	return p
}

// Words is what the run's mapping calls the reason of a check.
func (r *Report) Words(lang text.Lang, k *store.CheckResult) string {
	if k.Text != "" {
		return k.Text
	}
	return text.Reason(lang, r.Mapping, k.Reason)
}

// ListLine is one integration's newest report.
type ListLine struct {
	Report
	Registry    store.Registry
	Integration store.Integration
}
