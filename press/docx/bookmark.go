package docx

import (
	"fmt"
	"strconv"
	"strings"

	"quire/press"
)

// bookmarks are the places to which links and fields lead, by the document's
// IDs. Only places that something leads to have one, so that editors find no
// clutter.
type bookmarks struct {
	names map[string]string // of what the text refers to
	toc   map[string]string // of what the contents list
	count int               // numbers given
}

// newBookmarks names the places that the text refers to.
func newBookmarks(doc *press.Document) bookmarks {
	m := bookmarks{names: map[string]string{}, toc: map[string]string{}}
	taken := map[string]bool{}
	visit := func(in press.Inline) {
		ref, ok := in.(*press.Ref)
		if !ok || ref.Target == "" || m.names[ref.Target] != "" {
			return
		}
		m.names[ref.Target] = bookmarkName(ref.Target, taken)
	}
	eachInline(doc.Dedication, visit)
	for _, c := range doc.Chapters {
		eachInline(c.Blocks, visit)
		for _, n := range c.Notes {
			eachInline(n.Blocks, visit)
		}
	}
	return m
}

// longestBookmark is how many characters Word takes.
const longestBookmark = 40

// bookmarkName makes a name that Word takes: letters, digits and _, not used
// yet in any case of letters.
func bookmarkName(id string, taken map[string]bool) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, id)
	if name == "" || name[0] < 'A' {
		name = "s" + name
	}
	base := name[:min(len(name), longestBookmark-8)]
	name = base
	for i := 2; taken[strings.ToLower(name)]; i++ {
		name = base + "_" + strconv.Itoa(i)
	}
	taken[strings.ToLower(name)] = true
	return name
}

// listed names a place that the contents list.
func (m *bookmarks) listed(id string) string {
	if m.toc[id] == "" {
		m.toc[id] = fmt.Sprintf("_Toc%09d", len(m.toc)+1)
	}
	return m.toc[id]
}

// around returns the markup before and behind what a bookmark names.
func (m *bookmarks) around(name string) (before, behind string) {
	m.count++
	n := strconv.Itoa(m.count)
	return `<w:bookmarkStart w:id="` + n + `" w:name="` + name + `"/>`, `<w:bookmarkEnd w:id="` + n + `"/>`
}

// heading returns the markup around a heading or caption with an ID.
func (m *bookmarks) heading(id string) (before, behind string) {
	for _, name := range []string{m.toc[id], m.names[id]} {
		if name != "" && id != "" {
			b, e := m.around(name)
			before, behind = before+b, e+behind
		}
	}
	return before, behind
}

// anchor notes that the next paragraph is a place with an ID.
func (w *writer) anchor(id string) {
	if name := w.marks.names[id]; name != "" && id != "" {
		before, behind := w.marks.around(name)
		w.pending += before + behind
	}
}
