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
