package jobs

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"samband/jobs/mapping"
	"samband/jobs/planner"
	"samband/store"
	"samband/store/db"
	"samband/store/text"
)

// Imported counts what an import did, by thing. Effects is what it broke: mappings and drafts that don't stand in its
// codebooks, and what it changed beyond an approval that holds.
type Imported struct {
	Created   int                `json:"created"`
	Changed   int                `json:"changed"`
	Unchanged int                `json:"unchanged"`
	Effects   []store.BookEffect `json:"-"`
}

func (n *Imported) count(existed, same bool) {
	switch {
	case !existed:
		n.Created++
	case same:
		n.Unchanged++
	default:
		n.Changed++
	}
}

// ParseBundle reads configuration from YAML: one document, known members only.
func ParseBundle(b []byte) (*store.Bundle, error) {
	var out store.Bundle
	if err := parseYAML(b, &out); err != nil {
		return nil, err
	}
	if out.Format != store.BundleFormat {
		return nil, store.E(store.Invalid, "bundle.format", store.Args{"format": out.Format, "known": store.BundleFormat})
	}
	return &out, nil
}

// FormatBundle writes configuration in its one form.
func FormatBundle(b *store.Bundle) ([]byte, error) { return formatYAML(b) }

// ImportMode says how configuration is taken in. Demo marks it as the demonstration's own; Accept publishes codebooks
// also when that breaks something in use.
type ImportMode struct{ Demo, Accept bool }

// Import takes configuration in: what is new is made, what differs is changed, what stands is left alone. It never
// approves, and nothing it brings can run before somebody has. With demo set, what the document names is marked as the
// synthetic demonstration's own, and registered and approved as such; an installation with real logins refuses that.
// Everything is checked before anything is written. A schedule is stored as the document says, on or off, also where
// nothing may run yet: the gate refuses each slot of it until then and the page of the schedule says why, and what is
// exported is what was imported. "{drop}" in a connection's settings stands for the folder that
// deliveries come to beside this installation. A codebook whose next version breaks what is in use is refused with a
// *BreakingError, unless that is accepted. What an approval doesn't cover is told and taken in: the gate refuses to run it.
func (j *Jobs) Import(ctx context.Context, doc []byte, how ImportMode, by store.Actor) (n Imported, err error) {
	demo := how.Demo
	if demo && j.conf.OIDC {
		return n, store.E(store.Refused, "import.demo", nil)
	}
	b, err := ParseBundle(doc)
	if err != nil {
		return n, err
	}
	for _, c := range b.Connections {
		for name, v := range c.Settings { // so that a document can say "the folder for deliveries" on every machine
			c.Settings[name] = strings.ReplaceAll(v, "{drop}", j.conf.Drop)
		}
	}
	if err := j.checkBundle(ctx, b); err != nil {
		return n, err
	}
	effects, refuse, err := j.bundleEffects(ctx, b, demo)
	if err != nil {
		return n, err
	}
	if refuse && !how.Accept {
		return n, &BreakingError{effects}
	}
	m := importer{j: j, ctx: ctx, by: by, demo: demo, n: &n}
	for _, step := range []func(*store.Bundle) error{m.solutions, m.systems, m.methods, m.scales, m.ros, m.ld, m.registries,
		m.connections, m.consents, m.codebooks, m.calendars, m.integrations} {
		if err := step(b); err != nil {
			return n, err
		}
	}
	j.Wake()
	n.Effects = effects
	return n, nil
}

