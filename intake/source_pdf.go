package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"quire/problem"
)

// The limits of a PDF, so that none takes more than its share. What is unpacked
// counts, not what the file says about itself.
const (
	maxPDFBundles = 1_000     // streams of objects
	maxBundled    = 256 << 20 // bytes of them together, unpacked
	leastBundled  = 512 << 10 // bytes that each may have, however many there are
	maxPDFContent = 256 << 20 // bytes of what pages show, unpacked
	maxPDFSigns   = 1 << 24   // characters on all pages
	maxPDFObjects = 1 << 20   // objects of a file
)

// bundle finds the streams of objects in a file, however their name is spelt.
var bundle = lazy(`/(?:O|#4[fF])(?:b|#62)(?:j|#6[aA])(?:S|#53)(?:t|#74)(?:m|#6[dD])`)

// errPDFTooLarge ends the reading of a PDF that shows more than any source.
var errPDFTooLarge = errors.New("the pages show too much")

// readPDF reads the text of a PDF. The library takes the file apart, what its
// pages show is read here. A panic of either ends this file alone.
func readPDF(ctx context.Context, name string, data []byte) (out sourceText, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			out, err = sourceText{}, damaged(name, "pdf").Because(fmt.Errorf("panic: %v", fault))
		}
	}()
	file, err := openPDF(ctx, name, data)
	if err != nil {
		return sourceText{}, err
	}
	switch n := file.PageCount; {
	case n < 1:
		return sourceText{}, damaged(name, "pdf")
	case n > MaxPDFPages:
		return sourceText{}, invalid("%s has %d pages; at most %d are read", name, n, MaxPDFPages).Try("give only the pages that the book needs")
	}
	r := &pdfReader{ctx: ctx, file: file, fonts: map[string]*pdfFont{}, left: maxPDFContent}
	broken := 0
	for n := 1; n <= file.PageCount; n++ {
		switch err := r.page(n); {
		case ctx.Err() != nil:
			return sourceText{}, problem.New(problem.Canceled, "reading the sources was stopped").Because(ctx.Err())
		case errors.Is(err, errPDFTooLarge):
			return sourceText{}, invalid("%s shows far more than a source holds", name).Because(err).Try("give only the pages that the book needs")
		case err != nil:
			broken++
		}
	}
	out = settlePages(r.pages)
	if len(out.blocks) == 0 {
		if broken > 0 {
			return sourceText{}, damaged(name, "pdf")
		}
		return sourceText{}, invalid("%s has no text that can be read", name).Try("run text recognition first, then give the PDF that it makes")
	}
	if broken > 0 {
		out.notes = append(out.notes, numbered(broken, "page of "+name+" could not be read", "pages of "+name+" could not be read"))
	}
	if r.unknown*20 > r.signs {
		out.notes = append(out.notes, name+" does not say which letters some of its signs are; parts of its text may be missing")
	}
	out.title, out.author = r.said("Title"), r.said("Author")
	if first := out.blocks[0]; out.title == "" && first.heading {
		out.title = first.text
	}
	return out, nil
}

// openPDF takes a file apart.
func openPDF(ctx context.Context, name string, data []byte) (*model.Context, error) {
	bundles := len(bundle().FindAllIndex(data, maxPDFBundles+1))
	if bundles > maxPDFBundles {
		return nil, invalid("%s is made of more parts than a source has", name).Try("print it into a new PDF, or give only the pages that the book needs")
	}
	limits := model.DefaultResourceLimits()
	limits.MaxStreamBytes, limits.MaxObjectCount, limits.MaxXRefEntries = MaxSourceFile, maxPDFObjects, maxPDFObjects
	limits.MaxObjectStreamFirst = leastBundled
	limits.MaxDecodeBytes = int64(min(MaxPDFStream, max(leastBundled, maxBundled/(bundles+1))))
	file, err := pdfcpu.ReadWithContext(ctx, bytes.NewReader(data), &model.Configuration{
		Reader15: true, Offline: true, ValidationMode: model.ValidationRelaxed, Cmd: model.EXTRACTCONTENT, Limits: limits,
	})
	switch {
	case ctx.Err() != nil:
		return nil, problem.New(problem.Canceled, "reading the sources was stopped").Because(ctx.Err())
	case errors.Is(err, pdfcpu.ErrWrongPassword), err != nil && locked.MatchString(err.Error()):
		return nil, invalid("%s is locked with a password", name).Because(err).Try("save it without the password, and try again")
	case err != nil:
		return nil, damaged(name, "pdf").Because(err)
	}
	if err := file.EnsurePageCount(); err != nil {
		return nil, damaged(name, "pdf").Because(err)
	}
	return file, nil
}

