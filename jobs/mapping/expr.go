package mapping

import (
	"errors"
	"math"
	"reflect"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/vm"

	"samband/store"
)

// The expression language is expr-lang, cut down until every expression ends: no loops, closures, variables or
// functions but the short list below, a bound on length, nodes and memory.
const (
	maxNodes     = 500
	maxPattern   = 512     // bytes of a regular expression (RE2)
	maxText      = 1 << 15 // bytes of the texts that an expression reads, and of a text that it makes by replacing
	memoryBudget = 100_000 // elements an expression may make

	maxInstructions = 400 // of a compiled regular expression
)

var functions = []string{"len", "abs", "ceil", "floor", "round", "int", "float", "string", "trim", "trimPrefix",
	"trimSuffix", "upper", "lower", "replace", "split", "indexOf", "lastIndexOf", "hasPrefix", "hasSuffix", "max", "min"}

type exprState struct {
	vm  vm.VM
	env map[string]any
}

func newExprState() exprState {
	return exprState{vm: vm.VM{MemoryBudget: memoryBudget}, env: map[string]any{}}
}

// compileExpr compiles code against the names in env, whose values tell the types. A fault in the code has the line and
// column of where it is, both from 1, in characters.
func (k *compiler) compileExpr(at, code string, env map[string]any, options ...expr.Option) (*vm.Program, []string, error) {
	guard := &visitor{env: env, strict: k.strict, patterns: map[string]*regexp.Regexp{}}
	for i := range k.m.Source {
		if f := &k.m.Source[i]; f.Class == store.Direct {
			guard.direct = append(guard.direct, f.Name)
		}
	}
	options = append(options, expr.Env(env), expr.MaxNodes(maxNodes), expr.DisableAllBuiltins(), expr.Patch(guard))
	for _, f := range functions {
		if f != "replace" {
			options = append(options, expr.EnableBuiltin(f))
		}
	}
	options = append(options, expr.Function("replace", replace, new(func(string, string, string) string),
		new(func(string, string, string, int) string)), expr.Function(matching, guard.matches, new(func(any, string) bool)),
		expr.Operator("matches", matching))
	p, err := compiled(code, options)
	fault := guard.fault()
	if fault == nil && err != nil {
		fault = complaint(err)
	}
	switch {
	case fault != nil:
		return nil, nil, fault.told(at, code)
	case err != nil:
		e := store.FieldError(at, "mapping.expression", store.Args{"code": code})
		e.Err = err
		return nil, nil, e
	}
	return p, guard.names, nil
}

// compiled compiles within bounds: a text that the compiler can't take is an error, never a panic.
func compiled(code string, options []expr.Option) (p *vm.Program, err error) {
	if len(code) > store.MaxExpression {
		return nil, errLong
	}
	defer func() {
		if recover() != nil {
			err = errCode
		}
	}()
	return expr.Compile(code, options...)
}

var (
	errLong = errors.New("mapping: the expression is too long")
	errCode = errors.New("mapping: the expression can't be compiled")
	errSize = errors.New("mapping: the text grows too long")
)

// placeOf gives the line and column, from 1, of the character at an index of code, in characters from 0.
func placeOf(code string, index int) (line, column int) {
	line, column = 1, 1
	for i, r := range []rune(code) {
		if i == index {
			break
		}
		if column++; r == '\n' {
			line, column = line+1, 1
		}
	}
	return line, column
}

// replace is the replace of the language, with a bound on what it makes.
func replace(p ...any) (any, error) {
	s, old, to, n := p[0].(string), p[1].(string), p[2].(string), -1
	if len(p) > 3 {
		n = p[3].(int)
	}
	times := strings.Count(s, old)
	if n >= 0 {
		times = min(times, n)
	}
	if len(to) > len(old) && times > (maxText-len(s))/(len(to)-len(old)) {
		return nil, errSize
	}
	return strings.Replace(s, old, to, n), nil
}

// matching is the function that stands for the operator matches; no name in an expression can be like it.
const matching = "operator matches"

