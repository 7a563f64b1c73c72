package edition

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"quire/problem"
)

// Format is a kind of file, named by its ending without the dot.
type Format string

// The formats that are made now. Those that end with .zip are several files:
// written to a path that ends with a slash, such as book.html/, they become a
// folder.
const (
	PDF            Format = "pdf"
	EPUB           Format = "epub"
	DOCX           Format = "docx"
	HTML           Format = "html"     // one file
	Site           Format = "html.zip" // a page a chapter
	LaTeX          Format = "tex"
	LaTeXFolder    Format = "tex.zip" // with pictures
	Markdown       Format = "md"
	MarkdownFolder Format = "md.zip" // with pictures
)

// usual are the formats of a book whose maker asked for none.
var usual = []Format{PDF, EPUB}

// FormatOf reads the format of a file from its ending.
func (m *Maker) FormatOf(path string) (Format, error) {
	name := strings.ToLower(filepath.Base(path))
	if Folder(path) {
		name += ".zip"
	}
	var best Format
	for f := range m.Outputs {
		if strings.HasSuffix(name, "."+string(f)) && len(f) > len(best) {
			best = f
		}
	}
	if best != "" {
		return best, nil
	}
	known := make([]string, 0, len(m.Outputs))
	for _, f := range slices.Sorted(maps.Keys(m.Outputs)) {
		known = append(known, "."+string(f))
	}
	if Folder(path) {
		return "", problem.New(problem.Invalid, "%q is a folder, and its kind is not known", filepath.Base(path)).
			Try("end the name with .html/, .md/ or .tex/ for a folder")
	}
	return "", problem.New(problem.Invalid, "the kind of file %q is not known", filepath.Base(path)).
		Try("end the name with %s", strings.Join(known, ", "))
}

// Folder reports whether a path asks for a folder: it ends with a slash.
func Folder(path string) bool {
	return strings.HasSuffix(path, "/") || strings.HasSuffix(path, string(filepath.Separator))
}