// checkBundle finds everything that is wrong with a document in itself.
func (j *Jobs) checkBundle(ctx context.Context, b *store.Bundle) error {
	var bad store.FieldErrors
	note := func(at string, err error) {
		var fields store.FieldErrors
		var e *store.Error
		switch {
		case errors.As(err, &fields):
			for _, f := range fields {
				c := *f
				c.Field = at + "." + f.Field
				bad = append(bad, &c)
			}
		case errors.As(err, &e):
			c := *e
			c.Field = strings.TrimSuffix(at+"."+e.Field, ".")
			bad = append(bad, &c)
		}
	}
	for i := range b.Solutions {
		note("solutions."+b.Solutions[i].ID, b.Solutions[i].Validate())
	}
	for i := range b.Systems {
		note("systems."+b.Systems[i].ID, b.Systems[i].Validate())
	}
	for i := range b.Methods {
		note("methods."+b.Methods[i].ID, b.Methods[i].Validate())
	}
	for i := range b.RiskScales {
		s := &b.RiskScales[i]
		at := "risk_scales." + strconv.Itoa(s.Version)
		note(at, s.Validate())
		stored, err := found(j.DB.Scale(ctx, s.Version))
		note(at, err)
		if stored != nil && !reflect.DeepEqual(stored, s) { // analyses have been scored on the one that is here
			note(at, store.E(store.Conflict, "import.scale", store.Args{"version": s.Version}))
		}
	}
	for _, r := range b.ROS {
		r.State = store.ROSDraft
		note("ros."+r.ID, r.Validate())
	}
	for _, d := range b.LD {
		d.State = store.LDDraft
		note("ld."+d.ID, d.Validate())
	}
	for i := range b.Registries {
		note("registries."+b.Registries[i].ID, b.Registries[i].Validate())
	}
	for i := range b.Connections {
		note("connections."+b.Connections[i].ID, j.CheckConnection(&b.Connections[i]))
	}
	for i := range b.Consents {
		note("consents."+b.Consents[i].ID, b.Consents[i].Validate())
	}
	for i := range b.Codebooks {
		c := b.Codebooks[i]
		newest, err := found(j.DB.Codebook(ctx, c.ID, 0))
		if err == nil && !nextCodebook(&c, newest) { // what is stored stays as it is, whatever new ones have to keep to
			err = c.Validate()
		}
		note("codebooks."+c.ID, err)
	}
	for i := range b.Calendars {
		note("calendars."+b.Calendars[i].ID, b.Calendars[i].Validate())
	}
	for i := range b.Integrations {
		x := &b.Integrations[i]
		at := "integrations." + x.ID
		note(at, x.Validate())
		if x.CodebookID != "" {
			c, err := found(j.bundleCodebook(ctx, b, x.CodebookID))
			if err == nil && c != nil && c.RegistryID != x.RegistryID {
				err = store.FieldError("codebook", "codebook.other_registry", store.Args{"registry": c.RegistryID})
			}
			note(at, err)
		}
		if x.Schedule != nil {
			s := store.Schedule{IntegrationID: x.ID}
			x.Schedule.Apply(&s)
			note(at+".schedule", s.Validate())
			for _, id := range s.Calendars {
				if !slices.ContainsFunc(b.Calendars, func(c store.Calendar) bool { return c.ID == id }) {
					_, err := j.DB.Calendar(ctx, id)
					note(at+".schedule.calendars", err)
				}
			}
			if s.Expr != "" {
				_, err := planner.Parse(s.Expr)
				note(at+".schedule", err)
			}
		}
		if x.Retry != nil {
			p := store.RetryPolicy{IntegrationID: x.ID}
			x.Retry.Apply(&p)
			note(at+".retry", p.Validate())
		}
		if x.Mapping == nil {
			continue
		}
		c, err := j.bundleCodebook(ctx, b, x.CodebookID)
		if err == nil {
			err = j.checkMapping(ctx, x.ID, x.Mapping, c)
		}
		note(at+".mapping", err)
	}
	return bad.OrNil()
}

// checkMapping checks the mapping of a document as CheckMapping does. The newest that is stored for the integration
// stays as it is: of that a document only has to give what can run.
func (j *Jobs) checkMapping(ctx context.Context, integrationID string, m *store.Mapping, c *store.Codebook) error {
	stored, err := found(j.DB.MappingVersion(ctx, integrationID, 0))
	if err != nil {
		return err
	}
	if stored == nil || !sameMapping(&stored.Mapping, m) {
		return j.CheckMapping(ctx, m, c)
	}
	lists, err := j.lists(ctx, m)
	if err != nil {
		return err
	}
	_, err = mapping.Compile(*m, *c, healthFields(m), lists)
	return err
}

// healthFields gives the names of the fields that reach the health side.
func healthFields(m *store.Mapping) []string {
	var fields []string
	for _, f := range m.Source {
		if f.Class != store.Direct {
			fields = append(fields, f.Name)
		}
	}
	return fields
}

