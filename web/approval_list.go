package web

import (
	"cmp"
	"net/http"
	"slices"

	"samband/store"
	"samband/views/assess"
	"samband/views/integration"
)

// approvalList shows what waits for a decision, what is approved and can't run, which conditions are said to be met, what
// was sent back, what runs out soon, and every ROS and LD.
func (s *Server) approvalList(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	qs, err := s.Gate.Questions(ctx, store.AtRun)
	if err != nil {
		return err
	}
	open, err := s.DB.Approvals(ctx, "", store.AppSubmitted, store.AppChangeRequested)
	if err != nil {
		return err
	}
	visible := s.visible(r)
	m := assess.QueueModel{Uses: map[string]int{}, MayEdit: person(r).CanSomewhere(store.EditBasis, s.now())}
	list := queue{m: &m, me: person(r).User.ID, lang: langOf(s, r), at: s.now(), seen: map[store.Deadline]int{}}
	for i := range qs {
		q := &qs[i]
		if q.Registry == nil || !visible(q.Registry.ID) || q.Integration.State == store.IntEnded {
			continue
		}
		m.Uses[integration.DocumentHref("ros", q.Integration.ROS.ID, q.Integration.ROS.Version)]++
		m.Uses[integration.DocumentHref("ld", q.Integration.LD.ID, q.Integration.LD.Version)]++
		at := slices.IndexFunc(open, func(a store.Approval) bool { return a.IntegrationID == q.Integration.ID })
		waits := at >= 0 && open[at].State == store.AppSubmitted
		if at >= 0 {
			if err := list.open(q, &open[at]); err != nil {
				return err
			}
		}
		list.footing(q, waits)
		list.unseen(q)
		list.deadlines(q)
	}
	slices.SortStableFunc(m.Waiting, func(a, b assess.Waiting) int {
		return a.Approval.SubmittedAt.Compare(b.Approval.SubmittedAt) // who has waited longest comes first
	})
	slices.SortStableFunc(m.Expiring, func(a, b assess.Expiring) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Name, b.Name))
	})
	if err := s.addDocuments(r, &m); err != nil {
		return err
	}
	return s.page(w, r, assess.Queue(s.ctx(w, r), m))
}

// addDocuments adds every ROS and LD.
func (s *Server) addDocuments(r *http.Request, m *assess.QueueModel) error {
	ros, err := s.DB.RiskAssessments(r.Context())
	if err != nil {
		return err
	}
	lds, err := s.DB.SolutionDesigns(r.Context())
	if err != nil {
		return err
	}
	for i := range ros {
		m.ROS = append(m.ROS, assess.OfROS(&ros[i]).At(s.now()))
	}
	for i := range lds {
		m.LD = append(m.LD, assess.OfLD(&lds[i]).At(s.now()))
	}
	return nil
}
