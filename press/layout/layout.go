// Package layout breaks a document into lines and pages. It shapes and
// hyphenates the text, finds the best lines of each paragraph and the best
// pages of each chapter, and returns the display list that outputs draw. All
// lengths are fixed point and all choices integers, so that the same book
// gives the same pages everywhere.
package layout

import (
	"context"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"

	"quire/press"
	"quire/press/font"
)

// Typesetter implements press.Typesetter. Goroutines may share it.
type Typesetter struct {
	fonts   *font.Library
	hyphens *hyphenation
}

// New returns a typesetter that sets with the library's faces.
func New(fonts *font.Library) *Typesetter {
	return &Typesetter{fonts: fonts, hyphens: newHyphenation()}
}

// Typeset sets a document. Chapters are set side by side, on as many
// processors as there are; page numbers, contents and links come after.
func (t *Typesetter) Typeset(ctx context.Context, doc *press.Document, opt press.Options) (*press.Pages, error) {
	opt, err := opt.Resolve(doc)
	if err != nil {
		return nil, err
	}
	job := &job{doc: doc, theme: &opt.Theme, frame: newFrame(&opt.Theme, opt.Trim), words: press.WordsIn(doc.Lang)}
	if job.faces, err = findFaces(opt.Theme.Faces); err != nil {
		return nil, err
	}
	workers := make(chan *setter, runtime.GOMAXPROCS(0))
	for range cap(workers) {
		s := job.setter(t)
		defer s.shaper.Release()
		workers <- s
	}
	chapters := make([]*chapter, len(doc.Chapters))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(cap(workers))
	for i, c := range doc.Chapters {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return fmt.Errorf("typesetting: %w", err)
			}
			s := <-workers
			chapters[i] = s.chapter(c)
			workers <- s
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	b := &binder{job: job, s: <-workers, chapters: chapters}
	return b.bind(), nil
}

// job is what all goroutines of one Typeset share; it does not change.
type job struct {
	doc   *press.Document
	theme *press.Theme
	frame frame
	words press.Words
	faces faces
}

// faces are the type families of a theme.
type faces struct{ body, heads, table, code *font.Family }

// findFaces looks up the families that a theme names.
func findFaces(names press.Faces) (faces, error) {
	var f faces
	for _, x := range []struct {
		to   **font.Family
		name string
	}{{&f.body, names.Body}, {&f.heads, names.Heads}, {&f.table, names.Table}, {&f.code, names.Code}} {
		family, err := font.FindFamily(x.name)
		if err != nil {
			return f, fmt.Errorf("the theme's faces: %w", err)
		}
		*x.to = &family
	}
	return f, nil
}

// setter sets text; it belongs to one goroutine at a time.
type setter struct {
	*job
	shaper  *font.Shaper
	hyphens *hyphenation
	chains  map[chainKey][]press.FontID
	points  map[string][]int // hyphenation points by language and word

	// of the chapter in work
	sect     *press.Node
	targets  map[*press.Node]target
	notes    map[*press.Note]*footnote
	warnings []press.Warning
}

// target is where a link leads: an address or an ID of the book.
type target struct{ url, id, alt string }

// setter returns a new setter for the job.
func (j *job) setter(t *Typesetter) *setter {
	return &setter{job: j, shaper: t.fonts.Shaper(), hyphens: t.hyphens,
		chains: map[chainKey][]press.FontID{}, points: map[string][]int{}}
}

// frame is where the text stands on a page.
type frame struct {
	trim            press.Trim
	inside, outside press.Pt
	top             press.Pt // upper edge of the text
	width, height   press.Pt // of the text
	lead            press.Pt // distance of baselines
}

// newFrame computes the text block of a trim size: whole lines, and not wider
// than the theme's measure.
func newFrame(t *press.Theme, trim press.Trim) frame {
	f := frame{trim: trim, lead: t.Text.Leading}
	f.inside, f.outside = trim.Width.Scale(t.Margins.Inside, 1000), trim.Width.Scale(t.Margins.Outside, 1000)
	f.width = trim.Width - f.inside - f.outside
	if extra := f.width - t.Measure; extra > 0 {
		in := extra.Scale(t.Margins.Inside, t.Margins.Inside+t.Margins.Outside)
		f.inside, f.outside, f.width = f.inside+in, f.outside+extra-in, t.Measure
	}
	f.top = trim.Height.Scale(t.Margins.Top, 1000)
	lines := (trim.Height - f.top - trim.Height.Scale(t.Margins.Bottom, 1000)) / f.lead
	f.height = max(lines, 5) * f.lead
	return f
}

// left returns the left edge of the text on a page; page 0 is a recto.
func (f frame) left(page int) press.Pt {
	if page%2 == 0 {
		return f.inside
	}
	return f.outside
}

// baseline returns how far below a row's top its baseline is.
func baseline(t press.Type) press.Pt { return t.Leading/2 + t.Size.Scale(34, 100) }
