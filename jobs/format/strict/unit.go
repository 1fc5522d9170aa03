package strict

import "strings"

// units are those that clinical forms name, as they write them, in lower case.
var units = func() map[string]bool {
	m := map[string]bool{}
	for _, u := range strings.Fields(`% ‰ kg g mg µg μg ug ng pg mcg cm mm m µm km ml dl cl l mmhg kpa pa cmh2o mmol mol µmol nmol
		mmol/l µmol/l μmol/l umol/l nmol/l pmol/l mmol/mol mg/l µg/l ug/l ng/l ng/ml pg/ml g/l g/dl mg/dl mg/mmol u/l iu/l ie/l
		kie/l mie/l u/ml 10^9/l 10e9/l 10*9/l 10^12/l 10e12/l 10*12/l e9/l e12/l kg/m2 kg/m² m2 m² ml/min ml/min/1,73m2
		ml/min/1.73m2 ml/min/1,73m² ml/kg/min l/min /min 1/min slag/min bpm hz ms sek sekund sekunder s min minutt minutter
		minutes hours days weeks months years time timer t døgn dag dager dagar uke uker veke veker måned måneder månad månader
		mnd år aar °c grader celsius joule kj kcal j gy mgy msv mikrogram milligram gram kilo kilogram cm2 cm² cm3 cm³ mm2 mm²
		meq/l mekv/l ie ku/l w watt met pakkeår enheter enheter/uke db dioptrier d kr`) {
		m[u] = true
	}
	return m
}()

// Unit finds the unit of a number in what a form says about it: «Vekt (kg)», «Systolisk blodtrykk [mmHg]», or a note
// that is nothing but a unit. It gives "" when none of the texts names one.
func Unit(texts ...string) string {
	for _, s := range texts {
		s = strings.TrimSpace(s)
		if units[strings.ToLower(s)] {
			return s
		}
		for _, pair := range []string{"()", "[]"} {
			from, to := strings.LastIndexByte(s, pair[0]), strings.LastIndexByte(s, pair[1])
			if from >= 0 && to > from {
				if u := strings.TrimPrefix(strings.TrimSpace(s[from+1:to]), "i "); units[strings.ToLower(u)] {
					return u
				}
			}
		}
	}
	return ""
}
