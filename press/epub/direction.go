package epub

import (
	"quire/press"
	"quire/press/html"
)

// dir is the dir attribute of a text that runs against the book.
func (b *binder) dir(s string) string { return b.against(html.Direction(s)) }

// dirOf is the dir attribute of running text that runs against the book.
func (b *binder) dirOf(text []press.Inline) string { return b.against(html.DirectionOf(text)) }

// against is a dir attribute where a direction is not the book's.
func (b *binder) against(direction string) string {
	if direction == "" || (direction == "rtl") == b.rtl {
		return ""
	}
	return ` dir="` + direction + `"`
}
