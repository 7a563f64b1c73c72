package docx

import (
	"strconv"
	"strings"
)

// The numbers by which paragraphs name their list. Ordered lists come behind
// these, each with a number of its own, so that each begins afresh.
const (
	bulletList     = 1 // and the next two: bullets that begin with another sign
	headingNumbers = 4
	firstList      = 5
)

// The patterns that numbers follow.
const (
	bulletPattern  = 0 // three of them, by the sign of the first level
	orderedPattern = 3 // three of them, by the count of the first level
	headingPattern = 6
)

// deepest is how many levels Word's lists have.
const deepest = 9

// start is a list that begins with a number.
type start struct{ pattern, level, first int }

// bullets mark the items of nested lists, counts how ordered ones count.
var (
	bullets = [3]string{"•", "–", "·"}
	counts  = [3]string{"decimal", "lowerLetter", "lowerRoman"}
)

// newList returns the number of a new list. In a list that is itself the
// child of so many others the first sign is chosen by those of its kind.
func (b *binder) newList(ordered bool, level, kin, from int) int {
	turn := ((kin-level)%3 + 3) % 3
	if !ordered {
		return bulletList + turn
	}
	b.lists = append(b.lists, start{orderedPattern + turn, level, max(from, 0)})
	return firstList + len(b.lists) - 1
}

// numbering writes word/numbering.xml.
func (b *binder) numbering() []byte {
	p := newPart("numbering")
	p.put(head + "<w:numbering" + spaces + ">")
	for turn := range 3 {
		p.put(b.pattern(bulletPattern+turn, func(level int) string {
			return num("start", 1) + val("numFmt", "bullet") + val("lvlText", bullets[(level+turn)%3])
		}))
	}
	for turn := range 3 {
		p.put(b.pattern(orderedPattern+turn, func(level int) string {
			return num("start", 1) + val("numFmt", counts[(level+turn)%3]) + val("lvlText", "%"+strconv.Itoa(level+1)+".")
		}))
	}
	p.put(b.headingPattern())
	for i := range 3 {
		p.put(instance(bulletList+i, bulletPattern+i, ""))
	}
	p.put(instance(headingNumbers, headingPattern, ""))
	for i, l := range b.lists {
		over := `<w:lvlOverride w:ilvl="` + strconv.Itoa(l.level) + `">` + num("startOverride", l.first) + "</w:lvlOverride>"
		p.put(instance(firstList+i, l.pattern, over))
	}
	p.put("</w:numbering>\n")
	return p.out
}

// instance is a list that follows a pattern.
func instance(id, pattern int, over string) string {
	return `<w:num w:numId="` + strconv.Itoa(id) + `">` + num("abstractNumId", pattern) + over + "</w:num>"
}

// listName is the number by which Word tells patterns apart when text is
// pasted from one file into another.
func listName(pattern int) string { return val("nsid", "51A1E00"+strconv.Itoa(pattern)) }

// pattern is nine levels of a list; sign writes what is special to each, and
// lvlText comes last in it.
func (b *binder) pattern(id int, sign func(level int) string) string {
	var s strings.Builder
	s.WriteString(`<w:abstractNum w:abstractNumId="` + strconv.Itoa(id) + `">` + listName(id) + val("multiLevelType", "multilevel"))
	step := b.look.step()
	for level := range deepest {
		para := paraProps{left: (level + 1) * step, firstIn: -step}
		s.WriteString(`<w:lvl w:ilvl="` + strconv.Itoa(level) + `">` + sign(level) + val("lvlJc", "left") + para.xml() + "</w:lvl>")
	}
	s.WriteString("</w:abstractNum>")
	return s.String()
}

// headingPattern counts chapters and the sections in them, tied to the styles
// of headings. A level that shows no number still counts for those below it.
func (b *binder) headingPattern() string {
	var s strings.Builder
	s.WriteString(`<w:abstractNum w:abstractNumId="` + strconv.Itoa(headingPattern) + `">` + listName(headingPattern) + val("multiLevelType", "multilevel"))
	text := ""
	for level := range deepest {
		text += ".%" + strconv.Itoa(level+1)
		tied := level == 0 && b.look.numbersChapters() || level > 0 && level < b.look.theme.Numbers
		s.WriteString(`<w:lvl w:ilvl="` + strconv.Itoa(level) + `">` + num("start", 1) + val("numFmt", "decimal"))
		if tied {
			s.WriteString(val("pStyle", "Heading"+strconv.Itoa(level+1)))
		}
		s.WriteString(b.headingLevel(level, text[1:], tied) + "</w:lvl>")
	}
	s.WriteString("</w:abstractNum>")
	return s.String()
}

// headingLevel is how the number of a heading stands before it.
func (b *binder) headingLevel(level int, text string, tied bool) string {
	none := paraProps{left: zero, firstIn: zero}
	if !tied || level == 0 && b.look.numberAbove() || level == 0 && b.look.theme.Opening.Place == "none" {
		return val("suff", "nothing") + val("lvlText", "") + val("lvlJc", "left") + none.xml()
	}
	if level > 0 {
		return val("suff", "nothing") + val("lvlText", text+"\u2002") + val("lvlJc", "left") + none.xml()
	}
	text = b.chapterNumber("%1")
	if b.look.theme.Opening.Align != "left" || text != "%1" {
		return val("suff", "nothing") + val("lvlText", text+"\u2002") + val("lvlJc", "left") + none.xml()
	}
	turn := twips(b.look.theme.Opening.Title.Size) * 14 / 10
	hang := paraProps{left: turn, firstIn: -turn}
	return val("lvlText", text) + val("lvlJc", "left") + hang.xml()
}

// chapterNumber is what stands before or above a chapter's title.
func (b *binder) chapterNumber(n string) string {
	if b.look.theme.Opening.Figure {
		return n
	}
	return b.words.Label(b.words.Chapter, n)
}
