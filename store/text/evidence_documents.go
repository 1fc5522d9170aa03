package text

import (
	"strconv"
	"strings"

	"samband/store"
)

// ScopeDocument says a scope in words, line by line.
func ScopeDocument(lang Lang, o *store.Dossier) *Document {
	return &Document{Lang: lang, Title: T(lang, "evidence.scope.title", "integration", o.IntegrationID),
		Parts: ScopeParts(lang, o.Scope, nil), Foot: T(lang, "evidence.scope.foot", "hash", o.Submission.ScopeHash)}
}

// HistoryDocument tells what was asked for about an integration, oldest first: who, when, what was decided, and in what
// each differs from what was approved before it.
func HistoryDocument(lang Lang, past []store.Past) *Document {
	d := &Document{Lang: lang, Title: T(lang, "evidence.history.title"), Foot: T(lang, "evidence.history.foot")}
	for i, p := range past {
		s := &p.Dossier.Submission
		a := &appendix{lang: lang, o: p.Dossier, facts: &store.Facts{}}
		part := a.decision()
		part.ID = "step-" + strconv.Itoa(i+1)
		part.Title = T(lang, "evidence.history.step", "no", i+1, "at", s.At)
		part.Facts = append(part.Facts, Term{Name: a.t("hash"), Value: s.ScopeHash, Code: true},
			Term{Name: a.t("mapping"), Value: strconv.Itoa(s.MappingNo)})
		for _, diff := range p.Since {
			part.List = append(part.List, Difference(lang, diff))
		}
		if len(p.Since) == 0 {
			key := "evidence.history.same"
			if p.First {
				key = "evidence.history.first"
			}
			part.List = append(part.List, T(lang, key))
		}
		d.Parts = append(d.Parts, part)
	}
	return d
}

// PackCheck says in words what one check of an evidence pack found.
func PackCheck(lang Lang, c store.PackCheck) string {
	if c.OK {
		return Fill(lang, "evidence.check."+c.Name+".ok", c.Args)
	}
	return Fill(lang, "evidence.check."+c.Name+".bad", c.Args)
}

// PackVerdict says in a few words what an evidence pack is worth. given tells that whoever asks named the keys that are
// trusted; otherwise it is the installation's own.
func PackVerdict(lang Lang, p *store.PackReport, given bool) string {
	switch {
	case p.OK && given:
		return T(lang, "evidence.holds.trusted")
	case p.OK:
		return T(lang, "evidence.holds")
	case !p.Whole():
		return T(lang, "evidence.holds.not")
	case p.Signature == store.SignatureUntested:
		return T(lang, "evidence.holds.untested")
	}
	return T(lang, "evidence.holds.foreign")
}

// packFaults names the files that are not as they were; "" when all are.
func packFaults(lang Lang, p *store.PackReport) string {
	var names []string
	for _, f := range p.Files {
		if f.State != store.FileOK {
			names = append(names, f.Name)
		}
	}
	if names == nil {
		return ""
	}
	return T(lang, "evidence.broken.files", "names", strings.Join(names, ", "))
}

// PackAdvice says what to do with a pack that doesn't hold; "" when it does.
func PackAdvice(lang Lang, p *store.PackReport) string {
	switch {
	case p.OK:
		return ""
	case !p.Whole():
		return strings.TrimSpace(T(lang, "evidence.broken.help") + " " + packFaults(lang, p))
	case p.Signature == store.SignatureUntested:
		return T(lang, "evidence.untested.help", "key", p.Key)
	}
	return T(lang, "evidence.foreign.help", "key", p.Key)
}
