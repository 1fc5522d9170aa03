package db

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"samband/store"
)

// about begins an entry for the audit log. The kind of the object is what the action begins with.
func about(action, id, registry string) store.AuditEntry {
	kind, _, _ := strings.Cut(action, ".")
	return store.AuditEntry{Action: action, Kind: kind, Object: id, Registry: registry}
}

// created ends a transaction that inserted something: with err when that failed, else with the entry in the log.
func (t *tx) created(err error, by store.Actor, e store.AuditEntry) error {
	if err != nil {
		return err
	}
	return t.audit(by, e)
}

// amend replaces the stored form of is by write, when *version is the stored one, and sets it to the next. Nothing
// different: nothing is written. The log names the members that changed, not their values.
func amend[T any](ctx context.Context, d *DB, e store.AuditEntry, is *T, version *int,
	load func(*tx, string) (*T, error), by store.Actor, write func(*tx) error) error {
	next := *version
	err := d.update(ctx, func(t *tx) error {
		was, err := load(t, e.Object)
		if err != nil {
			return err
		}
		if versionOf(was) != *version {
			return changed()
		}
		diff := differing(was, is)
		if diff == nil {
			return nil
		}
		next++
		if err := write(t); err != nil {
			return err
		}
		e.Details = store.Args{"changed": diff}
		return t.audit(by, e)
	})
	return done(err, version, next)
}

// remove deletes a row of the table that is named as the kind in e. Foreign keys keep what is referred to.
func (t *tx) remove(e store.AuditEntry, version int, by store.Actor) error {
	n, err := t.affect(`DELETE FROM `+e.Kind+` WHERE id = $1 AND version = $2`, e.Object, version)
	switch {
	case err != nil:
		return err
	case n == 0:
		return changed()
	}
	return t.audit(by, e)
}

// done sets the version of the caller's value when the transaction went through.
func done(err error, version *int, to int) error {
	if err == nil {
		*version = to
	}
	return err
}

// counts tells whether a member is the one that the database counts changes in: Revision where there is one, else
// Version.
func counts(f reflect.StructField) bool {
	return f.Name == "Revision" || f.Name == "Version" && !strings.HasPrefix(f.Tag.Get("json"), "version")
}

func versionOf(v any) int {
	e := reflect.ValueOf(v).Elem()
	for i := range e.NumField() {
		if counts(e.Type().Field(i)) {
			return int(e.Field(i).Int())
		}
	}
	panic("db: no version in " + e.Type().String())
}

// differing gives the members in which two structs of one type differ, by their names in JSON. Of a member that has
// members of its own it names those that differ: "settings.folder".
func differing[T any](was, is *T) []string {
	var names []string
	a, b := reflect.ValueOf(was).Elem(), reflect.ValueOf(is).Elem()
	for i := range a.NumField() {
		f := a.Type().Field(i)
		before, after := stored(a.Field(i)), stored(b.Field(i))
		if counts(f) || before == after {
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" || name == "-" {
			name = strings.ToLower(f.Name)
		}
		names = append(names, within(name, before, after)...)
	}
	return names
}

// within gives the names of the members of a member that differ, or its own where it is no object.
func within(name, before, after string) []string {
	was, is := map[string]json.RawMessage{}, map[string]json.RawMessage{}
	for text, into := range map[string]*map[string]json.RawMessage{before: &was, after: &is} {
		if text != "" && (json.Unmarshal([]byte(text), into) != nil || *into == nil) {
			return []string{name}
		}
	}
	var names []string
	for part := range was {
		if string(was[part]) != string(is[part]) {
			names = append(names, name+"."+part)
		}
	}
	for part := range is {
		if _, had := was[part]; !had {
			names = append(names, name+"."+part)
		}
	}
	slices.Sort(names)
	return names
}

// stored is a value as JSON, where an empty list or map is as good as none.
func stored(v reflect.Value) string {
	if (v.Kind() == reflect.Slice || v.Kind() == reflect.Map) && v.Len() == 0 {
		return ""
	}
	return encode(v.Interface())
}
