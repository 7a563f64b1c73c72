package html

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"strings"

	"quire/book"
)

//go:embed page.js
var pageScript string

//go:embed early.js
var earlyScript string

// onePage is a whole book as one file.
func (m *maker) onePage(body string) string {
	style := m.stylesheet()
	var s strings.Builder
	s.Grow(len(body) + len(style) + len(pageScript) + 8192)
	m.pageHead(&s, m.fullTitle(), m.policy(style))
	s.WriteString("<script>" + earlyScript + "</script>\n<style>" + style + "</style>\n</head>\n")
	s.WriteString("<body class=\"one\">\n" + m.skip() + m.bar(""))
	s.WriteString(body)
	s.WriteString("<script>" + pageScript + "</script>\n</body>\n</html>\n")
	return s.String()
}

// policy is what a browser may do with the one file: show it, and run the
// scripts that we put into it, told by their hashes.
func (m *maker) policy(style string) string {
	return "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src " + source(style) + "; script-src " + source(earlyScript) + " " + source(pageScript)
}

// source names an inline text in a policy.
func source(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// fullTitle is title and author in one line.
func (m *maker) fullTitle() string {
	if m.doc.Meta.Author == "" {
		return m.title
	}
	return m.title + " – " + m.doc.Meta.Author
}

// pageHead writes the head of a page down to its style; policy may be "".
func (m *maker) pageHead(s *strings.Builder, title, policy string) {
	dir := ""
	if m.rtl {
		dir = "rtl"
	}
	s.WriteString("<!DOCTYPE html>\n<html" + attr("lang", m.doc.Lang) + attr("dir", dir) + ">\n<head>\n<meta charset=\"utf-8\">\n")
	if policy != "" {
		s.WriteString(`<meta http-equiv="Content-Security-Policy"` + attr("content", policy) + ">\n")
	}
	s.WriteString("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + Escape(title) + "</title>\n")
	s.WriteString("<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n")
	meta := m.doc.Meta
	for _, tag := range [][2]string{{"author", meta.Author}, {"description", m.description()}, {"keywords", strings.Join(meta.Keywords, ", ")}} {
		if tag[1] != "" {
			s.WriteString("<meta" + attr("name", tag[0]) + attr("content", tag[1]) + ">\n")
		}
	}
	for _, tag := range [][2]string{{"og:type", "book"}, {"og:title", m.title}, {"og:description", m.description()}, {"og:locale", locale(m.doc.Lang)}, {"book:author", meta.Author}, {"book:isbn", meta.ISBN}} {
		if tag[1] != "" {
			s.WriteString("<meta" + attr("property", tag[0]) + attr("content", tag[1]) + ">\n")
		}
	}
	s.WriteString("<script type=\"application/ld+json\">" + m.linkedData() + "</script>\n")
}

// description is the book in one or two sentences.
func (m *maker) description() string {
	return strings.Join(strings.Fields(first(m.doc.Meta.Description, m.doc.Meta.Subtitle)), " ")
}

// locale is a language as Open Graph wants it; "" without a country.
func locale(lang string) string {
	base, country, _ := strings.Cut(lang, "-")
	if len(country) != 2 {
		return ""
	}
	return base + "_" + strings.ToUpper(country)
}

// linkedData tells machines what the page is (schema.org). Package json writes
// no character that could end the script it stands in.
func (m *maker) linkedData() string {
	meta := m.doc.Meta
	type thing struct {
		Type string `json:"@type"`
		Name string `json:"name"`
	}
	data := struct {
		Context     string `json:"@context"`
		Type        string `json:"@type"`
		Name        string `json:"name"`
		Headline    string `json:"alternativeHeadline,omitempty"`
		Author      *thing `json:"author,omitempty"`
		Publisher   *thing `json:"publisher,omitempty"`
		Language    string `json:"inLanguage"`
		ISBN        string `json:"isbn,omitempty"`
		Published   string `json:"datePublished,omitempty"`
		Description string `json:"description,omitempty"`
		Genre       string `json:"genre,omitempty"`
		Keywords    string `json:"keywords,omitempty"`
		Series      *thing `json:"isPartOf,omitempty"`
		Volume      string `json:"position,omitempty"`
		Format      string `json:"bookFormat"`
	}{Context: "https://schema.org", Type: "Book", Name: m.title, Headline: meta.Subtitle, Language: m.doc.Lang, ISBN: meta.ISBN, Published: meta.Date,
		Description: m.description(), Genre: meta.Genre, Keywords: strings.Join(meta.Keywords, ", "), Format: "https://schema.org/EBook"}
	if meta.Author != "" {
		data.Author = &thing{"Person", meta.Author}
	}
	if meta.Publisher != "" {
		data.Publisher = &thing{"Organization", meta.Publisher}
	}
	if meta.Series != "" {
		data.Series, data.Volume = &thing{"BookSeries", meta.Series}, meta.Volume
	}
	out, err := json.Marshal(data)
	if err != nil { // strings alone: it cannot fail
		return "{}"
	}
	return string(out)
}

// skip is the link over everything that stands before the text.
func (m *maker) skip() string {
	return `<a class="skip" href="#Text"` + m.terms.speech() + ">" + Escape(m.terms.skip) + "</a>\n"
}

// bar writes what stands above every page: the way to the contents, and the
// controls, which scripts show. Page is the page of a site, "" in one file.
func (m *maker) bar(page string) string {
	var s strings.Builder
	s.WriteString("<header class=\"bar\">\n")
	if m.site {
		s.WriteString("<details class=\"drawer\"><summary>" + Escape(m.words.Contents) + "</summary>\n<nav class=\"panel\"" + attr("aria-label", m.words.Contents) + ">\n<p><a href=\"" + indexPage + "\"" + m.dir(m.title) + current(page == indexPage) + ">" + Escape(m.title) + "</a></p>\n")
		list(&s, m.entries(page, false), page)
		s.WriteString("</nav></details>\n")
	} else {
		s.WriteString("<a class=\"to-contents\" href=\"#Contents\">" + Escape(m.words.Contents) + "</a>\n")
	}
	s.WriteString("<p class=\"running\"" + m.dir(m.title) + ">" + Escape(m.title) + "</p>\n")
	if m.site {
		s.WriteString(m.searchBox())
	}
	s.WriteString(m.lookBox() + "</header>\n")
	return s.String()
}

// current marks the link to the page itself.
func current(here bool) string {
	if here {
		return ` aria-current="page"`
	}
	return ""
}

// lookBox writes the controls of theme and size. It is hidden until the script
// that makes them work shows it.
func (m *maker) lookBox() string {
	t := m.terms
	var s strings.Builder
	s.WriteString("<details class=\"look\" hidden" + t.speech() + "><summary" + attr("aria-label", t.look) + attr("title", t.look) + "><span aria-hidden=\"true\">Aa</span></summary>\n<div class=\"panel\">\n<fieldset class=\"themes\"><legend>" + Escape(t.look) + "</legend>\n")
	for _, c := range [][2]string{{"light", t.light}, {"sepia", t.sepia}, {"dark", t.dark}} {
		s.WriteString("<label><input type=\"radio\" name=\"theme\" value=\"" + c[0] + "\"><span class=\"" + c[0] + "\">" + Escape(c[1]) + "</span></label>\n")
	}
	s.WriteString("</fieldset>\n<p class=\"sizes\"><button type=\"button\" data-size=\"-1\"" + attr("aria-label", t.smaller) + attr("title", t.smaller) + ">A−</button> <button type=\"button\" data-size=\"1\"" + attr("aria-label", t.larger) + attr("title", t.larger) + ">A+</button></p>\n</div></details>\n")
	s.WriteString("<template id=\"Popup\"><div class=\"popup\" role=\"dialog\" tabindex=\"-1\"><div class=\"popup-text\"></div><button type=\"button\"" + t.speech() + attr("aria-label", t.close) + ">×</button></div></template>\n")
	return s.String()
}

// nonfiction reports whether the book is one of knowledge.
func (m *maker) nonfiction() bool { return m.doc.Meta.Kind == book.Nonfiction }
