package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quire/press"
)

// specimen is the manuscript that holds every construct.
const specimen = "../../docs/specimen/book"

// expected are the notes that a pressing of the specimen may come with, by
// flag: it has pictures that are clear in places.
var expected = map[string]string{
	"--pdfa": "note: PDF/A-1b has no transparency: what was clear is mixed with white",
}

// constructs are the structure roles that the specimen holds.
var constructs = []press.Role{
	press.RoleDocument, press.RolePart, press.RoleSect, press.RoleH1, press.RoleH2, press.RoleH3, press.RoleH4, press.RoleP,
	press.RoleL, press.RoleLI, press.RoleLbl, press.RoleLBody, press.RoleTable, press.RoleTR, press.RoleTH, press.RoleTD,
	press.RoleFigure, press.RoleCaption, press.RoleNote, press.RoleReference, press.RoleLink, press.RoleTOC, press.RoleTOCI,
	press.RoleBlockQuote, press.RoleCode, press.RoleDiv, press.RoleFormula,
}

func TestTheSpecimenIsPressedInEveryTheme(t *testing.T) {
	for _, theme := range press.Themes() {
		t.Run(theme.Name, func(t *testing.T) {
			t.Parallel()
			pressSpecimen(newRun(t), theme.Name)
		})
	}
}

func TestTheSpecimenIsPressedInEveryKindOfPDF(t *testing.T) {
	for _, flag := range []string{"--screen", "--bleed=3mm", "--pdfa"} {
		t.Run(strings.Trim(flag, "-"), func(t *testing.T) {
			t.Parallel()
			pressSpecimen(newRun(t), "nonfiction", flag)
		})
	}
}

// pressSpecimen presses the specimen and checks notes, file and structure.
func pressSpecimen(r *run, theme string, flags ...string) {
	r.t.Helper()
	manuscript, err := filepath.Abs(specimen)
	if err != nil {
		r.t.Fatal(err)
	}
	cmd := r.command(append([]string{"press", manuscript, "--theme", theme, "-o", "specimen.pdf"}, flags...)...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Fatalf("%v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		if strings.HasPrefix(line, "note: ") && (len(flags) == 0 || strings.TrimSpace(line) != expected[flags[0]]) {
			r.t.Error(strings.TrimSpace(line))
		}
	}
	r.tool("qpdf", "--check", "specimen.pdf")
	r.tool("qpdf", "--qdf", "--object-streams=disable", "specimen.pdf", "plain.pdf")
	plain, err := os.ReadFile(filepath.Join(r.dir, "plain.pdf"))
	if err != nil {
		r.t.Fatal(err)
	}
	for _, role := range constructs {
		if !strings.Contains(string(plain), "/S /"+string(role)+"\n") {
			r.t.Errorf("nothing in the file is tagged as %s", role)
		}
	}
}
