package intake

import (
	"bytes"
	"io"
	"path"
	"strings"

	"quire/problem"
)

// The formats that Import knows, besides Markdown.
const (
	formatDOCX = "DOCX"
	formatEPUB = "EPUB"
)

// packed is a file that holds others, and what it is.
type packed struct {
	format string
	*archive
}

// otherFormats says of endings what the file is and how it can be brought.
var otherFormats = map[string][2]string{
	".doc": {"a file of an old Word", "open it in Word or LibreOffice and save it as .docx"},
	".rtf": {"an RTF file", "open it in Word or LibreOffice and save it as .docx"},
	".odt": {"an OpenDocument text", "open it in LibreOffice and save it as .docx"}, ".ott": {"an OpenDocument template", "open it in LibreOffice and save it as .docx"},
	".fodt": {"an OpenDocument text", "open it in LibreOffice and save it as .docx"}, ".sxw": {"a text of an old OpenOffice", "open it in LibreOffice and save it as .docx"},
	".pdf":  {"a PDF, which knows pages but no chapters", "give the file that it was made of, or save it as .docx"},
	".mobi": {"a Kindle file", "turn it into an .epub, with Calibre for instance"}, ".azw": {"a Kindle file", "turn it into an .epub, with Calibre for instance"},
	".azw3": {"a Kindle file", "turn it into an .epub, with Calibre for instance"}, ".kfx": {"a Kindle file", "give the .epub or .docx that it was made of"},
	".fb2": {"a FictionBook", "turn it into an .epub, with Calibre for instance"}, ".lit": {"an old e-book", "turn it into an .epub, with Calibre for instance"},
	".pages": {"a file of Pages", "export it from Pages as Word (.docx) or EPUB"}, ".gdoc": {"a link to Google Docs, not the text", "download it there as Microsoft Word (.docx)"},
	".indd": {"an InDesign file", "export it from InDesign as EPUB"}, ".scriv": {"a Scrivener project", "compile it in Scrivener as .docx"},
	".wpd": {"a WordPerfect file", "save it as .docx"}, ".html": {"a web page", "save it as .docx or .epub"}, ".htm": {"a web page", "save it as .docx or .epub"},
	".xhtml": {"a web page", "save it as .docx or .epub"}, ".tex": {"a LaTeX file", "turn it into Markdown or .docx, with pandoc for instance"},
	".xlsx": {"a workbook", "give it as --sheet if it lists chapters"}, ".pptx": {"a presentation", "save its text as .docx"}, ".zip": {"an archive", "unpack it and give the folder"},
}

// openPacked opens a DOCX or EPUB; it returns nil for what may be text. What is
// neither is refused with what to do about it.
func openPacked(name string, r io.Reader, size int64) (*packed, error) {
	ending := strings.ToLower(path.Ext(name))
	head := make([]byte, 80)
	n, err := io.ReadFull(r, head)
	if err != nil && n == 0 && err != io.EOF {
		return nil, invalid("%s cannot be read", name).Because(err).Try("check that it is a file that you may read")
	}
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return openZip(name, ending, head, r, size)
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return nil, oldOffice(name, ending)
	}
	if real := endingOf(head); real != "" {
		ending = real
	}
	if what, ok := otherFormats[ending]; ok {
		return nil, invalid("%s is %s", name, what[0]).Try("%s", what[1])
	}
	if ending == ".docx" || ending == ".docm" || ending == ".dotx" || ending == ".epub" {
		return nil, damaged(name, ending[1:])
	}
	return nil, nil
}

// endingOf is the ending that a file should have by its first bytes, for those
// that people rename.
func endingOf(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return ".pdf"
	case bytes.HasPrefix(head, []byte(`{\rtf`)):
		return ".rtf"
	case len(head) >= 68 && string(head[60:68]) == "BOOKMOBI":
		return ".mobi"
	}
	return ""
}

// oldOffice refuses a file of the kind that Word wrote before 2007, and that
// holds a DOCX with a password since.
func oldOffice(name, ending string) error {
	if ending == ".docx" || ending == ".docm" {
		return invalid("%s is locked with a password", name).Try("open it in Word, take the password off, and save it again")
	}
	return invalid("%s is a file of an old Word or Office", name).Try("open it in Word or LibreOffice and save it as .docx")
}

// openZip opens an archive and finds out what it is.
func openZip(name, ending string, head []byte, r io.Reader, size int64) (*packed, error) {
	a, err := openArchive(name, head, r, size)
	if err != nil {
		return nil, err
	}
	switch {
	case a.has("META-INF/container.xml") || a.mimetype() == "application/epub+zip":
		return &packed{formatEPUB, a}, nil
	case strings.HasPrefix(a.mimetype(), "application/vnd.oasis.opendocument"):
		ending = ".odt"
	case a.has("word/document.xml") || a.has("[Content_Types].xml") && !a.hasFolder("xl") && !a.hasFolder("ppt"):
		return &packed{formatDOCX, a}, nil
	case a.hasFolder("xl"):
		ending = ".xlsx"
	case a.hasFolder("ppt"):
		ending = ".pptx"
	}
	if what, ok := otherFormats[ending]; ok {
		return nil, invalid("%s is %s", name, what[0]).Try("%s", what[1])
	}
	if ending == ".epub" || ending == ".docx" || ending == ".docm" {
		return nil, damaged(name, ending[1:])
	}
	return nil, invalid("%s is an archive, but no book", name).Try("give a .docx, an .epub, a Markdown file or a folder with chapters")
}

// damaged is what is said of a file that cannot be taken apart.
func damaged(name, kind string) *problem.Error {
	return invalid("%s cannot be read: it is damaged or cut off, or no %s file", name, strings.ToUpper(kind)).
		Try("open it in the program that made it, save it anew, and try again")
}
