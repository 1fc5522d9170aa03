package text

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// use is a place in the tree that names a text key or a code.
type use struct {
	at   string   // file:line
	args []string // names of the arguments given there
	open bool     // arguments that can't be read off the source
}

// tree is what the source of the whole module says about texts. It is read by its form alone, so that it can be read
// while a part of it does not build.
type tree struct {
	keys     map[string][]use // given to T or Fill
	codes    map[string][]use // given where a store.Code is asked for
	errors   map[string]bool  // those of the codes that are given to an error
	literals map[string]bool  // every text in the source but the keys of the catalogues themselves
	prefixes map[string]bool  // texts that end in a dot: the rest of the key is added at run time
	suffixes map[string]bool  // texts that begin with one
	infixes  map[string]bool  // texts that do both: ".field."
}

var (
	keyForm    = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_-]+)+$`)
	prefixForm = regexp.MustCompile(`^([a-z][a-z0-9_]*\.)+(%[dsv])?$`)
	suffixForm = regexp.MustCompile(`^(\.[a-z][a-z0-9_]*)+$`)
	infixForm  = regexp.MustCompile(`^(\.[a-z][a-z0-9_]*)+\.$`)
)

var scan = sync.OnceValue(func() *tree {
	root, err := filepath.Abs("../..")
	if err != nil {
		panic(err)
	}
	files := map[string][]*ast.File{} // by folder
	set := token.NewFileSet()
	skip := map[string]bool{".git": true, "testdata": true, "vendor": true, "data": true, "node_modules": true}
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // a file that somebody just took away
		case d.IsDir() && skip[d.Name()]:
			return fs.SkipDir
		case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go"):
			if src, err := os.ReadFile(path); err == nil {
				name, _ := filepath.Rel(root, path)
				f, _ := parser.ParseFile(set, name, src, parser.SkipObjectResolution) // as far as it can be read
				if f != nil {
					files[filepath.Dir(name)] = append(files[filepath.Dir(name)], f)
				}
			}
		}
		return nil
	})
	if err != nil {
		panic(err)
	}
	t := &tree{keys: map[string][]use{}, codes: map[string][]use{}, errors: map[string]bool{}, literals: map[string]bool{},
		prefixes: map[string]bool{}, suffixes: map[string]bool{}, infixes: map[string]bool{}}
	takers := map[string]int{} // functions of package store that take a code, and as which argument
	for _, f := range files["store"] {
		findTakers(f, takers)
	}
	for folder, fs := range files {
		local := map[string]int{}
		for _, f := range fs {
			findTakers(f, local)
		}
		for name, i := range takers {
			local[name] = i
		}
		for _, f := range fs {
			t.read(set, f, local, filepath.ToSlash(folder) == "store/text")
		}
	}
	return t
})

// isCode tells whether a type is Code or store.Code.
func isCode(e ast.Expr) bool {
	if s, ok := e.(*ast.SelectorExpr); ok {
		e = s.Sel
	}
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "Code"
}

// findTakers notes the functions, methods and local functions that take a code, and at which place.
func findTakers(f *ast.File, takers map[string]int) {
	note := func(name string, of *ast.FuncType) {
		at := 0
		for _, p := range of.Params.List {
			if isCode(p.Type) {
				takers[name] = at
				return
			}
			at += max(1, len(p.Names))
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			note(n.Name.Name, n.Type)
		case *ast.AssignStmt:
			for i, r := range n.Rhs {
				if l, ok := r.(*ast.FuncLit); ok && i < len(n.Lhs) {
					if id, ok := n.Lhs[i].(*ast.Ident); ok {
						note(id.Name, l.Type)
					}
				}
			}
		}
		return true
	})
}

func (t *tree) read(set *token.FileSet, f *ast.File, takers map[string]int, catalogues bool) {
	at := func(n ast.Node) string {
		p := set.Position(n.Pos())
		return fmt.Sprintf("%s:%d", p.Filename, p.Line)
	}
	code := func(n, args ast.Expr, isError bool) {
		s, ok := literal(n)
		if !ok || !keyForm.MatchString(s) {
			return
		}
		u := use{at: at(n)}
		u.args, u.open = argNames(args)
		t.codes[s] = append(t.codes[s], u)
		if isError {
			t.errors[s] = true
		}
	}
	defined := map[ast.Expr]bool{} // keys of the catalogues
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			name := called(n)
			if name == "T" || name == "Fill" {
				t.key(n, at(n))
			}
			if i, ok := takers[name]; ok && i < len(n.Args) {
				var args ast.Expr
				if i+1 < len(n.Args) {
					args = n.Args[i+1]
				}
				code(n.Args[i], args, name == "E" || name == "FieldError" || name == "Wrap" || name == "Add")
			}
		case *ast.CompositeLit:
			typed := n.Type
			if s, ok := typed.(*ast.SelectorExpr); ok {
				typed = s.Sel
			}
			id, _ := typed.(*ast.Ident)
			var c, args ast.Expr
			for _, e := range n.Elts {
				kv, ok := e.(*ast.KeyValueExpr)
				if !ok {
					continue
				}
				if _, ok := kv.Value.(*ast.CompositeLit); ok && catalogues {
					defined[kv.Key] = true
				}
				if k, ok := kv.Key.(*ast.Ident); ok {
					switch k.Name {
					case "Code", "Reason":
						c = kv.Value
					case "Args", "ReasonArgs":
						args = kv.Value
					}
				}
			}
			if c != nil {
				code(c, args, id != nil && id.Name == "Error")
			}
		case *ast.ValueSpec:
			for _, v := range n.Values {
				if n.Type != nil && isCode(n.Type) {
					t.open(v, at(v))
				}
			}
		case *ast.FuncDecl:
			t.returned(n.Type, n.Body, at)
		case *ast.FuncLit:
			t.returned(n.Type, n.Body, at)
		case *ast.BasicLit:
			if s, ok := literal(n); ok && !defined[n] {
				t.literals[s] = true
				if prefixForm.MatchString(s) {
					before, _, _ := strings.Cut(s, "%")
					t.prefixes[before] = true
				}
				if suffixForm.MatchString(s) {
					t.suffixes[s] = true
				}
				if infixForm.MatchString(s) {
					t.infixes[s] = true
				}
			}
		}
		return true
	})
}

// returned notes the codes that a function returns as codes.
func (t *tree) returned(of *ast.FuncType, body *ast.BlockStmt, at func(ast.Node) string) {
	if of.Results == nil || body == nil {
		return
	}
	i := -1
	for n, r := range of.Results.List {
		if isCode(r.Type) {
			i = n
		}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		if _, inner := n.(*ast.FuncLit); inner {
			return false
		}
		if r, ok := n.(*ast.ReturnStmt); ok && i >= 0 && i < len(r.Results) {
			t.open(r.Results[i], at(r))
		}
		return true
	})
}

// open notes a code whose arguments are given elsewhere.
func (t *tree) open(n ast.Expr, at string) {
	if s, ok := literal(n); ok && keyForm.MatchString(s) {
		t.codes[s] = append(t.codes[s], use{at: at, open: true})
	}
}

// key notes the key of a call of T(key, …), T(lang, key, …) or Fill(lang, key, args).
func (t *tree) key(n *ast.CallExpr, at string) {
	for i := 0; i < min(2, len(n.Args)); i++ {
		s, ok := literal(n.Args[i])
		if !ok {
			continue
		}
		u := use{at: at}
		if called(n) == "Fill" {
			u.args, u.open = argNames(n.Args[len(n.Args)-1])
		} else {
			u.open = n.Ellipsis.IsValid()
			for j := i + 1; j < len(n.Args); j += 2 {
				name, ok := literal(n.Args[j])
				u.args, u.open = append(u.args, name), u.open || !ok
			}
		}
		t.keys[s] = append(t.keys[s], u)
		return
	}
}

// called gives the name of the function or method that is called.
func called(n *ast.CallExpr) string {
	switch f := n.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// argNames gives the names of store.Args that are written out; open is true when they are not.
func argNames(e ast.Expr) (names []string, open bool) {
	switch e := e.(type) {
	case nil:
		return nil, true
	case *ast.Ident:
		return nil, e.Name != "nil"
	case *ast.CompositeLit:
		for _, x := range e.Elts {
			kv, ok := x.(*ast.KeyValueExpr)
			if !ok {
				return nil, true
			}
			name, ok := literal(kv.Key)
			if !ok {
				return nil, true
			}
			names = append(names, name)
		}
		return names, false
	}
	return nil, true
}

func literal(n ast.Node) (string, bool) {
	l, ok := n.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(l.Value)
	return s, err == nil
}

// TestScanFindsWhatIsThere keeps the other tests honest: a scan that finds nothing would let everything pass.
func TestScanFindsWhatIsThere(t *testing.T) {
	s := scan()
	for what, n := range map[string]int{
		"keys": len(s.keys), "codes": len(s.codes), "errors": len(s.errors), "literals": len(s.literals), "prefixes": len(s.prefixes),
	} {
		if n < 20 {
			t.Errorf("only %d %s found", n, what)
		}
	}
	for _, c := range []string{"gate.no_ros", "gate.scope_not_covered", "hold.empty", "codebook.empty", "mapping.uncaught",
		"run.transition", "slot.paused", "approval.four_eyes", "audit.encode"} {
		if s.codes[c] == nil {
			t.Errorf("code %s is not found", c)
		}
	}
}
