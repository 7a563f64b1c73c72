package epub

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"quire/press"
)

// The page list tells readers where the pages of the print edition begin, so
// that a class that reads both can meet on page 57. The display list of that
// edition gives the first letters of every page; they are looked for in the
// letters of this book, in order. Letters alone are compared, because hyphens,
// spaces, numbers and marks differ between paper and screen.

// pageMark is where a printed page begins: in a file, before one of its bytes.
type pageMark struct {
	label    string
	file, at int
}

// pageList marks where the pages of the print edition begin, and lists them.
func (b *binder) pageList() {
	if b.opt.Print == nil {
		return
	}
	marks := b.findPages()
	ids := map[string]string{}
	for i := len(marks) - 1; i >= 0; i-- { // from behind, so that places stay right
		m := marks[i]
		id := b.names.fresh("page-"+m.label, b.files[m.file].name)
		ids[m.label] = b.files[m.file].name + "#" + id
		mark := fmt.Sprintf(`<span id="%s" epub:type="pagebreak" role="doc-pagebreak" aria-label="%s"></span>`, escape(id), escape(m.label))
		f := &b.files[m.file]
		f.data = slices.Concat(f.data[:m.at], []byte(mark), f.data[m.at:])
	}
	var s strings.Builder
	s.WriteString("<nav epub:type=\"page-list\" id=\"pages\" hidden=\"hidden\">\n<ol>\n")
	for _, m := range marks {
		s.WriteString("<li><a href=\"" + escape(ids[m.label]) + "\">" + escape(m.label) + "</a></li>\n")
	}
	s.WriteString("</ol>\n</nav>\n</body>")
	for i := range b.files {
		if b.files[i].property == "nav" {
			b.files[i].data = bytes.Replace(b.files[i].data, []byte("</body>"), []byte(s.String()), 1)
		}
	}
}

// printed tells which edition the page numbers are of.
func (b *binder) printed() string {
	mm := func(p press.Pt) int { return int((p*254 + press.Inch*5) / (press.Inch * 10)) }
	return fmt.Sprintf("%s: print edition, %d × %d mm, %d pages", b.title, mm(b.opt.Print.Trim.Width), mm(b.opt.Print.Trim.Height), len(b.opt.Print.List))
}

// findPages finds the beginnings of all pages, in order. A page without words
// of its own, such as a blank one, begins where the next one does.
func (b *binder) findPages() []pageMark {
	flow := b.flow()
	var out []pageMark
	at, missed := 0, 0
	for i := range b.opt.Print.List {
		page := &b.opt.Print.List[i]
		mark := pageMark{label: page.Label, file: -1}
		missed++
		to := at + missed*reach
		if !strings.ContainsAny(page.Label, "0123456789") { // a page before the chapters
			to = flow.front
		}
		if found := flow.find(firstLetters(page, 160), at, to); found >= 0 {
			at, missed = found, 0
			mark.file, mark.at = flow.place(found)
		}
		out = append(out, mark)
	}
	last := pageMark{file: -1}
	for i := len(out) - 1; i >= 0; i-- {
		if out[i].file < 0 {
			out[i].file, out[i].at = last.file, last.at
		}
		last = out[i]
	}
	for i := range out { // pages behind the last words
		if out[i].file < 0 && i > 0 {
			out[i].file, out[i].at = out[i-1].file, out[i-1].at
		}
	}
	return slices.DeleteFunc(out, func(m pageMark) bool { return m.file < 0 })
}

// flow is the letters of the book's pages in reading order, and where each
// word stands.
type flow struct {
	letters strings.Builder
	words   []wordPlace
	text    string
	front   int // where the chapters begin
}

// wordPlace says that from one byte of a flow's letters on, they stand from one
// byte of a file on.
type wordPlace struct{ letter, file, at int }

// frontFiles are the pages before the chapters.
var frontFiles = []string{"titlepage", "imprint", "dedication", "nav"}

// flow reads all pages.
func (b *binder) flow() *flow {
	f := &flow{}
	for i := range b.files {
		if b.files[i].linear && b.files[i].id != "cover" {
			if f.front == 0 && !slices.Contains(frontFiles, b.files[i].id) {
				f.front = f.letters.Len()
			}
			f.read(i, b.files[i].data)
		}
	}
	f.text = f.letters.String()
	return f
}

