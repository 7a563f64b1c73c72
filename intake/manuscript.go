package intake

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"quire/book"
)

// Manuscript reads a finished text from fsys: name is a Markdown file, or a
// folder ("." for fsys itself) with book.yaml and chapters as Markdown files in
// natural order of their names, ch2 before ch10. Each heading of level 1 begins
// a chapter; in a single file that has only one, above others, it is the book's
// title and those of level 2 begin chapters, one level higher. The Markdown of
// a chapter stays as it is. Assets is the folder; what links in it may reach is
// for fsys to bound (os.Root does).
//
// The warnings, one sentence each, tell what was passed over or guessed.
func Manuscript(fsys fs.FS, name string) (book.Manuscript, []string, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return book.Manuscript{}, nil, invalid("there is no manuscript %s", quoted(path.Base(name))).Because(err).Try("give a Markdown file or a folder with chapters")
	}
	m := &manuscript{fsys: fsys, folder: name, room: MaxManuscript, taken: map[string]bool{}}
	read := m.readFolder
	if !info.IsDir() {
		m.folder, read = path.Dir(name), func() error { return m.readFile(path.Base(name)) }
	}
	if m.fsys, err = fs.Sub(fsys, m.folder); err != nil {
		return book.Manuscript{}, nil, fmt.Errorf("folder of the manuscript: %w", err)
	}
	if err := read(); err != nil {
		return book.Manuscript{}, nil, err
	}
	if err := m.settle(); err != nil {
		return book.Manuscript{}, nil, err
	}
	m.book.Assets = m.fsys
	return m.book, m.warnings, nil
}

// manuscript is the reading of one.
type manuscript struct {
	fsys     fs.FS
	folder   string
	room     int // bytes of text that may still be read
	book     book.Manuscript
	part     string          // that begins before the next chapter
	taken    map[string]bool // IDs of chapters
	warnings []string
}

func (m *manuscript) warn(text string, args ...any) {
	m.warnings = append(m.warnings, fmt.Sprintf(text, args...))
}

// text reads a file as text; an empty one is "".
func (m *manuscript) text(name string) (string, error) {
	if info, err := fs.Stat(m.fsys, name); err == nil && !info.Mode().IsRegular() {
		return "", invalid("%s is not a file with text", name).Try("take it out of the manuscript's folder")
	}
	f, err := m.fsys.Open(name)
	if err != nil {
		return "", invalid("%s cannot be read", name).Because(err).Try("check that it is a file that you may read")
	}
	// Closing what was only read cannot lose anything.
	defer func() { _ = f.Close() }()
	data, err := readBytes(name, f, MaxManuscript)
	if err != nil {
		return "", err
	}
	if len(data) > m.room {
		return "", invalid("the files of the manuscript are larger than %s together", size(MaxManuscript)).Try("make two books of it")
	}
	m.room -= len(data)
	return decode(name, data)
}

// readFile reads a manuscript of one file.
func (m *manuscript) readFile(name string) error {
	text, err := m.text(name)
	if err != nil {
		return err
	}
	if text, err = m.front(name, text); err != nil {
		return err
	}
	if strings.TrimSpace(text) == "" {
		return invalid("%s has no text", name).Try("give a file with at least one chapter")
	}
	pieces := split(text, top(text))
	if title, rest := bookTitle(pieces, m.book.Meta.Title); title != "" {
		m.book.Meta.Title, pieces = title, rest
	}
	carryNotes(pieces)
	if pieces[0].title == "" {
		pieces[0].title = "Preface"
		if len(pieces) == 1 {
			pieces[0].title = first(m.book.Meta.Title, readable(name))
		}
	}
	for _, p := range pieces {
		m.add(name, p)
	}
	if m.book.Meta.Title == "" {
		m.book.Meta.Title = readable(name)
		m.warn("%s says no title of the book; it is called after the file", name)
	}
	return nil
}

