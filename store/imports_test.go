package store_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const root = ".."

// mayImport is «Who may import whom» of design.md section 3, and what experience added. The first line that fits a
// package holds for it. A star stands for one part of a path, two at the end for any number, none too; {own} for the
// connector itself.
var mayImport = []struct{ who, whom string }{
	{"store", ""},
	{"store/storetest/**", "store store/** "}, // the suite that both databases pass
	{"store/auditlog", "store"},
	{"store/suggest", "store"},
	{"store/translate", "store"},
	{"store/codelist", "store"},
	// auditlog: whose checkpoint a pack stands on, and whose key signs it.
	{"store/evidence", "store store/text store/auditlog"},
	// auditlog: an entry is written with the hashes it completes.
	// image: the file is copied before its tables are changed.
	{"store/db", "store store/text store/internal/** store/auditlog store/image"},
	{"store/*", "store store/text store/internal/**"},
	// vault: persons are known by its keyed index.
	{"store/vault/consent", "store store/internal/** store/vault"},
	// lite: the fence of runs is one text of SQL.
	{"store/internal/pg", "store store/internal/lite"},
	{"store/**", "store"}, // parts of the parts: the SQLite floor, the demonstration's hospital
	{"static", ""},

	{"jobs/format/csv", "store"},
	// text: that every defect and every error can be said.
	{"jobs/format/formattest", "store store/text"},
	// csv: how tables in text are cut into rows, whoever reads them.
	{"jobs/format/strict", "store jobs/format/csv"},
	{"jobs/format/xlsx", "store"},
	{"jobs/format/xlsx/xlsxtest", ""}, // writes workbooks for tests
	// strict and xlsx: how tables, XML, JSON and workbooks from outside are read within limits.
	{"jobs/format/xsd", "store jobs/format/strict"},
	{"jobs/format/kreftregisteret", "store jobs/format/strict jobs/format/xlsx jobs/format/xsd"},
	{"jobs/format/all", "store jobs/format/*"},
	{"jobs/format/*", "store jobs/format/csv jobs/format/strict jobs/format/xlsx"},
	{"jobs/planner", "store"},
	{"jobs/spool", "store jobs/connector jobs/connector/handover"},
	{"jobs/datadir", "store"},
	{"jobs/queue", "store"},
	{"jobs/witness", "store"},
	{"jobs/backup", "store store/auditlog jobs/connector/handover"}, // a set is signed and sealed like the rest
	{"jobs/mapping", "store store/text jobs/format/*"},
	{"jobs/mapping/mappingtest", "store"},
	{"jobs/quality", "store store/text jobs/format/*"},
	{"jobs/privacy", "store store/text jobs/format/*"},
	{"jobs/privacy/packet", "store jobs/privacy"}, // the form of packets, and the joiner
	{"jobs/notify", "store store/text jobs/format/*"},
	{"jobs/profile", "store"},
	{"jobs/connector", "store jobs/format/*"},
	{"jobs/connector/httpx", "store jobs/format/* jobs/connector"},
	// httpx: a channel over HTTPS leaves the house as every other request does.
	{"jobs/connector/handover", "store jobs/format/* jobs/connector jobs/connector/httpx"},
	{"jobs/connector/helseid", "store jobs/format/* jobs/connector jobs/connector/httpx"},
	{"jobs/connector/connectortest", "store jobs/format/* jobs/connector jobs/connector/handover jobs/connector/httpx"},
	{"jobs/connector/all", "jobs/connector jobs/connector/*"},
	// privacy, packet: the form in which identity and health leave apart.
	{"jobs/connector/packets", "store jobs/connector jobs/connector/handover jobs/privacy jobs/privacy/packet"},
	{"jobs/connector/*/**", "store jobs/format/* jobs/connector jobs/connector/httpx jobs/connector/handover jobs/connector/helseid {own}"},
	// csv: what dump writes for other programs. profile: what is told of a column that nobody has classed.
	{"jobs/pipeline", "store store/registrydb store/vault store/vault/consent jobs/mapping jobs/quality jobs/privacy jobs/profile jobs/connector jobs/format/csv"},
	{"jobs/identity", "store store/vault jobs/format/csv"}, // who persons are; nothing of what a registry holds of them
	// vault: the identity side of what goes out in two halves, which gets no health value.
	{"jobs/outgoing/identity", "store store/vault jobs/connector"},
	{"jobs/outgoing", "store store/registrydb jobs/mapping jobs/connector"},
	// files: what `samband run --input` reads in place of the source's own delivery, whatever the source is.
	// consentfile: the list that the demonstration draws.
	{"jobs", "store store/** jobs/pipeline jobs/identity jobs/outgoing jobs/outgoing/identity jobs/notify jobs/connector jobs/connector/all jobs/connector/files jobs/connector/consentfile jobs/connector/handover jobs/format/all jobs/format/csv jobs/format/xlsx jobs/mapping " +
		"jobs/privacy jobs/privacy/packet jobs/profile jobs/quality jobs/planner jobs/queue jobs/spool jobs/datadir jobs/witness jobs/backup"},
	{"jobs/command", "store store/** jobs jobs/**"},

	// suggest, translate: what is proposed, and what is wrong with a file.
	{"views/mapping", "store store/text store/suggest store/translate static views/**"},
	{"views/**", "store store/text static views/**"},
	{"web/e2e/**", "store store/** jobs jobs/** web web/** views/** static"},
	{"web/auth/**", "store store/text web/auth/**"},
	// auditlog: the proof of a line of the log. suggest: what the mapping page proposes.
	// translate, codelist: codes as files.
	{"web", "store store/text store/db store/dcat store/auditlog store/suggest store/translate store/codelist views/** static web/auth"},
	{"", "store store/** jobs jobs/** web web/auth views/** static"},
}

