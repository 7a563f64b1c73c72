package intake

import "strconv"

// wordLists are the numberings of a document.
type wordLists struct {
	levels map[string]map[string]wordLevel // by numId and level
	counts map[string]int                  // items so far, by numId and level
}

// wordLevel is how a level of a list counts.
type wordLevel struct {
	format, text string
	start        int
}

func newWordLists() *wordLists {
	return &wordLists{map[string]map[string]wordLevel{}, map[string]int{}}
}

// readLists reads the numberings.
func (r *docxReader) readLists() error {
	part := r.related("numbering", "numbering.xml")
	if part == nil {
		return nil
	}
	root, err := r.optional(part.name)
	if err != nil {
		return err
	}
	abstract := map[string]map[string]wordLevel{}
	for _, e := range root.list("w:abstractNum") {
		levels := map[string]wordLevel{}
		for _, l := range e.list("w:lvl") {
			levels[l.attr("w:ilvl")] = listLevel(l)
		}
		abstract[e.attr("w:abstractNumId")] = levels
	}
	for _, e := range root.list("w:num") {
		levels := map[string]wordLevel{}
		for k, l := range abstract[e.val("w:abstractNumId")] {
			levels[k] = l
		}
		for _, o := range e.list("w:lvlOverride") {
			at := o.attr("w:ilvl")
			if l := o.kid("w:lvl"); l != nil {
				levels[at] = listLevel(l)
			}
			if n, err := strconv.Atoi(o.val("w:startOverride")); err == nil {
				l := levels[at]
				l.start = n
				levels[at] = l
			}
		}
		r.lists.levels[e.attr("w:numId")] = levels
	}
	return nil
}

// listLevel reads a level.
func listLevel(e *element) wordLevel {
	l := wordLevel{format: e.val("w:numFmt"), text: e.val("w:lvlText"), start: 1}
	if n, err := strconv.Atoi(e.val("w:start")); err == nil {
		l.start = n
	}
	return l
}

// level is how a level of a numbering counts; false if it makes no list.
func (l *wordLists) level(num, level string) (wordLevel, bool) {
	found, ok := l.levels[num][level]
	if !ok {
		return wordLevel{format: "bullet"}, num != "" && num != "0"
	}
	return found, num != "0" && (found.format != "none" || found.text != "")
}

// count returns the number of the next item and begins lower levels anew.
func (l *wordLists) count(num string, level int, from wordLevel) int {
	key := num + " " + strconv.Itoa(level)
	if _, ok := l.counts[key]; !ok {
		l.counts[key] = from.start - 1
	}
	l.counts[key]++
	for k := level + 1; k < 9; k++ {
		delete(l.counts, num+" "+strconv.Itoa(k))
	}
	return l.counts[key]
}
