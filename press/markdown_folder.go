package press

import (
	"context"
	"strings"
)

// MarkdownFolder implements Bundle: book.md as Markdown writes it, and the
// pictures beside it under the paths that the text names, so that the folder is
// a manuscript. Drawings are there as the press has cleaned them, without
// scripts and links; of other pictures every byte is as it was.
type MarkdownFolder struct{}

// markdownFile is the name of the text in the folder.
const markdownFile = "book.md"

// Files returns the files, book.md first. The document must come from Parse.
// No name leaves the folder.
func (MarkdownFolder) Files(ctx context.Context, doc *Document, _ Options) ([]File, Report, error) {
	text, report, err := markdownText(ctx, doc)
	if err != nil {
		return nil, Report{}, err
	}
	files := []File{{Name: markdownFile, Data: []byte(text)}}
	taken := map[string]bool{markdownFile: true} // in small letters, as some disks take them
	for _, img := range doc.Images {
		name, err := AssetPath(img.Source)
		if err == nil && taken[strings.ToLower(name)] && !holds(files, name) {
			report.Warnings = append(report.Warnings, Warning{Detail: "the picture " + shorten(img.Source) + " is left out: another file has its name"})
			continue
		}
		if err != nil || taken[strings.ToLower(name)] {
			continue // Parse took it from there, so it has a name; twice is once
		}
		taken[strings.ToLower(name)] = true
		files = append(files, File{Name: name, Data: img.Data})
	}
	return files, report, nil
}

// holds reports whether a picture of that very name is there already.
func holds(files []File, name string) bool {
	for _, f := range files[1:] {
		if f.Name == name {
			return true
		}
	}
	return false
}
