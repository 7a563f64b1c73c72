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
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"quire/press"
	"quire/press/font"
	"quire/problem"
)

// Typesetter implements press.Typesetter. Goroutines may share it. It keeps
// the chapters that it set last: when only some of a book's chapters change,
// or of its theme nothing that shows, the others are not set again.
type Typesetter struct {
	fonts   *font.Library
	hyphens *hyphenation
	cache   *cache
	math    func() (*font.MathTable, error) // read at its first use
}

// New returns a typesetter that sets with the library's faces.
func New(fonts *font.Library) *Typesetter {
	math := sync.OnceValues(func() (*font.MathTable, error) { return fonts.MathTable(font.MathFace) })
	return &Typesetter{fonts: fonts, hyphens: newHyphenation(), cache: newCache(), math: math}
}

// mostPasses is how often a book is set until its page references are right.
const mostPasses = 3

// Typeset sets a document. Chapters are set side by side, on as many
// processors as there are; page numbers, contents and links come after. Text
// that names pages is set again until the names are right, three times at
// most; then a warning says so.
func (t *Typesetter) Typeset(ctx context.Context, doc *press.Document, opt press.Options) (*press.Pages, error) {
	opt, err := opt.Resolve(doc)
	if err != nil {
		return nil, err
	}
	j := &job{doc: doc, theme: &opt.Theme, frame: newFrame(&opt.Theme, opt.Trim), words: press.WordsIn(doc.Lang), screen: opt.Screen, bleed: opt.Bleed}
	j.frame.centered = opt.Screen
	if j.faces, err = findFaces(opt.Theme.Faces); err != nil {
		return nil, err
	}
	if err := j.fits(); err != nil {
		return nil, err
	}
	workers := make(chan *setter, runtime.GOMAXPROCS(0))
	for range cap(workers) {
		s := j.setter(t)
		defer s.shaper.Release()
		workers <- s
	}
	for pass := 1; ; pass++ {
		chapters, err := t.set(ctx, j, workers)
		if err != nil {
			return nil, err
		}
		s := <-workers
		b := newBinder(j, s, chapters)
		if stale := b.plan(); len(stale) == 0 || pass == mostPasses {
			if len(stale) > 0 {
				b.warn("the page numbers in the text that name %s do not settle; check them", strings.Join(stale, ", "))
			}
			return b.bind(), nil
		}
		j.pageLabels = b.labels()
		workers <- s
	}
}

// set sets all chapters, those that are kept from before apart.
func (t *Typesetter) set(ctx context.Context, j *job, workers chan *setter) ([]*chapter, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("typesetting: %w", err)
	}
	groups := j.groups()
	chapters := make([]*chapter, len(groups))
	keys := make([]digest, len(groups))
	d := j.digester()
	for i, list := range groups {
		keys[i] = d.chapters(list)
		chapters[i] = t.cache.find(keys[i])
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(cap(workers))
	for i, list := range groups {
		if chapters[i] != nil {
			continue
		}
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return fmt.Errorf("typesetting: %w", err)
			}
			s := <-workers
			chapters[i] = s.chapter(list)
			workers <- s
			t.cache.keep(keys[i], chapters[i])
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return chapters, nil
}

// groups are the chapters that are set together: each by itself, or all of a
// part when they go on below each other.
func (j *job) groups() [][]*press.Chapter {
	var out [][]*press.Chapter
	for i, c := range j.doc.Chapters {
		if i > 0 && j.theme.Opening.RunOn && c.Opens == nil {
			out[len(out)-1] = append(out[len(out)-1], c)
			continue
		}
		out = append(out, []*press.Chapter{c})
	}
	return out
}

// job is what all goroutines of one Typeset share. Only pageLabels changes, between
// passes.
type job struct {
	doc        *press.Document
	theme      *press.Theme
	frame      frame
	words      press.Words
	faces      faces
	screen     bool
	bleed      press.Pt
	pageLabels map[string]string // page label by ID, as far as known
}

// opensOnRecto reports whether every chapter begins on a right-hand page.
func (j *job) opensOnRecto() bool { return j.theme.Opening.Recto && !j.screen }

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
	scratch []item           // of the paragraph in work
	math    func() (*font.MathTable, error)

	// of the chapter in work
	sect     *press.Node
	targets  map[*press.Node]target
	notes    map[*press.Note]*footnote
	named    map[string]string // page labels that the text names, by ID
	warnings []press.Warning
}

// target is where a link leads: an address or an ID of the book.
type target struct{ url, id, alt string }

// setter returns a new setter for the job.
func (j *job) setter(t *Typesetter) *setter {
	return &setter{job: j, shaper: t.fonts.Shaper(), hyphens: t.hyphens, math: t.math,
		chains: map[chainKey][]press.FontID{}, points: map[string][]int{}}
}

// frame is where the text stands on a page.
type frame struct {
	trim            press.Trim
	inside, outside press.Pt
	top             press.Pt // upper edge of the text
	width, height   press.Pt // of the text
	lead            press.Pt // distance of baselines
	gutter          press.Pt // moved from the outside to the inside, in thick books
	centered        bool     // the same on all pages
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
	f.top = max(trim.Height.Scale(t.Margins.Top, 1000), f.lead*13/10+leastEdge)
	bottom := max(trim.Height.Scale(t.Margins.Bottom, 1000), f.lead*9/5+leastEdge/2)
	lines := (trim.Height - f.top - bottom) / f.lead
	f.height = max(lines, 3) * f.lead
	return f
}

// The least text that a page must have room for.
const (
	leastOnPage = 10 // lines
	leastEms    = 10 // in the width
)

// fits refuses a page that is too small for the theme's type.
func (j *job) fits() error {
	lines, ems := j.frame.height/j.frame.lead, j.frame.width/j.theme.Text.Size
	if lines >= leastOnPage && ems >= leastEms {
		return nil
	}
	return problem.New(problem.Invalid, "the page is too small for the theme %s: %d lines of %d letters fit", j.theme.Name, lines, 2*ems).
		Try("choose a larger page with --trim, or a theme with smaller type")
}

// leastEdge is the paper that stays above a running head on the smallest pages,
// its letters included.
const leastEdge = 16 * press.Point

// left returns the left edge of the text on a page; page 0 is a recto.
func (f frame) left(page int) press.Pt {
	switch {
	case f.centered:
		return (f.trim.Width - f.width) / 2
	case page%2 == 0:
		return f.inside + f.gutter
	}
	return f.outside - f.gutter
}

// gutters are the bands of the inside margin: a book of more body pages than
// these opens less flat, so its text moves away from the spine by a step more.
var gutters = []int{150, 300, 500, 700}

// gutterStep is what the inside margin gains, and the outside loses, per band.
const gutterStep = 9 * press.Point / 4

// thick sets the inside margin for a book of so many body pages. The width of
// the text does not change, so no line does.
func (f frame) thick(pages int) frame {
	f.gutter = 0
	for _, most := range gutters {
		if pages > most && f.outside-f.gutter-gutterStep >= press.Inch/4 {
			f.gutter += gutterStep
		}
	}
	return f
}

// baseline returns how far below a row's top its baseline is.
func baseline(t press.Type) press.Pt { return t.Leading/2 + t.Size.Scale(34, 100) }
