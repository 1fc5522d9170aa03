package mapping

import (
	"slices"

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
	memoryBudget = 100_000 // elements an expression may make
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

// compileExpr compiles code against the names in env, whose values tell the types.
func compileExpr(at, code string, env map[string]any, options ...expr.Option) (*vm.Program, []string, error) {
	guard := &visitor{env: env}
	options = append(options, expr.Env(env), expr.MaxNodes(maxNodes), expr.DisableAllBuiltins(), expr.Patch(guard))
	for _, f := range functions {
		options = append(options, expr.EnableBuiltin(f))
	}
	p, err := expr.Compile(code, options...)
	if guard.refused == "" && guard.whole != 0 {
		guard.refused = "$env"
	}
	if guard.refused != "" {
		return nil, nil, store.FieldError(at, "mapping.expression_form", store.Args{"form": guard.refused})
	}
	if err != nil {
		e := store.FieldError(at, "mapping.expression", store.Args{"code": code})
		e.Err = err
		return nil, nil, e
	}
	return p, guard.names, nil
}

// visitor refuses what can loop and notes the names that are read.
type visitor struct {
	env     map[string]any
	names   []string
	whole   int // uses of $env that don't name a field
	refused string
}

func (g *visitor) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.PredicateNode, *ast.PointerNode:
		g.refused = "closure"
	case *ast.VariableDeclaratorNode:
		g.refused = "let"
	case *ast.CallNode:
		g.refused = "call"
	case *ast.BuiltinNode:
		if !slices.Contains(functions, n.Name) {
			g.refused = n.Name
		}
	case *ast.IdentifierNode:
		if n.Value == "$env" {
			g.whole++
		}
		if _, ok := g.env[n.Value]; ok && !slices.Contains(g.names, n.Value) {
			g.names = append(g.names, n.Value)
		}
	case *ast.MemberNode: // $env["a field with spaces"]
		if id, ok := n.Node.(*ast.IdentifierNode); ok && id.Value == "$env" {
			if s, ok := n.Property.(*ast.StringNode); ok {
				g.whole--
				if !slices.Contains(g.names, s.Value) {
					g.names = append(g.names, s.Value)
				}
			}
		}
	case *ast.BinaryNode:
		switch n.Operator {
		case "..":
			g.refused = ".."
		case "matches":
			if s, ok := n.Right.(*ast.StringNode); !ok || len(s.Value) > maxPattern {
				g.refused = "matches"
			}
		}
	}
}

// expression compiles a step that computes a value from the row's fields (texts) and `value`, the value so far. What
// can't be computed because a field it reads is null gives null; any other failure is a FaultExpr.
func (k *compiler) expression(at, code string, kind store.ValueKind) (step, error) {
	env := map[string]any{}
	for i := range k.m.Source {
		if f := &k.m.Source[i]; f.Class != store.Direct {
			env[f.Name] = ""
		}
	}
	env["value"] = sample(kind)
	program, names, err := compileExpr(at, code, env)
	if err != nil {
		return nil, err
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
			return nil, err
		}
		reads = append(reads, read{n, f})
	}
	first := kind == store.Null
	return func(e *Evaluator, v store.Value, bad Fault) (store.Value, Fault) {
		if bad != 0 || v.IsNull() && !first {
			return v, bad
		}
		null := false
		clear(e.exprs.env)
		for _, r := range reads {
			c := e.cell(r.field)
			null = null || c.IsNull()
			e.exprs.env[r.name] = plain(c)
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
	}, nil
}

// ruleCheck compiles a check that an expression over the variables be true. Where it can't be told because a variable
// it reads is null, the check does not apply.
func (k *compiler) ruleCheck(c *store.Check) (finder, error) {
	env := map[string]any{}
	for _, v := range k.c.Variables {
		env[v.Name] = sample(v.Type.Kind())
	}
	program, names, err := compileExpr("checks."+c.Reason, c.Code, env, expr.AsBool())
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
		null := false
		clear(e.exprs.env)
		for i, s := range slots {
			null = null || e.Values[s].IsNull()
			e.exprs.env[names[i]] = plain(e.Values[s])
		}
		out, err := e.exprs.vm.Run(program, e.exprs.env)
		if err != nil {
			return !null, -1
		}
		ok, isBool := out.(bool)
		return !isBool || !ok, -1
	}, nil
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
		return store.TextValue(x), true
	case int:
		return store.IntValue(int64(x)), true
	case float64:
		return store.DecimalValue(x), x == x
	case bool:
		return store.BoolValue(x), true
	}
	return store.Value{}, false
}
