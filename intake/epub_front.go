package intake

import "strings"

// titlePage reads what the metadata did not say.
func (b *binding) titlePage(s *segment) {
	b.keys = append(b.keys, keysIn(s.blocks)...)
	if b.meta.Title == "" {
		for _, block := range s.blocks {
			if h, ok := block.(*section); ok && b.meta.Title == "" {
				b.meta.Title = plainOf(h.text)
			}
		}
	}
}

// The limits of an imprint that is taken over.
const (
	maxImprintLines = 40
	maxImprintLine  = 600
)

// imprint takes over the lines of an imprint that the metadata do not say.
func (b *binding) imprint(s *segment) {
	b.tally.lose(lostPages)
	for _, line := range linesOf(s.blocks) {
		digits := isbnOf(line)
		switch {
		case digits != "" && isbnDigits(digits) == isbnDigits(b.meta.ISBN):
			b.meta.ISBN = digits // with its hyphens
		case b.said(line) || len(b.meta.Imprint) >= maxImprintLines || len(line) > maxImprintLine:
		default:
			b.meta.Imprint = append(b.meta.Imprint, line)
		}
	}
}

// said reports whether the metadata say a line of the imprint already.
func (b *binding) said(line string) bool {
	m := b.meta
	for _, known := range []string{m.Title, m.Subtitle, m.Author, m.Publisher, m.Date, strings.TrimPrefix(m.Publisher+", "+m.Date, ", "), "© " + m.Author} {
		if known != "" && strings.EqualFold(line, known) {
			return true
		}
	}
	return matterTitles[strings.ToLower(line)] != ""
}

// linesOf are the paragraphs and line ends of blocks as plain lines.
func linesOf(blocks []block) []string {
	var out []string
	eachBlock(blocks, func(bl block) {
		for _, list := range textsOf(bl) {
			start := 0
			for i := 0; i <= len(list); i++ {
				if i < len(list) {
					if _, ok := list[i].(newline); !ok {
						continue
					}
				}
				if s := plainOf(list[start:i]); s != "" {
					out = append(out, s)
				}
				start = i + 1
			}
		}
	})
	return out
}

// takeDedication takes over the page with the dedication, without its title.
func (b *binding) takeDedication(s *segment) {
	blocks := s.blocks
	if h, ok := blocks[0].(*section); ok && len(blocks) > 1 && (matterTitles[strings.ToLower(plainOf(h.text))] == "dedication" || s.entry != nil) {
		blocks = blocks[1:]
	}
	b.draft.dedication = append(b.draft.dedication, blocks...)
}
