package main

import (
	"fmt"
	"os"
	"path/filepath"

	"quire/book"
	"quire/edition"
	"quire/press"
	"quire/press/cover"
	"quire/problem"
)

// coverVerb draws a cover.
type coverVerb struct {
	Book    string   `arg:"" name:"id|path" help:"ID of a book, or a manuscript's file or folder."`
	Output  []string `short:"o" sep:"none" required:"" help:"File to write; repeat for more. The ending says the kind: .svg .png .pdf" placeholder:"FILE"`
	Motif   string   `help:"What it shows; docs/covers.md lists them all. Default: what fits the genre." placeholder:"NAME"`
	Palette string   `help:"Its colours. Default: what fits the genre." placeholder:"NAME"`
	Seed    int64    `help:"Number that the drawing follows from. Default: from title and author." placeholder:"N"`
	Image   string   `help:"Picture of your own that the cover is set around (.png, .jpg, .webp)." placeholder:"FILE"`
	Trim    string   `help:"Page size: 5x8, 6x9, A5 or a pair like 140x210mm. Default: 2:3, and the theme's for a wrap."`
	Wrap    bool     `help:"Draw back, spine and front for a print shop; the spine follows from the number of pages."`
	Paper   string   `help:"Paper of a wrap: white, cream, colour, or grammage and bulk such as 80g/1.8." default:"white"`
	Bleed   string   `help:"Paper around a wrap, such as 3mm or 0.125in." default:"0.125in" placeholder:"LENGTH"`
	Pages   int      `help:"Number of pages of a wrap's book. Default: they are counted." placeholder:"N"`
	Theme   string   `help:"Theme in which the pages of a wrap are counted: ${themes}; or FILE.yaml." placeholder:"NAME|FILE"`
	Barcode int      `help:"Size of the bar code in percent, 80 to 120." default:"100"`
	Pixels  int      `default:"1600" help:"How wide a .png is, in dots."`
	JSON    bool     `help:"Print the result as JSON."`
}

// Help shows how the verb is used.
func (*coverVerb) Help() string {
	return `The words come from the book: title, subtitle, author, publisher, series; for a wrap also its description and ISBN.

Examples:
  quire cover bk_0c96c4d42e45 -o cover.png
  quire cover my-book/ --motif ridges --palette terracotta --seed 7 -o cover.svg
  quire cover my-book/ --wrap --paper cream --trim 6x9 -o wrap.pdf`
}

// coverResult is what the verb prints.
type coverResult struct {
	Files []string `json:"files"`
	Pages int      `json:"pages,omitempty"`
	Spine float64  `json:"spine_mm,omitempty"`
	Width float64  `json:"width_mm,omitempty"`
	High  float64  `json:"height_mm,omitempty"`
}

// Run draws the cover and writes each file.
func (v *coverVerb) Run(s *session) error {
	if err := checkDrawing(v.Output, v.Pixels); err != nil {
		return err
	}
	text, looks, err := v.manuscript(s)
	if err != nil {
		return err
	}
	doc, _, err := press.Parse(text)
	if err != nil {
		return err
	}
	c, err := s.craft()
	if err != nil {
		return err
	}
	design, err := v.design(doc)
	if err != nil {
		return err
	}
	if v.Wrap {
		return v.wrap(s, c, doc, design, looks)
	}
	artist := cover.New(c.fonts)
	img, err := artist.Front(doc.Meta, doc.Lang, design)
	if err != nil {
		return err
	}
	warnings, err := artist.Warnings(doc.Meta, doc.Lang, design)
	if err != nil {
		return err
	}
	width := 6 * press.Inch
	if design.Trim.Width > 0 {
		width = design.Trim.Width
	}
	return v.write(s, img, width, warnings, coverResult{Files: v.Output})
}

