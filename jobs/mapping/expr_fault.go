package mapping

import (
	"errors"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/builtin"
	"github.com/expr-lang/expr/file"

	"samband/store"
)

// complaints are what the compiler of expr-lang says of a fault that has words of its own here. The groups are arguments
// of the text: "op" as it stands, the others as types.
var complaints = []struct {
	says *regexp.Regexp
	code store.Code
}{
	{regexp.MustCompile(`^invalid operation: (?P<op>.+) \(mismatched types (?P<left>.+) and (?P<right>.+)\)$`), "mapping.expression_types"},
	{regexp.MustCompile(`^invalid operation: (?P<op>.+) \(mismatched type (?P<type>.+)\)$`), "mapping.expression_type"},
	{regexp.MustCompile(`^cannot use (?P<type>.+) as argument \(type .+\) to call (?P<op>\S+) *$`), "mapping.expression_type"},
	{regexp.MustCompile(`^invalid argument for (?P<op>\S+) \(type (?P<type>.+)\)$`), "mapping.expression_type"},
	{regexp.MustCompile(`^(?:too many|not enough) arguments to call (?P<op>\S+)$`), "mapping.expression_arguments"},
	{regexp.MustCompile(`^non-bool expression \(type (?P<type>.+)\) used as condition$`), "mapping.expression_bool"},
	{regexp.MustCompile(`^expected bool, but got (?P<type>.+)$`), "mapping.expression_bool"},
	{regexp.MustCompile(`^integer divide by zero$`), "mapping.expression_zero"},
	{regexp.MustCompile(`^unexpected token EOF$|^literal not terminated$`), "mapping.expression_end"},
}

// exprFault is one fault of an expression: what is wrong, and at which character, counted from 0.
type exprFault struct {
	code store.Code
	args store.Args
	at   int
}

// told gives the error for people, with the code and the line and column, both from 1, in characters.
func (f *exprFault) told(at, code string) error {
	args := store.Args{"code": code}
	for k, v := range f.args {
		args[k] = v
	}
	args["line"], args["column"] = placeOf(code, f.at)
	return store.FieldError(at, f.code, args)
}

// mayFit tells whether what an expression gives can be a value of a variable, in some row at least.
func mayFit(gives, want store.ValueKind) bool {
	switch {
	case gives == store.Null, gives == want:
		return true
	case want == store.Text:
		return gives != store.Boolean
	case want == store.Integer, want == store.Decimal:
		return gives == store.Integer || gives == store.Decimal
	case want == store.Day, want == store.DateTime:
		return gives == store.Text
	}
	return false
}

// unfitting is the fault of an expression that never gives what v is.
func unfitting(at, code string, gives store.ValueKind, v *store.Variable) error {
	f := &exprFault{"mapping.expression_result", store.Args{"variable": v.Name, "type": store.Code("vartype." + typeOf(gives)),
		"want": store.Code("vartype." + v.Type)}, 0}
	return f.told(at, code)
}

// complaint reads what the compiler says; nil when it doesn't say where.
func complaint(err error) *exprFault {
	says, at := err.Error(), 0
	f := new(file.Error)
	placed := errors.As(err, &f)
	if placed {
		says, at = f.Message, f.From
	}
	for _, c := range complaints {
		groups := c.says.FindStringSubmatch(says)
		if groups == nil {
			continue
		}
		args := store.Args{}
		for i, name := range c.says.SubexpNames() {
			switch name {
			case "":
			case "op":
				args[name] = groups[i]
			default:
				args[name] = typeName(groups[i])
			}
		}
		return &exprFault{c.code, args, at}
	}
	if !placed {
		return nil
	}
	return &exprFault{"mapping.expression_at", nil, at}
}

// typeName gives the words for a type that the compiler names.
func typeName(s string) store.Code {
	switch {
	case s == "string":
		return "vartype." + store.Code(store.VarText)
	case s == "int":
		return "vartype." + store.Code(store.VarInteger)
	case s == "float64":
		return "vartype." + store.Code(store.VarDecimal)
	case s == "bool":
		return "vartype." + store.Code(store.VarBoolean)
	case strings.HasPrefix(s, "[]"), s == "array":
		return "exprtype.list"
	}
	return "exprtype.unknown"
}

