package main

import (
	"io"
	"path/filepath"
	"strings"

	"quire/edition"
	"quire/figure"
	"quire/press"
	"quire/problem"
)

// figureVerb draws a figure from data.
type figureVerb struct {
	Spec     string   `arg:"" help:"File with the figure's data (.yaml or .json); - reads standard input."`
	Output   []string `short:"o" sep:"none" required:"" help:"File to write; repeat for more. The ending says the kind: .svg .png .pdf" placeholder:"FILE"`
	Theme    string   `help:"Theme whose type and colours it has: ${themes}; or a theme of your own, FILE.yaml." placeholder:"NAME|FILE"`
	Language string   `help:"Language of its numbers and few words, such as de." default:"en"`
	Pixels   int      `default:"1600" help:"How wide a .png is, in dots."`
	JSON     bool     `help:"Print the result as JSON."`
}

// Help shows how the verb is used.
func (*figureVerb) Help() string {
	return `The same data stands in a manuscript as a fenced block of the language "figure". docs/figures.md has an example of each kind.

Examples:
  quire figure letters.yaml -o letters.svg
  quire figure letters.yaml --theme report -o letters.pdf -o letters.png`
}

// drawn is the result of the verb.
type drawn struct {
	Kind  figure.Kind `json:"kind"`
	Title string      `json:"title"`
	Alt   string      `json:"alt"`
	Files []string    `json:"files"`
}

// Run reads the spec and writes each file.
func (v *figureVerb) Run(s *session) error {
	if err := v.check(); err != nil {
		return err
	}
	theme, err := readTheme(v.Theme)
	if err != nil {
		return err
	}
	look, err := edition.Look(edition.Looks{Theme: theme})
	if err != nil {
		return err
	}
	var text []byte
	err = s.read(v.Spec, func(_ string, r io.Reader) (err error) {
		text, err = io.ReadAll(io.LimitReader(r, maxSpec+1))
		return err
	})
	if err != nil {
		return err
	}
	spec, err := figure.Parse(text)
	if err != nil {
		return err
	}
	img, err := press.Chart(spec, look, v.Language)
	if err != nil {
		return err
	}
	if err := s.writeDrawing(img, v.Output, v.Pixels, press.Pt(img.Width)*press.Point); err != nil {
		return err
	}
	if v.JSON {
		return s.json(drawn{spec.Kind, spec.Title, spec.Alt(), v.Output})
	}
	for _, path := range v.Output {
		if err := s.print("%s: %s", path, spec.Alt()); err != nil {
			return err
		}
	}
	return nil
}

// maxSpec is how large the file of a figure may be, in bytes; figure refuses more.
const maxSpec = 1 << 20

// check looks over the flags before any work is done.
func (v *figureVerb) check() error {
	if err := checkDrawing(v.Output, v.Pixels); err != nil {
		return err
	}
	return notAnInput(v.Output, v.Spec)
}

// drawingKinds are the files that a drawing can be written to.
const drawingKinds = ".svg .png .pdf"

// checkDrawing looks over the files that a drawing is to be written to.
func checkDrawing(outputs []string, pixels int) error {
	for _, path := range outputs {
		end := strings.ToLower(filepath.Ext(path))
		if end == "" || !strings.Contains(drawingKinds+" ", end+" ") {
			return problem.New(problem.Invalid, "the kind of file %q is not known", filepath.Base(path)).Try("end the name with .svg, .png or .pdf")
		}
		if err := edition.Writable(path); err != nil {
			return err
		}
	}
	if pixels < 16 || pixels > 8000 {
		return problem.New(problem.Invalid, "a picture is 16 to 8000 dots wide, not %d", pixels).Try("leave out --pixels for the usual")
	}
	return nil
}

// writeDrawing writes a drawing to files; a PDF has that width.
func (s *session) writeDrawing(img *press.Image, outputs []string, pixels int, width press.Pt) error {
	c, err := s.craft()
	if err != nil {
		return err
	}
	paint := c.painter()
	for _, path := range outputs {
		data := img.Data
		switch strings.ToLower(filepath.Ext(path)) {
		case ".png":
			data, err = paint.PNG(s.ctx, img, pixels)
		case ".pdf":
			data, err = paint.wide(s.ctx, img, width)
		}
		if err != nil {
			return err
		}
		if err := edition.WriteFile(path, func(w io.Writer) error { _, err := w.Write(data); return err }); err != nil {
			return err
		}
	}
	return nil
}
