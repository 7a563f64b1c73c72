package intake

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"quire/book"
)

// pdfLine is a line of a page. Lengths are those of the page.
type pdfLine struct {
	text           []byte
	turn           int     // the quarter in which it runs
	start, end     float64 // along it
	across         float64 // of its foot; lines further down have less
	signs, heights float64 // how many, and the sum of their heights
}

// height is that of its type.
func (l *pdfLine) height() float64 { return l.heights / max(l.signs, 1) }

// step is the height in halves of a point, for comparison.
func (l *pdfLine) step() int { return int(math.Round(times(l.height(), 2))) }

func (l *pdfLine) said() string { return strings.TrimSpace(string(l.text)) }

// longestParagraph is at how many bytes a paragraph ends, whatever follows.
const longestParagraph = 20_000

// settlePages makes paragraphs and headings of lines. What runs along the pages
// is left out.
func settlePages(pages []pdfPage) sourceText {
	dropRunning(pages)
	s := &settling{body: bodyStep(pages)}
	for i := range pages {
		for k := range pages[i].lines {
			s.line(&pages[i].lines[k])
		}
		s.turned = true
	}
	s.end()
	return s.out
}

// settling is the making of paragraphs.
type settling struct {
	out    sourceText
	body   int // step of the running text
	text   strings.Builder
	before *pdfLine // in this paragraph
	gap    float64  // between lines of this paragraph, 0 if not known
	turned bool     // a page has ended
	title  bool     // it is a heading
}

// line adds a line.
func (s *settling) line(l *pdfLine) {
	text := l.said()
	if text == "" {
		return
	}
	title := l.step()*10 >= s.body*12 && utf8.RuneCountInString(text) <= 150
	if s.before != nil && s.begins(l, title) {
		s.end()
	}
	switch {
	case s.before == nil:
	case s.turned:
		s.gap = 0
	default:
		s.gap = s.before.across - l.across
	}
	s.join(text)
	s.before, s.title, s.turned = l, title, false
}

// begins reports whether a line begins a paragraph.
func (s *settling) begins(l *pdfLine, title bool) bool {
	down := s.before.across - l.across
	height := s.before.height()
	switch {
	case title != s.title, title && l.step() != s.before.step(), l.turn != s.before.turn:
		return true
	case s.text.Len() > longestParagraph:
		return true
	case s.turned || down < 0: // a new page or column
		return ended(s.text.String())
	case down > times(height, 2.2), s.gap > 0 && down > times(s.gap, 1.35):
		return true
	case !title && l.start > s.before.start+times(height, 0.8) && ended(s.text.String()):
		return true
	}
	return strings.HasPrefix(l.said(), "•")
}

// ended reports whether a text ends as a sentence does.
func ended(text string) bool {
	text = strings.TrimRight(text, ` "'”’»)]」』`)
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".!?:…。！？؟", r)
}

// join adds a line to the paragraph. A word that was divided at the end of the
// line before becomes one again.
func (s *settling) join(text string) {
	have := s.text.String()
	last, n := utf8.DecodeLastRuneInString(have)
	next, _ := utf8.DecodeRuneInString(text)
	switch {
	case have == "":
	case (last == '-' || last == '\u00ad' || last == '‐') && unicode.IsLower(next):
		head := have[:len(have)-n]
		if r, _ := utf8.DecodeLastRuneInString(head); unicode.IsLetter(r) {
			s.text.Reset()
			s.text.WriteString(head)
		}
	case book.Spaceless(last) && book.Spaceless(next):
	default:
		s.text.WriteByte(' ')
	}
	s.text.WriteString(text)
}

// end ends the paragraph in work.
func (s *settling) end() {
	text := oneLine(s.text.String())
	s.text.Reset()
	if s.title {
		s.out.heading(text)
	} else {
		s.out.paragraph(text)
	}
	s.before, s.gap, s.title = nil, 0, false
}

// bodyStep is the size of type that most signs have.
func bodyStep(pages []pdfPage) int {
	signs := map[int]float64{}
	best := 0
	for i := range pages {
		for k := range pages[i].lines {
			l := &pages[i].lines[k]
			signs[l.step()] += l.signs
		}
	}
	for step, n := range signs {
		if n > signs[best] || n == signs[best] && step < best {
			best = step
		}
	}
	return best
}

// dropRunning takes out page numbers, and first and last lines that many pages
// share but for a number.
func dropRunning(pages []pdfPage) {
	const least = 3
	shared := map[string]int{}
	for i := range pages {
		for _, key := range edges(pages[i]) {
			shared[key]++
		}
	}
	for i := range pages {
		page := &pages[i]
		for n := range 2 { // from above, then from below
			for range 2 {
				if len(page.lines) == 0 {
					break
				}
				at := n * (len(page.lines) - 1)
				key := runningKey(page.lines[at].said())
				if key != "#" && (shared[key] < least || shared[key]*3 < len(pages)) {
					break
				}
				page.lines = slices.Delete(page.lines, at, at+1)
			}
		}
	}
}

// edges are the keys of the first and last two lines of a page, each once.
func edges(p pdfPage) []string {
	var keys []string
	for i := range p.lines {
		if i < 2 || i >= len(p.lines)-2 {
			if key := runningKey(p.lines[i].said()); key != "" && !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// runningKey is a line with # for each number; "" for one that is too long to
// run along pages. A line that is a number is "#".
func runningKey(text string) string {
	if utf8.RuneCountInString(text) > 100 {
		return ""
	}
	var b strings.Builder
	digit := false
	for _, r := range text {
		if unicode.IsDigit(r) {
			if !digit {
				b.WriteByte('#')
			}
			digit = true
			continue
		}
		digit = false
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.Trim(b.String(), " -–—|")
}
