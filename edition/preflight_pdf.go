package edition

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"quire/press"
	"quire/problem"
)

// pdfLook is the look at one PDF.
type pdfLook struct {
	*findings
	*pdfFile
	root  pdfDict
	leafs []pdfPage
	fonts map[string]bool // that were looked at: by number, or by name
	forms map[pdfRef]bool // likewise
	tally struct{ fonts, embedded int }
}

// pdf looks over a PDF by anybody. What is no PDF at all is a problem.Invalid.
func (f *findings) pdf(data []byte) error {
	head := bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-"))
	if head < 0 {
		return problem.New(problem.Invalid, "the file is no PDF").Try("a PDF begins with %%PDF-; make it again, or name another file")
	}
	p := &pdfLook{findings: f, pdfFile: openPDF(data), fonts: map[string]bool{}, forms: map[pdfRef]bool{}}
	if p.locked {
		f.add("pdf.encrypted", "", "the file is encrypted, so nothing more can be seen")
		return nil
	}
	p.root = p.pdfFile.root()
	if p.root == nil {
		f.add("pdf.damaged", "", "the file has no catalog of its pages; it is damaged or ends in the middle")
		return nil
	}
	if p.cut {
		f.add("pdf.damaged", "", "the file ends in the middle")
	}
	p.version(data[head:])
	p.leafs = p.walkPages()
	if len(p.leafs) == 0 {
		f.add("pdf.damaged", "", "the file has no pages")
		return nil
	}
	p.sizes()
	for i := range p.leafs {
		p.page(&p.leafs[i])
	}
	p.fine("pdf.fonts", "%d fonts, all embedded", p.tally.fonts)
	p.structure()
	p.active()
	if p.partial {
		f.add("pdf.partial", "", "parts of the file could not be read, so what is in them was not looked at")
	}
	f.fine("pdf.damaged", "the file is whole: %d pages", len(p.leafs))
	f.fine("pdf.encrypted", "the file is not encrypted")
	return nil
}

// pdfVersion is what a file says of its version.
var pdfVersion = regexp.MustCompile(`^%PDF-(\d)\.(\d)`)

// version looks over the version of PDF that the file says it is.
func (p *pdfLook) version(head []byte) {
	m := pdfVersion.FindSubmatch(head)
	if m == nil {
		p.add("pdf.version", "", "the file does not say its version")
		return
	}
	v := int(m[1][0]-'0')*10 + int(m[2][0]-'0')
	if name, ok := p.resolve(p.root["Version"]).(pdfName); ok {
		if x, err := strconv.ParseFloat(string(name), 64); err == nil && x < 10 {
			v = max(v, int(x*10+0.5))
		}
	}
	if v < 13 || v > 17 {
		p.add("pdf.version", "", "the file is PDF %d.%d; printers take 1.3 to 1.7", v/10, v%10)
	}
	p.fine("pdf.version", "PDF %d.%d", v/10, v%10)
}

// structure looks over what readers who listen need, and what a program shows.
func (p *pdfLook) structure() {
	marks := p.dict(p.root["MarkInfo"])
	tagged := p.resolve(marks["Marked"]) == true && len(p.dict(p.root["StructTreeRoot"])) > 0
	if !tagged {
		p.add("pdf.tags", "", "the file is not tagged: it has no reading order and no headings for readers who listen")
	}
	p.fine("pdf.tags", "the file is tagged, in reading order")
	if _, ok := p.resolve(p.root["Lang"]).(pdfString); !ok {
		p.add("pdf.language", "", "the file does not say its language")
	}
	p.fine("pdf.language", "the language is %s", clip(p.text(p.root["Lang"]), 40))
	title := p.text(p.dict(p.trailer["Info"])["Title"])
	if title == "" {
		title = p.xmpTitle()
	}
	if strings.TrimSpace(title) == "" {
		p.add("pdf.title", "", "the file has no title")
	}
	p.fine("pdf.title", "the title is %q", clip(title, 80))
	if p.resolve(p.dict(p.root["ViewerPreferences"])["DisplayDocTitle"]) != true {
		p.add("pdf.title-shown", "", "programs show the name of the file instead of the title")
	}
	p.fine("pdf.title-shown", "programs show the title")
	if p.dict(p.root["PageLabels"]) == nil && len(p.leafs) > 1 {
		p.add("pdf.labels", "", "programs count the pages from 1, whatever is printed on them")
	}
	if p.dict(p.root["Outlines"]) == nil && len(p.leafs) > 20 {
		p.add("pdf.bookmarks", "", "the file has no bookmarks")
	}
	if intents, _ := p.resolve(p.root["OutputIntents"]).(pdfArray); len(intents) > 0 {
		p.fine("pdf.intent", "the file says what its colours mean")
	} else if !p.own {
		p.add("pdf.intent", "", "the file does not say what its colours mean (it has no output intent)")
	}
}

