package codelist

import (
	"reflect"
	"testing"

	"samband/store"
)

func TestRead(t *testing.T) {
	adm := []store.SystemCode{{Code: "1", Text: "Ja"}, {Code: "2", Text: "Nei", Note: "to\r\nlinjer", Inactive: true}}
	for name, c := range map[string]struct {
		file                   string
		system, title, version string
		codes                  []store.SystemCode
		err                    store.Code
	}{
		"FAT": {`{"id":1101,"name":"Ja/nei","validFrom":"2008-02-28T00:00:00","active":true,"codeValues":[{"id":7,"value":"2","name":"Nei",
			"description":"to\r\nlinjer","active":false},{"id":8,"value":1,"name":"Ja","description":"Ja"}]}`,
			"2.16.578.1.12.4.1.1.1101", "Ja/nei", "2008-02-28", adm, ""},
		"an export of it": {`{"id":"1101","name":"Ja/nei","version":"3","concepts":[{"code":"1","display":"Ja"},{"code":"2","display":"Nei",
			"definition":"to\r\nlinjer","active":false}]}`, "2.16.578.1.12.4.1.1.1101", "Ja/nei", "3", adm, ""},
		"ICD-10": {`[{"codeValue":"I20-I25","nameNorwegian":"Iskemi","active":true,"children":[{"codeValue":"I21.4","nameNorwegian":"Infarkt",
			"active":true,"isLeafNode":true}]}]`, "", "", "", []store.SystemCode{{Code: "I20-I25", Text: "Iskemi"}, {Code: "I21.4", Text: "Infarkt"}}, ""},
		"CodeSystem": {`{"resourceType":"CodeSystem","url":"http://ehelse.no/fhir/CodeSystem/no-kodeverk-1101","title":"Ja","version":"1","concept":[
			{"code":"1","display":"Ja","concept":[{"code":"2","display":"Nei","definition":"to\r\nlinjer","property":[{"code":"inactive","valueBoolean":true}]}]}]}`,
			"2.16.578.1.12.4.1.1.1101", "Ja", "1", adm, ""},
		"ValueSet": {`{"resourceType":"ValueSet","name":"Ja","compose":{"include":[{"system":"urn:oid:2.16.578.1.12.4.1.1.1101","version":"9",
			"concept":[{"code":"1","display":"Ja"}]}]}}`, "2.16.578.1.12.4.1.1.1101", "Ja", "9", adm[:1], ""},
		"an expansion": {`{"resourceType":"ValueSet","name":"Ja","expansion":{"contains":[{"system":"urn:oid:2.16.578.1.12.4.1.1.1101","code":"1",
			"display":"Ja"}]}}`, "2.16.578.1.12.4.1.1.1101", "Ja", "", adm[:1], ""},
		"a table": {"\ufeffKode;Kodetekst;Gyldig fra;Gyldig til;Aktiv\r\n0301;Oslo;01.01.1964;9999-12-31;ja\r\n;;;;\r\n0104;Moss;;2019-12-31;nei\r\n", "", "", "",
			[]store.SystemCode{{Code: "0104", Text: "Moss", To: "2019-12-31", Inactive: true}, {Code: "0301", Text: "Oslo", From: "1964-01-01"}}, ""},
		"two systems":               {`{"resourceType":"ValueSet","compose":{"include":[{"system":"a"},{"system":"b"}]}}`, "", "", "", nil, "code_system.several"},
		"a table of something else": {"a;b\n1;2\n", "", "", "", nil, "code_system.columns"},
		"another resource":          {`{"resourceType":"Patient"}`, "", "", "", nil, "code_system.file"},
		"two values":                {`{} {}`, "", "", "", nil, "code_system.file"},
		"nothing":                   {"", "", "", "", nil, "code_system.file"},
		"not text":                  {"\xff\xfe", "", "", "", nil, "code_system.file"},
	} {
		s, err := Read([]byte(c.file))
		if store.CodeOf(err) != c.err {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil {
			continue
		}
		if s.System != c.system || s.Name != c.title || s.Version != c.version || !reflect.DeepEqual(s.Codes, c.codes) || len(s.SHA256) != 64 {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{`{"id":1101,"codeValues":[{"value":1,"name":"Ja"}]}`, `[{"codeValue":"A","children":[{"codeValue":"B"}]}]`,
		`{"resourceType":"ValueSet","expansion":{"contains":[{"code":"1"}]}}`, "kode;navn\n1;\"a\nb\"\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Read(data)
		if err != nil {
			return
		}
		s.System, s.Name, s.Version = store.SystemICD10, "x", "1"
		s.Sort()
		if s.Validate() != nil {
			return
		}
		for _, c := range s.Codes {
			day := c.From
			if day == "" {
				day = c.To
			}
			if _, ok := s.At(c.Code, day); !ok {
				t.Fatalf("%q is not found on %s", c.Code, day)
			}
		}
	})
}
