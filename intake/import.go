package intake

import (
	"io/fs"
	"path"

	"quire/book"
)

// The limits of a DOCX or EPUB file. At a limit the whole file is refused, but
// for single pictures, which are left out and counted.
const (
	MaxArchive  = 256 << 20 // bytes of the file, as it is packed
	MaxEntries  = 20_000    // files inside it
	MaxInside   = 512 << 20 // bytes of all that is read of it, unpacked
	MaxTextPart = 64 << 20  // bytes of one text or style file inside it, unpacked
	MaxPicture  = 64 << 20  // bytes of one picture inside it, unpacked
	MaxPacking  = 400       // how many times larger than packed a large file may be
	MaxDepth    = 256       // elements inside each other
	MaxElements = 8_000_000 // elements and texts of one book
)

// Report tells what an import kept and what it dropped.
type Report struct {
	Format   string   // Markdown, DOCX or EPUB
	Chapters int      // of the manuscript
	Words    int      // of titles, text, notes, tables and captions
	Notes    int      // footnotes and endnotes
	Pictures int      // places where one is shown, without the cover
	Tables   int      //
	Dropped  []string // sentences for people, each kind once with its count
	Warnings []string // what was guessed or understood freely, one sentence each
}

// Import reads a half-written or finished book from files: name is a Markdown
// file or a folder of them (as for Manuscript), a .docx or an .epub. What these
// hold comes out in the Markdown of quire; what that cannot say is left out,
// counted and told. The pictures that are used are in the manuscript's Assets,
// in memory. Nothing is written, fetched or carried out.
func Import(files fs.FS, name string) (book.Manuscript, Report, error) {
	info, err := fs.Stat(files, name)
	if err != nil {
		return book.Manuscript{}, Report{}, invalid("there is no book %s", quoted(path.Base(name))).Because(err).
			Try("give a .docx, an .epub, a Markdown file or a folder with chapters")
	}
	if info.IsDir() {
		return importMarkdown(files, name)
	}
	if !info.Mode().IsRegular() {
		return book.Manuscript{}, Report{}, invalid("%s is not a file with a book", path.Base(name)).
			Try("give a .docx, an .epub, a Markdown file or a folder with chapters")
	}
	return importFile(files, name, info.Size())
}

// importFile reads a file by what it is, whatever its name says.
func importFile(files fs.FS, name string, size int64) (book.Manuscript, Report, error) {
	base := path.Base(name)
	f, err := files.Open(name)
	if err != nil {
		return book.Manuscript{}, Report{}, invalid("%s cannot be read", base).Because(err).Try("check that it is a file that you may read")
	}
	defer func() { _ = f.Close() }() // only read
	packed, err := openPacked(base, f, size)
	if err != nil || packed == nil {
		if err != nil {
			return book.Manuscript{}, Report{}, err
		}
		return importMarkdown(files, name)
	}
	d := newDraft(base)
	read := readEPUB
	if d.report.Format = packed.format; packed.format == formatDOCX {
		read = readDOCX
	}
	if err := read(packed.archive, d); err != nil {
		return book.Manuscript{}, Report{}, err
	}
	return d.finish()
}

// importMarkdown reads Markdown and counts what it holds.
func importMarkdown(files fs.FS, name string) (book.Manuscript, Report, error) {
	m, warnings, err := Manuscript(files, name)
	if err != nil {
		return m, Report{}, err
	}
	return m, countMarkdown(m, warnings), nil
}