// active looks for what printers refuse: scripts, forms, files inside.
func (p *pdfLook) active() {
	names := p.dict(p.root["Names"])
	open, _ := p.dict(p.root["OpenAction"])["S"].(pdfName)
	if names["JavaScript"] != nil || open == "JavaScript" || open == "Launch" || p.root["AA"] != nil {
		p.add("pdf.active", "", "the file carries out scripts")
	}
	if names["EmbeddedFiles"] != nil {
		p.add("pdf.active", "", "other files are attached to the file")
	}
	if fields, _ := p.resolve(p.dict(p.root["AcroForm"])["Fields"]).(pdfArray); len(fields) > 0 {
		p.add("pdf.active", "", "the file has a form to fill in")
	}
}

// xmpTitle is the title in the metadata stream.
func (p *pdfLook) xmpTitle() string {
	s, ok := p.resolve(p.root["Metadata"]).(pdfStream)
	if !ok {
		return ""
	}
	data, ok := p.unpack(s)
	if !ok {
		return ""
	}
	d := xml.NewDecoder(bytes.NewReader(data[:min(len(data), 1<<20)]))
	inside := false
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) || err != nil {
			return ""
		}
		switch t := t.(type) {
		case xml.StartElement:
			inside = inside || t.Name.Local == "title"
		case xml.CharData:
			if text := strings.TrimSpace(string(t)); inside && text != "" {
				return text
			}
		}
	}
}

// text resolves to a text string: UTF-16 or UTF-8 with a mark, else Latin
// (ISO 32000-1, 7.9.2).
func (p *pdfLook) text(v any) string {
	s, _ := p.resolve(v).(pdfString)
	if rest, ok := strings.CutPrefix(string(s), "\xfe\xff"); ok {
		var units []uint16
		for i := 0; i+1 < len(rest); i += 2 {
			units = append(units, uint16(rest[i])<<8|uint16(rest[i+1]))
		}
		return string(utf16.Decode(units))
	}
	if rest, ok := strings.CutPrefix(string(s), "\xef\xbb\xbf"); ok {
		return rest
	}
	runes := make([]rune, 0, len(s))
	for i := range len(s) {
		runes = append(runes, rune(s[i]))
	}
	return string(runes)
}

// sizes looks over the boxes of the pages.
func (p *pdfLook) sizes() {
	first := p.leafs[0].size()
	even := true
	for i := range p.leafs {
		l := &p.leafs[i]
		if l.media.empty() {
			p.add("pdf.boxes", l.where(), "a page has no size")
			continue
		}
		if s := l.size(); even && !near(s, first) {
			even = false
			p.add("pdf.sizes", l.where(), "the pages are not all of one size: %s × %s and %s × %s", inches(first.Width), inches(first.Height), inches(s.Width), inches(s.Height))
		}
		p.boxes(l)
	}
	p.fine("pdf.sizes", "all pages are %s × %s", inches(first.Width), inches(first.Height))
	if p.own || p.screen {
		return
	}
	p.sheets = len(p.leafs)
	w, h := hundredths(first.Width), hundredths(first.Height)
	for _, margin := range [][2]int{{0, 0}, {12, 25}, {13, 25}, {25, 25}} { // with a bleed on three sides, or on all
		if o, ok := offeredTrim(w-margin[0], h-margin[1]); ok {
			first = press.Trim{Width: press.Inch * press.Pt(o[0]) / 100, Height: press.Inch * press.Pt(o[1]) / 100}
			break
		}
	}
	p.paperback(p.sheets, first)
}

// boxes looks over the boxes of one page (ISO 32000-1, 14.11.2).
func (p *pdfLook) boxes(l *pdfPage) {
	if p.screen {
		return
	}
	outside := func(in, out frame) bool {
		return in.x0 < out.x0-slack || in.y0 < out.y0-slack || in.x1 > out.x1+slack || in.y1 > out.y1+slack
	}
	switch {
	case l.trim.empty():
		p.add("pdf.trim-box", l.where(), "a page does not say where it is cut")
		return
	case outside(l.trim, l.media):
		p.add("pdf.boxes", l.where(), "a page is cut outside of itself: its trim box is larger than the page")
	case !l.bleed.empty() && (outside(l.trim, l.bleed) || outside(l.bleed, l.media)):
		p.add("pdf.boxes", l.where(), "the bleed box of a page does not lie between its trim and its edge")
	}
	over := max(l.trim.x0-l.media.x0, l.trim.y0-l.media.y0, l.media.x1-l.trim.x1, l.media.y1-l.trim.y1)
	if over > press.Inch/4 {
		p.add("pdf.marks", l.where(), "a page has %s of paper around its trim, as for crop marks", inches(over))
	}
}

// near reports whether two sizes are the same but for a rounding.
func near(a, b press.Trim) bool {
	d := max(a.Width-b.Width, b.Width-a.Width, a.Height-b.Height, b.Height-a.Height)
	return d <= press.Point
}
