package mapping

import (
	"slices"

	"samband/store"
	"samband/store/text"
	"samband/views/ds"
	"samband/views/layout"
)

// WinnersModel is what the page of versions of a fact shows.
type WinnersModel struct {
	Look
	Resolve *store.ResolvePreview // nil when there is nothing to show
}

// WinnersRows is how many rows of a key stand beside each other.
const WinnersRows = 8

// verdicts gives the look of what became of a row among its versions.
var verdicts = map[store.RowVerdict]ds.State{
	store.RowWon:    {Tone: ds.Success, Icon: ds.IconOK},
	store.RowDouble: {Tone: ds.Neutral, Icon: ds.IconSkipped},
	store.RowSource: {Tone: ds.Neutral, Icon: ds.IconSkipped},
	store.RowLater:  {Tone: ds.Neutral, Icon: ds.IconSkipped},
	store.RowTied:   {Tone: ds.Warning, Icon: ds.IconWarning},
}

func (m *WinnersModel) verdict(c layout.Ctx, why store.RowVerdict) ds.State {
	s := verdicts[why]
	by, least := m.Mapping.Resolve.By()
	key := "winners." + string(why)
	if why == store.RowLater && least {
		key = "winners.first"
	}
	s.Text = c.T(key, "variable", by)
	return s
}

// versionsOf gives the rows of a key that are shown: the one that won, those that gave a value, and then the others, in the
// order they came.
func versionsOf(k *store.ResolvedKey) []int {
	rank := func(i int) int {
		r := &k.Rows[i]
		switch {
		case r.Why == store.RowWon:
			return 0
		case slices.ContainsFunc(k.Fields, func(f store.ResolvedField) bool { return f.Position == r.Position }):
			return 1
		}
		return 2
	}
	all := make([]int, len(k.Rows))
	for i := range all {
		all[i] = i
	}
	slices.SortStableFunc(all, func(a, b int) int { return rank(a) - rank(b) })
	return all[:min(len(all), WinnersRows)]
}

// telling are the variables in which the rows of a key differ, and those that are settled by themselves.
func telling(k *store.ResolvedKey) []int {
	var out []int
	for i := range k.Fields {
		first := k.Rows[0].Values[i]
		differ := slices.ContainsFunc(k.Rows, func(r store.ResolvedRow) bool { return r.Values[i] != first })
		if differ || k.Fields[i].How != "" {
			out = append(out, i)
		}
	}
	return out
}

func (m *WinnersModel) head(c layout.Ctx, k *store.ResolvedKey, rows []int) []ds.Column {
	columns := []ds.Column{{Text: c.T("map.variable")}, {Text: c.T("winners.stands")}}
	for _, i := range rows {
		columns = append(columns, ds.Column{Text: c.T("preview.row", "n", k.Rows[i].Position)})
	}
	return columns
}

// because says why the value of a variable stands.
func (m *WinnersModel) because(c layout.Ctx, f *store.ResolvedField) string {
	picks := m.Mapping.Resolve.Fields
	i := slices.IndexFunc(picks, func(p store.Pick) bool { return p.Variable == f.Variable })
	switch {
	case i < 0 && f.Position > 0:
		return c.T("winners.with_row", "n", f.Position)
	case i < 0:
		return ""
	case f.Position == 0 && f.Value.IsNull():
		return text.Pick(c.Lang, &picks[i]) + ": " + c.T("winners.outside")
	case f.Position == 0:
		return text.Pick(c.Lang, &picks[i])
	}
	return text.Pick(c.Lang, &picks[i]) + ": " + c.T("winners.from_row", "n", f.Position)
}
