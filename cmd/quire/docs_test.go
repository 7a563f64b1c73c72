package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the generated files")

// fresh holds a generated file against what it should be, or rewrites it.
func fresh(t *testing.T, path, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(path)
	if err != nil || string(have) != want {
		t.Errorf("%s is stale: run make docs (%v)", filepath.Base(path), err)
	}
}

func TestTheSettingsAreDocumented(t *testing.T) {
	var doc, env strings.Builder
	doc.WriteString("# Settings\n\nA value comes from the default, then `quire.yaml` in the home, then the environment, then a flag; the last one counts.\nA setting without a key stands in the environment only. Unknown keys and variables are errors. `quire config` shows what is in force and where it comes from. This page is made\nfrom `cmd/quire/config.go` by `make docs`.\n\n| key | variable | default | meaning |\n|---|---|---|---|\n")
	env.WriteString("# Every variable that quire reads, with its default. Made from cmd/quire/config.go by make docs.\n")
	for _, s := range settings() {
		usual := s.usual
		if usual != "" {
			usual = "`" + usual + "`"
		}
		key := "`" + s.key + "`"
		switch {
		case s.key == "home":
			key = "`--home`"
		case s.hidden:
			key = ""
		}
		fmt.Fprintf(&doc, "| %s | `%s` | %s | %s |\n", key, s.env, usual, s.help)
		fmt.Fprintf(&env, "\n# %s\n#%s=%s\n", s.help, s.env, s.usual)
	}
	fresh(t, "../../docs/configuration.md", doc.String())
	fresh(t, "../../.env.example", env.String())
}

// TestTheVerbsAreDocumented makes docs/commands.md from the help of each verb.
func TestTheVerbsAreDocumented(t *testing.T) {
	var doc strings.Builder
	doc.WriteString("# The command line\n\nThe help of quire and of each verb, made by `make docs`. Exit codes: 0 done, 2 something that you can correct, 75 something\nthat may work later (stopped, out of service, disk full), 1 anything else.\n")
	verbs := [][]string{{"--help"}}
	for i := range reflect.TypeFor[grammar]().NumField() {
		f := reflect.TypeFor[grammar]().Field(i)
		if _, ok := f.Tag.Lookup("cmd"); ok {
			name := f.Tag.Get("name")
			if name == "" {
				name = strings.ToLower(f.Name)
			}
			verbs = append(verbs, []string{name, "--help"})
		}
	}
	for _, args := range verbs {
		var out bytes.Buffer
		s := &session{ctx: t.Context(), out: &out, talk: io.Discard}
		if code := s.run(args); code != 0 {
			t.Errorf("%v ended with %d", args, code)
		}
		name := "quire"
		if len(args) > 1 {
			name = "quire " + args[0]
		}
		fmt.Fprintf(&doc, "\n## %s\n\n```\n%s\n```\n", name, strings.TrimSpace(out.String()))
		if lines := strings.Count(out.String(), "\n"); lines > 60 {
			t.Errorf("the help of %s has %d lines: more than a screen", name, lines)
		}
	}
	fresh(t, "../../docs/commands.md", doc.String())
}

// TestTheLicencesAreListed makes licenses.txt from the modules that the binary
// is built from, and what is vendored.
func TestTheLicencesAreListed(t *testing.T) {
	var doc strings.Builder
	doc.WriteString("What quire is built from, with the licence of each. Made by make docs.\n")
	section := func(name string, texts ...[]byte) {
		doc.WriteString("\n" + strings.Repeat("=", 78) + "\n" + name + "\n" + strings.Repeat("=", 78) + "\n")
		for _, text := range texts {
			doc.WriteString("\n" + strings.TrimSpace(string(bytes.ReplaceAll(text, []byte("\r"), nil))) + "\n")
		}
	}
	section("Go standard library", licences(t, goroot(t))...)
	for _, m := range modules(t) {
		texts := licences(t, m.Dir)
		if len(texts) == 0 {
			t.Errorf("%s has no licence", m.Path)
		}
		section(m.Path+" "+m.Version, texts...)
	}
	for _, pattern := range []string{"../../press/font/files/*LICENSE*", "../../press/font/files/SOURCES.md", "../../press/layout/patterns/SOURCES.md"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("nothing vendored at %s (%v)", pattern, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			section(strings.TrimPrefix(file, "../../"), text)
		}
	}
	for _, pattern := range []string{"../../press/layout/patterns/*.tex"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			section(strings.TrimPrefix(file, "../../"), head(t, file))
		}
	}
	fresh(t, "licenses.txt", doc.String())
}

// head is the comment that stands before the patterns of a file: its licence.
func head(t *testing.T, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]byte
	for line := range bytes.Lines(text) {
		if !bytes.HasPrefix(line, []byte("%")) {
			break
		}
		out = append(out, line)
	}
	return bytes.Join(out, nil)
}

// goroot is where the standard library and its licence lie.
func goroot(t *testing.T) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

type module struct{ Path, Version, Dir string }

// modules lists the modules of which packages are in the binary.
func modules(t *testing.T) []module {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "-json=Module", "quire/cmd/quire").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{"quire": true}
	var list []module
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct{ Module *module }
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if p.Module != nil && !seen[p.Module.Path] {
			seen[p.Module.Path] = true
			list = append(list, *p.Module)
		}
	}
	slices.SortFunc(list, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	return list
}

var licenceName = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|unlicense|patents)`)

// licences reads the licence files of a folder, by name.
func licences(t *testing.T, dir string) (texts [][]byte) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() || !licenceName.MatchString(e.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text)
	}
	return texts
}
