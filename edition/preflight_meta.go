package edition

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"quire/book"
	"quire/press"
)

// What shops take of a book's metadata, in characters.
const (
	mostTitle       = 200 // title and subtitle together
	mostDescription = 4000
	leastBlurb      = 150
	mostKeywords    = 7
	mostKeyword     = 50
)

// metadata looks over what the manuscript says of itself.
func (f *findings) metadata(m book.Meta) {
	if n := utf8.RuneCountInString(m.Title) + utf8.RuneCountInString(m.Subtitle); n > mostTitle {
		f.add("metadata.title-length", "", "title and subtitle have %d characters; shops take %d", n, mostTitle)
	}
	for _, want := range []struct{ value, check, what string }{
		{m.Author, "metadata.author", "author"},
		{m.Language, "metadata.no-language", "language, so it is taken as English"},
		{m.Publisher, "metadata.publisher", "publisher"},
		{m.Description, "metadata.description", "description"},
	} {
		if strings.TrimSpace(want.value) == "" {
			f.add(want.check, "", "the book names no %s", want.what)
		}
	}
	f.isbn(m.ISBN, "")
	f.date(m.Date)
	f.blurb(m)
	f.series(m)
	f.fine("metadata.title-length", "title %q", clip(m.Title, 80))
}

// date looks over the date of publication.
func (f *findings) date(date string) {
	if date == "" {
		f.add("metadata.date", "", "the book names no date")
		return
	}
	for _, form := range []string{time.DateOnly, "2006"} {
		if _, err := time.Parse(form, date); err == nil {
			return
		}
	}
	f.add("metadata.date-form", "", "the date %q is no day", clip(date, 40))
}

// blurb looks over what shops show beside the cover.
func (f *findings) blurb(m book.Meta) {
	switch n := utf8.RuneCountInString(m.Description); {
	case n > mostDescription:
		f.add("metadata.description-length", "", "the description has %d characters; shops take %d", n, mostDescription)
	case n > 0 && n < leastBlurb:
		f.add("metadata.description-short", "", "the description has only %d characters", n)
	}
	if len(m.Keywords) == 0 {
		f.add("metadata.no-keywords", "", "the book names no keywords")
	}
	if len(m.Keywords) > mostKeywords {
		f.add("metadata.keywords", "", "there are %d keywords; shops take %d", len(m.Keywords), mostKeywords)
	}
	for _, k := range m.Keywords {
		if n := utf8.RuneCountInString(k); n > mostKeyword {
			f.add("metadata.keywords", "", "the keyword %q has %d characters; shops take %d", clip(k, 40), n, mostKeyword)
		}
	}
}

// volume is how a place in a series is written: a number up to two decimals.
var volume = regexp.MustCompile(`^\d{1,4}(\.\d{1,2})?$`)

// series looks over the series and the place in it.
func (f *findings) series(m book.Meta) {
	switch {
	case m.Volume != "" && m.Series == "":
		f.add("metadata.series", "", "the book has a volume, %q, but no series", clip(m.Volume, 20))
	case m.Volume != "" && !volume.MatchString(m.Volume):
		f.add("metadata.series", "", "the volume %q is no number", clip(m.Volume, 20))
	case m.Series != "" && m.Volume == "":
		f.add("metadata.series", "", "the book is of the series %q but names no volume", clip(m.Series, 60))
	}
}

// isbn looks over an ISBN and tells the digit that would be right.
func (f *findings) isbn(isbn, where string) {
	if strings.TrimSpace(isbn) == "" {
		f.add("metadata.no-isbn", where, "the book has no ISBN")
		return
	}
	digits, ok := book.ParseISBN(isbn)
	switch {
	case ok && len(digits) == 10:
		f.add("metadata.isbn-10", where, "the ISBN %s has ten digits", digits)
	case ok:
		f.fine("metadata.isbn", "the ISBN %s has the right check digit", digits)
	case len(digits) == 13 && digits[:3] != "978" && digits[:3] != "979":
		f.add("metadata.isbn", where, "the ISBN %q begins neither with 978 nor with 979", clip(isbn, 40))
	case len(digits) == 13 || len(digits) == 10:
		f.add("metadata.isbn", where, "the ISBN %q has a wrong check digit: the last one should be %s", clip(isbn, 40), checkDigit(digits[:len(digits)-1]))
	default:
		f.add("metadata.isbn", where, "%q is no ISBN: it needs 13 digits", clip(isbn, 40))
	}
}

// checkDigit is the last digit of an ISBN whose first twelve or nine are given
// (ISO 2108).
func checkDigit(digits string) string {
	sum := 0
	for i, r := range digits {
		if len(digits) == 12 {
			sum += int(r-'0') * (1 + i%2*2)
		} else {
			sum += int(r-'0') * (i + 1)
		}
	}
	if len(digits) == 12 {
		return string("0123456789"[(10-sum%10)%10])
	}
	return string("0123456789X"[sum%11])
}

// What shops ask of a cover, in pixels.
const (
	leastCoverWidth, leastCoverHeight = 625, 1000
	goodCoverWidth, goodCoverHeight   = 1600, 2560
)

// cover looks over the picture of the front cover.
func (f *findings) cover(doc *press.Document) {
	if doc.Cover == nil {
		if doc.Meta.Cover == "" {
			f.add("cover.missing", "", "the book has no cover picture of its own; a plain one is drawn")
		}
		return
	}
	f.coverSize(doc.Cover.Width, doc.Cover.Height, doc.Cover.Format == press.SVG, clip(doc.Cover.Source, 80))
}

// coverSize looks over the size of a cover; drawings have any number of pixels.
func (f *findings) coverSize(w, h int, drawing bool, where string) {
	switch {
	case w <= 0 || h <= 0:
		return
	case drawing:
	case w < leastCoverWidth || h < leastCoverHeight:
		f.add("cover.small", where, "the cover has %d × %d pixels; shops take none below %d × %d", w, h, leastCoverWidth, leastCoverHeight)
	case w < goodCoverWidth || h < goodCoverHeight:
		f.add("cover.size", where, "the cover has %d × %d pixels; shops recommend %d × %d", w, h, goodCoverWidth, goodCoverHeight)
	}
	if h*10 < w*14 || h*10 > w*18 {
		f.add("cover.proportion", where, "the cover is %d.%02d times as high as wide; shops show 1.6 best", h/w, h*100/w%100)
	}
	if f.kinds["cover.small"] == 0 {
		f.fine("cover.size", "the cover has %d × %d pixels", w, h)
	}
}