// bundleCodebook gives the codebook that a mapping of the document is made for: the document's own, or the newest stored.
func (j *Jobs) bundleCodebook(ctx context.Context, b *store.Bundle, id string) (*store.Codebook, error) {
	for i := range b.Codebooks {
		if b.Codebooks[i].ID == id {
			return &b.Codebooks[i], nil
		}
	}
	return j.DB.Codebook(ctx, id, 0)
}

// importer carries out a document that is checked.
type importer struct {
	j    *Jobs
	ctx  context.Context
	by   store.Actor
	demo bool
	n    *Imported
}

// put makes a thing or changes the stored one to be it. keep copies what the document doesn't say from the stored one.
func put[T any](m *importer, v T, id string, get func(context.Context, string) (*T, error),
	create, update func(context.Context, *T, store.Actor) error, keep func(stored, v *T)) error {
	stored, err := found(get(m.ctx, id))
	if err != nil {
		return err
	}
	if stored == nil {
		m.n.count(false, false)
		return create(m.ctx, &v, m.by)
	}
	keep(stored, &v)
	same := reflect.DeepEqual(*stored, v)
	m.n.count(true, same)
	if same {
		return nil
	}
	return update(m.ctx, &v, m.by)
}

func (m *importer) solutions(b *store.Bundle) error {
	for _, s := range b.Solutions {
		err := put(m, s, s.ID, m.j.DB.Solution, m.j.DB.CreateSolution, m.j.DB.UpdateSolution,
			func(was, s *store.Solution) { s.Version = was.Version })
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *importer) systems(b *store.Bundle) error {
	for _, s := range b.Systems {
		err := put(m, s, s.ID, m.j.DB.System, m.j.DB.CreateSystem, m.j.DB.UpdateSystem,
			func(was, s *store.System) { s.Version = was.Version })
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *importer) methods(b *store.Bundle) error {
	for _, s := range b.Methods {
		err := put(m, s, s.ID, m.j.DB.Method, m.j.DB.CreateMethod, m.j.DB.UpdateMethod,
			func(was, s *store.Method) { s.Version = was.Version })
		if err != nil {
			return err
		}
	}
	return nil
}

// scales takes in the versions of the scale that are not here yet; those that are here are the same.
func (m *importer) scales(b *store.Bundle) error {
	for _, s := range b.RiskScales {
		stored, err := found(m.j.DB.Scale(m.ctx, s.Version))
		if err != nil {
			return err
		}
		m.n.count(stored != nil, true)
		if stored != nil {
			continue
		}
		if err := m.j.DB.SaveScale(m.ctx, &s, m.by); err != nil {
			return err
		}
	}
	return nil
}

// ros takes risk analyses in as drafts: what a document says of a decision is shown to whoever decides, and is none. How
// far the measures of a decided one have come is the portal's own to know.
func (m *importer) ros(b *store.Bundle) error {
	for _, r := range b.ROS {
		r.State, r.Demo = store.ROSDraft, m.demo
		if m.demo {
			r.State = store.ROSAccepted
		}
		ref := store.Ref{ID: r.ID, Version: r.Version}
		get := func(ctx context.Context, _ string) (*store.RiskAssessment, error) {
			return m.j.DB.RiskAssessment(ctx, ref)
		}
		err := put(m, r, r.ID, get, m.j.DB.CreateRiskAssessment, m.j.DB.UpdateRiskAssessment,
			func(was, r *store.RiskAssessment) {
				r.Revision, r.State, r.Demo = was.Revision, was.State, was.Demo
				r.ReplacedBy, r.Withdrawal = was.ReplacedBy, was.Withdrawal
				if r.Scale == 0 {
					r.Scale = was.Scale
				}
				for i := range r.Measures {
					if is := was.Measure(r.Measures[i].No); is != nil && was.State.Decided() {
						r.Measures[i].State, r.Measures[i].DoneOn, r.Measures[i].Evidence = is.State, is.DoneOn, is.Evidence
					}
				}
			})
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *importer) ld(b *store.Bundle) error {
	for _, d := range b.LD {
		d.State, d.Demo = store.LDDraft, m.demo
		if m.demo {
			d.State = store.LDApproved
		}
		ref := store.Ref{ID: d.ID, Version: d.Version}
		get := func(ctx context.Context, _ string) (*store.SolutionDesign, error) {
			return m.j.DB.SolutionDesign(ctx, ref)
		}
		err := put(m, d, d.ID, get, m.j.DB.CreateSolutionDesign, m.j.DB.UpdateSolutionDesign,
			func(was, d *store.SolutionDesign) {
				d.Revision, d.State, d.Demo = was.Revision, was.State, was.Demo
				d.ReplacedBy, d.Returned = was.ReplacedBy, was.Returned
			})
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *importer) registries(b *store.Bundle) error {
	for _, r := range b.Registries {
		r.Demo = m.demo
		err := put(m, r, r.ID, m.j.DB.Registry, m.j.DB.CreateRegistry, m.j.DB.UpdateRegistry,
			func(was, r *store.Registry) { r.Version, r.Demo = was.Version, was.Demo })
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *importer) connections(b *store.Bundle) error {
	for _, c := range b.Connections {
		err := put(m, c, c.ID, m.j.DB.Connection, m.j.DB.CreateConnection, m.j.DB.UpdateConnection,
			func(was, c *store.Connection) { c.Version = was.Version })
		if err != nil {
			return err
		}
	}
	return nil
}

// nextCodebook numbers a codebook of a document after the newest stored, and tells whether it is the same.
func nextCodebook(c, newest *store.Codebook) (same bool) {
	c.Version = max(c.Version, 1)
	if newest == nil {
		return false
	}
	same = c.Title == newest.Title && reflect.DeepEqual(c.Key, newest.Key) && reflect.DeepEqual(c.Variables, newest.Variables)
	if !same {
		c.Version = max(c.Version, newest.Version+1)
	}
	return same
}

// codebooks saves a version that differs from the newest stored as the next one; versions are never changed.
func (m *importer) codebooks(b *store.Bundle) error {
	for _, c := range b.Codebooks {
		newest, err := found(m.j.DB.Codebook(m.ctx, c.ID, 0))
		if err != nil {
			return err
		}
		same := nextCodebook(&c, newest)
		m.n.count(newest != nil, same)
		if same {
			continue
		}
		if err := m.j.DB.SaveCodebook(m.ctx, &c, m.by); err != nil {
			return err
		}
	}
	return nil
}

// calendars are changed with what fell due until now judged by them as they were.
func (m *importer) calendars(b *store.Bundle) error {
	update := func(ctx context.Context, c *store.Calendar, by store.Actor) error {
		return m.j.DB.UpdateCalendar(ctx, c, m.j.plan(), by)
	}
	for _, c := range b.Calendars {
		err := put(m, c, c.ID, m.j.DB.Calendar, m.j.DB.CreateCalendar, update,
			func(was, c *store.Calendar) { c.Version = was.Version })
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *importer) integrations(b *store.Bundle) error {
	for _, x := range b.Integrations {
		i := x.Integration
		i.Demo = m.demo
		before := *m.n
		with := func(changed bool, err error) error { // an integration with another mapping, schedule or policy is another
			if changed && m.n.Unchanged > before.Unchanged {
				m.n.Unchanged, m.n.Changed = before.Unchanged, before.Changed+1
			}
			return err
		}
		err := put(m, i, i.ID, m.j.DB.Integration, m.j.DB.CreateIntegration, m.j.DB.UpdateIntegration,
			func(was, i *store.Integration) {
				i.Version, i.State, i.MappingNo, i.Demo = was.Version, was.State, was.MappingNo, was.Demo
			})
		if err == nil && x.Mapping != nil {
			err = with(m.mapping(i.ID, i.CodebookID, x.Mapping))
		}
		if err == nil && x.Schedule != nil {
			err = with(m.schedule(i.ID, x.Schedule))
		}
		if err == nil && x.Retry != nil {
			err = with(m.retry(i.ID, x.Retry))
		}
		if err == nil && m.demo {
			err = m.j.approveDemo(m.ctx, i.ID, m.by)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// mapping saves a mapping that differs from the one in use as the next version and puts it in use; saved tells whether
// it did. A correction that the one in use has keeps its author; whoever reads the document in is the author of the others.
func (m *importer) mapping(integrationID, codebookID string, mp *store.Mapping) (saved bool, err error) {
	i, err := m.j.DB.Integration(m.ctx, integrationID)
	if err != nil {
		return false, err
	}
	c, err := m.j.DB.Codebook(m.ctx, codebookID, 0)
	if err != nil {
		return false, err
	}
	versions, err := m.j.DB.MappingVersions(m.ctx, integrationID)
	if err != nil {
		return false, err
	}
	next, used := 1, &store.Mapping{}
	for n := range versions {
		v := &versions[n]
		next = max(next, v.No+1)
		if v.No != i.MappingNo {
			continue
		}
		if v.CodebookID == codebookID && v.CodebookVersion == c.Version && sameMapping(&v.Mapping, mp) {
			return false, nil
		}
		used = &v.Mapping
	}
	mp.Stamp(used, cmp.Or(m.by.UserID, m.by.Name), m.j.Clock.Now())
	v := store.MappingVersion{IntegrationID: integrationID, No: next, CodebookID: codebookID, CodebookVersion: c.Version, Mapping: *mp,
		Message: text.T(text.NB, "map.imported")}
	if err := m.j.DB.SaveMapping(m.ctx, &v, m.by); err != nil {
		return false, err
	}
	return true, m.j.DB.UseMapping(m.ctx, integrationID, i.Version, v.No, m.by)
}

// sameMapping compares in the form that is exported: what a document can't tell apart is the same.
func sameMapping(a, b *store.Mapping) bool {
	x, errX := yaml.Marshal(a.Unstamped())
	y, errY := yaml.Marshal(b.Unstamped())
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// schedule saves the schedule of an integration, and tells whether that changed anything.
func (m *importer) schedule(integrationID string, spec *store.ScheduleSpec) (bool, error) {
	s, err := found(m.j.DB.Schedule(m.ctx, integrationID))
	if err != nil {
		return false, err
	}
	if s == nil {
		s = &store.Schedule{IntegrationID: integrationID}
		spec.Apply(s)
		return true, m.j.DB.CreateSchedule(m.ctx, s, m.by)
	}
	spec.Apply(s)
	was := s.Version
	_, err = m.j.DB.UpdateSchedule(m.ctx, s, m.j.plan(), m.by)
	return s.Version != was, err
}

// retry saves the policy of new attempts of an integration, and tells whether that changed anything.
func (m *importer) retry(integrationID string, spec *store.RetrySpec) (bool, error) {
	p, err := m.j.DB.RetryPolicy(m.ctx, integrationID)
	if err != nil {
		return false, err
	}
	spec.Apply(p)
	was := p.Version
	err = m.j.DB.SaveRetryPolicy(m.ctx, p, m.by)
	return p.Version != was, err
}

// Export gives the configuration of the whole installation, or of one integration or registry with all that it stands
// on.
func (j *Jobs) Export(ctx context.Context, name string) ([]byte, error) {
	b := &store.Bundle{Format: store.BundleFormat}
	all, err := j.DB.Integrations(ctx, db.IntegrationFilter{})
	if err != nil {
		return nil, err
	}
	if err := j.exportCatalogue(ctx, b); err != nil {
		return nil, err
	}
	for _, i := range all {
		x := store.BundleIntegration{Integration: i}
		if i.MappingNo > 0 {
			v, err := j.DB.MappingVersion(ctx, i.ID, i.MappingNo)
			if err != nil {
				return nil, err
			}
			x.Mapping = v.Mapping.Unstamped()
		}
		s, err := found(j.DB.Schedule(ctx, i.ID))
		if err != nil {
			return nil, err
		}
		if s != nil {
			x.Schedule = s.Spec()
		}
		p, err := j.DB.RetryPolicy(ctx, i.ID)
		if err != nil {
			return nil, err
		}
		if p.Version > 0 {
			x.Retry = p.Spec()
		}
		b.Integrations = append(b.Integrations, x)
	}
	if name != "" {
		if err := narrow(b, name); err != nil {
			return nil, err
		}
	}
	return FormatBundle(b)
}

func (j *Jobs) exportCatalogue(ctx context.Context, b *store.Bundle) (err error) {
	if b.Solutions, err = j.DB.Solutions(ctx); err != nil {
		return err
	}
	if b.Systems, err = j.DB.Systems(ctx); err != nil {
		return err
	}
	if b.Methods, err = j.DB.Methods(ctx, ""); err != nil {
		return err
	}
	scales, err := j.DB.Scales(ctx)
	if err != nil {
		return err
	}
	slices.Reverse(scales)
	b.RiskScales = scales[1:]
	if b.ROS, err = j.DB.RiskAssessments(ctx); err != nil {
		return err
	}
	if b.LD, err = j.DB.SolutionDesigns(ctx); err != nil {
		return err
	}
	if b.Registries, err = j.DB.Registries(ctx); err != nil {
		return err
	}
	if b.Connections, err = j.DB.Connections(ctx, ""); err != nil {
		return err
	}
	if b.Codebooks, err = j.DB.Codebooks(ctx, ""); err != nil {
		return err
	}
	if b.Consents, err = j.DB.ConsentRules(ctx, ""); err != nil {
		return err
	}
	b.Calendars, err = j.DB.Calendars(ctx)
	return err
}

// narrow leaves the integration (or the integrations of the registry) of that name, and what they stand on.
func narrow(b *store.Bundle, name string) error {
	b.Integrations = slices.DeleteFunc(b.Integrations, func(x store.BundleIntegration) bool {
		return x.ID != name && x.RegistryID != name
	})
	b.Registries = slices.DeleteFunc(b.Registries, func(r store.Registry) bool {
		return r.ID != name && !slices.ContainsFunc(b.Integrations, func(x store.BundleIntegration) bool { return x.RegistryID == r.ID })
	})
	if len(b.Integrations) == 0 && len(b.Registries) == 0 {
		return store.E(store.NotFound, "export.not_found", store.Args{"name": name})
	}
	uses := func(f func(x *store.BundleIntegration) bool) bool {
		return slices.ContainsFunc(b.Integrations, func(x store.BundleIntegration) bool { return f(&x) })
	}
	b.Methods = slices.DeleteFunc(b.Methods, func(m store.Method) bool {
		return !uses(func(x *store.BundleIntegration) bool { return x.MethodID == m.ID })
	})
	b.Consents = slices.DeleteFunc(b.Consents, func(r store.ConsentRule) bool {
		return !slices.ContainsFunc(b.Registries, func(g store.Registry) bool { return g.ID == r.RegistryID })
	})
	b.Connections = slices.DeleteFunc(b.Connections, func(c store.Connection) bool {
		return !uses(func(x *store.BundleIntegration) bool { return x.ConnectionID == c.ID }) &&
			!slices.ContainsFunc(b.Consents, func(r store.ConsentRule) bool { return r.ConnectionID == c.ID })
	})
	b.ROS = slices.DeleteFunc(b.ROS, func(r store.RiskAssessment) bool {
		return !uses(func(x *store.BundleIntegration) bool { return x.ROS == store.Ref{ID: r.ID, Version: r.Version} })
	})
	newest := 0
	for _, r := range b.ROS {
		newest = max(newest, r.Scale)
	}
	b.RiskScales = slices.DeleteFunc(b.RiskScales, func(s store.Scale) bool { return s.Version > newest })
	b.LD = slices.DeleteFunc(b.LD, func(d store.SolutionDesign) bool {
		return !uses(func(x *store.BundleIntegration) bool { return x.LD == store.Ref{ID: d.ID, Version: d.Version} })
	})
	b.Systems = slices.DeleteFunc(b.Systems, func(s store.System) bool {
		return !slices.ContainsFunc(b.Methods, func(m store.Method) bool { return m.SystemID == s.ID }) &&
			!slices.ContainsFunc(b.Connections, func(c store.Connection) bool { return c.SystemID == s.ID })
	})
	b.Solutions = slices.DeleteFunc(b.Solutions, func(s store.Solution) bool {
		return !slices.ContainsFunc(b.Registries, func(r store.Registry) bool { return r.SolutionID == s.ID })
	})
	b.Calendars = slices.DeleteFunc(b.Calendars, func(c store.Calendar) bool {
		return !uses(func(x *store.BundleIntegration) bool {
			return x.Schedule != nil && slices.Contains(x.Schedule.Calendars, c.ID)
		})
	})
	b.Codebooks = slices.DeleteFunc(b.Codebooks, func(c store.Codebook) bool {
		return !slices.ContainsFunc(b.Registries, func(r store.Registry) bool { return r.ID == c.RegistryID })
	})
	return nil
}
