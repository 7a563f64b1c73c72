package intake

import (
	"net/url"
	"strings"
)

// inlines reads the running text inside an element.
func (r *pageReader) inlines(e *element) []inline {
	var out []inline
	for _, k := range e.kids {
		out = append(out, r.inline(k)...)
	}
	return unbracketed(out)
}

// styleNames are the elements that set text off.
var styleNames = map[string]style{
	"em": emph, "i": emph, "cite": emph, "dfn": emph, "var": emph, "address": emph, "strong": strong, "b": strong,
	"s": strike, "del": strike, "strike": strike, "sup": raise, "sub": lower,
}

// inline reads an element or text inside a line.
func (r *pageReader) inline(e *element) []inline {
	if e.name == "" {
		return []inline{phrase(e.text)}
	}
	if silent[e.name] || r.passed(e) {
		return r.anchorOf(e)
	}
	switch e.name {
	case "br":
		return []inline{newline{}}
	case "wbr":
		return []inline{phrase("\u200b")}
	case "a":
		return r.anchored(e)
	case "img", "image", "svg", "object":
		return append(r.anchorOf(e), r.picture(e)...)
	case "math":
		return r.formulaInLine(e)
	case "code", "kbd", "samp", "tt":
		return append(r.anchorOf(e), r.typed(e)...)
	case "q":
		return append(append(r.anchorOf(e), phrase("“")), append(r.inlines(e), phrase("”"))...)
	case "ruby":
		return r.ruby(e)
	}
	return append(r.anchorOf(e), r.styled(e)...)
}

// anchorOf is the ID of an element as an inline.
func (r *pageReader) anchorOf(e *element) []inline {
	var out []inline
	for _, id := range []string{e.attr("id"), e.attr("name")} {
		if id != "" && (e.name == "a" || id == e.attr("id")) {
			out = append(out, anchor(r.page.name+"#"+id))
		}
	}
	return out
}

// styled reads text with what its element and its looks say.
func (r *pageReader) styled(e *element) []inline {
	l := r.page.look(e)
	if l.hidden() {
		return nil
	}
	if lang := e.language(); lang != "" && !strings.EqualFold(lang, r.lang) {
		r.tally.lose(lostLanguages)
	}
	list := r.inlines(e)
	set, named := styleNames[e.name]
	if e.name == "u" || strings.Contains(l.caps, "small-caps") || strings.Contains(l.line, "underline") && e.name != "a" {
		r.tally.lose(lostMarks)
	}
	switch {
	case named && set == emph && strings.HasPrefix(l.slant, "normal"), named && set == strong && strings.HasPrefix(l.weight, "normal"):
	case named:
		list = []inline{&marked{set, list}}
	}
	if l.italic() && !(named && set == emph) {
		list = []inline{&marked{emph, list}}
	}
	if l.bold() && !(named && set == strong) {
		list = []inline{&marked{strong, list}}
	}
	if strings.Contains(l.line, "line-through") && !(named && set == strike) {
		list = []inline{&marked{strike, list}}
	}
	switch {
	case l.rise == "super" && set != raise:
		list = []inline{&marked{raise, list}}
	case l.rise == "sub" && set != lower:
		list = []inline{&marked{lower, list}}
	}
	if e.name == "span" && e.hasWord("class", "line") { // of a stanza
		list = append(list, newline{})
	}
	return list
}

// verseLines makes a line of each line end in the text of a poem.
func verseLines(list []inline) []inline {
	_, inner, _ := cutBlanks(list)
	return inner
}

// typed reads text in a typewriter face; what is set off in it is not.
func (r *pageReader) typed(e *element) []inline {
	if e.find("a") != nil || e.find("img") != nil {
		return r.inlines(e)
	}
	return []inline{typed(strings.NewReplacer("\r\n", " ", "\n", " ", "\t", " ").Replace(e.words()))}
}

// anchored reads a link, the mark of a note or the name of a place.
func (r *pageReader) anchored(e *element) []inline {
	out := r.anchorOf(e)
	href := strings.TrimSpace(e.attr("href"))
	if href == "" {
		return append(out, r.styled(e)...)
	}
	if n := r.noteOf(e); n != nil {
		return append(out, noteMark{n})
	}
	key := r.target(r.page.name, href)
	if r.inNote && r.isReturn(e, key) {
		r.led = r.led || strings.Trim(e.plain(), "↩︎↑^ ") != ""
		return out
	}
	if key == "" && webLink(href) {
		return append(out, &link{url: href, text: r.styled(e)})
	}
	list := r.styled(e)
	switch {
	case key != "":
		return append(out, &link{key: key, text: list})
	case href != "":
		r.tally.lose(lostLinks)
	}
	return append(out, list...)
}

// isReturn reports whether a link in a note leads back to its mark.
func (r *pageReader) isReturn(e *element, key string) bool {
	if e.isBackLink() {
		return true
	}
	s := strings.Trim(e.plain(), "\ufe0e")
	return r.returns[key] && (noteLabel.MatchString(s) || strings.Trim(s, "↩↑^⏎←⤴↵ ") == "" || len(s) < 20)
}

// webLink reports whether an address leads to the web or to a mailbox.
func webLink(href string) bool {
	u, err := url.Parse(href)
	if err != nil {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return u.Host != ""
	case "mailto":
		return u.Opaque != ""
	}
	return false
}

// ruby reads words with readings above them, which come into brackets.
func (r *pageReader) ruby(e *element) []inline {
	out := r.anchorOf(e)
	for _, k := range e.kids {
		if k.name == "rt" || k.name == "rtc" {
			r.tally.lose(lostRuby)
			out = append(append(append(out, phrase("(")), r.inlines(k)...), phrase(")"))
			continue
		}
		out = append(out, r.inline(k)...)
	}
	return out
}

// formulaInLine reads a formula inside a line.
func (r *pageReader) formulaInLine(e *element) []inline {
	if s := texOf(e); s != "" {
		return append(r.anchorOf(e), formula{source: s, display: e.attr("display") == "block"})
	}
	r.tally.lose(lostFormulas)
	return append(r.anchorOf(e), phrase(e.plain()))
}

// unbracketed takes the brackets off marks of notes: [1].
func unbracketed(list []inline) []inline {
	for i := 1; i+1 < len(list); i++ {
		if _, ok := list[i].(noteMark); !ok {
			continue
		}
		before, isText := list[i-1].(phrase)
		after, isText2 := list[i+1].(phrase)
		if isText && isText2 && strings.HasSuffix(string(before), "[") && strings.HasPrefix(string(after), "]") {
			list[i-1], list[i+1] = before[:len(before)-1], after[1:]
		}
	}
	return list
}
