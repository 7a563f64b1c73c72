package intake

import (
	"net/url"
	"path"
	"slices"
	"strings"
)

// packageFile reads the file that lists all others, with the metadata.
func (r *epubReader) packageFile() error {
	name, err := r.packageName()
	if err != nil {
		return err
	}
	r.folder = name
	root, err := r.part(name)
	if err != nil {
		return err
	}
	for _, e := range root.kid("manifest").list("item") {
		it := &manifestItem{id: e.attr("id"), name: r.target(name, e.attr("href")), media: strings.ToLower(e.attr("media-type")), properties: e.attr("properties")}
		if it.name != "" && r.items[it.id] == nil {
			r.items[it.id], r.listed = it, append(r.listed, it)
		}
	}
	r.ours = r.has("EPUB/title.xhtml") && r.has("EPUB/nav.xhtml") && r.has("EPUB/cover.xhtml") && name == "EPUB/package.opf"
	r.metadata(root.kid("metadata"))
	for _, e := range root.kid("spine").list("itemref") {
		if it := r.items[e.attr("idref")]; it != nil {
			r.spine = append(r.spine, &page{name: it.name, linear: e.attr("linear") != "no"})
		}
	}
	for _, e := range root.kid("guide").list("reference") {
		if key := r.target(name, e.attr("href")); key != "" {
			r.places[key] = guideKinds[strings.ToLower(e.attr("type"))]
		}
	}
	r.findCover(root)
	if len(r.spine) == 0 {
		return invalid("%s lists no text", r.draft.name).Try("open it in the program that made it, save it anew, and try again")
	}
	return nil
}

// guideKinds are the words of EPUB 2 for places, in those of EPUB 3.
var guideKinds = map[string]string{
	"cover": "cover", "title-page": "titlepage", "toc": "toc", "copyright-page": "copyright-page", "dedication": "dedication", "epigraph": "epigraph",
	"index": "index", "loi": "loi", "lot": "lot", "colophon": "colophon", "notes": "endnotes", "text": "bodymatter", "start": "bodymatter",
}

// packageName is the package file's name: as the container says, else the only
// one that looks like it.
func (r *epubReader) packageName() (string, error) {
	if r.archive.has("META-INF/container.xml") {
		root, err := r.part("META-INF/container.xml")
		if err != nil {
			return "", err
		}
		for _, e := range root.find("rootfiles").list("rootfile") {
			if name := join("x", unescaped(e.attr("full-path"))); r.archive.has(name) {
				return name, nil
			}
		}
	}
	var found []string
	for name := range r.files {
		if strings.EqualFold(path.Ext(name), ".opf") {
			found = append(found, name)
		}
	}
	if len(found) == 0 {
		return "", damaged(r.draft.name, "epub")
	}
	return slices.Min(found), nil
}

// list is the children of a name.
func (e *element) list(name string) []*element {
	var out []*element
	if e == nil {
		return nil
	}
	for _, k := range e.kids {
		if k.name == name || strings.HasSuffix(k.name, ":"+name) {
			out = append(out, k)
		}
	}
	return out
}

// unescaped resolves %20 and the like.
func unescaped(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

// target is the key of what a link in a file leads to: the name of a file in
// the archive, maybe with # and the ID of something in it; "" if it leads
// outside of the book.
func (r *epubReader) target(from, href string) string {
	ref, fragment, hashed := strings.Cut(strings.TrimSpace(href), "#")
	if u, err := url.Parse(ref); err != nil || u.Scheme != "" || u.Host != "" {
		return ""
	}
	name := from
	if ref != "" {
		ref, _, _ = strings.Cut(ref, "?")
		name = r.real(join(from, unescaped(ref)))
	}
	if name == "" || !hashed || fragment == "" {
		return name
	}
	return name + "#" + unescaped(fragment)
}

// real is the name as the archive writes it; "" if it has no such file.
func (a *archive) real(name string) string {
	if f := a.find(name); f != nil {
		return a.lower[strings.ToLower(name)]
	}
	return ""
}

// findCover finds the picture of the cover. One that quire drew is not kept:
// it would be drawn anew.
func (r *epubReader) findCover(root *element) {
	var it *manifestItem
	for _, e := range root.kid("manifest").list("item") {
		if e.hasWord("properties", "cover-image") {
			it = r.items[e.attr("id")]
		}
	}
	for _, e := range root.kid("metadata").list("meta") {
		if it == nil && e.attr("name") == "cover" {
			it = r.items[e.attr("content")]
		}
	}
	if it == nil || !strings.HasPrefix(it.media, "image/") || r.ours && it.name == "EPUB/cover.svg" {
		return
	}
	r.cover, _ = r.gallery.use(it.name)
}
