package mapping

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samband/jobs/mapping/mappingtest"
	"samband/store"
)

// A plain reading of the rules, one row at a time, with text for everything and nothing shared with the compiler.
type naive struct {
	m    *store.Mapping
	c    *store.Codebook
	cell map[string]string
}

// value is a text, a number or nothing; done tells that a code for missing stands.
type value struct {
	null, number, done bool
	text               string
	f                  float64
	fault              string
}

func (n *naive) number(s string) (float64, bool) {
	s = strings.Replace(s, ",", ".", 1)
	if strings.Trim(s, "-0123456789.") != "" || strings.HasPrefix(s, ".") || strings.HasSuffix(s, ".") {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil
}

func (n *naive) holds(c *store.Condition, v value) bool {
	if c.Field != "" {
		v = value{text: n.cell[c.Field]}
	}
	switch {
	case v.null:
		return false
	case c.Op == store.OpPresent:
		return v.text != ""
	case c.Op == store.OpIn:
		return slices.Contains(c.Values, v.text)
	}
	a, ok := n.number(v.text)
	b, too := n.number(c.Value)
	same := v.text == c.Value
	if ok && too {
		same = a == b
	}
	return same == (c.Op == store.OpEqual)
}

func (n *naive) steps(x *store.Variable, list []store.Step, v value) value {
	for _, s := range list {
		if v.done {
			return v
		}
		v = n.step(x, &s, v)
	}
	return v
}

func (n *naive) outside(s *store.Step, v value) value {
	switch s.Otherwise {
	case store.OtherNull:
		return value{null: true}
	case store.OtherCode:
		return value{text: s.Value}
	case store.OtherKeep:
		return v
	}
	return value{null: true, fault: "code"}
}

func (n *naive) step(x *store.Variable, s *store.Step, v value) value {
	there := func(f string) bool {
		return strings.TrimSpace(n.cell[f]) != "" && !slices.Contains(s.Values, n.cell[f])
	}
	switch s.Kind {
	case store.StepCopy:
		return value{text: n.cell[s.From[0]]}
	case store.StepConstant:
		if f, ok := n.number(s.Value); ok && x.Type.Kind() != store.Text {
			return value{number: true, f: f}
		}
		return value{text: s.Value}
	case store.StepFirst:
		for _, f := range s.From {
			if there(f) {
				return value{text: n.cell[f]}
			}
		}
		return value{null: true}
	case store.StepJoin:
		var parts []string
		for _, f := range s.From {
			if n.cell[f] != "" {
				parts = append(parts, n.cell[f])
			}
		}
		return value{text: strings.Join(parts, s.Separator)}
	case store.StepGreatest, store.StepLeast, store.StepMean:
		var all []float64
		for _, f := range s.From {
			if there(f) {
				f, ok := n.number(n.cell[f])
				if !ok {
					return value{null: true, fault: "number"}
				}
				all = append(all, f)
			}
		}
		if all == nil {
			return value{null: true}
		}
		sum := 0.0
		for _, f := range all {
			sum += f
		}
		return value{number: true, f: map[store.StepKind]float64{store.StepGreatest: slices.Max(all), store.StepLeast: slices.Min(all),
			store.StepMean: sum / float64(len(all))}[s.Kind]}
	}
	if v.fault != "" && s.Kind != store.StepUnit || v.null && v.fault == "" {
		return v
	}
	switch s.Kind {
	case store.StepMissing:
		if to, ok := s.Map[v.text]; ok {
			return value{text: to, done: true}
		}
		if slices.Contains(s.Values, v.text) {
			return value{null: true}
		}
	case store.StepTrim:
		v.text = strings.TrimSpace(v.text)
	case store.StepSplit:
		parts := strings.Split(v.text, s.Separator)
		if len(parts) < s.Part {
			return value{null: true}
		}
		v.text = parts[s.Part-1]
	case store.StepCodes:
		to, ok := s.Map[v.text]
		switch {
		case slices.Contains(s.Null, v.text):
			return value{null: true}
		case !ok:
			return n.outside(s, v)
		}
		v.text = to
	case store.StepLookup:
		for _, row := range n.m.Table(s.Table).Rows {
			if row[0] == v.text {
				return value{text: row[1]}
			}
		}
		return n.outside(s, v)
	case store.StepNormalise:
		v.text = store.NormaliseCode(s.System, v.text)
		v.null = v.text == ""
	case store.StepWhen:
		if n.holds(s.If, v) {
			return n.steps(x, s.Then, v)
		}
		return n.steps(x, s.Else, v)
	case store.StepNumber:
		f, ok := n.number(v.text)
		if !ok || s.Whole && strings.ContainsAny(v.text, ",.") {
			return value{null: true, fault: "number"}
		}
		return value{number: true, f: f}
	case store.StepScale:
		v.f *= s.Factor
	case store.StepUnit:
		for _, u := range s.Units {
			if u.Unit == n.cell["unit"] {
				v.f *= u.Factor
				if u.Decimals != nil {
					p := math.Pow(10, float64(*u.Decimals))
					v.f = math.Floor(v.f*p+0.5) / p
				}
				return v
			}
		}
		return value{null: true, fault: "code"} // a code goes before a number in the checks
	case store.StepDate:
		d := v.text
		if s.Layout == "dd.mm.yyyy" && len(d) == 10 {
			d = d[6:] + "-" + d[3:5] + "-" + d[:2]
		}
		if len(v.text) != 10 || !store.Date(d).Valid() {
			return value{null: true, fault: "date"}
		}
		v.text = d
	}
	return v
}

// row gives what comes of a row: the values, or the check that holds it back.
func (n *naive) row() string {
	if k := n.m.Keep; k != nil && !n.holds(k, value{}) {
		return "filtered"
	}
	made := map[string]value{}
	legal := func(x *store.Variable, v value) value {
		if !v.null && v.fault == "" && (!x.HasCode(v.text) || x.Type == store.VarBoolean && v.text != "true" && v.text != "false") {
			v.fault = "code"
		}
		return v
	}
	for _, r := range n.m.Rules {
		x := n.c.Variable(r.Variable)
		made[r.Variable] = legal(x, n.steps(x, r.Steps, value{}))
	}
	day := made["day"]
	for _, k := range n.m.Corrections {
		v := made[k.Variable]
		if k.Undone != nil || day.null || day.text < k.From || day.text > k.To || k.If != nil && !n.holds(k.If, value{}) ||
			v.fault != "" || n.c.Variable(k.Variable).Type == store.VarCode && v.text == "U" {
			continue
		}
		x := n.c.Variable(k.Variable)
		made[k.Variable] = legal(x, n.steps(x, k.Steps, v))
	}
	for _, fault := range []string{"date", "code", "number"} {
		for _, v := range made {
			if v.fault == fault {
				return fault
			}
		}
	}
	var out []string
	for _, x := range n.c.Variables {
		v, ok := made[x.Name]
		if x.Min != nil && !v.null && (v.f < *x.Min || v.f > *x.Max) {
			return "range"
		}
		switch {
		case !ok || v.null:
			out = append(out, "")
		case v.number:
			out = append(out, strconv.FormatFloat(v.f, 'f', -1, 64))
		default:
			out = append(out, v.text)
		}
	}
	return strings.Join(out, "|")
}

// What is compiled gives what the rules say, for every kind of step and correction.
func TestCompiledIsWhatTheRulesSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, c := mappingtest.Mapping(t)
		p, err := Compile(m, c, mappingtest.Fields, nil)
		if err != nil {
			t.Fatalf("%v of %+v", err, m)
		}
		e := p.NewEvaluator()
		for range 5 {
			cells := mappingtest.Row(t)
			n := naive{&m, &c, map[string]string{}}
			for i, f := range mappingtest.Fields {
				n.cell[f] = cells[i]
			}
			got := "filtered"
			switch v := e.Row(cells, nil, true); v.Outcome {
			case Accepted:
				var out []string
				for _, v := range e.Values {
					out = append(out, v.Text())
				}
				got = strings.Join(out, "|")
			case Rejected:
				got = m.Checks[v.Check].Reason
			}
			if want := n.row(); got != want {
				t.Fatalf("%q: %s, by the rules %s\n%s", cells, got, want, fmt.Sprintf("%+v", m))
			}
			for _, r := range m.Rules { // and its explanation ends in the same value
				x, err := Explain(&m, &c, mappingtest.Fields, nil, cells, nil, true, r.Variable)
				if err != nil {
					t.Fatal(err)
				}
				if slot := p.slotOf(r.Variable); !x.Filtered && x.Value != e.Values[slot] {
					t.Fatalf("%s is explained as %v and is %v", r.Variable, x.Value, e.Values[slot])
				}
			}
		}
	})
}

func (p *Program) slotOf(name string) int {
	return slices.IndexFunc(p.codebook.Variables, func(v store.Variable) bool { return v.Name == name })
}