// fits tells whether a package is meant by a pattern.
func fits(pattern, pkg string) bool {
	expr := regexp.QuoteMeta(pattern)
	expr = strings.ReplaceAll(expr, `/\*\*`, `(/.+)?`)
	expr = strings.ReplaceAll(expr, `\*`, `[^/]+`)
	return regexp.MustCompile("^" + expr + "$").MatchString(pkg)
}

func TestImports(t *testing.T) {
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Imports", "./...")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	own := func(path string) (string, bool) {
		if path == "samband" {
			return "", true
		}
		return strings.CutPrefix(path, "samband/")
	}
	packages := 0
	for d := json.NewDecoder(bytes.NewReader(out)); ; packages++ {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		who, _ := own(p.ImportPath)
		i := slices.IndexFunc(mayImport, func(r struct{ who, whom string }) bool { return fits(r.who, who) })
		if i < 0 {
			t.Errorf("%s has no line in the table", p.ImportPath)
			continue
		}
		allowed := mayImport[i].whom
		if parts := strings.Split(who, "/"); len(parts) > 2 {
			allowed = strings.ReplaceAll(allowed, "{own}", strings.Join(parts[:3], "/")+"/**")
		}
		for _, path := range p.Imports {
			whom, ours := own(path)
			switch {
			case ours && !slices.ContainsFunc(strings.Fields(allowed), func(pattern string) bool { return fits(pattern, whom) }):
				t.Errorf("%s imports %s", who, whom)
			case who == "store" && strings.Contains(path, "."):
				t.Errorf("store imports %s, but stands on the standard library alone", path)
			}
		}
	}
	if packages < 20 {
		t.Errorf("only %d packages were found", packages)
	}
}

func TestTheTableSaysWhatDesignSays(t *testing.T) {
	for _, x := range []struct {
		pattern, pkg string
		want         bool
	}{
		{"jobs/format/*", "jobs/format/csv", true}, {"jobs/format/*", "jobs/format", false}, {"jobs/format/*", "jobs/format/csv/x", false},
		{"views/**", "views", true}, {"views/**", "views/ds/icons", true}, {"views/**", "viewsx", false}, {"store", "store/db", false},
	} {
		if fits(x.pattern, x.pkg) != x.want {
			t.Errorf("%s fits %s: %v", x.pattern, x.pkg, !x.want)
		}
	}
}

// forTests are packages that only tests import: they may do what tests may.
var forTests = regexp.MustCompile(`^(web/e2e|store/storetest|web/auth/oidctest|jobs/connector/connectortest|jobs/format/formattest|jobs/mapping/mappingtest|` +
	`jobs/format/xlsx/xlsxtest|jobs/connector/[^/]+/fakeserver)(/|$)`)

