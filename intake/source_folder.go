package intake

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"quire/book"
	"quire/problem"
)

// sourceEndings are the endings of files that a folder is searched for. What
// has none may be text.
var sourceEndings = names(".txt .text .md .markdown .docx .docm .epub .html .htm .xhtml .pdf")

// readFolder reads what can be read below a folder.
func (s *sources) readFolder(ctx context.Context, g SourceFile) error {
	files, err := s.walk(g)
	if err != nil {
		return err
	}
	var passed []string
	read := 0
	for _, name := range files {
		known := sourceEndings[strings.ToLower(path.Ext(name))]
		if !known && path.Ext(name) != "" {
			passed = append(passed, quoted(path.Base(name)))
			continue
		}
		err := s.readFile(ctx, SourceFile{Files: g.Files, Name: name, Priority: g.Priority})
		switch p := problem.Of(err); {
		case err == nil:
			read++
		case p.Kind != problem.Invalid || len(s.list) > book.MaxSources || s.words > book.MaxSourceWords:
			return err
		case known:
			s.note("%s; it was passed over", p.Detail)
		default:
			passed = append(passed, quoted(path.Base(name)))
		}
	}
	if len(passed) > 0 {
		s.note("%s", passedOver(passed))
	}
	if read == 0 {
		return invalid("the folder %s holds no file that can be read as a source", folderName(g.Name)).
			Try("put files of text, Markdown, DOCX, EPUB, HTML or PDF into it")
	}
	return nil
}

// walk lists the files below a folder, each folder in natural order. Hidden
// ones and links are passed over and counted.
func (s *sources) walk(g SourceFile) ([]string, error) {
	var files []string
	hidden, links, left := 0, 0, MaxSourceFiles
	err := fs.WalkDir(g.Files, g.Name, func(name string, e fs.DirEntry, err error) error {
		switch left--; {
		case left < 0:
			return invalid("the folder %s holds more than %d files and folders", folderName(g.Name), MaxSourceFiles).
				Try("give the folder with the sources alone")
		case err != nil && name == g.Name:
			return invalid("the folder %s cannot be read", folderName(name)).Because(err).Try("check that you may read it")
		case err != nil:
			s.note("%s cannot be read; it was passed over", quoted(path.Base(name)))
			return fs.SkipDir
		case name != g.Name && strings.HasPrefix(e.Name(), "."):
			hidden++
			if e.IsDir() {
				return fs.SkipDir
			}
		case e.Type()&fs.ModeSymlink != 0:
			links++
		case e.Type().IsRegular():
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if hidden > 0 {
		s.note("%s in the folder %s", numbered(hidden, "hidden file was passed over", "hidden files were passed over"), folderName(g.Name))
	}
	if links > 0 {
		s.note("%s in the folder %s", numbered(links, "link was passed over", "links were passed over"), folderName(g.Name))
	}
	slices.SortStableFunc(files, natural)
	return files, nil
}

func numbered(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// passedOver tells of files that hold no text, the first few by name.
func passedOver(list []string) string {
	const shown = 3
	said := strings.Join(list[:min(shown, len(list))], ", ")
	if len(list) > shown {
		said += " …"
	}
	return numbered(len(list), "file was passed over, as it is no text", "files were passed over, as they are no text") + ": " + said
}

// folderName is how a folder is called in a message.
func folderName(name string) string {
	if name == "." {
		return "that was given"
	}
	return quoted(path.Base(name))
}

// sourceName is a file's name as it is kept: without folders, on one line.
func sourceName(name string) string {
	return clipped(first(oneLine(shown(strings.NewReplacer(`\`, "_", "/", "_").Replace(path.Base(name)))), "source"), book.MaxSourceName)
}

// clipped cuts a text off at a number of characters.
func clipped(s string, limit int) string {
	if runes := []rune(s); len(runes) > limit {
		return strings.TrimSpace(string(runes[:limit-1])) + "…"
	}
	return s
}

// sourceBytes reads a whole file; it refuses an empty one.
func sourceBytes(files fs.FS, name, shown string) ([]byte, error) {
	info, err := fs.Stat(files, name)
	if err == nil && !info.Mode().IsRegular() {
		return nil, invalid("%s is not a file with text", shown).Try("give a file of text, Markdown, DOCX, EPUB, HTML or PDF")
	}
	f, err := files.Open(name)
	if err != nil {
		return nil, invalid("%s cannot be read", shown).Because(err).Try("check that it is a file that you may read")
	}
	// Closing what was only read cannot lose anything.
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, MaxSourceFile+1))
	switch {
	case err != nil:
		return nil, invalid("%s cannot be read", shown).Because(err).Try("check that it is a file that you may read")
	case len(data) > MaxSourceFile:
		return nil, invalid("%s is larger than %s", shown, size(MaxSourceFile)).Try("give only the chapters that the book needs, without large pictures")
	case len(data) == 0:
		return nil, invalid("%s is empty", shown).Try("give a file with text")
	}
	return data, nil
}
