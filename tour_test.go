package quire

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var nextLine = regexp.MustCompile(`(?m)^// Next: ([\w/]+)$`)

// TestTheTourMeetsEveryRoom follows the Next lines from the front page: whoever
// reads the package comments in that order has been in every room, once, and
// ends at the wiring.
func TestTheTourMeetsEveryRoom(t *testing.T) {
	seen := map[string]bool{}
	at := "."
	for at != "cmd/quire" {
		to := next(t, at)
		if to == "" {
			t.Fatalf("the package comment of %s names no next room", at)
		}
		if seen[to] {
			t.Fatalf("%s leads back to %s", at, to)
		}
		seen[to], at = true, to
	}
	for _, r := range rooms {
		if !seen[r.name] {
			t.Errorf("the tour never reaches %s", r.name)
		}
	}
}

// TestEveryPackageSaysWhatItIs wants a package comment in each directory of Go
// files, in the file that has the room's name.
func TestEveryPackageSaysWhatItIs(t *testing.T) {
	for _, p := range packages(t) {
		dir := "." + strings.TrimPrefix(p.ImportPath, module)
		name := filepath.Base(dir)
		if dir == "." {
			name = module
		}
		if strings.HasPrefix(dir, "./cmd/") {
			name = "main"
		}
		text, err := os.ReadFile(filepath.Join(dir, name+".go"))
		if err != nil {
			t.Errorf("%s has no file with its own name", p.ImportPath)
			continue
		}
		if !regexp.MustCompile(`(?m)^// (Package|Command) ` + regexp.QuoteMeta(filepath.Base(p.ImportPath)) + ` `).Match(text) {
			t.Errorf("%s does not say in %s.go what it is", p.ImportPath, name)
		}
	}
}

// next returns the room that the Next line of the package in dir names.
func next(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if m := nextLine.FindSubmatch(text); m != nil {
			return string(m[1])
		}
	}
	return ""
}
