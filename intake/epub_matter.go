package intake

import (
	"path"
	"strings"
)

// matters are what pages of a book are, by the words of EPUB 3 and by those
// that programs use in the names of files.
var matters = map[string]string{
	"cover": "cover", "title": "titlepage", "titlepage": "titlepage", "title-page": "titlepage", "halftitlepage": "titlepage", "halftitle": "titlepage", "half-title": "titlepage",
	"toc": "toc", "toc-brief": "toc", "landmarks": "toc", "loi": "toc", "lot": "toc", "page-list": "toc", "nav": "toc", "contents": "toc",
	"copyright-page": "imprint", "copyright": "imprint", "imprint": "imprint", "colophon": "imprint", "seriespage": "imprint",
	"dedication": "dedication", "epigraph": "epigraph", "part": "part", "volume": "part",
	"endnotes": "notes", "footnotes": "notes", "rearnotes": "notes",
	"chapter": "chapter", "preface": "chapter", "foreword": "chapter", "introduction": "chapter", "prologue": "chapter", "epilogue": "chapter",
	"afterword": "chapter", "appendix": "chapter", "conclusion": "chapter", "acknowledgments": "chapter", "preamble": "chapter", "bibliography": "chapter",
	"glossary": "chapter", "index": "chapter", "other-credits": "chapter",
}

// matterNames match the names of files that say what a page is.
var matterNames = lazy(`(?i)^(?:[0-9]+[_-]*|part[0-9]+_|text_?|xhtml_?)?(cover|title[_-]?page|half[_-]?title|copyright(?:[_-]?page)?|imprint|toc|contents|dedication|nav)(?:[_-]?[0-9]*)$`)

// matterTitles are what such pages are called in contents.
var matterTitles = map[string]string{
	"cover": "cover", "front cover": "cover", "umschlag": "cover", "couverture": "cover", "cubierta": "cover", "copertina": "cover", "omslag": "cover", "обложка": "cover",
	"title page": "titlepage", "half title": "titlepage", "half title page": "titlepage", "half-title": "titlepage", "titelseite": "titlepage", "titel": "titlepage",
	"page de titre": "titlepage", "portada": "titlepage", "frontespizio": "titlepage", "titelpagina": "titlepage", "титульный лист": "titlepage",
	"copyright": "imprint", "copyright page": "imprint", "imprint": "imprint", "impressum": "imprint", "mentions légales": "imprint", "créditos": "imprint", "colophon": "imprint",
	"contents": "toc", "table of contents": "toc", "inhalt": "toc", "inhaltsverzeichnis": "toc", "table des matières": "toc", "sommaire": "toc", "índice": "toc", "indice": "toc",
	"sommario": "toc", "inhoud": "toc", "содержание": "toc", "оглавление": "toc", "spis treści": "toc", "obsah": "toc", "sisällys": "toc", "innehåll": "toc", "目次": "toc", "目录": "toc",
	"dedication": "dedication", "widmung": "dedication", "dédicace": "dedication", "dedicatoria": "dedication", "dedica": "dedication",
	"notes": "notes", "footnotes": "notes", "endnotes": "notes", "anmerkungen": "notes", "fußnoten": "notes", "endnoten": "notes", "notas": "notes", "note": "notes",
	"noten": "notes", "voetnoten": "notes", "примечания": "notes", "przypisy": "notes",
}

// matter is what a page is, "" if nothing says so: its own words, those of
// landmarks and guide, its name.
func (r *epubReader) matter(p *page, words int) string {
	for _, e := range []*element{p.body, p.body.onlySection()} {
		for _, w := range append(strings.Fields(e.attr("epub:type")), strings.Fields(strings.ReplaceAll(e.attr("role"), "doc-", ""))...) {
			if m := matters[strings.ToLower(w)]; m != "" {
				return m
			}
		}
	}
	if m := matters[r.places[p.name]]; m != "" && (m != "chapter" && words < 2000) {
		return m
	}
	base := strings.TrimSuffix(path.Base(p.name), path.Ext(p.name))
	if m := matterNames().FindStringSubmatch(base); m != nil && words < 600 {
		return matters[strings.TrimSuffix(strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(m[1])), "page")]
	}
	return ""
}

// onlySection is the element that holds all of a page, nil if there are several.
func (e *element) onlySection() *element {
	var found *element
	for _, k := range e.kids {
		switch {
		case k.name == "" && strings.TrimSpace(k.text) == "":
		case k.name == "":
			return nil
		case found != nil:
			return nil
		default:
			found = k
		}
	}
	if found != nil && found.attr("epub:type") == "" && (found.name == "div" || found.name == "main") {
		return found.onlySection()
	}
	return found
}
