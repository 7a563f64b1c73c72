package intake

import (
	"regexp"
	"strconv"
	"strings"
)

// figure reads a picture with its caption, or whatever else was put into a
// figure.
func (r *pageReader) figure(e *element) {
	caption := e.kid("figcaption")
	if caption == nil {
		caption = e.find("figcaption")
	}
	keys := r.pending
	r.pending = nil
	blocks := r.inside(func() {
		for _, k := range e.kids {
			if k == caption {
				continue
			}
			if r.isBlock(k) {
				r.element(k)
			} else {
				r.paragraph(r.inline(k))
			}
		}
	})
	var text []inline
	if caption != nil {
		r.id(caption)
		text = r.caption(caption)
	}
	if len(blocks) == 0 && caption != nil {
		blocks = []block{&paragraph{text: text}}
	}
	r.captioned(blocks, text)
	if len(blocks) > 0 {
		blocks[0].where().keys = append(keys, blocks[0].where().keys...)
	}
	r.out = append(r.out, blocks...)
}

// captioned gives a caption to the picture or table among blocks, else it
// follows on them.
func (r *pageReader) captioned(blocks []block, text []inline) {
	for _, b := range blocks {
		switch t := b.(type) {
		case *picture:
			t.caption = text
			return
		case *grid:
			t.caption = text
			return
		}
	}
}

// figureLabel matches the number that a caption begins with.
var figureLabel = lazy(`(?i)^\s*(?:figure|fig\.|table|tab\.|plate|abbildung|abb\.|tabelle|bild|tableau|figura|tabla|tabella|figuur|afbeelding|tabel|figur|tabell|kuva|taulukko|obrázek|tabulka|rysunek|tabela|рис\.|рисунок|таблица|图|表|図)\s*\d+(?:[.–-]\d+)*[a-z]?\s*[.:–—)-]*\s+`)

// caption reads a caption without its number, which the press gives.
func (r *pageReader) caption(e *element) []inline {
	var list []inline
	for _, k := range e.kids {
		if k.name == "span" && k.hasWord("class", "label") && r.ours {
			continue
		}
		if k.name == "p" || k.name == "div" {
			list = append(append(list, phrase(" ")), r.inlines(k)...)
			continue
		}
		list = append(list, r.inline(k)...)
	}
	list, _ = withoutPictures(tidy(list))
	if r.ours {
		return list
	}
	return withoutFigureLabel(list)
}

// withoutFigureLabel takes "Figure 3." off the head of a caption, unless that is
// all.
func withoutFigureLabel(list []inline) []inline {
	if len(list) == 0 {
		return list
	}
	s, ok := list[0].(phrase)
	m, isMark := list[0].(*marked)
	if isMark && figureLabel().MatchString(plainOf(m.text)+" ") && len(list) > 1 && figureLabel().FindString(plainOf(m.text)+" ") == plainOf(m.text)+" " {
		rest := append([]inline{}, list[1:]...)
		if s, ok := rest[0].(phrase); ok {
			rest[0] = phrase(strings.TrimLeft(string(s), " .:–—-\u00a0"))
		}
		return tidy(rest)
	}
	if !ok {
		return list
	}
	if label := figureLabel().FindString(string(s)); label != "" && (len(label) < len(s) || len(list) > 1) {
		return tidy(append([]inline{s[len(label):]}, list[1:]...))
	}
	return list
}

// picture reads a picture.
func (r *pageReader) picture(e *element) []inline {
	if e.name == "svg" {
		return r.drawing(e)
	}
	src := first(e.attr("src"), e.attr("xlink:href"), e.attr("href"), e.attr("data"))
	if src == "" {
		return nil
	}
	alt := first(e.attr("alt"), e.attr("aria-label"), e.attr("title"))
	name := r.target(r.page.name, src)
	if name == "" {
		what := lostPictures
		if strings.Contains(src, "://") {
			what = lostRemote
		}
		r.tally.lose(what)
		return r.inItsPlace(e, alt)
	}
	file, err := r.gallery.use(name)
	if err != nil {
		r.err = err
	}
	if file == "" {
		r.tally.lose(lostPictures)
		return r.inItsPlace(e, alt)
	}
	return []inline{pictured{&picture{file: file, alt: alt, width: widthOf(e)}}}
}

// inItsPlace is what stands for a picture that cannot be kept: what is inside
// an object, else nothing.
func (r *pageReader) inItsPlace(e *element, _ string) []inline {
	if e.name == "object" {
		return r.inlines(e)
	}
	return nil
}

var widthStyle = regexp.MustCompile(`(?:^|[;\s])width\s*:\s*([0-9]{1,3})(?:\.([0-9])[0-9]*)?%`)

// widthOf is the share of the text's width that a picture asks for, in
// thousandths; 0 if it does not.
func widthOf(e *element) int {
	m := widthStyle.FindStringSubmatch(e.attr("style"))
	if m == nil {
		return 0
	}
	n, err := strconv.Atoi(m[1] + (m[2] + "0")[:1])
	if err != nil || n < 10 || n > 1000 {
		return 0
	}
	return n
}

// drawing reads a drawing inside a page. One that only shows a picture is that
// picture.
func (r *pageReader) drawing(e *element) []inline {
	var images, shapes int
	var inner *element
	e.each(func(k *element) bool {
		switch k.name {
		case "image":
			images, inner = images+1, k
		case "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "use":
			shapes++
		}
		return true
	})
	if images == 1 && shapes == 0 {
		return r.picture(inner)
	}
	alt := first(e.attr("aria-label"), e.find("title").plain(), e.find("desc").plain())
	raw := e.raw
	if !strings.Contains(raw[:min(len(raw), 2000)], "xmlns=") {
		raw = strings.Replace(raw, "<svg", `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"`, 1)
	}
	file := r.gallery.keep([]byte(raw))
	if file == "" {
		r.tally.lose(lostPictures)
		return nil
	}
	return []inline{pictured{&picture{file: file, alt: alt}}}
}
