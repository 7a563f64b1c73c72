// Package pdfout writes PDF files: version 1.7, tagged, with subset fonts,
// bookmarks, page labels and links. It draws the display list that a
// typesetter made and decides nothing about the look. It claims no standard
// beyond PDF itself.
package pdfout

import (
	"context"
	"fmt"
	"io"
	"runtime"

	"golang.org/x/sync/errgroup"

	"quire/press"
	"quire/press/font"
)

// Output implements press.Output for PDF. Both fields are needed; goroutines
// may share it.
type Output struct {
	Typesetter press.Typesetter
	Fonts      *font.Library // the faces that the typesetter sets with
}

// Write sets the document and writes it as PDF. The same arguments give the
// same bytes.
func (o *Output) Write(ctx context.Context, w io.Writer, doc *press.Document, opt press.Options) (press.Report, error) {
	opt, err := opt.Resolve(doc)
	if err != nil {
		return press.Report{}, err
	}
	pages, err := o.Typesetter.Typeset(ctx, doc, opt)
	if err != nil {
		return press.Report{}, err
	}
	f := &file{pages: pages, doc: doc, opt: opt, lib: o.Fonts, shaper: o.Fonts.Shaper()}
	defer f.shaper.Release()
	if err := f.build(ctx); err != nil {
		return press.Report{}, fmt.Errorf("writing PDF: %w", err)
	}
	if _, err := w.Write(f.w.finish(f.catalog, f.info)); err != nil {
		return press.Report{}, fmt.Errorf("writing PDF: %w", err)
	}
	return press.Report{Pages: len(pages.List), Words: doc.Words(), Warnings: append(pages.Warnings, f.warnings...)}, nil
}

// file is a PDF in the making.
type file struct {
	pages    *press.Pages
	doc      *press.Document
	opt      press.Options
	lib      *font.Library
	shaper   *font.Shaper
	w        writer
	fonts    fontTable
	images   map[*press.Image]ref
	contents []*content // by page
	pageRefs []ref
	links    []linkNote
	warnings []press.Warning

	catalog, info ref
}

// build makes all objects.
func (f *file) build(ctx context.Context) error {
	f.fonts = f.collectFonts()
	if err := f.draw(ctx); err != nil {
		return err
	}
	if err := f.writeFonts(ctx); err != nil {
		return err
	}
	f.writeImages()
	f.writePages()
	tree := f.writeTree()
	f.writeCatalog(tree)
	return nil
}

// draw makes the pages' contents, side by side.
func (f *file) draw(ctx context.Context) error {
	f.contents = make([]*content, len(f.pages.List))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	const batch = 16
	for from := 0; from < len(f.contents); from += batch {
		group.Go(func() error {
			for i := from; i < min(from+batch, len(f.contents)); i++ {
				if err := ctx.Err(); err != nil {
					return err
				}
				f.contents[i] = f.drawPage(&f.pages.List[i])
			}
			return nil
		})
	}
	return group.Wait()
}

// linkNote is a link annotation and the structure node that it belongs to.
type linkNote struct {
	ref  ref
	node *press.Node
	page int
	key  int // in the parent tree
}

// writePages makes the page objects with their links.
func (f *file) writePages() {
	parent := f.w.alloc()
	for range f.pages.List {
		f.pageRefs = append(f.pageRefs, f.w.alloc())
	}
	kids := newBuf()
	for i := range f.pages.List {
		c := f.contents[i]
		stream := f.w.deflated("", c.packed)
		d := newBuf()
		d.add("<< /Type /Page /Parent ", parent, " /Contents ", stream)
		d.add(" /Resources << /Font << ")
		for _, id := range c.fonts {
			d.add("/", f.fonts.byID[id].name, " ", f.fonts.byID[id].ref, " ")
		}
		d.add(">>")
		f.addResources(d, c)
		d.add(" >>")
		if len(c.marks) > 0 {
			d.add(" /StructParents ", i)
		}
		f.addLinks(d, i)
		d.add(" >>")
		f.w.set(f.pageRefs[i], d)
		kids.add(f.pageRefs[i], " ")
	}
	trim := f.pages.Trim
	d := newBuf()
	d.add("<< /Type /Pages /Count ", len(f.pageRefs), " /MediaBox [0 0 ", trim.Width, " ", trim.Height, "] /Kids [", kids, "] >>")
	f.w.set(parent, d)
	for i := range f.pageRefs { // TrimBox is not inherited
		f.w.patch(f.pageRefs[i], func(b *buf) {
			b.add(" /TrimBox [0 0 ", trim.Width, " ", trim.Height, "]")
		})
	}
	f.catalogPages(parent)
}

// addResources writes a page's pictures, patterns and transparencies.
func (f *file) addResources(d *buf, c *content) {
	if len(c.images) > 0 {
		d.add(" /XObject << ")
		for i, img := range c.images {
			if r, ok := f.images[img]; ok {
				d.add("/X", i, " ", r, " ")
			}
		}
		d.add(">>")
	}
	if len(c.gradients) > 0 {
		d.add(" /Pattern << ")
		for i, g := range c.gradients {
			d.add("/P", i, " ", f.pattern(g), " ")
		}
		d.add(">>")
	}
	if len(c.alphas) > 0 {
		d.add(" /ExtGState << ")
		for _, a := range c.alphas {
			d.add("/A", int(a), " << /Type /ExtGState /ca ", thousandths(255-int(a), 255), " /CA ", thousandths(255-int(a), 255), " >> ")
		}
		d.add(">>")
	}
}

// addLinks writes a page's link annotations.
func (f *file) addLinks(d *buf, page int) {
	links := f.pages.List[page].Links
	if len(links) == 0 {
		return
	}
	d.add(" /Tabs /S /Annots [")
	h := f.pages.Trim.Height
	for _, l := range links {
		a := newBuf()
		a.add("<< /Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [", l.X, " ", h-l.Y-l.H, " ", l.X+l.W, " ", h-l.Y, "]")
		if l.Alt != "" {
			a.add(" /Contents ", text(l.Alt))
		}
		if l.URL != "" {
			a.add(" /A << /S /URI /URI ", literal(l.URL), " >>")
		} else {
			a.add(" /Dest [", f.pageRefs[l.Page], " /XYZ 0 ", h-l.Top, " null]")
		}
		r := f.w.alloc()
		if l.Node != nil {
			key := len(f.pages.List) + len(f.links)
			a.add(" /StructParent ", key)
			f.links = append(f.links, linkNote{r, l.Node, page, key})
		}
		a.add(" >>")
		f.w.set(r, a)
		d.add(r, " ")
	}
	d.add("]")
}
