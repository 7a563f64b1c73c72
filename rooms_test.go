package quire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "quire"

// rooms is the dependency law. It is read downward: a room may use the rooms
// named beside it, and those must stand above it, so there is no circle. Amend
// it only with a note in docs/decisions.
var rooms = []struct{ name, uses string }{
	{"problem", ""},
	{"book", "problem"},
	{"event", "problem book"},
	{"blob", "problem"},
	{"figure", "problem"},
	{"quality", "problem book figure"},
	{"llm", "problem book"},
	{"offline", "problem book quality llm"},
	{"jobs", "problem book event"},
	{"intake", "problem book blob"},
	{"write", "problem book event blob figure quality llm jobs intake"},
	{"press", "problem book blob figure"},
	{"edition", "problem book event blob jobs press"},
	{"store", "problem book event blob llm jobs write edition"},
}

// sisters lists the children of a room that may import each other.
var sisters = map[string]string{
	"llm/anthropic": "llm/wire",
	"llm/google":    "llm/wire",
	"llm/llmtest":   "llm/fake",
	"llm/openai":    "llm/wire",
	"press/cover":   "press/font",
	"press/docx":    "press/html",
	"press/epub":    "press/html",
	"press/layout":  "press/font press/raster",
	"press/pdfout":  "press/font",
	"press/preview": "press/font press/raster",
	"press/raster":  "press/font",
}

// owners names the rooms that may import each outside library: one, but where a
// decision allows two. "cmd" is the wiring.
var owners = map[string]string{
	"github.com/alecthomas/kong":      "cmd",
	"github.com/go-text/typesetting":  "press",
	"github.com/gofrs/flock":          "store cmd",
	"github.com/google/jsonschema-go": "llm",
	"github.com/jackc/pgx/v5":         "store jobs",
	"github.com/pdfcpu/pdfcpu":        "intake",
	"github.com/pressly/goose/v3":     "store",
	"github.com/riverqueue/river":     "jobs",
	"github.com/vbauerster/mpb/v8":    "cmd",
	"github.com/xuri/excelize/v2":     "intake",
	"github.com/yuin/goldmark":        "press intake",
	"go.yaml.in/yaml/v3":              "press intake figure cmd",
	"golang.org/x/image":              "press",
	"golang.org/x/net":                "press intake",
	"golang.org/x/sync":               "press",
	"golang.org/x/term":               "cmd",
	"golang.org/x/text":               "press intake",
	"modernc.org/sqlite":              "store",
}

// testRooms are packages that only tests import; the law does not bind them.
var testRooms = []string{"store/storetest", "store/storetest/pg"}

func TestRoomsKeepTheLaw(t *testing.T) {
	for _, breach := range breaches(packages(t)) {
		t.Error(breach)
	}
}

func TestTheLawFindsBreaches(t *testing.T) {
	for name, tt := range map[string]struct {
		at   string
		use  string
		want string
	}{
		"a room uses one below it":      {"quire/book", "quire/store", "book imports quire/store: the law lets it use [problem]"},
		"a parent imports its child":    {"quire/press", "quire/press/layout", "press imports its child quire/press/layout"},
		"a child imports its sister":    {"quire/press/pdfout", "quire/press/layout", "press/pdfout imports its sister quire/press/layout"},
		"a stranger enters a child":     {"quire/edition", "quire/press/layout", "edition imports quire/press/layout: enter a room by its front door"},
		"a room takes another's tool":   {"quire/book", "modernc.org/sqlite", "book imports modernc.org/sqlite, which it does not own"},
		"a package is in no room":       {"quire/util", "fmt", "util is not in the list of rooms"},
		"a tool that nobody owns":       {"quire/book", "example.org/x", "book imports example.org/x, which it does not own"},
		"the wiring takes a room's own": {"quire/cmd/quire", "modernc.org/sqlite", "cmd imports modernc.org/sqlite, which it does not own"},
	} {
		t.Run(name, func(t *testing.T) {
			got := breaches([]pkg{{ImportPath: tt.at, Imports: []string{tt.use}}})
			if !slices.Contains(got, tt.want) {
				t.Errorf("breaches %q, want %q", got, tt.want)
			}
		})
	}
	lawful := []pkg{{ImportPath: "quire/press/layout", Imports: []string{"quire/press", "quire/press/font", "quire/problem", "slices"}}}
	if got := breaches(lawful); len(got) != 0 {
		t.Errorf("a lawful package is blamed: %q", got)
	}
}

// breaches says each breach of the law in one sentence.
func breaches(list []pkg) (out []string) {
	law := map[string][]string{}
	for _, r := range rooms {
		for _, use := range strings.Fields(r.uses) {
			if law[use] == nil {
				out = append(out, fmt.Sprintf("%s may not use %s: it stands lower in the list", r.name, use))
			}
		}
		law[r.name] = append([]string{}, strings.Fields(r.uses)...)
	}
	for _, p := range list {
		from, path := room(p.ImportPath), strings.TrimPrefix(p.ImportPath, module+"/")
		if p.ImportPath == module || slices.Contains(testRooms, path) {
			continue
		}
		if law[from] == nil && from != "cmd" && from != "tools" {
			out = append(out, from+" is not in the list of rooms")
			continue
		}
		for _, imp := range p.Imports {
			if breach := judge(law, from, path, imp); breach != "" {
				out = append(out, breach)
			}
		}
	}
	return out
}

// judge says what is wrong with one import, "" if nothing is.
func judge(law map[string][]string, from, path, imp string) string {
	to, inner := room(imp), strings.TrimPrefix(imp, module+"/")
	switch {
	case !strings.HasPrefix(imp, module+"/"):
		if !owns(from, imp) {
			return fmt.Sprintf("%s imports %s, which it does not own", from, imp)
		}
	case from == "cmd" || from == "tools":
	case to == from && path == from:
		return fmt.Sprintf("%s imports its child %s", path, imp)
	case to == from && inner != from && !slices.Contains(strings.Fields(sisters[path]), inner):
		return fmt.Sprintf("%s imports its sister %s", path, imp)
	case to == from:
	case !slices.Contains(law[from], to):
		return fmt.Sprintf("%s imports %s: the law lets it use %v", path, imp, law[from])
	case inner != to:
		return fmt.Sprintf("%s imports %s: enter a room by its front door", path, imp)
	}
	return ""
}

// owns reports whether a room may import something from outside the module.
func owns(from, imp string) bool {
	if host, _, _ := strings.Cut(imp, "/"); !strings.Contains(host, ".") {
		return true // the standard library
	}
	for lib, rooms := range owners {
		if imp == lib || strings.HasPrefix(imp, lib+"/") {
			return slices.Contains(strings.Fields(rooms), from)
		}
	}
	return false
}

type pkg struct {
	ImportPath string
	Imports    []string
}

// packages lists the module's packages with what their non-test files import.
func packages(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []pkg
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// room returns the first path element of a package below the module.
func room(path string) string {
	rest, ok := strings.CutPrefix(path, module+"/")
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(rest, "/")
	return name
}
