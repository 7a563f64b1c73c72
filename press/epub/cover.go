package epub

import (
	"quire/press"
)

// cover adds the cover's picture and the page that shows it. Its colours
// follow from title and author.
func (b *binder) cover() {
	name := b.title
	if b.doc.Meta.Author != "" {
		name += ", " + b.doc.Meta.Author
	}
	alt := b.terms.cover + ": " + name
	picture := b.givenCover()
	if picture == "" {
		picture = "cover.svg"
		b.add(file{id: coverImage, name: picture, media: typeSVG, property: coverImage, data: press.DrawCover(b.doc, alt)})
	}
	body := "<section epub:type=\"cover\" aria-label=\"" + escape(b.terms.cover) + "\">\n<img src=\"" + picture + "\" alt=\"" + escape(alt) + "\" role=\"doc-cover\"/>\n</section>\n"
	b.add(file{id: "cover", name: "cover.xhtml", media: typeXHTML, linear: true,
		data: b.xhtml(sheet{title: b.terms.cover, matter: "frontmatter", class: "cover", body: body})})
}

// coverImage is the ID of the cover's picture and the property that says so.
const coverImage = "cover-image"

// givenCover makes the manuscript's own cover the book's, and returns the name
// of its file; "" if there is none that readers can show.
func (b *binder) givenCover() string {
	name := b.images[b.doc.Cover]
	if b.doc.Cover == nil || name == "" {
		return ""
	}
	for i := range b.files {
		if b.files[i].name == name {
			b.files[i].id, b.files[i].property = coverImage, coverImage
		}
	}
	return name
}
