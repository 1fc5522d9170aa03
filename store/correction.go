package store

import (
	"slices"
	"time"
)

// Unstamped gives the mapping without who made and undid its corrections, and when: what a file says of it.
func (m *Mapping) Unstamped() *Mapping {
	plain := *m
	plain.Corrections = slices.Clone(m.Corrections)
	for i := range plain.Corrections {
		k := &plain.Corrections[i]
		k.Author, k.Made = "", time.Time{}
		if k.Undone != nil {
			k.Undone = &Undone{Reason: k.Undone.Reason}
		}
	}
	return &plain
}

// Stamp says of each correction who made it and when: what a file says of it counts for nothing. One that known has, with
// the same content, keeps its author; any other was made by by, now.
func (m *Mapping) Stamp(known *Mapping, by string, at time.Time) {
	m.Corrections = slices.Clone(m.Corrections)
	for i := range m.Corrections {
		k := &m.Corrections[i]
		was := known.Correction(k.Name)
		k.Author, k.Made = by, at
		if was == nil {
			continue
		}
		same := *k
		same.Author, same.Made, same.Undone = was.Author, was.Made, was.Undone
		if canonical(same) == canonical(was) {
			k.Author, k.Made = was.Author, was.Made
		}
		if k.Undone != nil && was.Undone != nil && k.Undone.Reason == was.Undone.Reason {
			k.Undone = was.Undone
		}
	}
	for i := range m.Corrections {
		k := &m.Corrections[i]
		if was := known.Correction(k.Name); k.Undone != nil && (was == nil || was.Undone != k.Undone) {
			k.Undone = &Undone{By: by, At: at, Reason: k.Undone.Reason}
		}
	}
}
