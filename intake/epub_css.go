package intake

import (
	"regexp"
	"strings"
)

// stylesheet is what matters of a style sheet: the looks of classes and
// elements. Selectors that look at more than one element are passed over.
type stylesheet struct{ rules map[string]look }

// look is what a style says; "" is nothing.
type look struct{ slant, weight, rise, line, caps, display, align, white string }

// lookFields are the properties that matter.
var lookFields = map[string]func(*look) *string{
	"font-style": func(l *look) *string { return &l.slant }, "font-weight": func(l *look) *string { return &l.weight },
	"vertical-align": func(l *look) *string { return &l.rise }, "text-decoration": func(l *look) *string { return &l.line },
	"text-decoration-line": func(l *look) *string { return &l.line }, "font-variant": func(l *look) *string { return &l.caps },
	"font-variant-caps": func(l *look) *string { return &l.caps }, "display": func(l *look) *string { return &l.display },
	"text-align": func(l *look) *string { return &l.align }, "white-space": func(l *look) *string { return &l.white },
}

// fields are all that a look says.
func (l *look) fields() [8]*string {
	return [8]*string{&l.slant, &l.weight, &l.rise, &l.line, &l.caps, &l.display, &l.align, &l.white}
}

// over lays a look over another.
func (l *look) over(m look) {
	mine := l.fields()
	for i, s := range m.fields() {
		if *s != "" {
			*mine[i] = *s
		}
	}
}

// declarations reads the declarations of a rule or of a style attribute.
func declarations(s string) look {
	var l look
	for d := range strings.SplitSeq(s, ";") {
		name, value, ok := strings.Cut(d, ":")
		if field := lookFields[strings.ToLower(strings.TrimSpace(name))]; ok && field != nil {
			value, _, _ = strings.Cut(strings.ToLower(value), "!")
			*field(&l) = strings.TrimSpace(value)
		}
	}
	return l
}

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?(\*/|$)`)
	selector   = regexp.MustCompile(`^([a-zA-Z][a-zA-Z0-9]*)?(\.[A-Za-z0-9_-]+)?$`)
)

// maxStyles is how many bytes of a style sheet are looked at.
const maxStyles = 1 << 20

// parseStyles reads a style sheet.
func parseStyles(s string) *stylesheet {
	sheet := &stylesheet{map[string]look{}}
	s = cssComment.ReplaceAllString(s[:min(len(s), maxStyles)], "")
	for s != "" {
		head, rest, ok := strings.Cut(s, "{")
		if !ok {
			break
		}
		body, after, _ := strings.Cut(rest, "}")
		if at := strings.LastIndexAny(head, ";}"); at >= 0 {
			head = head[at+1:]
		}
		if head = strings.TrimSpace(head); strings.HasPrefix(head, "@media") || strings.HasPrefix(head, "@supports") {
			s = rest // what is inside counts as if it stood outside
			continue
		}
		sheet.rule(head, body)
		s = after
	}
	return sheet
}

// rule notes a rule under each of its simple selectors.
func (s *stylesheet) rule(selectors, body string) {
	l := declarations(body)
	if l == (look{}) {
		return
	}
	for one := range strings.SplitSeq(selectors, ",") {
		if one = strings.TrimSpace(one); one == "" || !selector.MatchString(one) {
			continue
		}
		name, class, _ := strings.Cut(one, ".")
		key := strings.ToLower(name) + "." + class
		now := s.rules[key]
		now.over(l)
		s.rules[key] = now
	}
}

// pageStyles reads the style sheets that a page names, and its own.
func (r *epubReader) pageStyles(p *page) {
	p.head.each(func(e *element) bool {
		switch {
		case e.name == "style":
			p.styles = append(p.styles, parseStyles(e.words()))
		case e.name == "link" && e.hasWord("rel", "stylesheet") && len(p.styles) < 20:
			name := r.target(p.name, e.attr("href"))
			if name == "" {
				break
			}
			if r.looks[name] == nil {
				data, err := r.read(name, MaxTextPart)
				if err != nil {
					data = nil // a page without its looks is still read
				}
				r.looks[name] = parseStyles(string(data))
			}
			p.styles = append(p.styles, r.looks[name])
		}
		return true
	})
}

// look is how an element looks by its page's style sheets and its own style.
func (p *page) look(e *element) look {
	var l look
	classes := strings.Fields(e.attr("class"))
	for _, sheet := range p.styles {
		l.over(sheet.rules[e.name+"."])
		for _, c := range classes {
			l.over(sheet.rules["."+c])
			l.over(sheet.rules[e.name+"."+c])
		}
	}
	if s := e.attr("style"); s != "" {
		l.over(declarations(s))
	}
	return l
}

func (l look) italic() bool {
	return strings.HasPrefix(l.slant, "italic") || strings.HasPrefix(l.slant, "oblique")
}

func (l look) bold() bool {
	return strings.HasPrefix(l.weight, "bold") || len(l.weight) == 3 && l.weight >= "600" && l.weight <= "900"
}

func (l look) hidden() bool { return l.display == "none" }
