package intake

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path"

	"quire/book"
	"quire/problem"
)

// The limits of a writer's own sources, besides those that room book sets. At a
// limit a source is refused with a sentence.
const (
	MaxSourceFile  = 64 << 20  // bytes of one file
	MaxSourceFiles = 5_000     // files and folders below one folder
	MaxSourceParts = 2_000_000 // elements of a web page
	MaxPDFPages    = 3_000     // pages of a PDF
	MaxPDFStream   = 16 << 20  // bytes of one part of a PDF, unpacked
)

// SourceFile is a file, or a folder with files, that a writer names as a source.
type SourceFile struct {
	Files    fs.FS  // what it may reach is for this to bound; os.Root does
	Name     string // in Files; "." for all of it
	Priority int    // from 1, the highest, to 5; 0 is 3
}

// SourcePriority takes the priority off what a writer gives, such as
// notes.pdf:1. A file whose whole name is that wins over this reading: exists
// reports whether a path is there. Without a priority it is 3.
func SourcePriority(given string, exists func(path string) bool) (path string, priority int) {
	n := len(given) - 2
	if n < 1 || given[n] != ':' || given[n+1] < '0'+book.HighestPriority || given[n+1] > '0'+book.LowestPriority || exists(given) {
		return given, book.DefaultPriority
	}
	return given[:n], int(given[n+1] - '0')
}

// Sources reads a writer's own sources in the order in which they are given: a
// file of text, Markdown, DOCX, EPUB, HTML or PDF, or a folder with such files,
// in natural order of their names. What a file is follows from its content,
// then from the ending of its name. In a folder, hidden files and links are
// passed over (a link that stays in the folder leads to what is read anyway),
// and so is what cannot be read; a file that is named itself must be readable.
// The same content is kept once, at its highest priority.
//
// The notes, one sentence each, tell what was passed over or guessed.
func Sources(ctx context.Context, given []SourceFile) ([]book.Source, []string, error) {
	s := &sources{seen: map[[sha256.Size]byte]int{}, ids: map[string]bool{}}
	for _, g := range given {
		if g.Priority == 0 {
			g.Priority = book.DefaultPriority
		}
		info, err := fs.Stat(g.Files, g.Name)
		if err != nil {
			return nil, nil, invalid("there is no source %s", quoted(path.Base(g.Name))).Because(err).
				Try("give a file of text, Markdown, DOCX, EPUB, HTML or PDF, or a folder with such files")
		}
		read := s.readFile
		if info.IsDir() {
			read = s.readFolder
		}
		if err := read(ctx, g); err != nil {
			return nil, nil, err
		}
	}
	if err := book.CheckSources(s.list); err != nil {
		return nil, nil, err
	}
	return s.list, s.notes, nil
}

// sources is the reading of some.
type sources struct {
	list  []book.Source
	seen  map[[sha256.Size]byte]int // places in list by content
	ids   map[string]bool
	words int
	notes []string
}

func (s *sources) note(format string, args ...any) {
	s.notes = append(s.notes, fmt.Sprintf(format, args...))
}

// readFile reads one file.
func (s *sources) readFile(ctx context.Context, g SourceFile) error {
	if err := ctx.Err(); err != nil {
		return problem.New(problem.Canceled, "reading the sources was stopped").Because(err)
	}
	name := sourceName(g.Name)
	data, err := sourceBytes(g.Files, g.Name, name)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	if i, twice := s.seen[sum]; twice {
		s.list[i].Priority = min(s.list[i].Priority, g.Priority)
		s.note("%s holds the same as %s and is kept once", quoted(name), quoted(s.list[i].Name))
		return nil
	}
	read, err := readSource(ctx, name, data)
	if err != nil {
		return err
	}
	for _, n := range read.notes {
		s.note("%s", n)
	}
	return s.add(name, data, sum, g.Priority, read)
}

// add makes a source of what was read.
func (s *sources) add(name string, data []byte, sum [sha256.Size]byte, priority int, read sourceText) error {
	id := book.SourceID(data, 0)
	for salt := 1; s.ids[id]; salt++ {
		id = book.SourceID(data, salt)
	}
	src := book.Source{ID: id, Name: name, Priority: priority, Passages: passages(id, read.blocks)}
	if len(src.Passages) == 0 {
		return invalid("%s has no text", name).Try("give a file with at least one paragraph")
	}
	for _, p := range src.Passages {
		src.Words += book.SourceWords(p.Text)
	}
	src.Title = clipped(first(oneLine(shown(read.title)), readable(name), name), book.MaxSourceName)
	src.Author = clipped(oneLine(shown(read.author)), book.MaxSourceName)
	s.ids[id] = true
	s.seen[sum] = len(s.list)
	s.list = append(s.list, src)
	if s.words += src.Words; s.words > book.MaxSourceWords || len(s.list) > book.MaxSources {
		return book.CheckSources(s.list)
	}
	return nil
}