// builtSQL are the files that put names into SQL, which no placeholder can hold, and how they keep it safe.
var builtSQL = map[string]string{
	"store/registrydb":            "names of variables, which store.ValidName checks, in quotes",
	"store/internal/lite/lite.go": "the size of a cache, a constant of the callers",
	"store/internal/pg":           "names of schemas, quoted, and a hash",
	"store/db/sql.go":             "conditions from a list of its own, values as placeholders",
	"store/db/copy.go":            "names of tables that the database itself lists, quoted",
	"store/db/report.go":          "two tables, named on the line above",
	"store/db/change.go":          "the table of a kind, a constant of the callers",
}

// TestGates holds what no review should have to look for.
func TestGates(t *testing.T) {
	set := token.NewFileSet()
	count := map[string]int{}
	type source struct {
		file *ast.File
		name string
	}
	packages := map[string][]source{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains([]string{".git", "testdata", "vendor", "node_modules", "data", "data-drop"}, d.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		name, _ := filepath.Rel(root, path)
		name = filepath.ToSlash(name)
		ext := filepath.Ext(name)
		if ext != ".go" && ext != ".templ" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return nil // somebody just took it away
		}
		count[ext]++
		if ext == ".templ" {
			checkTemplate(t, name, string(text))
		}
		if n := bytes.Count(text, []byte("\n")); n > 700 && !strings.HasSuffix(name, "_templ.go") {
			t.Errorf("%s has %d lines; 700 is the most", name, n)
		}
		if ext == ".go" {
			f, err := parser.ParseFile(set, name, text, parser.SkipObjectResolution)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				return nil
			}
			packages[filepath.ToSlash(filepath.Dir(name))] = append(packages[filepath.ToSlash(filepath.Dir(name))], source{f, name})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if count[".go"] < 100 || count[".templ"] < 10 {
		t.Errorf("found only %v", count)
	}
	for folder, files := range packages {
		consts := map[string]bool{}
		for _, f := range files {
			for _, d := range f.file.Decls {
				if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.CONST {
					for _, s := range g.Specs {
						for _, n := range s.(*ast.ValueSpec).Names {
							consts[n.Name] = true
						}
					}
				}
			}
		}
		for _, f := range files {
			checkSource(t, set, f.file, f.name, consts, strings.HasSuffix(f.name, "_test.go") || forTests.MatchString(folder+"/"))
		}
	}
}

var inTemplate = map[string]*regexp.Regexp{
	"raw HTML":       regexp.MustCompile(`templ\.Raw\b|templ\.JSUnsafe`),
	"inline style":   regexp.MustCompile(`\sstyle=|<style\b|^css `),
	"inline script":  regexp.MustCompile(`\son[a-z]+=|<script(?:[^>]*\ssrc=)?[^>]*>[^<\s]|^script |hx-on`),
	"javascript URL": regexp.MustCompile(`(?i)javascript:`),
}

func checkTemplate(t *testing.T, name, text string) {
	n := 0
	for line := range strings.Lines(text) {
		n++
		for what, bad := range inTemplate {
			if bad.MatchString(line) {
				t.Errorf("%s:%d: %s: %s", name, n, what, strings.TrimSpace(line))
			}
		}
	}
}

func checkSource(t *testing.T, set *token.FileSet, f *ast.File, name string, consts map[string]bool, isTest bool) {
	fail := func(n ast.Node, format string, args ...any) {
		t.Errorf("%s:%d: %s", name, set.Position(n.Pos()).Line, fmt.Sprintf(format, args...))
	}
	for _, i := range f.Imports {
		if path, _ := strconv.Unquote(i.Path.Value); path == "os/exec" && !isTest {
			fail(i, "starts other programs")
		}
	}
	inner := map[ast.Expr]bool{} // parts of a longer sum
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Recv == nil && n.Name.Name == "init" && !isTest {
				fail(n, "init(): nothing happens before main")
			}
		case *ast.SelectorExpr:
			pkg, _ := n.X.(*ast.Ident)
			if pkg == nil {
				break
			}
			switch s := pkg.Name + "." + n.Sel.Name; s {
			case "http.DefaultClient", "http.Get", "http.Post", "http.PostForm", "http.Head", "http.DefaultServeMux":
				if !isTest {
					fail(n, "%s has no time limit, follows redirects and reaches everywhere", s)
				}
			case "time.Now", "time.Since", "time.Until":
				if !isTest && name != "store/clock.go" {
					fail(n, "%s: take the time from a store.Clock", s)
				}
			case "templ.Raw":
				if name != "views/ds/doc.go" {
					fail(n, "raw HTML")
				}
			}
		case *ast.KeyValueExpr:
			if id, ok := n.Key.(*ast.Ident); ok && id.Name == "InsecureSkipVerify" {
				fail(n, "believes any certificate")
			}
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				if s, ok := l.(*ast.SelectorExpr); ok && s.Sel.Name == "InsecureSkipVerify" {
					fail(n, "believes any certificate")
				}
			}
		case *ast.CallExpr:
			if s, ok := n.Fun.(*ast.SelectorExpr); ok && strings.HasPrefix(s.Sel.Name, "Sprintf") && !isTest && len(n.Args) > 0 && isSQL(n.Args[0]) {
				if !known(name) {
					fail(n, "SQL made with Sprintf")
				}
			}
		case *ast.BinaryExpr:
			if n.Op != token.ADD || inner[n] || isTest {
				break
			}
			var operands []ast.Expr
			var split func(e ast.Expr)
			split = func(e ast.Expr) {
				if b, ok := e.(*ast.BinaryExpr); ok && b.Op == token.ADD {
					inner[b] = true
					split(b.X)
					split(b.Y)
					return
				}
				operands = append(operands, e)
			}
			split(n)
			if !slices.ContainsFunc(operands, isSQL) || known(name) {
				break
			}
			for _, o := range operands {
				switch o := o.(type) {
				case *ast.BasicLit:
				case *ast.Ident:
					if !consts[o.Name] {
						fail(o, "SQL put together with %s, which is no constant", o.Name)
					}
				case *ast.CallExpr: // a number, or the conditions that store/db/sql.go makes
					if !slices.Contains([]string{"String", "last", "Itoa", "FormatInt"}, called(o)) {
						fail(o, "SQL put together with the result of a call")
					}
				default:
					fail(o, "SQL put together with something that is no constant")
				}
			}
		}
		return true
	})
}

