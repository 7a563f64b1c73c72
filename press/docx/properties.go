package docx

import "strings"

// longestProperty is how many letters Word takes for what a file says of
// itself.
const longestProperty = 255

// properties are the elements of docProps/core.xml with their texts.
func (b *binder) properties() [][2]string {
	m := b.doc.Meta
	about := m.Description
	if about == "" {
		about = m.Subtitle
	}
	return [][2]string{
		{"dc:title", clipped(b.title, longestProperty)},
		{"dc:subject", clipped(m.Subtitle, longestProperty)},
		{"dc:creator", clipped(m.Author, longestProperty)},
		{"cp:keywords", clipped(strings.Join(m.Keywords, ", "), longestProperty)},
		{"dc:description", clipped(about, 4*longestProperty)},
		{"dc:language", b.lang},
		{"dc:identifier", isbn(m.ISBN)},
	}
}

// isbn is an identifier made of an ISBN.
func isbn(number string) string {
	if number == "" {
		return ""
	}
	return "ISBN " + number
}
