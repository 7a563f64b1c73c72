package intake

import (
	"bytes"
	"context"
	"path"
	"strings"
)

// sourceText is what a file of a source says.
type sourceText struct {
	title, author string // "" if it does not say
	blocks        []sourceBlock
	notes         []string // what was guessed or left out, one sentence each
}

// sourceBlock is a paragraph or the like as plain text, or a heading.
type sourceBlock struct {
	heading bool
	text    string
}

// readSource reads a file by what it is, whatever its name says, then by its
// ending.
func readSource(ctx context.Context, name string, data []byte) (sourceText, error) {
	ending := strings.ToLower(path.Ext(name))
	head := bytes.TrimLeft(data[:min(len(data), 2048)], "\xef\xbb\xbf \t\r\n")
	switch {
	case bytes.HasPrefix(head, []byte("%PDF-")), ending == ".pdf" && bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		return readPDF(ctx, name, data)
	case ending == ".pdf":
		return sourceText{}, damaged(name, "pdf")
	case pictureKind(data) != "":
		return sourceText{}, invalid("%s is a picture (%s), which has no text to read", name, pictureKind(data)).
			Try("give its text as a file of its own, or leave it out")
	case isPage(head) || (ending == ".html" || ending == ".htm" || ending == ".xhtml") && !bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return readPage(name, data)
	}
	packed, err := openPacked(name, bytes.NewReader(data), int64(len(data)))
	switch {
	case err != nil:
		return sourceText{}, err
	case packed != nil:
		return readPackedSource(name, packed)
	}
	text, err := decode(name, data)
	if err != nil {
		return sourceText{}, err
	}
	if ending == ".md" || ending == ".markdown" {
		return readMarkdownSource(name, text), nil
	}
	return sourceText{blocks: textParagraphs(text)}, nil
}

// pictureSigns are the first bytes of pictures.
var pictureSigns = []struct{ sign, kind string }{
	{"\x89PNG\r\n", "PNG"}, {"\xff\xd8\xff", "JPEG"}, {"GIF8", "GIF"}, {"II*\x00", "TIFF"}, {"MM\x00*", "TIFF"},
	{"BM\x00", "BMP"}, {"8BPS", "Photoshop"}, {"<svg", "SVG"},
}

// pictureKind names the kind of picture, "" if it is none.
func pictureKind(data []byte) string {
	for _, p := range pictureSigns {
		if bytes.HasPrefix(data, []byte(p.sign)) {
			return p.kind
		}
	}
	switch {
	case len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return "WebP"
	case len(data) >= 12 && string(data[4:8]) == "ftyp" && (string(data[8:12]) == "heic" || string(data[8:12]) == "avif" || string(data[8:12]) == "mif1"):
		return "HEIF"
	}
	return ""
}

// isPage reports whether a text begins as a web page does.
func isPage(head []byte) bool {
	low := bytes.ToLower(head)
	if bytes.HasPrefix(low, []byte("<?xml")) {
		return bytes.Contains(low, []byte("<html"))
	}
	return bytes.HasPrefix(low, []byte("<!doctype html")) || bytes.HasPrefix(low, []byte("<html"))
}

// textParagraphs cuts plain text at its blank lines. Ends of line stay.
func textParagraphs(text string) []sourceBlock {
	var blocks []sourceBlock
	var lines []string
	flush := func() {
		if len(lines) > 0 {
			blocks = append(blocks, sourceBlock{text: strings.Join(lines, "\n")})
		}
		lines = nil
	}
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimRight(line, " \t"); strings.TrimSpace(line) == "" {
			flush()
			continue
		}
		lines = append(lines, line)
	}
	flush()
	return blocks
}

// readPackedSource reads a DOCX or EPUB as the importer of books does, and
// keeps what it says.
func readPackedSource(name string, p *packed) (sourceText, error) {
	d := newDraft(name)
	read := readEPUB
	if p.format == formatDOCX {
		read = readDOCX
	}
	if err := read(p.archive, d); err != nil {
		return sourceText{}, err
	}
	out := sourceText{title: d.meta.Title, author: d.meta.Author}
	seen := map[*note]bool{}
	for _, c := range d.chapters {
		out.heading(c.title)
		out.drawn(c.blocks, seen)
	}
	if len(out.blocks) == 0 {
		return sourceText{}, invalid("%s holds no text", name).Try("check in the program that made it that it is the right file")
	}
	return out, nil
}

func (s *sourceText) heading(title string) {
	if title = oneLine(title); title != "" {
		s.blocks = append(s.blocks, sourceBlock{heading: true, text: title})
	}
}

func (s *sourceText) paragraph(text string) {
	if text = strings.TrimSpace(text); text != "" {
		s.blocks = append(s.blocks, sourceBlock{text: text})
	}
}

// drawn adds blocks of an imported book, and behind them the notes that they
// refer to.
func (s *sourceText) drawn(blocks []block, seen map[*note]bool) {
	var notes []*note
	eachBlock(blocks, func(b block) {
		switch t := b.(type) {
		case *section:
			s.heading(strings.TrimSpace(t.label + " " + plainOf(t.text)))
		case *program:
			s.paragraph(t.text)
		case *equation:
			s.paragraph(t.source)
		case *grid:
			s.paragraph(gridText(t))
		default:
			for _, text := range textsOf(b) {
				s.paragraph(plainOf(text))
			}
		}
		for _, text := range textsOf(b) {
			eachInline(text, func(in inline) {
				if m, ok := in.(noteMark); ok && m.note != nil && !seen[m.note] {
					seen[m.note] = true
					notes = append(notes, m.note)
				}
			})
		}
	})
	for _, n := range notes {
		s.drawn(n.blocks, seen)
	}
}

// gridText writes a table, a line for each row.
func gridText(t *grid) string {
	lines := []string{plainOf(t.caption)}
	for _, row := range append([][]gridCell{t.head}, t.rows...) {
		var cells []string
		for i := range row {
			if text := plainOf(row[i].text); text != "" {
				cells = append(cells, text)
			}
		}
		lines = append(lines, strings.Join(cells, " | "))
	}
	return strings.Join(lines, "\n")
}