// fault gives the first thing that the visitor found wrong: a form that is refused, then a name, then what can't be
// computed. nil when there is none.
func (g *visitor) fault() *exprFault {
	for _, f := range []*exprFault{g.refused, g.unknown, g.zero} {
		if f != nil {
			return f
		}
	}
	if g.whole != 0 {
		return &exprFault{"mapping.expression_form", store.Args{"form": "$env"}, g.wholeAt}
	}
	return nil
}

// refuse notes the first form that is refused.
func (g *visitor) refuse(form string, n ast.Node) {
	if g.refused == nil {
		code := store.Code("mapping.expression_form")
		if form == "now()" {
			code = "mapping.expression_clock"
		}
		g.refused = &exprFault{code, store.Args{"form": form}, n.Location().From}
	}
}

// nobody notes the first name that isn't there, with what was probably meant.
func (g *visitor) nobody(name string, known []string, n ast.Node) {
	if g.unknown != nil {
		return
	}
	f := &exprFault{"mapping.expression_name", store.Args{"name": name}, n.Location().From}
	if slices.Contains(g.direct, name) {
		f.code = "mapping.expression_direct"
	} else if near := nearest(name, known); near != "" {
		f.code, f.args["near"] = "mapping.expression_near", near
	}
	g.unknown = f
}

// name looks at a word that stands for a value, or for a function that is called.
func (g *visitor) name(name string, n ast.Node) {
	if _, ok := g.env[name]; ok || name == "$env" || name == "replace" || name == matching {
		return
	}
	known := slices.Clone(functions)
	for k := range g.env {
		known = append(known, k)
	}
	if _, ok := builtin.Index[name]; !ok {
		g.nobody(name, known, n)
	}
}

// call looks at what is called: one of the short list, or refused.
func (g *visitor) call(n *ast.CallNode) {
	f, ok := n.Callee.(*ast.IdentifierNode)
	if !ok {
		g.refuse("()", n)
		return
	}
	_, isBuiltin := builtin.Index[f.Value]
	_, isValue := g.env[f.Value]
	switch {
	case f.Value == "replace", f.Value == matching:
	case isBuiltin, isValue:
		g.refuse(f.Value+"()", n)
	}
}

// divided notes the first division by what is always nought.
func (g *visitor) divided(n *ast.BinaryNode) {
	if x, ok := always(n.Right); g.strict && g.zero == nil && ok && x == 0 {
		g.zero = &exprFault{"mapping.expression_zero", nil, n.Right.Location().From}
	}
}

// always gives the number that a part of an expression always is.
func always(n ast.Node) (float64, bool) {
	switch n := n.(type) {
	case *ast.IntegerNode:
		return float64(n.Value), true
	case *ast.FloatNode:
		return n.Value, true
	case *ast.UnaryNode:
		x, ok := always(n.Node)
		if n.Operator == "-" {
			x = -x
		}
		return x, ok && (n.Operator == "-" || n.Operator == "+")
	case *ast.BinaryNode:
		x, ok1 := always(n.Left)
		y, ok2 := always(n.Right)
		switch n.Operator {
		case "+":
			x += y
		case "-":
			x -= y
		case "*":
			x *= y
		default:
			ok1 = false
		}
		return x, ok1 && ok2 && !math.IsNaN(x)
	}
	return 0, false
}

// nearest gives the known name that is fewest letters from name, written alike but for a third of it and three letters
// at most; the first in order of those that are as near, and "" when none is.
func nearest(name string, known []string) string {
	written := []rune(strings.ToLower(name))
	best, least := "", min(3, max(1, len(written)/3))+1
	slices.Sort(known)
	for _, k := range known {
		other := []rune(strings.ToLower(k))
		if d := len(other) - len(written); d >= least || -d >= least {
			continue
		}
		if d := distance(written, other); d < least {
			best, least = k, d
		}
	}
	return best
}

// distance counts the letters to put in, take out or change, and the neighbours to swap, on the way from a to b.
func distance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range b {
		rows[0][j+1] = j + 1
	}
	for i := range a {
		for j := range b {
			change := 1
			if a[i] == b[j] {
				change = 0
			}
			d := min(rows[i][j+1]+1, rows[i+1][j]+1, rows[i][j]+change)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				d = min(d, rows[i-1][j-1]+1)
			}
			rows[i+1][j+1] = d
		}
	}
	return rows[len(a)][len(b)]
}
