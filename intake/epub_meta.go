package intake

import (
	"regexp"
	"strings"
	"time"
)

// metadata reads what stands on title page and imprint.
func (r *epubReader) metadata(e *element) {
	if e == nil {
		return
	}
	m := &r.meta
	if inner := e.kid("dc-metadata"); inner != nil { // of the oldest EPUBs
		e = inner
	}
	refined := refinements(e)
	r.titles(e, refined)
	m.Author = strings.Join(r.creators(e, refined), ", ")
	m.Language = bookLanguage(e.kid("dc:language").plain())
	m.Publisher = e.kid("dc:publisher").plain()
	m.Description = paragraphsOf(e.kid("dc:description").words())
	for _, k := range e.list("subject") {
		for word := range strings.SplitSeq(k.plain(), ";") {
			if word = oneLine(word); word != "" && len(m.Keywords) < 50 {
				m.Keywords = append(m.Keywords, word)
			}
		}
	}
	for _, k := range e.list("date") {
		if day := dayOf(k.plain()); m.Date == "" || k.attr("event") == "publication" && day != "" {
			m.Date = day
		}
	}
	for _, k := range e.list("identifier") {
		if digits := isbnOf(k.plain()); m.ISBN == "" {
			m.ISBN = digits
		}
	}
	r.series(e, refined)
}

// refinements are the values of <meta refines="#id" property="…"> by id and
// property.
func refinements(e *element) map[string]string {
	out := map[string]string{}
	for _, k := range e.list("meta") {
		if id, ok := strings.CutPrefix(k.attr("refines"), "#"); ok {
			out[id+" "+k.attr("property")] = k.plain()
		}
	}
	return out
}

// titles reads title and subtitle.
func (r *epubReader) titles(e *element, refined map[string]string) {
	for _, k := range e.list("title") {
		switch kind := refined[k.attr("id")+" title-type"]; {
		case kind == "subtitle":
			r.meta.Subtitle = first(r.meta.Subtitle, k.plain())
		case kind == "main":
			r.meta.Title = k.plain()
		case kind == "" && r.meta.Title == "":
			r.meta.Title = k.plain()
		}
	}
}

// creators are the authors; where nobody is said to be one, all who are named.
func (r *epubReader) creators(e *element, refined map[string]string) []string {
	var authors, others []string
	for _, k := range e.list("creator") {
		name := k.plain()
		if name == "" {
			continue
		}
		switch role := first(k.attr("role"), refined[k.attr("id")+" role"]); role {
		case "", "aut":
			authors = append(authors, name)
		default:
			others = append(others, name)
		}
	}
	if len(authors) == 0 {
		return others
	}
	return authors
}

// series reads the series and the book's place in it, as EPUB 3 and Calibre
// write it.
func (r *epubReader) series(e *element, refined map[string]string) {
	for _, k := range e.list("meta") {
		value := k.plain()
		switch {
		case k.attr("property") == "belongs-to-collection" && refined[k.attr("id")+" collection-type"] != "set":
			r.meta.Series, r.meta.Volume = value, refined[k.attr("id")+" group-position"]
		case k.attr("name") == "calibre:series" && r.meta.Series == "":
			r.meta.Series = oneLine(k.attr("content"))
		case k.attr("name") == "calibre:series_index" && r.meta.Volume == "":
			r.meta.Volume = oneLine(k.attr("content"))
		}
	}
	r.meta.Volume = strings.TrimSuffix(strings.TrimSuffix(r.meta.Volume, ".0"), ".00")
	if r.meta.Series == "" || !volumeNumber.MatchString(r.meta.Volume) {
		r.meta.Volume = ""
	}
}

// bookLanguage is a language tag, "" for what is none.
func bookLanguage(s string) string {
	s = strings.ReplaceAll(s, "_", "-")
	if !languageTag.MatchString(s) || strings.EqualFold(s, "und") || strings.EqualFold(s, "zxx") {
		return ""
	}
	return s
}

var dayPattern = regexp.MustCompile(`^(\d{4})(-\d{2}-\d{2})?`)

// dayOf is the day or year at the head of a date, "" if there is none.
func dayOf(s string) string {
	m := dayPattern.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil || m[1] == "0000" || m[1] == "0101" { // Calibre's word for unknown
		return ""
	}
	if _, err := time.Parse(time.DateOnly, m[0]); err != nil {
		return m[1]
	}
	return m[0]
}

var isbnPattern = regexp.MustCompile(`(?i)^(?:urn:)?(?:isbn)?[:\s]*((?:97[89][- ]?)?[0-9][0-9 -]{7,13}[0-9X])$`)

// isbnOf is the ISBN that an identifier is, "" if it is none.
func isbnOf(s string) string {
	m := isbnPattern.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil || !validISBN(m[1]) {
		return ""
	}
	return m[1]
}

// isbnDigits are the digits of an ISBN without hyphens.
func isbnDigits(s string) string {
	return strings.ToUpper(strings.NewReplacer("-", "", " ", "", "\u2010", "", "\u2011", "", "–", "").Replace(s))
}

// validISBN reports whether the check digit of an ISBN is right (ISO 2108).
func validISBN(s string) bool {
	s = isbnDigits(s)
	sum := 0
	for i, r := range s {
		value := int(r - '0')
		if r == 'X' {
			value = 10
		}
		if len(s) == 10 {
			sum += value * (10 - i)
		} else {
			sum += value * (1 + i%2*2)
		}
	}
	return len(s) == 10 && sum%11 == 0 || len(s) == 13 && sum%10 == 0 && (strings.HasPrefix(s, "978") || strings.HasPrefix(s, "979"))
}

var blankLines = regexp.MustCompile(`\n[ \t]*\n\s*`)

// paragraphsOf is a description, which may be HTML, as plain paragraphs.
func paragraphsOf(s string) string {
	if strings.Contains(s, "<") {
		left := 10_000
		root := parsePage(s, &left)
		var b strings.Builder
		root.each(func(e *element) bool {
			if blockNames[e.name] {
				b.WriteString("\n\n")
			}
			if e.name == "br" {
				b.WriteByte(' ')
			}
			b.WriteString(e.text)
			return e.name != "script" && e.name != "style"
		})
		s = b.String()
	}
	var out []string
	for _, p := range blankLines.Split(strings.ReplaceAll(s, "\r\n", "\n"), -1) {
		if p = oneLine(shown(p)); p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "\n\n")
}