// manuscript is the book of the argument: one of the library, or a path.
func (v *coverVerb) manuscript(s *session) (book.Manuscript, edition.Looks, error) {
	var looks edition.Looks
	theme, err := readTheme(v.Theme)
	if err != nil {
		return book.Manuscript{}, looks, err
	}
	looks = edition.Looks{Theme: theme, Trim: v.Trim}
	if _, err := os.Stat(v.Book); err == nil {
		text, _, err := readManuscript(v.Book)
		return text, looks, err
	}
	if !libraryID.MatchString(v.Book) {
		return book.Manuscript{}, looks, problem.New(problem.Missing, "there is no book and no file %q", filepath.Base(v.Book)).Try("quire books lists the books of the library")
	}
	h, err := s.open()
	if err != nil {
		return book.Manuscript{}, looks, err
	}
	defer h.close() // nothing was changed
	text, brief, err := h.maker.Manuscript(s.ctx, book.ID(v.Book))
	if looks.Theme == "" {
		looks.Theme = brief.Theme
	}
	if looks.Trim == "" {
		looks.Trim = brief.Trim
	}
	return text, looks, err
}

// design reads how the cover is to look.
func (v *coverVerb) design(doc *press.Document) (cover.Design, error) {
	d := cover.Design{Motif: v.Motif, Palette: v.Palette, Seed: v.Seed, Image: doc.Cover}
	if v.Motif != "" || v.Palette != "" {
		d.Image = nil // asked for in the place of the manuscript's own picture
	}
	var err error
	if v.Trim != "" {
		if d.Trim, err = press.ParseTrim(v.Trim); err != nil {
			return d, err
		}
	}
	if v.Image == "" {
		return d, nil
	}
	data, err := os.ReadFile(v.Image)
	if err != nil {
		return d, unreadable(filepath.Base(v.Image), err)
	}
	if d.Image, err = press.Bitmap(filepath.Base(v.Image), data); err != nil {
		return d, problem.New(problem.Invalid, "the picture %q cannot be used: %v", filepath.Base(v.Image), err).Try("give a .png, .jpg or .webp")
	}
	return d, nil
}

// wrap draws the whole cover of a printed book.
func (v *coverVerb) wrap(s *session, c craft, doc *press.Document, d cover.Design, looks edition.Looks) error {
	look, err := edition.Look(looks)
	if err != nil {
		return err
	}
	if look, err = look.Resolve(doc); err != nil {
		return err
	}
	w := cover.Wrap{Trim: look.Trim, Pages: v.Pages, Barcode: v.Barcode}
	if w.Paper, err = cover.ParsePaper(v.Paper); err != nil {
		return err
	}
	if w.Bleed, err = press.ParseBleed(v.Bleed); err != nil {
		return err
	}
	if w.Pages == 0 {
		pages, err := c.typesetter.Typeset(s.ctx, doc, look)
		if err != nil {
			return err
		}
		w.Pages = len(pages.List)
	}
	img, sizes, warnings, err := cover.New(c.fonts).Wrap(doc.Meta, doc.Lang, d, w)
	if err != nil {
		return err
	}
	mm := func(p press.Pt) float64 { return float64(p*254*100/(10*press.Inch)) / 100 }
	return v.write(s, img, sizes.Width, warnings, coverResult{v.Output, sizes.Pages, mm(sizes.Spine), mm(sizes.Width), mm(sizes.Height)})
}

// write writes the files and tells what they are.
func (v *coverVerb) write(s *session, img *press.Image, width press.Pt, warnings []press.Warning, r coverResult) error {
	told := map[string]bool{}
	for _, w := range warnings {
		s.note(w.String(), told)
	}
	if err := s.writeDrawing(img, v.Output, v.Pixels, width); err != nil {
		return err
	}
	if v.JSON {
		return s.json(r)
	}
	size := "front cover"
	if r.Pages > 0 {
		size = fmt.Sprintf("wrap of %.1f × %.1f mm for %s, spine %.2f mm", r.Width, r.High, count(r.Pages, "page"), r.Spine)
	}
	for _, path := range v.Output {
		if err := s.print("%s: %s", path, size); err != nil {
			return err
		}
	}
	return nil
}
