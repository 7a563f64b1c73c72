package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"quire/book"
	"quire/edition"
	"quire/problem"
	"quire/quality"
)

// dossierVerb gives out what belongs to a book beside its text.
type dossierVerb struct {
	ID     string `arg:"" help:"ID of the book; quire books lists them."`
	Output string `short:"o" help:"Folder to write everything into: bible, outline, alerts, report, provenance, words for shops." placeholder:"FOLDER/"`
	JSON   bool   `help:"Print the provenance as JSON."`
}

// Help shows how the verb is used.
func (*dossierVerb) Help() string {
	return `Tells how a book came to be: which model wrote which chapter, which share people wrote, the sentence on AI that publishers
ask for, and the words for shops and cover.

Examples:
  quire dossier bk_0123456789ab
  quire dossier bk_0123456789ab -o papers/`
}

// papers is what belongs to a book.
type papers struct {
	provenance book.Provenance
	matter     book.Matter
	report     quality.Report
	raw        map[string]json.RawMessage
}

// Run tells it, or writes the folder.
func (v *dossierVerb) Run(s *session) error {
	h, err := s.open()
	if err != nil {
		return err
	}
	defer h.close() // nothing was changed
	b, err := h.store.Book(s.ctx, book.ID(v.ID))
	if err != nil {
		return err
	}
	p, err := s.papers(h, b)
	if err != nil {
		return err
	}
	if v.Output != "" {
		if err := v.write(p, b.Title); err != nil {
			return err
		}
		s.say("  %s", filepath.Clean(v.Output))
	}
	if v.JSON {
		return s.json(p.provenance)
	}
	return s.tellPapers(p)
}

// papers reads what was made of a book. One that is not finished has none.
func (s *session) papers(h *house, b book.Book) (papers, error) {
	p := papers{raw: map[string]json.RawMessage{}}
	for name, into := range map[string]any{"provenance": &p.provenance, "matter": &p.matter, "quality": &p.report, "bible": nil, "concept": nil, "outline": nil, "alerts": nil} {
		found, err := h.store.Artefacts(s.ctx, b.ID, name)
		if err != nil {
			return p, err
		}
		body, there := found[name]
		if !there && name == "provenance" {
			why := problem.New(problem.Conflict, "the book %q has no dossier yet", b.Title)
			if b.Brief.Imported {
				return p, why.Try("it was written elsewhere; quire quality %s measures it", b.ID)
			}
			return p, why.Try("it is made when the text is whole; quire show %s tells where it stands", b.ID)
		}
		if !there {
			continue
		}
		p.raw[name] = body
		if into == nil {
			continue
		}
		if err := json.Unmarshal(body, into); err != nil {
			return p, fmt.Errorf("%s of book %s: %w", name, b.ID, err)
		}
	}
	return p, nil
}

// write puts everything into the folder.
func (v *dossierVerb) write(p papers, title string) error {
	if err := os.MkdirAll(v.Output, 0o750); err != nil {
		return problem.New(problem.Invalid, "the folder %q cannot be made", filepath.Base(v.Output)).Because(err).Try("choose another place with -o")
	}
	page, err := quality.Page(p.report, title)
	if err != nil {
		return err
	}
	files := map[string][]byte{"quality.html": page, "shops.txt": []byte(p.shops())}
	for name, body := range p.raw {
		var indented bytes.Buffer
		if err := json.Indent(&indented, body, "", "  "); err != nil {
			return fmt.Errorf("%s of the dossier: %w", name, err)
		}
		files[name+".json"] = append(indented.Bytes(), '\n')
	}
	for name, data := range files {
		if err := edition.WriteFile(filepath.Join(v.Output, name), func(w io.Writer) error { _, err := w.Write(data); return err }); err != nil {
			return err
		}
	}
	return nil
}

// shops is what forms of shops and publishers ask for.
func (p papers) shops() string {
	var text strings.Builder
	for _, part := range []struct{ name, text string }{
		{"Description", p.matter.Description}, {"Blurb", p.matter.Blurb}, {"Keywords", strings.Join(p.matter.Keywords, "; ")},
		{"Cover", p.matter.CoverBrief}, {"On AI", p.provenance.Disclosure},
	} {
		if part.text != "" {
			fmt.Fprintf(&text, "%s\n\n%s\n\n", part.name, part.text)
		}
	}
	return strings.TrimRight(text.String(), "\n") + "\n"
}

// tellPapers prints the dossier in short.
func (s *session) tellPapers(p papers) error {
	t := s.table()
	t.row("CHAPTER", "WORDS", "REV", "BY", "PEOPLE", "MODELS")
	for _, c := range p.provenance.Chapters {
		t.row(fmt.Sprint(c.Ordinal), thousands(c.Words), fmt.Sprint(c.Revision), string(c.By), fmt.Sprintf("%.0f %%", 100*c.Human), strings.Join(c.Models, ", "))
	}
	if err := t.flush(); err != nil {
		return err
	}
	score := "no score"
	if p.report.Score != nil {
		score = fmt.Sprintf("score %d of 100", *p.report.Score)
	}
	return s.print("\nEngine %s, preset %s, seed %d; %s, %d broken.\n\n%s", p.provenance.Engine, p.provenance.Preset, p.provenance.Seed, score, p.report.Broken, p.shops())
}
