package docx

import "quire/press"

// list writes a list. Levels below the ninth, which Word has not, are on the
// ninth.
func (w *writer) list(t *press.List, f frame) {
	level, kind, style := min(f.depth, deepest-1), 0, "ListBullet"
	if t.Ordered {
		kind, style = 1, "ListNumber"
	}
	number := w.newList(t.Ordered, level, f.kin[kind], t.Start)
	in := f
	if f.depth < deepest {
		in = w.inset(f, w.look.step(), 0)
	}
	in.depth++
	in.kin[kind]++
	in.style, in.source = "ListParagraph", ""
	p := paraProps{style: style, num: number, level: level}
	if in.left != (level+1)*w.look.step() {
		p.left, p.firstIn = in.left, -w.look.step()
	}
	if f.right > 0 {
		p.right = f.right
	}
	if f.depth == 0 && !w.note {
		w.white = w.look.lead / 2
	}
	for i, it := range t.Items {
		if i > 0 && !t.Tight {
			w.white = w.look.lead / 2
		}
		p.before = w.white
		w.item(it, p, in, t.Tight)
	}
	if f.depth == 0 && !w.note {
		w.white = w.look.lead / 2
	}
}

// item writes an entry of a list. Its number stands beside its first paragraph,
// or alone.
func (w *writer) item(it press.Item, p paraProps, f frame, tight bool) {
	blocks := it.Blocks
	if len(blocks) > 0 && isParagraph(blocks[0]) {
		w.at = blocks[0].Where()
		w.paragraph(blocks[0].(*press.Paragraph).Text, p, f)
		blocks = blocks[1:]
	} else {
		w.open(p)
		w.close()
	}
	for i := range blocks {
		if !tight && isParagraph(blocks[i]) {
			w.white = w.look.lead / 2
		}
		w.blocks(blocks[i:i+1], f)
	}
}
