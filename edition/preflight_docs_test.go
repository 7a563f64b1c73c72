package edition_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"quire/edition"
)

var update = flag.Bool("update", false, "rewrite the generated files")

// TestTheChecksAreDocumented makes docs/preflight.md from the table of checks.
func TestTheChecksAreDocumented(t *testing.T) {
	const path = "../docs/preflight.md"
	want := edition.PreflightPage()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(path)
	if err != nil || string(have) != want {
		t.Errorf("preflight.md is stale: go test ./edition -run Documented -update (%v)", err)
	}
	for _, line := range strings.Split(want, "\n") {
		if strings.HasPrefix(line, "| `") && strings.Count(line, "|") != 6 {
			t.Errorf("a row with another number of cells: %s", line)
		}
	}
}
