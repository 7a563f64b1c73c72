// Package pdfout writes PDF files: version 1.7, tagged, with subset fonts,
// bookmarks, page labels and links; on demand as PDF/A-1b, which is version 1.4
// with its colours defined and nothing clear. It draws the display list that a
// typesetter made and decides nothing about the look. It claims no other
// standard.
package pdfout

import (
	"context"
	"fmt"
	"io"
	"runtime"

	"golang.org/x/sync/errgroup"

	"quire/book"
	"quire/press"
	"quire/press/font"
)

// Output implements press.Output for PDF. Both exported fields are needed; goroutines
// may share it. It remembers the pages that it compressed last.
type Output struct {
	Typesetter press.Typesetter
	Fonts      *font.Library // the faces that the typesetter sets with

	packed packed
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
	warnings, err := o.Draw(ctx, w, pages, doc.Meta, opt)
	if err != nil {
		return press.Report{}, err
	}
	return press.Report{Pages: len(pages.List), Words: doc.Words(), Warnings: append(pages.Warnings, warnings...)}, nil
}

// Draw writes pages that are set already as PDF, with what the book says of
// itself. Of the options, Archive and Date count. Warnings are those of the
// writing alone.
func (o *Output) Draw(ctx context.Context, w io.Writer, pages *press.Pages, meta book.Meta, opt press.Options) ([]press.Warning, error) {
	f := &file{pages: pages, meta: meta, opt: opt, lib: o.Fonts, shaper: o.Fonts.Shaper(), packed: &o.packed}
	defer f.shaper.Release()
	if err := f.build(ctx); err != nil {
		return nil, fmt.Errorf("writing PDF: %w", err)
	}
	finish := f.w.finish
	if opt.Archive {
		finish = f.w.finishPlain
	}
	if _, err := w.Write(finish(f.catalog, f.info)); err != nil {
		return nil, fmt.Errorf("writing PDF: %w", err)
	}
	return f.warnings, nil
}

// file is a PDF in the making.
type file struct {
	pages    *press.Pages
	meta     book.Meta
	opt      press.Options
	lib      *font.Library
	shaper   *font.Shaper
	w        writer
	fonts    fontTable
	packed   *packed
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
	for i := range f.pages.List {
		c := f.contents[i]
		if c.flattened {
			f.warn("%s", flattened)
		}
		d := newBuf()
		d.add("<< /Type /Page /Parent ", parent, " /Contents ", f.w.deflated("", c.packed), " /Resources ", f.resources(c))
		f.addBoxes(d)
		if len(c.marks) > 0 {
			d.add(" /StructParents ", i)
		}
		f.addLinks(d, i)
		d.add(" >>")
		f.w.set(f.pageRefs[i], d)
	}
	f.writePageTree(parent)
	f.catalogPages(parent)
}

// flattened is what the author should know when nothing may be clear.
const flattened = "PDF/A-1b has no transparency: what was clear is mixed with white"

// pageFan is how many pages hang from one node of the page tree: readers of PDF
// 1.4 take no longer arrays than 8191.
const pageFan = 4000

// writePageTree hangs the pages from the root, by one more level when they are
// many.
func (f *file) writePageTree(root ref) {
	kids := newBuf()
	for from := 0; from < len(f.pageRefs); from += pageFan {
		part := f.pageRefs[from:min(from+pageFan, len(f.pageRefs))]
		if len(f.pageRefs) <= pageFan {
			for _, r := range part {
				kids.add(r, " ")
			}
			break
		}
		node, list := f.w.alloc(), newBuf()
		for _, r := range part {
			list.add(r, " ")
			f.w.reparent(r, root, node)
		}
		d := newBuf()
		d.add("<< /Type /Pages /Parent ", root, " /Count ", len(part), " /Kids [", list, "] >>")
		f.w.set(node, d)
		kids.add(node, " ")
	}
	d := newBuf()
	d.add("<< /Type /Pages /Count ", len(f.pageRefs), " /Kids [", kids, "] >>")
	f.w.set(root, d)
}

// addBoxes writes the sizes of a page: the trim in the middle, the bleed around
// it. Coordinates count from the trim's corner.
func (f *file) addBoxes(d *buf) {
	trim, bleed := f.pages.Trim, f.pages.Bleed
	outer := newBuf()
	outer.add("[", -bleed, " ", -bleed, " ", trim.Width+bleed, " ", trim.Height+bleed, "]")
	d.add(" /MediaBox ", outer, " /TrimBox [0 0 ", trim.Width, " ", trim.Height, "]")
	if bleed > 0 {
		d.add(" /BleedBox ", outer)
	}
}

// resources writes what a stream draws with: fonts, pictures, patterns,
// transparencies and the groups in it.
func (f *file) resources(c *content) *buf {
	d := newBuf()
	d.add("<< /Font << ")
	for _, id := range c.fonts {
		d.add("/", f.fonts.byID[id].name, " ", f.fonts.byID[id].ref, " ")
	}
	d.add(">>")
	if len(c.images)+len(c.forms) > 0 {
		d.add(" /XObject << ")
		for i, img := range c.images {
			if r, ok := f.images[img]; ok {
				d.add("/X", i, " ", r, " ")
			}
		}
		for i, in := range c.forms {
			d.add("/G", i, " ", f.form(in), " ")
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
	if len(c.alphas)+len(c.masks) > 0 {
		d.add(" /ExtGState << ")
		for _, a := range c.alphas {
			d.add(a.name(), " << /Type /ExtGState /ca ", thousandths(255-int(a.fill), 255), " /CA ", thousandths(255-int(a.stroke), 255), " >> ")
		}
		for i, m := range c.masks {
			d.add("/M", i, " << /Type /ExtGState /SMask << /Type /Mask /S /Luminosity /G ", f.form(m), " >> >> ")
		}
		d.add(">>")
	}
	d.add(" >>")
	return d
}

// form writes a group as an object (ISO 32000-1, 8.10 and 11.6.6).
func (f *file) form(c *content) ref {
	trim, bleed := f.pages.Trim, f.pages.Bleed
	d := newBuf()
	d.add("/Type /XObject /Subtype /Form /BBox [", -bleed, " ", -bleed, " ", trim.Width+bleed, " ", trim.Height+bleed,
		"] /Group << /Type /Group /S /Transparency /CS /DeviceRGB >> /Resources ", f.resources(c))
	return f.w.deflated(d.String(), c.packed)
}

// addLinks writes a page's link annotations.
func (f *file) addLinks(d *buf, page int) {
	links := f.pages.List[page].Links
	if len(links) == 0 {
		return
	}
	if !f.opt.Archive { // PDF 1.4 does not know it
		d.add(" /Tabs /S")
	}
	d.add(" /Annots [")
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
