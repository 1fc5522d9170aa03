package jobs

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"samband/store"
)

// mappingFile is a mapping alone, as a file that people keep, compare and send to each other.
type mappingFile struct {
	Format  int            `yaml:"samband"`
	Mapping *store.Mapping `yaml:"mapping"`
}

// FormatMapping writes a mapping as YAML in its one form: what ParseMapping reads gives the same bytes again. Who made
// its corrections is left out: who reads it in answers for them there.
func (j *Jobs) FormatMapping(m *store.Mapping) ([]byte, error) {
	return formatYAML(mappingFile{store.BundleFormat, m.Unstamped()})
}

// ParseMapping reads a mapping from YAML: one document, known members only. It need not be sound.
func (j *Jobs) ParseMapping(b []byte) (*store.Mapping, error) {
	var f mappingFile
	if err := parseYAML(b, &f); err != nil {
		return nil, err
	}
	if f.Format != store.BundleFormat {
		return nil, store.E(store.Invalid, "bundle.format", store.Args{"format": f.Format, "known": store.BundleFormat})
	}
	if f.Mapping == nil {
		return nil, store.E(store.Invalid, "bundle.no_mapping", nil)
	}
	return f.Mapping, nil
}

// parseYAML reads one document of known members.
func parseYAML(b []byte, out any) error {
	b, err := plainKeys(b)
	if err != nil {
		return err
	}
	dec := yaml.NewDecoder(bytes.NewReader(b))
	dec.KnownFields(true)
	if err := dec.Decode(out); err != nil {
		return yamlFault(err)
	}
	if err := dec.Decode(new(any)); !errors.Is(err, io.EOF) {
		return store.E(store.Invalid, "bundle.documents", nil)
	}
	return nil
}

// plainKeys gives a document with quotes around each member called null: without them YAML takes the name for no name,
// and the reader passes over the member without a word. Any other member without a name is refused.
func plainKeys(b []byte) ([]byte, error) {
	var root yaml.Node
	if yaml.Unmarshal(b, &root) != nil {
		return b, nil // the reader itself says what is wrong
	}
	lines := strings.Split(string(b), "\n")
	var bad error
	var visit func(n *yaml.Node)
	visit = func(n *yaml.Node) {
		for i := len(n.Content) - 1; i >= 0; i-- { // from the end, so that the columns before a place still hold
			key := n.Content[i]
			if visit(key); n.Kind != yaml.MappingNode || i%2 == 1 || key.Kind != yaml.ScalarNode || key.ShortTag() != "!!null" {
				continue
			}
			line, at := []rune(lines[key.Line-1]), key.Column-1
			if end := at + len(key.Value); key.Value == "null" && end <= len(line) && string(line[at:end]) == key.Value {
				lines[key.Line-1] = string(line[:at]) + `"null"` + string(line[end:])
			} else {
				bad = store.E(store.Invalid, "bundle.yaml_line", store.Args{"line": key.Line})
			}
		}
	}
	visit(&root)
	return []byte(strings.Join(lines, "\n")), bad
}

var (
	yamlLine  = regexp.MustCompile(`^(?:yaml: )?line ([0-9]+): `)
	yamlField = regexp.MustCompile(`^line [0-9]+: field (.+) not found in type `)
)

// yamlFault says in which line of a document a reader that speaks English alone, and repeats what it read, gave up.
func yamlFault(err error) error {
	said := err.Error()
	var wrong *yaml.TypeError
	if errors.As(err, &wrong) && len(wrong.Errors) > 0 {
		said = wrong.Errors[0]
	}
	line := yamlLine.FindStringSubmatch(said)
	field := yamlField.FindStringSubmatch(said)
	switch {
	case line == nil:
		return store.E(store.Invalid, "bundle.yaml", nil)
	case field != nil:
		return store.E(store.Invalid, "bundle.yaml_field", store.Args{"line": line[1], "field": field[1]})
	case wrong != nil:
		return store.E(store.Invalid, "bundle.yaml_value", store.Args{"line": line[1]})
	}
	return store.E(store.Invalid, "bundle.yaml_line", store.Args{"line": line[1]})
}

// formatYAML writes a document in its one form.
func formatYAML(v any) ([]byte, error) {
	var out bytes.Buffer
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	if err := enc.Encode(v); err != nil {
		return nil, store.Wrap(err, store.Internal, "bundle.write", nil)
	}
	return out.Bytes(), nil
}