func (g *visitor) matches(p ...any) (any, error) {
	s, ok := p[0].(string)
	if !ok && p[0] != nil || len(s) > maxText {
		return nil, errSize
	}
	return ok && g.patterns[p[1].(string)].MatchString(s), nil
}

// pattern tells whether a regular expression is small enough to run over any text, and keeps it.
func (g *visitor) pattern(code string) bool {
	if len(code) > maxPattern {
		return false
	}
	tree, err := syntax.Parse(code, syntax.Perl)
	if err != nil {
		return false
	}
	program, err := syntax.Compile(tree.Simplify())
	if err != nil || len(program.Inst) > maxInstructions {
		return false
	}
	g.patterns[code], err = regexp.Compile(code)
	return err == nil
}

// visitor refuses what can loop or isn't there, and notes the names that are read.
type visitor struct {
	env     map[string]any
	direct  []string // fields that no expression may read
	strict  bool     // what can never be computed is refused too
	names   []string
	whole   int // uses of $env that don't name a field
	wholeAt int // of the first use of $env, in characters from the start

	refused, unknown, zero *exprFault

	patterns map[string]*regexp.Regexp
}

func (g *visitor) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.PredicateNode, *ast.PointerNode:
		g.refuse("closure", *node)
	case *ast.VariableDeclaratorNode:
		g.refuse("let", n)
	case *ast.CallNode:
		g.call(n)
	case *ast.BuiltinNode:
		if !slices.Contains(functions, n.Name) {
			g.refuse(n.Name, n)
		}
	case *ast.IdentifierNode:
		if n.Value == "$env" {
			if g.whole++; g.whole == 1 {
				g.wholeAt = n.Location().From
			}
		}
		g.name(n.Value, n)
		if _, ok := g.env[n.Value]; ok && !slices.Contains(g.names, n.Value) {
			g.names = append(g.names, n.Value)
		}
	case *ast.MemberNode: // $env["a field with spaces"]
		if id, ok := n.Node.(*ast.IdentifierNode); ok && id.Value == "$env" {
			if s, ok := n.Property.(*ast.StringNode); ok {
				g.whole--
				g.name(s.Value, s)
				if !slices.Contains(g.names, s.Value) {
					g.names = append(g.names, s.Value)
				}
			}
		}
	case *ast.BinaryNode:
		switch n.Operator {
		case "..":
			g.refuse("..", n)
		case "/", "%":
			g.divided(n)
		case "matches":
			if s, ok := n.Right.(*ast.StringNode); !ok || !g.pattern(s.Value) {
				g.refuse("matches", n.Right)
			}
		}
	}
}

// fieldEnv gives the names that an expression over fields can use.
func fieldEnv(m *store.Mapping) map[string]any {
	env := map[string]any{}
	for i := range m.Source {
		if f := &m.Source[i]; f.Class != store.Direct {
			env[f.Name] = ""
		}
	}
	return env
}

// expression compiles a step that computes a value from the row's fields (texts) and `value`, the value so far. What
// can't be computed because a field it reads is null gives null; any other failure is a FaultExpr. It tells the kind of
// what is computed, Null when that can't be known before a row is there.
func (k *compiler) expression(at, code string, kind store.ValueKind) (step, store.ValueKind, error) {
	env := fieldEnv(k.m)
	env["value"] = sample(kind)
	program, names, err := k.compileExpr(at, code, env)
	if err != nil {
		return nil, store.Null, err
	}
	gives, scalar := kindOf(program.Node().Type())
	if k.strict && !scalar {
		return nil, store.Null, (&exprFault{"mapping.expression_list", nil, 0}).told(at, code)
	}
	k.faults |= FaultExpr
	type read struct {
		name  string
		field int
	}
	var reads []read
	for _, n := range names {
		if n == "value" {
			continue
		}
		f, err := k.field(n)
		if err != nil {
			return nil, store.Null, err
		}
		reads = append(reads, read{n, f})
	}
	first := kind == store.Null
	return func(e *Evaluator, v store.Value, bad Fault) (store.Value, Fault) {
		if bad != 0 || v.IsNull() && !first {
			return v, bad
		}
		null, size := false, length(v)
		clear(e.exprs.env)
		for _, r := range reads {
			c := e.cell(r.field)
			null, size = null || c.IsNull(), size+length(c)
			e.exprs.env[r.name] = plain(c)
		}
		if size > maxText {
			return store.Value{}, FaultExpr
		}
		e.exprs.env["value"] = plain(v)
		out, err := e.exprs.vm.Run(program, e.exprs.env)
		if err != nil && null {
			return store.Value{}, 0
		}
		if err != nil {
			return store.Value{}, FaultExpr
		}
		got, ok := valueOf(out)
		if !ok {
			return store.Value{}, FaultExpr
		}
		return got, 0
	}, gives, nil
}

