package docx

import (
	"strconv"
	"strings"

	"quire/press"
)

// caption is the words at a figure or a table. Kind is Figure or Table, in
// English: programs know the fields by these names.
type caption struct {
	kind, style, word, id string
	number                int
	text                  []press.Inline
}

// caption writes a caption whose number is a field, so that it counts on when
// figures come and go.
func (w *writer) caption(c caption, f frame) {
	p := paraProps{style: c.style}
	w.place(&p, f)
	run := w.direct(&p, c.text, f)
	before, behind := w.marks.heading(c.id)
	w.open(p)
	w.put(before)
	if w.look.theme.Figures && c.number > 0 {
		label := runProps{style: "CaptionLabel"}
		const here = "\ue000" // stands for the number; languages put it in front or behind
		ahead, rest, _ := strings.Cut(w.words.Label(c.word, here), here)
		if ahead != "" {
			w.put(letters(label, strings.TrimSuffix(ahead, " "), w.leftward) + letters(label, "\u00a0", w.leftward))
		}
		w.put(field(`SEQ `+c.kind+` \* ARABIC`, label, strconv.Itoa(c.number)))
		w.put(letters(label, rest+". ", w.leftward))
	}
	w.inlines(c.text, run)
	w.put(behind)
	w.close()
}
