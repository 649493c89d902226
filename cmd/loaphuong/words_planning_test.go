package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"loaphuong/scheduler"
)

// TestEveryWordIsThere looks for what the planner can say and this program has
// no words for.
func TestEveryWordIsThere(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		file, kind string
		words      func(code string) string
	}{
		{"publication.go", "Shortfall", func(s string) string { return shortfallWords(scheduler.Shortfall(s)) }},
		{"publication.go", "Shortfall", func(s string) string { return becauseWords(scheduler.Because(s)) }}, // they are reasons against, too
		{"explanation.go", "Because", func(s string) string { return becauseWords(scheduler.Because(s)) }},
		{"finding.go", "Level", func(s string) string { return levelWords(scheduler.Level(s)) }},
		{"finding.go", "FindingCode", func(s string) string { says, _ := findingWords(scheduler.FindingCode(s)); return says }},
		{"finding.go", "FindingCode", func(s string) string { _, todo := findingWords(scheduler.FindingCode(s)); return todo }},
		{"running_order.go", "PieceKind", func(s string) string { return pieceWords(scheduler.PieceKind(s)) }},
		{"asrun.go", "State", func(s string) string { return stateWords(scheduler.State(s)) }},
		{"asrun.go", "Reason", func(s string) string { return reasonWords(scheduler.Reason(s)) }},
	} {
		codes := constants(t, "../../scheduler/"+c.file, c.kind)
		if len(codes) < 3 {
			t.Errorf("%s: %d constants of type %s, want more", c.file, len(codes), c.kind)
		}
		for _, code := range codes {
			if w := c.words(code); w == "" || w == unknown(c.words) || w == code && !plain(code) {
				t.Errorf("%s %q has no words", c.kind, code)
			}
		}
	}
}

// unknown is what is said of a code that nobody knows.
func unknown(words func(string) string) string { return words("no-such-code") }

// plain reports whether a code is a word of its own.
func plain(code string) bool {
	return map[string]bool{"note": true, "introduction": true, "items": true, "music": true, "relay": true, "missed": true}[code]
}

// constants are the values of the constants of a type in a file.
func constants(t *testing.T, file, kind string) (values []string) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok || len(v.Values) != 1 {
			return true
		}
		of, isName := v.Type.(*ast.Ident)
		value, isText := v.Values[0].(*ast.BasicLit)
		if isName && isText && of.Name == kind {
			s, err := strconv.Unquote(value.Value)
			if err != nil {
				t.Fatal(err)
			}
			values = append(values, s)
		}
		return true
	})
	return values
}
