package edition

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"quire/book"
	"quire/problem"
)

// Export writes a book to a file, whose ending says the format. A kept edition is
// copied, any other made from the manuscript now; so is one that is to look
// different. What the looks leave empty is as the book's brief says.
func (m *Maker) Export(ctx context.Context, id book.ID, path string, looks Looks) (File, error) {
	f, err := m.FormatOf(path)
	if err != nil {
		return File{}, err
	}
	b, err := m.Shelf.Book(ctx, id)
	if err != nil {
		return File{}, err
	}
	if looks.special() {
		return m.exportAs(ctx, b, path, f, looks)
	}
	file, kept, err := m.kept(ctx, b, f)
	if err != nil {
		return file, err
	}
	if kept != nil {
		defer kept.Close() // it was only read
		return file, Write(path, func(w io.Writer) error {
			_, err := io.Copy(w, kept)
			return err
		})
	}
	text, err := m.manuscript(ctx, b)
	if err != nil {
		return file, err
	}
	if file.Format == f { // the same book gives the same bytes, so this mends the edition
		if _, err := m.keep(ctx, b, text, f, m.paged(ctx, b)); err != nil {
			return file, err
		}
	}
	err = Write(path, func(w io.Writer) error {
		report, err := m.render(ctx, w, b, text, f, m.paged(ctx, b))
		file.Format, file.Pages, file.Words = f, report.Pages, report.Words
		return err
	})
	return file, err
}

// exportAs writes a book with another look than that of its kept editions.
func (m *Maker) exportAs(ctx context.Context, b book.Book, path string, f Format, looks Looks) (File, error) {
	text, err := m.manuscript(ctx, b)
	if err != nil {
		return File{}, err
	}
	looks.Theme, looks.Trim = cmp.Or(looks.Theme, b.Brief.Theme), cmp.Or(looks.Trim, b.Brief.Trim)
	looks.Date = text.Meta.Date
	look, err := Look(looks)
	if err != nil {
		return File{}, err
	}
	file := File{Format: f}
	err = Write(path, func(w io.Writer) error {
		report, err := m.Press(ctx, w, text, look, f, false)
		file.Pages, file.Words = report.Pages, report.Words
		for _, w := range report.Warnings {
			file.Warnings = append(file.Warnings, w.String())
		}
		return err
	})
	return file, err
}

// paged reports whether the book has a PDF that its other files can name pages
// of.
func (m *Maker) paged(ctx context.Context, b book.Book) bool {
	files, err := m.Shelf.Editions(ctx, b.ID)
	return err == nil && slices.ContainsFunc(files, func(f File) bool { return f.Format == PDF })
}

// kept opens the kept edition of a book that has ended. There is no reader if
// there is none, and only what is known of it if its bytes are not sound.
func (m *Maker) kept(ctx context.Context, b book.Book, f Format) (File, io.ReadCloser, error) {
	files, err := m.Shelf.Editions(ctx, b.ID)
	if err != nil || !b.State.Ended() {
		return File{}, nil, err
	}
	for _, file := range files {
		if file.Format != f {
			continue
		}
		sound := m.Bucket.Check(ctx, file.Blob) == nil
		if !sound {
			return file, nil, nil
		}
		r, err := m.Bucket.Open(ctx, file.Blob)
		return file, r, err
	}
	return File{}, nil, nil
}

// WriteFile writes path with fill: to a temporary file beside it, renamed when
// whole. What was there before stays until then, and stays if fill fails.
func WriteFile(path string, fill func(io.Writer) error) error {
	path = followed(path)
	tmp, err := beside(path)
	if err != nil {
		return unwritable(path, err)
	}
	defer os.Remove(tmp.Name()) // after a rename there is nothing to remove
	defer tmp.Close()           // closing twice is harmless
	if err := fill(tmp); err != nil {
		return unwritable(path, err)
	}
	if err := errors.Join(tmp.Chmod(0o644), tmp.Sync(), tmp.Close()); err != nil {
		return unwritable(path, err)
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return unwritable(path, err)
	}
	return nil
}

// followed is where a symbolic link points, so that writing replaces the file and
// not the link; anything else is path itself.
func followed(path string) string {
	for range 8 {
		to, err := os.Readlink(path)
		if err != nil {
			return path
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(path), to)
		}
		path = to
	}
	return path
}

// beside makes the temporary file that becomes path.
func beside(path string) (*os.File, error) {
	return os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
}

// Writable reports whether path could be written, without leaving a trace.
func Writable(path string) error {
	if Folder(path) {
		return writableFolder(path)
	}
	path = followed(path)
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return problem.New(problem.Invalid, "%q is a folder", filepath.Base(path)).Try("give the name of a file, or end it with a slash to fill the folder")
	}
	tmp, err := beside(path)
	if err != nil {
		return unwritable(path, err)
	}
	return errors.Join(tmp.Close(), os.Remove(tmp.Name()))
}

// unwritable sorts a failure to write the file that the user named.
func unwritable(path string, err error) error {
	name := filepath.Base(path)
	var sorted *problem.Error
	switch {
	case errors.As(err, &sorted):
		return err
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return problem.New(problem.Limited, "the disk is full, so %q was not written", name).Because(err).Try("make room on the disk, then try again")
	case errors.Is(err, fs.ErrNotExist):
		return problem.New(problem.Invalid, "%q cannot be written: its folder does not exist", name).Because(err).Try("make the folder, or choose another")
	case errors.Is(err, syscall.ENOTDIR):
		return problem.New(problem.Invalid, "%q cannot be written: what should be its folder is a file", name).Because(err).Try("choose another folder")
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return problem.New(problem.Denied, "%q cannot be written: its folder is not ours to write", name).Because(err).Try("choose another folder, or change its rights")
	case errors.Is(err, syscall.ENAMETOOLONG):
		return problem.New(problem.Invalid, "the name %.40q… is too long", name).Because(err).Try("choose a shorter name")
	default:
		return fmt.Errorf("write the file: %w", err)
	}
}
