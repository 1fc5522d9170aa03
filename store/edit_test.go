package store

import (
	"reflect"
	"testing"
)

func TestEdits(t *testing.T) {
	changed := func(members ...string) Args { return Args{"changed": members} }
	version := func(n int64, members ...string) Args { return Args{"version": n, "changed": members} }
	for name, x := range map[string]struct {
		e       AuditEntry
		counts  bool
		members []string
	}{
		"an integration is made":    {AuditEntry{Action: "integration.create", Kind: "integration"}, true, nil},
		"its note":                  {AuditEntry{Action: "integration.update", Kind: "integration", Details: changed("note")}, true, []string{"note"}},
		"its state":                 {AuditEntry{Action: "integration.state", Kind: "integration"}, false, nil},
		"a version of the mapping":  {AuditEntry{Action: "mapping.save", Kind: "mapping", Details: Args{"no": int64(3)}}, true, nil},
		"a version is taken in use": {AuditEntry{Action: "mapping.use", Kind: "mapping", Details: Args{"no": int64(3)}}, true, nil},
		"the codebook":              {AuditEntry{Action: "codebook.save", Kind: "codebook"}, true, nil},
		"an address":                {AuditEntry{Action: "connection.update", Kind: "connection", Details: changed("settings")}, true, []string{"settings"}},
		"a registry's basis":        {AuditEntry{Action: "registry.update", Kind: "registry", Details: changed("name", "basis")}, true, []string{"basis"}},
		"a registry's contact":      {AuditEntry{Action: "registry.update", Kind: "registry", Details: changed("contact")}, false, nil},
		"a method's route":          {AuditEntry{Action: "method.update", Kind: "method", Details: changed("route")}, true, []string{"route"}},
		"a method's note":           {AuditEntry{Action: "method.update", Kind: "method", Details: changed("note")}, false, nil},
		"a system's owner":          {AuditEntry{Action: "system.update", Kind: "system", Details: changed("owner")}, false, nil},
		"a system is made":          {AuditEntry{Action: "system.create", Kind: "system"}, true, nil},
		"what the ROS says":         {AuditEntry{Action: "ros.update", Kind: "ros", Details: version(2, "title", "state")}, true, []string{"title"}},
		"the ROS is decided":        {AuditEntry{Action: "ros.update", Kind: "ros", Details: version(2, "state", "valid_to")}, false, nil},
		"another version":           {AuditEntry{Action: "ros.update", Kind: "ros", Details: version(1, "title")}, false, nil},
		"the LD is made":            {AuditEntry{Action: "ld.create", Kind: "ld", Details: Args{"version": int64(3)}}, true, nil},
		"the LD is decided":         {AuditEntry{Action: "ld.update", Kind: "ld", Details: Args{"version": int64(3), "changed": []string{"state", "decided_by", "decided_on", "valid_to"}}}, false, nil},
		"what the LD covers":        {AuditEntry{Action: "ld.update", Kind: "ld", Details: Args{"version": int64(3), "changed": []string{"coverage.methods", "state"}}}, true, []string{"coverage.methods"}},
		"the LD's document":         {AuditEntry{Action: "ld.document", Kind: "ld", Details: Args{"version": int64(3)}}, true, nil},
		"the ROS's document":        {AuditEntry{Action: "ros.document", Kind: "ros", Details: Args{"version": int64(2)}}, true, nil},
		"how far a measure is":      {AuditEntry{Action: "ros.measure", Kind: "ros", Details: version(2, "state", "done_on")}, true, nil},
		"a part of the basis":       {AuditEntry{Action: "registry.update", Kind: "registry", Details: changed("contact", "basis.consent")}, true, []string{"basis.consent"}},
		"the schedule":              {AuditEntry{Action: "schedule.update", Kind: "schedule"}, false, nil},
		"an approval":               {AuditEntry{Action: "approval.approved", Kind: "approval"}, false, nil},
	} {
		x.e.ActorID = "u1"
		got := Edits([]AuditEntry{x.e}, Ref{"ros-1", 2}, Ref{"ld-1", 3})
		if len(got) == 1 != x.counts || x.counts && !reflect.DeepEqual(got[0].Members, x.members) {
			t.Errorf("%s: %+v", name, got)
		}
		if v, of := x.e.Details["version"].(int64); of && (x.e.Kind == "ros" && v == 2 || x.e.Kind == "ld") {
			if Wrote([]AuditEntry{x.e}, int(v), "u1") != x.counts { // who may judge it is asked the same way
				t.Errorf("%s: wrote it: %v", name, !x.counts)
			}
		}
	}
}

func TestEditors(t *testing.T) {
	got := Editors([]Edit{{UserID: "2", Name: "Ola", Kind: "mapping"}, {Name: "shell:ola", Kind: "mapping"},
		{Name: "system", Kind: "registry"}, {Name: "shell:ola", Kind: "codebook"}, {Name: "shell:kari", Kind: "codebook"},
		{UserID: "1", Name: "Kari", Kind: "mapping"}, {UserID: "2", Name: "Ola Nordmann", Kind: "codebook"},
		{UserID: "2", Name: "Ola Nordmann", Kind: "mapping"}})
	want := []Editor{{"1", "Kari", []string{"mapping"}}, {"2", "Ola Nordmann", []string{"codebook", "mapping"}},
		{"", "shell:kari", []string{"codebook"}}, {"", "shell:ola", []string{"codebook", "mapping"}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}
