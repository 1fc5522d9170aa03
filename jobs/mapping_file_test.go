package jobs

import (
	"testing"

	"samband/store"
)

// TestYAMLFault holds that a file that can't be read is told of by line, and by nothing that stood in it but the name
// of a field.
func TestYAMLFault(t *testing.T) {
	for _, x := range []struct {
		file, line string
		code       store.Code
	}{
		{"samband: 1\nname: [x\n", "1", "bundle.yaml_line"},
		{"samband: 1\nnobody: 2\n", "2", "bundle.yaml_field"},
		{"samband: 01018012345x\n", "1", "bundle.yaml_value"},
		{"samband: 1\nsamband: 1\n", "2", "bundle.yaml_value"},
		{"", "", "bundle.yaml"},
		{"samband: \x00", "", "bundle.yaml"},
	} {
		var out struct {
			Samband int
			Name    string
		}
		err := parseYAML([]byte(x.file), &out)
		line := ""
		if e, ok := err.(*store.Error); ok {
			line, _ = e.Args["line"].(string)
		}
		if store.CodeOf(err) != x.code || line != x.line {
			t.Errorf("%q gives %v at line %q, want %s at %q", x.file, err, line, x.code, x.line)
		}
	}
}

func TestExampleOfNull(t *testing.T) {
	for _, c := range []struct {
		doc string
		err store.Code
	}{
		{"rules: [{variable: å, examples: [{in: {a: \"1\"}, null: true}, {in: {b: x}, null: true}]}]", ""},
		{"rules:\n  - variable: å\n    examples:\n      - in: {a: \"1\"}\n        null: true\n      - in: {b: x}\n        \"null\": true", ""},
		{"rules: [{variable: å, examples: [{in: {a: \"1\"}, ~: true}]}]", "bundle.yaml_line"},
	} {
		var m store.Mapping
		err := parseYAML([]byte(c.doc), &m)
		if store.CodeOf(err) != c.err {
			t.Errorf("%s: %v", c.doc, err)
			continue
		}
		if c.err == "" && (len(m.Rules[0].Examples) != 2 || !m.Rules[0].Examples[0].Null || !m.Rules[0].Examples[1].Null) {
			t.Errorf("%s: %+v", c.doc, m.Rules[0].Examples)
		}
	}
}
