package latex

import (
	"strings"
	"unicode"

	"quire/press"
)

// babelNames are babel's names of the languages that it can load from its own
// files, by base language.
var babelNames = map[string]string{
	"af": "afrikaans", "be": "belarusian", "bg": "bulgarian", "ca": "catalan", "cs": "czech", "cy": "welsh", "da": "danish", "de": "german",
	"el": "greek", "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french",
	"ga": "irish", "gl": "galician", "hr": "croatian", "hu": "hungarian", "is": "icelandic", "it": "italian", "la": "latin", "lt": "lithuanian",
	"lv": "latvian", "mk": "macedonian", "nb": "norsk", "nl": "dutch", "nn": "nynorsk", "no": "norsk", "pl": "polish", "pt": "portuguese",
	"ro": "romanian", "ru": "russian", "sk": "slovak", "sl": "slovenian", "sv": "swedish", "tr": "turkish", "uk": "ukrainian",
}

// babelName is babel's name of a language, and the locale to load; "" where it
// has none that can be loaded everywhere.
func babelName(lang string) (name, locale string) {
	base := press.BaseLanguage(lang)
	switch {
	case strings.EqualFold(lang, "en-GB"):
		return "british", "en-GB"
	case strings.EqualFold(lang, "en-US"):
		return "american", "en-US"
	case strings.EqualFold(lang, "de-AT"):
		return "austrian", "de-AT"
	case strings.EqualFold(lang, "pt-BR"):
		return "brazilian", "pt-BR"
	case base == "no" || base == "nb":
		return "norsk", "nb"
	case babelNames[base] == "":
		return "", ""
	}
	return babelNames[base], base
}

// languages loads the book's language and those of its passages.
func (m *maker) languages() {
	m.line(`\usepackage{babel}`)
	main, locale := babelName(m.doc.Lang)
	if main == "" {
		main, locale = "english", "en"
	}
	m.line(`\babelprovide[import=` + locale + `,main]{` + main + `}`)
	loaded := map[string]bool{main: true}
	var visit func(blocks []press.Block)
	visit = func(blocks []press.Block) {
		for _, b := range blocks {
			for _, inner := range inside(b) {
				visit(inner)
			}
			d, ok := b.(*press.Div)
			if !ok || d.Lang == "" {
				continue
			}
			if name, locale := babelName(d.Lang); name != "" && !loaded[name] {
				loaded[name] = true
				m.line(`\babelprovide[import=` + locale + `]{` + name + `}`)
			}
		}
	}
	visit(m.doc.Dedication)
	for _, c := range m.doc.Chapters {
		visit(c.Blocks)
		for _, n := range c.Notes {
			visit(n.Blocks)
		}
	}
}

// inside returns the blocks in a block.
func inside(b press.Block) (all [][]press.Block) {
	switch t := b.(type) {
	case *press.Quote:
		return [][]press.Block{t.Blocks}
	case *press.Div:
		return [][]press.Block{t.Blocks}
	case *press.List:
		for _, it := range t.Items {
			all = append(all, it.Blocks)
		}
	case *press.Definitions:
		for _, it := range t.Items {
			all = append(all, it.Meanings...)
		}
	}
	return all
}

// foreignLanguage is babel's name of a passage's language, "" where it is the
// book's or babel has none.
func (m *maker) foreignLanguage(d *press.Div) string {
	if d.Lang == "" {
		return ""
	}
	name, _ := babelName(d.Lang)
	if main, _ := babelName(m.doc.Lang); name == main {
		return ""
	}
	return name
}

// rightToLeft reports whether a language is written from right to left.
func rightToLeft(lang string) bool {
	switch press.BaseLanguage(lang) {
	case "ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "ckb", "dv", "syr":
		return true
	}
	return false
}

// rightToLeftText reports whether running text begins with a letter that is
// written from right to left.
func rightToLeftText(text []press.Inline) bool {
	for _, r := range press.Plain(text) {
		if unicode.IsLetter(r) {
			is := scriptOf(r)
			return is >= 0 && foreign[is].rtl
		}
	}
	return false
}
