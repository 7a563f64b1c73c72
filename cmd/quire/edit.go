package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"

	"go.yaml.in/yaml/v3"

	"quire/book"
	"quire/problem"
	"quire/write"
)

// editVerb changes a part of a book by hand.
type editVerb struct {
	ID       string   `arg:"" help:"ID of the book; quire books lists them."`
	Artefact []string `arg:"" help:"What to change: concept, bible, outline, brief, matter (preface, blurb, keywords …), beats N or chapter N."`
	File     string   `help:"File with the new version, - for standard input. Default: your editor, as VISUAL or EDITOR names it." placeholder:"FILE"`
	By       string   `help:"Who does it, for the history." placeholder:"NAME"`
	Base     int      `help:"Revision that the file was made from: refused if there is a newer one." placeholder:"R"`

	goOnFlags
}

// Help shows how the verb is used.
func (*editVerb) Help() string {
	return `Chapters are Markdown, all else is JSON or YAML. The new version is held against the rules of what it is; fields that it does not have are refused. No job changes what you wrote, unless you ask for it with quire regenerate. quire stale tells what follows from an edit, quire history ID ARTEFACT --rev R prints a version to begin from.

Examples:
  quire edit bk_1f2e3d4c5b6a chapter 3
  quire edit bk_1f2e3d4c5b6a outline --file outline.json --by Mo`
}

// Run saves the new version, and puts a finished book together again.
func (v *editVerb) Run(s *session) error {
	return s.change(v.ID, v.goOnFlags, func(h *house) error {
		id := book.ID(v.ID)
		name, err := h.writer.Find(s.ctx, id, strings.Join(v.Artefact, " "))
		if err != nil {
			return err
		}
		e := write.Edit{Artefact: name, By: v.By, Base: v.Base}
		if v.File == "" {
			return v.byEditor(s, h, e)
		}
		err = s.read(v.File, func(_ string, r io.Reader) (err error) {
			e.Body, err = io.ReadAll(io.LimitReader(r, write.MostEdit+1))
			return err
		})
		if err != nil {
			return err
		}
		return v.save(s, h, e)
	})
}

// save hands the new version over.
func (v *editVerb) save(s *session, h *house, e write.Edit) error {
	if !strings.HasPrefix(e.Artefact, "chapter/") && len(e.Body) <= write.MostEdit {
		var err error
		if e.Body, err = fromYAML(e.Body); err != nil {
			return err
		}
	}
	changed, err := h.writer.Edit(s.ctx, book.ID(v.ID), e)
	if err == nil && !changed {
		s.say("note: the new version is like the one that is there, so nothing was changed")
	}
	return err
}

// byEditor lets a person change the artefact in an editor. What cannot be saved is
// kept in its file.
func (v *editVerb) byEditor(s *session, h *house, e write.Edit) error {
	command := strings.Fields(s.variable("VISUAL"))
	if len(command) == 0 {
		command = strings.Fields(s.variable("EDITOR"))
	}
	if !s.asks || len(command) == 0 {
		return problem.New(problem.Invalid, "there is no editor to change it in").
			Try("give the new version with --file, or set EDITOR at a terminal")
	}
	was, base, err := h.writer.Body(s.ctx, book.ID(v.ID), e.Artefact)
	if err != nil {
		return err
	}
	ending := ".json"
	if strings.HasPrefix(e.Artefact, "chapter/") {
		ending = ".md"
	}
	path, err := scratch(was, ending)
	if err != nil {
		return err
	}
	run := exec.CommandContext(s.ctx, command[0], append(command[1:], path)...)
	run.Stdin, run.Stdout, run.Stderr = s.in, s.talk, s.talk
	if err := run.Run(); err != nil {
		_ = os.Remove(path) // nothing is known to be in it that is worth keeping
		return problem.New(problem.Invalid, "the editor %s did not end well, so nothing was changed", command[0]).Because(err).Try("see whether it runs, or give the new version with --file")
	}
	if e.Body, err = os.ReadFile(path); err == nil {
		if e.Base == 0 {
			e.Base = base
		}
		err = v.save(s, h, e)
	}
	if err != nil {
		s.say("note: your version is kept in %s; give it with --file", path)
		return err
	}
	_ = os.Remove(path) // it is saved; a file that stays does no harm
	return nil
}

// scratch puts a text into a file of its own.
func scratch(text []byte, ending string) (string, error) {
	f, err := os.CreateTemp("", "quire-*"+ending)
	if err == nil {
		_, err = f.Write(text)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return "", problem.New(problem.Limited, "no file for the editor can be made").Because(err).Try("see whether there is room for temporary files, or give the new version with --file")
	}
	return f.Name(), nil
}

// fromYAML makes JSON of YAML; what looks like JSON stays as it is.
func fromYAML(text []byte) ([]byte, error) {
	if trimmed := bytes.TrimSpace(text); len(trimmed) == 0 || trimmed[0] == '{' || !bytes.Contains(trimmed, []byte(":")) {
		return text, nil
	}
	bad := func(err error) error {
		return problem.New(problem.Invalid, "the new version is neither sound JSON nor sound YAML").Because(err).Try("nothing was changed; see what it looks like with quire history ID ARTEFACT --rev R")
	}
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		return nil, bad(err)
	}
	plainDates(&root)
	var value any
	if err := root.Decode(&value); err != nil {
		return nil, bad(err)
	}
	out, err := json.Marshal(value)
	if err != nil {
		return nil, bad(err)
	}
	return out, nil
}

// plainDates lets dates stay the words that they were written as.
func plainDates(n *yaml.Node) {
	if n.Tag == "!!timestamp" {
		n.Tag = "!!str"
	}
	for _, c := range n.Content {
		plainDates(c)
	}
}

// variable is a variable of the environment, "" if it is not set.
func (s *session) variable(name string) string {
	for _, v := range s.env {
		if rest, ok := strings.CutPrefix(v, name+"="); ok {
			return rest
		}
	}
	return ""
}
