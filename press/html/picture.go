package html

import (
	"encoding/base64"

	"quire/press"
)

// pictureTypes are the media types and endings of the press's formats.
var pictureTypes = map[press.Format][2]string{
	press.PNG: {"image/png", ".png"}, press.JPEG: {"image/jpeg", ".jpg"}, press.SVG: {"image/svg+xml", ".svg"}, press.WebP: {"image/webp", ".webp"},
}

// pictures finds the address of every picture and of the cover. The address
// of a file is for address to say. Drawings are shown as pictures, never as a
// part of the page: so their IDs and styles stay their own, and nothing in
// them can run.
func (m *maker) pictures(address func(name, media string, data []byte) string) {
	for _, img := range m.doc.Images {
		kind, ok := pictureTypes[img.Format]
		if !ok {
			m.warn(press.Pos{}, "the picture %s is left out: its format is not known", img.Source)
			continue
		}
		m.images[img] = address(img.ID+kind[1], kind[0], img.Data)
	}
	if m.cover = m.images[m.doc.Cover]; m.doc.Cover == nil || m.cover == "" {
		m.cover = address("cover.svg", "image/svg+xml", press.DrawCover(m.doc, m.coverName()))
	}
}

// dataURI is a file as an address that holds all of it.
func dataURI(_, media string, data []byte) string {
	return "data:" + media + ";base64," + base64.StdEncoding.EncodeToString(data)
}
