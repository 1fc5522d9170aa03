package views_test

import (
	"go/ast"
	goparser "go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/a-h/templ/parser/v2"
	"github.com/a-h/templ/parser/v2/visitor"
)

// same are the words that are the same in every language: names, abbreviations and units.
var same = map[string]bool{"Samband": true, "ROS": true, "LD": true, "YAML": true}

// spoken are the attributes whose value people read or hear.
var spoken = map[string]bool{"title": true, "alt": true, "placeholder": true, "label": true, "aria-label": true,
	"aria-description": true, "aria-roledescription": true, "aria-valuetext": true, "data-label": true}

// shown are the fields of the parts of the design that people read.
var shown = map[string]bool{"Text": true, "Title": true, "Label": true, "Lead": true, "Hint": true, "Help": true, "Body": true,
	"Summary": true, "Aside": true, "Foot": true, "Small": true, "Unit": true, "Term": true, "Optional": true, "Caption": true}

// TestWordsComeFromTheCatalogue holds that no page has words of its own: what stands as text in a template, or in an
// attribute that is read out, comes from package text, in the language of the reader. The guide is not of the portal:
// it shows every part of the design with made-up content, for its tests.
func TestWordsComeFromTheCatalogue(t *testing.T) {
	texts, attributes := 0, 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "guide":
			return fs.SkipDir
		case filepath.Ext(path) == ".go":
			return inGo(t, path)
		case filepath.Ext(path) != ".templ":
			return nil
		}
		file, err := parser.Parse(path)
		if err != nil {
			return err
		}
		v := visitor.New()
		v.Text = func(n *parser.Text) error {
			texts++
			if word := foreign(n.Value); word != "" {
				t.Errorf("%s:%d: %q is not from the catalogue", path, n.Range.From.Line+1, word)
			}
			return nil
		}
		v.ConstantAttribute = func(n *parser.ConstantAttribute) error {
			key := n.Key.String()
			if !spoken[key] {
				return nil
			}
			attributes++
			if word := foreign(n.Value); word != "" {
				t.Errorf("%s: %s is not from the catalogue", path, n)
			}
			return nil
		}
		return file.Visit(v)
	})
	if err != nil {
		t.Fatal(err)
	}
	if texts < 10 || attributes < 2 {
		t.Errorf("only %d texts and %d attributes were found in the templates", texts, attributes)
	}
}

// inGo looks at the fields that people read, where a page is put together in Go.
func inGo(t *testing.T, path string) error {
	if strings.HasSuffix(path, "_test.go") {
		return nil
	}
	set := token.NewFileSet()
	file, err := goparser.ParseFile(set, path, nil, goparser.SkipObjectResolution)
	if err != nil {
		return err
	}
	ast.Inspect(file, func(n ast.Node) bool {
		kv, ok := n.(*ast.KeyValueExpr)
		if !ok {
			return true
		}
		name, ok := kv.Key.(*ast.Ident)
		value, literal := kv.Value.(*ast.BasicLit)
		if ok && literal && shown[name.Name] && value.Kind == token.STRING {
			said, err := strconv.Unquote(value.Value)
			if err != nil || foreign(said) == "" {
				return true
			}
			t.Errorf("%s: %s: %s is not from the catalogue", set.Position(kv.Pos()), name.Name, value.Value)
		}
		return true
	})
	return nil
}

// foreign gives the first word of s that isn't the same in every language.
func foreign(s string) string {
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if !same[word] {
			return word
		}
	}
	return ""
}