// read takes in a page: its text outside of tags, without formulas and notes.
// The first word counts from the beginning of the section.
func (f *flow) read(file int, data []byte) {
	start := bytes.Index(data, []byte("<section"))
	if start < 0 {
		start = bytes.Index(data, []byte("<h1")) // of the contents, where marks may stand only inside lines
	}
	if start < 0 {
		return
	}
	start += bytes.IndexByte(data[start:], '>') + 1
	begins, inWord := true, false
	for i := start; i < len(data); {
		if data[i] == '<' {
			end := skipTag(data, i)
			if spaced(data[i:end]) {
				inWord = false
			}
			i = end
			continue
		}
		if data[i] == '&' {
			i += max(1, bytes.IndexByte(data[i:], ';')+1)
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		if unicode.IsLetter(r) {
			if !inWord {
				place := wordPlace{f.letters.Len(), file, i}
				if begins {
					place.at, begins = start, false
				}
				f.words = append(f.words, place)
			}
			f.letters.WriteRune(unicode.ToLower(r))
			inWord = true
		} else if unicode.IsSpace(r) || r == '—' || r == '–' {
			inWord = false
		}
		i += size
	}
}

// skipTag returns where a tag ends, and with it what is no part of the flow.
func skipTag(data []byte, i int) int {
	for _, name := range []string{"<math", "<svg", "<details"} {
		if bytes.HasPrefix(data[i:], []byte(name)) {
			if end := bytes.Index(data[i:], []byte("</"+name[1:]+">")); end > 0 {
				return i + end + len(name) + 2
			}
		}
	}
	if bytes.HasPrefix(data[i:], []byte(`<section class="notes"`)) {
		return len(data)
	}
	if end := bytes.IndexByte(data[i:], '>'); end >= 0 {
		return i + end + 1
	}
	return len(data)
}

// spaced reports whether a tag divides words: all but those inside of lines do.
func spaced(tag []byte) bool {
	name := strings.Trim(strings.FieldsFunc(string(tag), func(r rune) bool { return r == ' ' || r == '>' })[0], "</")
	switch name {
	case "em", "strong", "s", "a", "code", "sup", "span":
		return false
	}
	return true
}

// reach is how many letters a page may be away from the one before it: more
// than the largest page has.
const reach = 20000

// find returns where letters stand between two places; -1 if nowhere. Part of
// the letters is enough: the first of them, or some behind them when there is a
// formula in between.
func (f *flow) find(letters string, from, to int) int {
	const part = 24
	window := f.text[from:max(from, min(to, len(f.text)))]
	if at := strings.Index(window, letters); at >= 0 && letters != "" {
		return from + at
	}
	for skip := 0; skip+part <= len(letters); skip += part / 2 {
		if at := strings.Index(window, letters[skip:skip+part]); at >= 0 {
			return from + max(at-skip, 0)
		}
	}
	return -1
}

// place returns the file and the byte before which a letter's word begins.
func (f *flow) place(letter int) (file, at int) {
	i, found := slices.BinarySearchFunc(f.words, letter, func(w wordPlace, l int) int { return w.letter - l })
	if !found {
		i = max(i-1, 0)
	}
	return f.words[i].file, f.words[i].at
}

// firstLetters are the first letters of a page's text, in lower case.
func firstLetters(page *press.Page, n int) string {
	var out strings.Builder
	for _, op := range page.Ops {
		line, ok := op.(*press.Line)
		if !ok || line.Kind == press.PageLine || line.Kind == press.NoteLine || line.Kind == press.CellLine {
			continue
		}
		for i := range line.Runs {
			for _, r := range said(&line.Runs[i]) {
				if unicode.IsLetter(r) {
					out.WriteRune(unicode.ToLower(r))
				}
			}
		}
		if out.Len() >= n {
			break
		}
	}
	return out.String()
}

// said is what a run of glyphs stands for.
func said(r *press.Run) string {
	switch r.Actual {
	case "":
	case press.Silent:
		return ""
	default:
		return r.Actual
	}
	var out strings.Builder
	for _, g := range r.Glyphs {
		out.WriteString(g.Text)
	}
	return out.String()
}