// locked tells failures over a password from others; the library has no kind
// for all of them.
var locked = regexp.MustCompile(`(?i)password|encrypt|permission`)

// pdfReader reads the pages of one file.
type pdfReader struct {
	ctx            context.Context //nolint:containedctx // it lives as long as one call
	file           *model.Context
	fonts          map[string]*pdfFont // by reference
	pages          []pdfPage
	left           int // bytes that pages may still show
	signs, unknown int // characters, and those that are not known
}

// pdfPage is what a page says, line by line in the order of painting.
type pdfPage struct{ lines []pdfLine }

// page reads one page.
func (r *pdfReader) page(n int) error {
	r.pages = append(r.pages, pdfPage{})
	dict, _, inherited, err := r.file.PageDict(n, false)
	if err != nil {
		return fmt.Errorf("page %d: %w", n, err)
	}
	if dict == nil {
		return fmt.Errorf("page %d is missing", n)
	}
	resources, err := r.file.DereferenceDict(dict["Resources"])
	if (err != nil || resources == nil) && inherited != nil {
		resources = inherited.Resources
	}
	content, err := r.contents(dict["Contents"])
	if err != nil {
		return fmt.Errorf("page %d: %w", n, err)
	}
	p := &painter{reader: r, page: &r.pages[len(r.pages)-1]}
	err = p.run(content, resources, newPDFState(), 0)
	p.endLine()
	return err
}

// contents is what a page paints: one stream or several in a row.
func (r *pdfReader) contents(o types.Object) ([]byte, error) {
	o, err := r.file.Dereference(o)
	if err != nil {
		return nil, fmt.Errorf("contents: %w", err)
	}
	list, ok := o.(types.Array)
	if !ok {
		list = types.Array{o}
	}
	var all []byte
	for _, part := range list {
		data, err := r.stream(part)
		if err != nil {
			return nil, err
		}
		all = append(append(all, data...), '\n')
	}
	return all, nil
}

// stream unpacks a stream; nil if there is none.
func (r *pdfReader) stream(o types.Object) ([]byte, error) {
	o, err := r.file.Dereference(o)
	if err != nil {
		return nil, fmt.Errorf("stream: %w", err)
	}
	s, ok := o.(types.StreamDict)
	if !ok {
		return nil, nil
	}
	limit := min(MaxPDFStream, r.left)
	if limit <= 0 {
		return nil, errPDFTooLarge
	}
	if err := s.DecodeWithLimit(int64(limit)); err != nil {
		return nil, fmt.Errorf("stream: %w", err)
	}
	if len(s.Content) > limit {
		return nil, errPDFTooLarge
	}
	r.left -= len(s.Content) + 1
	return s.Content, nil
}

// said is an entry of what the file says about itself.
func (r *pdfReader) said(key string) string {
	if r.file.Info == nil {
		return ""
	}
	info, err := r.file.DereferenceDict(*r.file.Info)
	if err != nil || info == nil || info[key] == nil {
		return ""
	}
	text, err := r.file.DereferenceText(info[key])
	if err != nil || strings.Contains(strings.ToLower(text), "untitled") {
		return ""
	}
	return oneLine(shown(text))
}

// dict is an entry of a dictionary that is one itself, nil if there is none.
func (r *pdfReader) dict(d types.Dict, key string) types.Dict {
	o, err := r.file.Dereference(d[key])
	if err != nil {
		return nil
	}
	switch t := o.(type) {
	case types.Dict:
		return t
	case types.StreamDict:
		return t.Dict
	}
	return nil
}

// array is an entry of a dictionary that is a list, nil if there is none.
func (r *pdfReader) array(d types.Dict, key string) types.Array {
	o, err := r.file.Dereference(d[key])
	if err != nil {
		return nil
	}
	list, _ := o.(types.Array)
	return list
}

// number is a number, or 0.
func (r *pdfReader) number(o types.Object) float64 {
	o, err := r.file.Dereference(o)
	if err != nil {
		return 0
	}
	switch t := o.(type) {
	case types.Integer:
		return float64(t.Value())
	case types.Float:
		return t.Value()
	}
	return 0
}

// name is an entry of a dictionary that is a name, "" if there is none.
func (r *pdfReader) name(d types.Dict, key string) string {
	o, err := r.file.Dereference(d[key])
	if err != nil {
		return ""
	}
	n, _ := o.(types.Name)
	return n.Value()
}
