package store

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Edit is one change of something that an approval covers or rests on, as the log of who did what tells of it.
type Edit struct {
	Seq    int64
	At     time.Time
	UserID string // "" when no person did it
	Name   string // as it was then
	Kind   string // what was changed: "integration", "mapping", "codebook" …, see edited
	// Members are the parts that changed, by their names in JSON; none when it was made.
	// A part of a member stands behind a full stop: "settings.folder".
	Members []string
	No      int  // of the version of a mapping or a codebook
	Saved   bool // the version was made; otherwise it was taken in use
}

// changed tells whether the edit changed a member, or that part of it. An empty part is any; where the log doesn't say
// which, it may have been that one.
func (e *Edit) changed(member, part string) bool {
	return slices.ContainsFunc(e.Members, func(m string) bool {
		whole, sub, _ := strings.Cut(m, ".")
		return whole == member && (part == "" || sub == "" || sub == part)
	})
}

// edited says which changes count, by kind of thing. What belongs to the integration alone counts whatever part it is;
// of what others use too, only the parts that reach its Scope, and of a ROS or an LD what it says, not what was decided
// about it. A nil list means every part.
var edited = map[string][]string{
	"integration": nil,
	"mapping":     nil,
	"codebook":    nil,
	"connection":  nil,
	"registry":    {"solution", "basis"},
	"consent_rule": {"type", "connection", "definition", "party", "wait_days", "max_age_hours", "fall_share", "fall_count",
		"turn_share", "turn_count", "recipients"},
	"system": {"role"},
	"method": {"system", "kind", "handover", "highest", "route"},
	"ros":    nil,
	"ld":     nil,
}

// decision are the parts of a ROS and an LD that say what was decided about it.
var decision = []string{"state", "decided_by", "decided_on", "reason", "conditions", "valid_to", "withdrawal",
	"returned", "demo"}

// editActions are what is done to a thing when its content changes; others move it, decide about it or remove it.
var editActions = []string{"create", "update", "save", "use", "document", "measure"}

// Edits picks the entries that changed something an approval covers or rests on. The entries must be about the parts
// of one integration; basis names the versions of ROS and LD that count.
func Edits(entries []AuditEntry, ros, ld Ref) []Edit {
	var edits []Edit
	for i := range entries {
		e := &entries[i]
		parts, counts := edited[e.Kind]
		_, did, _ := strings.Cut(e.Action, ".")
		if !counts || !slices.Contains(editActions, did) {
			continue
		}
		x := Edit{Seq: e.Seq, At: e.At, UserID: e.ActorID, Name: e.Actor, Kind: e.Kind,
			Saved: did == "save"}
		number := "no"
		if e.Kind == "codebook" {
			number = "version"
		}
		if no, ok := e.Details[number].(int64); ok {
			x.No = int(no)
		}
		if e.Kind == "ros" || e.Kind == "ld" {
			ref := ros
			if e.Kind == "ld" {
				ref = ld
			}
			if v, ok := e.Details["version"].(int64); ok && int(v) != ref.Version {
				continue
			}
			var wrote bool
			if x.Members, wrote = written(e); !wrote {
				continue
			}
		} else if x.Members = changedIn(e); len(x.Members) > 0 && parts != nil {
			x.Members = slices.DeleteFunc(x.Members, func(m string) bool { return !slices.Contains(parts, member(m)) })
			if len(x.Members) == 0 {
				continue
			}
		}
		edits = append(edits, x)
	}
	return edits
}

// changedIn gives the members that an entry says changed.
func changedIn(e *AuditEntry) []string {
	changed, _ := e.Details["changed"].([]string)
	return slices.Clone(changed)
}

// member is the member that a name in the log belongs to.
func member(name string) string {
	whole, _, _ := strings.Cut(name, ".")
	return whole
}

// Editor is somebody who edited what is to be approved, and so may not approve it. Who acted from the shell has no
// UserID: nobody knows who that is here, so they can't be held back.
type Editor struct {
	UserID string
	Name   string
	Kinds  []string // what they edited, each once, in the order of the alphabet
}

// Editors gathers those behind edits, in order of name. What the portal does by itself makes nobody an editor.
func Editors(edits []Edit) []Editor {
	var list []Editor
	for _, x := range edits {
		if x.UserID == "" && !FromShell(x.Name) {
			continue
		}
		i := slices.IndexFunc(list, func(e Editor) bool {
			return e.UserID == x.UserID && (x.UserID != "" || e.Name == x.Name)
		})
		if i < 0 {
			list = append(list, Editor{UserID: x.UserID})
			i = len(list) - 1
		}
		list[i].Name = x.Name // the newest
		if !slices.Contains(list[i].Kinds, x.Kind) {
			list[i].Kinds = append(list[i].Kinds, x.Kind)
			slices.Sort(list[i].Kinds)
		}
	}
	slices.SortStableFunc(list, func(a, b Editor) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

// written gives the members that an entry about a ROS or an LD tells were written, none by name when it was made or got
// its document. How far a measure has come is written too: what remains of a risk rests on it. What was decided about it
// is nobody's writing.
func written(e *AuditEntry) (members []string, wrote bool) {
	switch _, did, _ := strings.Cut(e.Action, "."); did {
	case "create", "document", "measure":
		return nil, true
	}
	members = slices.DeleteFunc(changedIn(e), decides)
	return members, len(members) > 0
}

// decides tells whether a name in the log is of what was decided about a ROS or an LD.
func decides(name string) bool { return slices.Contains(decision, member(name)) }

// Wrote tells whether somebody wrote a version of a ROS or an LD, by the entries of the log about it: made it, or changed
// what it says or its document.
func Wrote(entries []AuditEntry, version int, userID string) bool {
	return userID != "" && slices.ContainsFunc(entries, func(e AuditEntry) bool {
		_, wrote := written(&e)
		return wrote && e.ActorID == userID && e.Details["version"] == int64(version)
	})
}

// MayJudge refuses whoever wrote a version of a ROS or an LD, or writes in it while deciding: nobody decides about their
// own work. What no person does, as when configuration is imported, is not asked.
func MayJudge(entries []AuditEntry, version int, changed []string, userID string) error {
	writes := slices.ContainsFunc(changed, func(name string) bool { return !decides(name) })
	if userID != "" && writes || Wrote(entries, version, userID) {
		return E(Forbidden, "approval.four_eyes", nil)
	}
	return nil
}
