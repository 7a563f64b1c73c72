package main

import (
	"errors"
	"io/fs"
	"os"

	"quire/book"
	"quire/intake"
)

// sourceFlags are the maker's own sources.
type sourceFlags struct {
	Source []string `sep:"none" help:"A source of your own: text, DOCX, EPUB, HTML, PDF or a folder; repeat for more. A :1 (first) to :5 (last) behind it is its weight." placeholder:"FILE|FOLDER"`
}

// sources reads what the flags name; notes tell what was passed over.
func (v *sourceFlags) sources(s *session) ([]book.Source, []string, error) {
	var files []intake.SourceFile
	var open []*os.Root
	defer func() {
		for _, root := range open {
			_ = root.Close() // it was only read
		}
	}()
	for _, given := range v.Source {
		path, priority := intake.SourcePriority(given, func(path string) bool {
			_, err := os.Stat(path)
			return !errors.Is(err, fs.ErrNotExist)
		})
		root, name, err := openBeside(path)
		if err != nil {
			return nil, nil, err
		}
		open = append(open, root)
		files = append(files, intake.SourceFile{Files: root.FS(), Name: name, Priority: priority})
	}
	if len(files) == 0 {
		return nil, nil, nil
	}
	return intake.Sources(s.ctx, files)
}
