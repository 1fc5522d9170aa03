package store

// Deadline is a day after which nothing runs unless somebody does something.
type Deadline struct {
	// Kind is "approval", "condition", "ros", "ld", "route" (an exemption from the platform), "rek", "agreement",
	// "exemption" (from consent), "registry" or "system".
	Kind string
	ID   string // of the approval, the document, the registry or the system
	No   int    // version of a document, number of a condition
	Text string // of a condition
	On   Date   // last day
}

// Deadlines gives the days that an integration rests on, in the order of the gate's steps: those of its registry, its
// system, its ROS and LD, and of its approval when that holds. Days that nobody has set are left out.
func Deadlines(q *GateQuestion) []Deadline {
	var list []Deadline
	add := func(d Deadline) {
		if !d.On.IsZero() {
			list = append(list, d)
		}
	}
	if g := q.Registry; g != nil {
		add(Deadline{Kind: "rek", ID: g.ID, On: g.Basis.REKUntil})
		add(Deadline{Kind: "agreement", ID: g.ID, On: g.Basis.AgreementEnds})
		add(Deadline{Kind: "exemption", ID: g.ID, On: g.Basis.ExemptionUntil})
		add(Deadline{Kind: "registry", ID: g.ID, On: g.EndsOn})
	}
	if s := q.System; s != nil {
		add(Deadline{Kind: "system", ID: s.ID, On: s.EndsOn})
	}
	if r := q.ROS; r != nil && r.State.Accepts() {
		add(Deadline{Kind: "ros", ID: r.ID, No: r.Version, On: r.ValidTo})
	}
	if d := q.LD; d != nil && d.State == LDApproved {
		add(Deadline{Kind: "ld", ID: d.ID, No: d.Version, On: d.ValidTo})
		if q.Method != nil && RouteRuleOf(q.Method.Route).Reason {
			add(Deadline{Kind: "route", ID: d.ID, No: d.Version, On: d.ExemptRouteUntil})
		}
	}
	if a := q.Approval; a != nil && a.State == AppApproved {
		add(Deadline{Kind: "approval", ID: a.ID, On: a.ValidTo})
		for _, c := range a.Conditions {
			if !c.Met() {
				add(Deadline{Kind: "condition", ID: a.ID, No: c.No, Text: c.Text, On: c.DueOn})
			}
		}
	}
	return list
}
