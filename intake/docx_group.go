package intake

// groupClasses are the divs that paragraphs of a role make together.
var groupClasses = map[role]string{ //nolint:exhaustive // the others make no div
	roleEpigraph: "epigraph", roleVerse: "verse", roleNote: "note", roleDialogue: "dialogue", roleCenter: "center", roleSignature: "signature", roleColophon: "imprint",
}

// groups puts neighbours that belong together into one block: lists,
// quotations, poems, code, terms and meanings.
func groups(items []wordItem) []wordItem {
	var out []wordItem
	for i := 0; i < len(items); {
		it := items[i]
		n := 1
		switch {
		case it.list:
			n = run(items[i:], func(next wordItem) bool { return next.list || next.goesOn })
			for _, b := range lists(items[i:i+n], 0) {
				out = append(out, wordItem{block: b})
			}
			i += n
			continue
		case it.role == roleQuote || groupClasses[it.role] != "" || it.role == roleCode:
			n = run(items[i:], func(next wordItem) bool { return next.role == it.role && next.lang == it.lang && !next.list })
			it.block = together(items[i : i+n])
		case it.role == roleTerm || it.role == roleDefinition:
			n = run(items[i:], func(next wordItem) bool { return next.role == roleTerm || next.role == roleDefinition })
			it.block = terms(items[i : i+n])
		}
		if it.role != roleImprint && it.role != roleDedication && n > 1 || groupClasses[it.role] != "" || it.role == roleQuote || it.role == roleTerm {
			it.bold = it.bold && n == 1
		}
		out = append(out, it)
		i += n
	}
	return out
}

// run is how many items from the first on go together.
func run(items []wordItem, more func(wordItem) bool) int {
	n := 1
	for n < len(items) && more(items[n]) {
		n++
	}
	return n
}

// together makes one block of paragraphs of one role.
func together(items []wordItem) block {
	if items[0].role == roleCode {
		t := &program{}
		for i, it := range items {
			if p, ok := it.block.(*program); ok {
				if i > 0 {
					t.text += "\n"
				}
				t.text += p.text
			}
		}
		t.keys = items[0].block.where().keys
		return t
	}
	blocks := make([]block, 0, len(items))
	for _, it := range items {
		blocks = append(blocks, it.block)
	}
	if items[0].role == roleQuote {
		return &quotation{blocks: blocks}
	}
	return &division{class: groupClasses[items[0].role], blocks: blocks}
}

// terms makes a list of terms and meanings.
func terms(items []wordItem) block {
	t := &glossary{}
	for _, it := range items {
		last := len(t.items) - 1
		if last < 0 || it.role == roleTerm && len(t.items[last].meanings) > 0 {
			t.items = append(t.items, glossaryItem{})
			last++
		}
		if p, ok := it.block.(*paragraph); ok && it.role == roleTerm {
			t.items[last].terms = append(t.items[last].terms, p.text)
			continue
		}
		t.items[last].meanings = append(t.items[last].meanings, []block{it.block})
	}
	return t
}

// lists makes lists of items of a depth and below.
func lists(items []wordItem, depth int) []block {
	var out []block
	var now *listing
	num := ""
	for i := 0; i < len(items); {
		it := items[i]
		if it.list && it.depth > depth {
			n := run(items[i:], func(next wordItem) bool { return next.goesOn || next.depth > depth })
			inner := lists(items[i:i+n], min(it.depth, depth+1))
			if now == nil {
				out = append(out, inner...)
			} else {
				last := len(now.items) - 1
				now.items[last] = append(now.items[last], inner...)
			}
			i += n
			continue
		}
		if now == nil || it.list && (it.ordered != now.ordered || it.num != num) {
			now, num = &listing{ordered: it.ordered, start: max(it.number, 0), tight: true}, it.num
			out = append(out, now)
		}
		if it.list || len(now.items) == 0 {
			now.items = append(now.items, nil)
		} else {
			now.tight = false
		}
		last := len(now.items) - 1
		now.items[last] = append(now.items[last], it.block)
		i++
	}
	return out
}

// inLanguages puts neighbours in another language into a div.
func inLanguages(items []wordItem) []wordItem {
	var out []wordItem
	for i := 0; i < len(items); {
		if items[i].lang == "" || items[i].role == roleHeading {
			out = append(out, items[i])
			i++
			continue
		}
		n := run(items[i:], func(next wordItem) bool { return next.lang == items[i].lang && next.role != roleHeading })
		if d, ok := items[i].block.(*division); ok && n == 1 {
			d.lang = items[i].lang
			out = append(out, wordItem{block: d})
		} else {
			out = append(out, wordItem{block: &division{lang: items[i].lang, blocks: withoutMarks(items[i : i+n])}})
		}
		i += n
	}
	return out
}

// captions gives captions to the pictures and tables beside them: one that is
// styled for tables to the table behind it, others to what stands before.
func captions(items []wordItem) []wordItem {
	var out []wordItem
	for i, it := range items {
		p, ok := it.block.(*paragraph)
		if !ok || it.role != roleCaption && it.role != roleTableCaption {
			out = append(out, it)
			continue
		}
		before, after := neighbour(items, i-1), neighbour(items, i+1)
		if _, table := after.(*grid); table && !captionable(before) || it.role == roleTableCaption && captionable(after) {
			before = after
		}
		if !captionable(before) {
			before = after
		}
		if !captionable(before) {
			it.role = roleText
			out = append(out, it)
			continue
		}
		caption(before, p)
	}
	return out
}

func neighbour(items []wordItem, i int) block {
	if i < 0 || i >= len(items) {
		return nil
	}
	return items[i].block
}

// captionable reports whether a block can have a caption and has none yet.
func captionable(b block) bool {
	switch t := b.(type) {
	case *picture:
		return len(t.caption) == 0
	case *grid:
		return len(t.caption) == 0
	}
	return false
}

// caption gives a block a caption, with the bookmarks that stand in it.
func caption(b block, p *paragraph) {
	at := b.where()
	at.keys = append(at.keys, p.keys...)
	switch t := b.(type) {
	case *picture:
		t.caption = p.text
	case *grid:
		t.caption = p.text
	}
}
