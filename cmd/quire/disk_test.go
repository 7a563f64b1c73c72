package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// fullDisk writes a book on a disk that is too small for it, in a mount namespace
// of its own, then makes room and resumes.
const fullDisk = `
set -u
mkdir home
mount -t tmpfs -o size=$SIZE tmpfs home || exit 99
quire write Salt --kind fiction --chapters 3 --words 6000 --seed 11 --date 2026-01-02 -o out.pdf -o out.md 2>said
echo "exit $?" >>said
cat said
quire books --json || exit 98
mount -o remount,size=200m home || exit 99
id=$(quire books --json | grep -o 'bk_[0-9a-f]*' | head -1)
if [ -n "$id" ]; then quire resume $id; else quire write Salt --kind fiction --chapters 3 --words 6000 --seed 11 --date 2026-01-02 -o out.pdf -o out.md; fi
`

func TestAFullDiskIsToldAndNothingIsLost(t *testing.T) {
	whole := newRun(t)
	whole.quire("write", "Salt", "--kind", "fiction", "--chapters", "3", "--words", "6000", "--seed", "11", "--date", "2026-01-02", "-o", "out.pdf", "-o", "out.md", "-o", "out.epub")
	for _, size := range []string{"1500k", "2m"} {
		t.Run(size, func(t *testing.T) {
			t.Parallel()
			r := newRun(t)
			quire, err := child()
			if err != nil {
				t.Fatal(err)
			}
			cmd := r.command()
			cmd.Path, err = exec.LookPath("unshare")
			if err != nil {
				t.Fatal(err)
			}
			cmd.Args = []string{"unshare", "--map-root-user", "--mount", "sh", "-c", fullDisk}
			cmd.Env = append(cmd.Env, "SIZE="+size, "PATH="+filepath.Dir(quire)+":/usr/bin:/bin:/usr/sbin:/sbin")
			began := time.Now()
			out, err := cmd.CombinedOutput()
			said := string(out)
			if err != nil {
				t.Fatalf("%v after %v:\n%s", err, time.Since(began), said)
			}
			if !strings.Contains(said, "exit 75") || !strings.Contains(said, "full") || !strings.Contains(said, "hint: make room on the disk") {
				t.Errorf("a full disk is told so:\n%s", said)
			}
			if strings.Contains(said, r.dir) {
				t.Errorf("the failure tells a path:\n%s", said)
			}
			want, got := whole.files(), r.only("out.pdf", "out.md")
			for name := range got {
				if string(got[name]) != string(want[name]) {
					t.Errorf("%s differs from that of a run with room", name)
				}
			}
		})
	}
}