// ruleCheck compiles a check that an expression over the variables be true. Where it can't be told because a variable
// it reads is null, the check does not apply.
func (k *compiler) ruleCheck(c *store.Check) (finder, error) {
	env := map[string]any{}
	for _, v := range k.c.Variables {
		env[v.Name] = sample(v.Type.Kind())
	}
	program, names, err := k.compileExpr("checks."+c.Reason, c.Code, env, expr.AsBool())
	if err != nil {
		return nil, err
	}
	var slots []int
	for _, n := range names {
		slots = append(slots, k.slot(n))
	}
	return func(e *Evaluator, skip int) (bool, int) {
		if skip > 0 {
			return false, -1
		}
		null, size := false, 0
		clear(e.exprs.env)
		for i, s := range slots {
			null, size = null || e.Values[s].IsNull(), size+length(e.Values[s])
			e.exprs.env[names[i]] = plain(e.Values[s])
		}
		if size > maxText {
			return true, -1
		}
		out, err := e.exprs.vm.Run(program, e.exprs.env)
		if err != nil {
			return !null, -1
		}
		ok, isBool := out.(bool)
		return !isBool || !ok, -1
	}, nil
}

// length gives the bytes of a text.
func length(v store.Value) int {
	if v.Kind() == store.Text {
		return len(v.Text())
	}
	return 0
}

// sample gives a value of the Go type that expressions see for a kind; a nil interface for what isn't known.
func sample(k store.ValueKind) any {
	switch k {
	case store.Null:
		return nil
	case store.Integer:
		return int(0)
	case store.Decimal:
		return float64(0)
	case store.Boolean:
		return false
	}
	return ""
}

// kindOf gives the kind of what an expression of a Go type gives, Null when rows decide, and whether it can be a value.
func kindOf(t reflect.Type) (kind store.ValueKind, scalar bool) {
	if t == nil {
		return store.Null, true
	}
	switch t.Kind() {
	case reflect.String:
		return store.Text, true
	case reflect.Int:
		return store.Integer, true
	case reflect.Float64:
		return store.Decimal, true
	case reflect.Bool:
		return store.Boolean, true
	}
	return store.Null, t.Kind() != reflect.Slice && t.Kind() != reflect.Map
}

// plain gives a value as expressions see it.
func plain(v store.Value) any {
	switch v.Kind() {
	case store.Null:
		return nil
	case store.Integer:
		return int(v.Int())
	case store.Decimal:
		return v.Float()
	case store.Boolean:
		return v.Bool()
	}
	return v.Text()
}

// valueOf reads what an expression gave.
func valueOf(x any) (store.Value, bool) {
	switch x := x.(type) {
	case nil:
		return store.Value{}, true
	case string:
		return store.TextValue(x), len(x) <= maxText
	case int:
		return store.IntValue(int64(x)), true
	case float64:
		return store.DecimalValue(x), !math.IsNaN(x) && !math.IsInf(x, 0) // divided by zero
	case bool:
		return store.BoolValue(x), true
	}
	return store.Value{}, false
}