// called gives the name of the method or function of a package that is called.
func called(c *ast.CallExpr) string {
	if s, ok := c.Fun.(*ast.SelectorExpr); ok {
		return s.Sel.Name
	}
	return ""
}

// known tells whether a file may put names into SQL.
func known(name string) bool {
	for of := range builtSQL {
		if name == of || strings.HasPrefix(name, of+"/") {
			return true
		}
	}
	return false
}

var sqlForm = regexp.MustCompile(`^\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\S+\s+SET|DELETE\s+FROM\s|CREATE\s+(TABLE|INDEX|UNIQUE)|ALTER\s+TABLE|DROP\s+TABLE|PRAGMA\s|VACUUM\s|ATTACH\s)`)

func isSQL(e ast.Expr) bool {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return false
	}
	s, err := strconv.Unquote(l.Value)
	return err == nil && sqlForm.MatchString(s)
}

// TestGatesSeeWhatTheyAreFor keeps the patterns honest.
func TestGatesSeeWhatTheyAreFor(t *testing.T) {
	for line, want := range map[string]bool{
		`@templ.Raw(x)`: true, `<p style="color:red">`: true, `<a onclick="x()">`: true, `<script>alert(1)</script>`: true,
		`<div hx-on:click="x">`: true, `<a href="javascript:x">`: true,
		`<script src={ x } defer></script>`: false, `<p class="style">`: false, `<input name="on" value="one">`: false,
	} {
		found := false
		for _, bad := range inTemplate {
			found = found || bad.MatchString(line)
		}
		if found != want {
			t.Errorf("%s is found: %v", line, found)
		}
	}
	for s, want := range map[string]bool{
		"SELECT a FROM b": true, "\n\tINSERT INTO a": true, "UPDATE a SET b": true, "DELETE FROM a": true, "selected": false,
		"UPDATE the registry": false, "Create a table": false,
	} {
		if sqlForm.MatchString(s) != want {
			t.Errorf("%q is SQL: %v", s, !want)
		}
	}
}