// readFolder reads a manuscript of many files.
func (m *manuscript) readFolder() error {
	entries, err := fs.ReadDir(m.fsys, ".")
	if err != nil {
		return invalid("the folder cannot be read").Because(err).Try("check that you may read it")
	}
	var files []string
	settled := false
	for _, e := range entries {
		switch name := e.Name(); {
		case e.IsDir() || strings.HasPrefix(name, "."):
		case name == "book.yaml" || name == "book.yml":
			settled = true
			if err := m.settings(name); err != nil {
				return err
			}
		case strings.EqualFold(name, "README.md"):
			m.warn("README.md was passed over; give it another name if it is a chapter")
		case isMarkdown(name):
			files = append(files, name)
		}
	}
	if len(files) == 0 {
		return invalid("the folder holds no Markdown files").Try("put each chapter into a file such as 01-beginning.md")
	}
	if len(files) > MaxFiles {
		return invalid("the folder holds %d Markdown files; at most %d are read", len(files), MaxFiles).Try("put several chapters into one file")
	}
	if len(files) == 1 && files[0] == "book.md" && !settled { // the whole book, as an export to a folder writes it
		return m.readFile(files[0])
	}
	slices.SortFunc(files, natural)
	for _, name := range files {
		if err := m.chapterFile(name); err != nil {
			return err
		}
	}
	return nil
}

func isMarkdown(name string) bool {
	ending := strings.ToLower(path.Ext(name))
	return ending == ".md" || ending == ".markdown"
}

// chapterFile reads one file of a folder, with one chapter or several.
func (m *manuscript) chapterFile(name string) error {
	text, err := m.text(name)
	if err != nil {
		return err
	}
	title := ""
	if block, rest, ok := frontMatter(text); ok {
		meta, warnings, err := metaOf(name, block)
		if err != nil {
			return err
		}
		text, title = rest, meta.Title
		m.warnings = append(m.warnings, warnings...)
	}
	if strings.TrimSpace(text) == "" {
		m.warn("%s has no text and was passed over", name)
		return nil
	}
	pieces := split(text, 1)
	carryNotes(pieces)
	if pieces[0].title == "" {
		pieces[0].title = first(title, readable(name))
		if len(pieces) > 1 {
			m.warn("%s has text above its first title; it became the chapter %s", name, quoted(pieces[0].title))
		}
	}
	for _, p := range pieces {
		m.add(name, p)
	}
	return nil
}

// add makes a chapter of a piece. A piece called Part One without text is the
// part that begins with the next chapter.
func (m *manuscript) add(source string, p piece) {
	empty := strings.TrimSpace(p.text) == ""
	if empty && (isPart(p.title) || p.has(".part")) {
		m.part = p.title
		return
	}
	if empty {
		m.warn("the chapter %s in %s has no text", quoted(p.title), source)
	}
	numbered := isNumbered(p.title) && !p.has("-") && !p.has(".unnumbered")
	if match := chapterTitle.FindStringSubmatch(p.title); match != nil && numbered {
		p.title = first(strings.TrimSpace(match[1]+match[2]), p.title)
	}
	m.book.Chapters = append(m.book.Chapters, book.Text{
		ID: m.id(source, p), Part: m.part, Title: p.title, Numbered: numbered,
		Markdown: strings.Trim(p.text, "\n") + "\n", Source: source,
	})
	m.part = ""
}

// id is the ID that the heading gives, else one that follows from the place of
// the chapter in the book.
func (m *manuscript) id(source string, p piece) string {
	if given := p.id(); given != "" {
		if !m.taken[given] {
			m.taken[given] = true
			return given
		}
		m.warn("the id #%s in %s is used twice; the second chapter got another", given, source)
	}
	for salt := 0; ; salt++ {
		parts := []any{"manuscript", len(m.book.Chapters) + 1}
		if salt > 0 {
			parts = append(parts, salt)
		}
		if id := "ch_" + book.Derive(8, parts...); !m.taken[id] {
			m.taken[id] = true
			return id
		}
	}
}

// settle gives the book a title if it has none, and checks it.
func (m *manuscript) settle() error {
	if m.part != "" {
		m.warn("no chapter follows on %s; it was left out", quoted(m.part))
	}
	switch n := len(m.book.Chapters); {
	case n == 0:
		return invalid("the manuscript has no chapters").Try("begin each chapter with a line such as # Its title")
	case n > MaxTexts:
		return invalid("the manuscript has %d chapters; at most %d are read", n, MaxTexts).Try("begin only chapters with #, and sections with ##")
	}
	if m.book.Meta.Title == "" {
		m.book.Meta.Title = m.book.Chapters[0].Title
		m.warn("no book.yaml says the book's title; it is called after its first chapter")
	}
	return nil
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
