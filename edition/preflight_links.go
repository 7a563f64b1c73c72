package edition

import (
	"regexp"
	"strings"
)

// follow looks where the links of a file lead.
func (e *epubLook) follow(it *item) {
	for _, l := range it.links {
		where := at(it.path, l.line)
		if scheme.MatchString(l.href) || strings.HasPrefix(l.href, "//") {
			e.leaving(l, where)
			continue
		}
		if l.href == "" && l.kind != "a" {
			e.add("epub.links", where, "a reference (%s) is empty", l.kind)
			continue
		}
		name, fragment, ok := e.resolve(it.path, l.href)
		if !ok {
			e.add("epub.paths", where, "a reference leads out of the book: %s", clip(l.href, 80))
			continue
		}
		e.arrive(it, l, name, fragment, where)
	}
}

// leaving looks at a reference that leads out of the book.
func (e *epubLook) leaving(l linkTo, where string) {
	kind, _, _ := strings.Cut(strings.ToLower(l.href), ":")
	switch {
	case kind == "file":
		e.add("epub.paths", where, "a reference leads to a file of the author's machine: %s", clip(l.href, 80))
	case l.kind == "a" || l.kind == "area":
		if kind == "javascript" || kind == "data" {
			e.add("epub.scripts", where, "a link runs a script or holds data")
		} else if !e.own {
			e.outside(l.href, where)
		}
	case kind == "data":
	default:
		e.add("epub.remote", where, "something is fetched from the network (%s): %s", l.kind, clip(l.href, 80))
	}
}

// arrive looks whether the target of a reference is there.
func (e *epubLook) arrive(it *item, l linkTo, name, fragment, where string) {
	to := e.byPath[name]
	check := "epub.links"
	if l.kind == "css" {
		check = "epub.style"
	}
	if to == nil {
		if e.files[name] == nil {
			e.add(check, where, "a reference leads nowhere: %s", clip(l.href, 80))
			return
		}
		e.add(check, where, "a reference leads to a file that is not in the list of files: %s", clip(name, 80))
		return
	}
	page := to.media == mediaXHTML || to.media == mediaSVG
	linked := l.kind == "a" || l.kind == "area" || l.kind == "content"
	if linked && it.media != mediaSVG && page && to.place == 0 && to != it {
		e.add("epub.links", where, "a link leads to a page that is not in the reading order: %s", clip(name, 80))
	}
	if linked && !page {
		e.add("epub.links", where, "a link leads to a file that is no page: %s", clip(name, 80))
	}
	if l.kind == "img" && !strings.HasPrefix(to.media, "image/") {
		e.add("epub.media", where, "what stands as a picture is none: %s", clip(name, 80))
	}
	if _, there := to.ids[fragment]; fragment != "" && page && to.has["read"] && !there {
		e.add("epub.links", where, "a link leads to a place that is not there: %s", clip(l.href, 80))
	}
}

// What style sheets refer to (CSS Syntax Level 3), comments aside.
var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssURL     = regexp.MustCompile(`(?i)url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)`)
	cssImport  = regexp.MustCompile(`(?i)@import\s+(?:"([^"]*)"|'([^']*)')`)
)

// style notes what a style sheet, or a style in a page, refers to.
func (e *epubLook) style(it *item, css string, line int) {
	css = cssComment.ReplaceAllStringFunc(css, func(s string) string { return strings.Repeat("\n", strings.Count(s, "\n")) })
	seen, lines := 0, 0
	for _, find := range []*regexp.Regexp{cssURL, cssImport} {
		seen, lines = 0, 0
		for _, m := range find.FindAllStringSubmatchIndex(css, -1) {
			href := ""
			for i := 2; i+1 < len(m); i += 2 {
				if m[i] >= 0 {
					href = css[m[i]:m[i+1]]
				}
			}
			lines += strings.Count(css[seen:m[0]], "\n")
			seen = m[0]
			if href == "" || strings.HasPrefix(href, "#") {
				continue
			}
			it.links = append(it.links, linkTo{"css", strings.TrimSpace(href), line + lines})
		}
	}
	if strings.Count(css, "{") != strings.Count(css, "}") {
		e.add("epub.style", at(it.path, line), "a style sheet has braces that do not close")
	}
}
