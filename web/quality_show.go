package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"samband/store"
	"samband/views/ds"
	"samband/views/layout"
	"samband/views/quality"
)

// trendLength is how many reports a trend goes over.
const trendLength = 12

// qualityShow shows the report of a run: ?run=N, the newest of ?integration=, or the registry's newest.
func (s *Server) qualityShow(w http.ResponseWriter, r *http.Request) error {
	g, err := s.DB.Registry(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	q, latest, err := s.reportAsked(r, g.ID)
	if err != nil {
		return err
	}
	if q == nil {
		return s.page(w, r, quality.None(s.ctx(w, r), *g))
	}
	c := s.ctx(w, r)
	m := quality.ShowModel{Registry: *g, MaySeeRows: s.can(r, store.SeeRows, g.ID)}
	p, err := s.reportBefore(r, q, &m.Trend)
	if err != nil {
		return err
	}
	m.Report = *p
	i, err := s.DB.Integration(r.Context(), q.IntegrationID)
	if err != nil {
		return err
	}
	m.Integration = *i
	for _, l := range latest {
		other, err := s.DB.Integration(r.Context(), l.IntegrationID)
		if err != nil {
			return err
		}
		m.Integrations = append(m.Integrations, ds.Option{Value: other.ID, Text: other.Name})
	}
	if v := r.URL.Query().Get("variable"); m.Codebook.Variable(v) != nil {
		m.Variable = v
	}
	for _, x := range slices.Backward(m.Trend) {
		m.Runs = append(m.Runs, ds.Option{Value: strconv.FormatInt(x.RunNo, 10), Text: c.Int(x.RunNo) + ", " + c.Short(x.At)})
	}
	if !slices.ContainsFunc(m.Trend, func(x store.QualityReport) bool { return x.RunNo == q.RunNo }) {
		m.Runs = append(m.Runs, ds.Option{Value: strconv.FormatInt(q.RunNo, 10), Text: c.Int(q.RunNo) + ", " + c.Short(q.At)})
	}
	return s.page(w, r, quality.Show(c, m))
}

// reportAsked gives the report that the address asks for, nil when the registry has none, and the newest of each of its
// integrations.
func (s *Server) reportAsked(r *http.Request, registryID string) (*store.QualityReport, []store.QualityReport, error) {
	query := r.URL.Query()
	latest, err := s.DB.LatestReports(r.Context(), registryID)
	if err != nil {
		return nil, nil, err
	}
	integration := query.Get("integration")
	if no, err := strconv.ParseInt(query.Get("run"), 10, 64); err == nil {
		q, err := s.DB.Report(r.Context(), no)
		switch {
		case err != nil:
			return nil, nil, err
		case q.RegistryID != registryID:
			return nil, nil, errNotFound
		case integration == "" || integration == q.IntegrationID:
			return q, latest, nil
		} // another integration was chosen in the form: the run is not one of its
	} else if query.Get("run") != "" {
		return nil, nil, errNotFound
	}
	var newest *store.QualityReport
	for i := range latest {
		x := &latest[i]
		if (integration == "" || x.IntegrationID == integration) && (newest == nil || x.RunNo > newest.RunNo) {
			newest = x
		}
	}
	if newest == nil && integration != "" {
		return nil, nil, errNotFound
	}
	return newest, latest, nil
}

// reportBefore adds the report before it. trend, when wanted, becomes the last reports of the integration, oldest first.
func (s *Server) reportBefore(r *http.Request, q *store.QualityReport, trend *[]store.QualityReport) (*quality.Report, error) {
	p, err := s.report(r, q)
	if err != nil {
		return nil, err
	}
	list, err := s.DB.Reports(r.Context(), q.IntegrationID, trendLength)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].RunNo < q.RunNo {
			p.Before = &list[i]
			break
		}
	}
	if trend != nil {
		*trend = slices.Clone(list)
		slices.Reverse(*trend)
	}
	return p, nil
}

// qualityCSV gives the figures of a report as a file, masked as on the page.
func (s *Server) qualityCSV(w http.ResponseWriter, r *http.Request) error {
	g, err := s.DB.Registry(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	q, _, err := s.reportAsked(r, g.ID)
	if err != nil {
		return err
	}
	if q == nil {
		return errNotFound
	}
	p, err := s.reportBefore(r, q, nil)
	if err != nil {
		return err
	}
	c := s.frame(r)
	return s.csv(w, r, g.ID+"-"+strconv.FormatInt(q.RunNo, 10)+".csv", func(row func(...string)) {
		qualityRows(c, p, row)
	})
}

// qualityRows writes a report, one figure a row.
func qualityRows(c layout.Ctx, p *quality.Report, row func(...string)) {
	row(c.T("dq.csv.measure"), c.T("dq.csv.name"), c.T("dq.csv.about"), c.T("dq.csv.num"), c.T("dq.csv.den"), c.T("dq.share"),
		c.T("dq.csv.unknown"), c.T("dq.csv.low"), c.T("dq.csv.high"))
	percent := func(f float64) string { return c.Decimal(100*f, 1) }
	share := func(f quality.Figure) (s, low, high string) {
		if f.None {
			return "", "", ""
		}
		s = percent(f.Share)
		if f.High > 0 {
			low, high = percent(f.Low), percent(f.High)
		}
		return s, low, high
	}
	plain := func(n int64) string { return strconv.FormatInt(n, 10) }
	for _, x := range p.Completeness {
		f, unknown := p.Filled(c, x)
		s, low, high := share(f)
		label := ""
		if v := p.Codebook.Variable(x.Variable); v != nil {
			label = v.Label
		}
		row(c.T("dq.csv.filled"), x.Variable, label, digits(f.Num), digits(f.Den), s, digits(unknown), low, high)
	}
	for _, x := range p.Missing {
		row(c.T("dq.csv.missing"), x.Variable, c.T("missing."+string(x.Reason)), digits(p.MissingCount(c, x)))
	}
	for _, l := range p.Checks() {
		s := ""
		if l.Examined > 0 {
			s = percent(float64(l.Failed) / float64(l.Examined))
		}
		row(c.T("dq.csv.check"), l.Reason, p.Words(c.Lang, &l.CheckResult), plain(l.Failed), plain(l.Examined), s)
	}
	s := ""
	if d, ok := p.Doubles.Share(); ok {
		s = percent(d)
	}
	row(c.T("dq.csv.doubles"), "", "", plain(p.Doubles.Num), plain(p.Doubles.Den), s)
	for _, t := range p.Timeliness {
		f := p.Within(c, t)
		s, _, _ := share(f)
		row(c.T("dq.csv.within"), t.Variable, "", digits(f.Num), digits(f.Den), s)
		if !f.None {
			row(c.T("dq.csv.median"), t.Variable, "", c.Decimal(t.Median, 1))
			row(c.T("dq.csv.p90"), t.Variable, "", c.Decimal(t.P90, 1))
		}
		row(c.T("dq.csv.negative"), t.Variable, "", digits(p.Count(c, t.Negative)))
	}
}

// digits takes the space between thousands out of a number, so that a spreadsheet reads it.
func digits(s string) string { return strings.NewReplacer("\u00a0", "", ",", "").Replace(s) }
