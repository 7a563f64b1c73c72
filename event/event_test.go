package event_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"quire/event"
)

var update = flag.Bool("update", false, "rewrite docs/events.md")

func TestEveryKindIsListedOnceAndNamedByTheRule(t *testing.T) {
	seen := map[event.Kind]bool{}
	for _, p := range event.Kinds() {
		if seen[p.Kind()] || !regexp.MustCompile(`^[a-z]+\.[a-z]+$`).MatchString(string(p.Kind())) {
			t.Errorf("kind %q", p.Kind())
		}
		seen[p.Kind()] = true
	}
	if _, methods := source(t); methods != len(seen) {
		t.Errorf("%d payloads exist, %d are listed", methods, len(seen))
	}
}

func TestReadWantsTheRightKind(t *testing.T) {
	data, err := json.Marshal(event.ChapterFailed{Ordinal: 3, Reason: "x"})
	if err != nil {
		t.Fatal(err)
	}
	e := event.Event{Kind: "chapter.failed", Data: data}
	if got, err := event.Read[event.ChapterFailed](e); err != nil || got.Ordinal != 3 {
		t.Errorf("read %+v (%v)", got, err)
	}
	if _, err := event.Read[event.BookFailed](e); err == nil {
		t.Error("another kind was read")
	}
	e.Data = []byte("{")
	if _, err := event.Read[event.ChapterFailed](e); err == nil {
		t.Error("broken data was read")
	}
}

// TestTheListOfEventsIsFresh makes docs/events.md from the payloads' comments.
func TestTheListOfEventsIsFresh(t *testing.T) {
	types, _ := source(t)
	var out strings.Builder
	out.WriteString("# Events\n\nWhat is written into the log of a book, in the order of its life. An event has `book`, `seq` (from 1, without gaps),\n`at` (UTC), `kind` and `data`. This page is made from `event/kinds.go` by `make docs`.\n")
	for _, p := range event.Kinds() {
		v := reflect.TypeOf(p)
		fmt.Fprintf(&out, "\n## %s\n\n%s\n", p.Kind(), sentence(types[v.Name()].Doc))
		if v.NumField() == 0 {
			continue
		}
		out.WriteString("\n| field | type | meaning |\n|---|---|---|\n")
		notes := fieldNotes(types[v.Name()])
		for i := range v.NumField() {
			f := v.Field(i)
			key := f.Tag.Get("json")
			fmt.Fprintf(&out, "| `%s` | %s | %s |\n", key, f.Type.Kind(), notes[f.Name])
		}
	}
	const path = "../docs/events.md"
	if *update {
		if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(path)
	if err != nil || string(have) != out.String() {
		t.Errorf("docs/events.md is stale: run make docs (%v)", err)
	}
}

// sentence turns "BookFailed tells that it failed." into "It failed."
func sentence(doc string) string {
	_, rest, _ := strings.Cut(strings.Join(strings.Fields(doc), " "), " tells that ")
	return strings.ToUpper(rest[:1]) + rest[1:]
}

func fieldNotes(t *doc.Type) map[string]string {
	notes := map[string]string{}
	for _, f := range t.Decl.Specs[0].(*ast.TypeSpec).Type.(*ast.StructType).Fields.List {
		for _, n := range f.Names {
			notes[n.Name] = strings.TrimSpace(f.Comment.Text())
		}
	}
	return notes
}

// source reads the types of the room and counts its Kind methods.
func source(t *testing.T) (types map[string]*doc.Type, methods int) {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "kinds.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	p, err := doc.NewFromFiles(files, []*ast.File{file}, "quire/event")
	if err != nil {
		t.Fatal(err)
	}
	types = map[string]*doc.Type{}
	for _, typ := range p.Types {
		types[typ.Name] = typ
		methods += len(typ.Methods)
	}
	return types, methods
}
