package edition

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"quire/problem"
)

// Write writes what fill makes to path: a file, or, if the path ends with a
// slash, the files of the archive that fill makes, into that folder. Files that
// the folder has beside them stay.
func Write(path string, fill func(io.Writer) error) error {
	if !Folder(path) {
		return WriteFile(path, fill)
	}
	var packed bytes.Buffer
	if err := fill(&packed); err != nil {
		return err
	}
	archive, err := zip.NewReader(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
	if err != nil {
		return unwritable(filepath.Clean(path), err)
	}
	for _, f := range archive.File {
		if !filepath.IsLocal(f.Name) {
			return problem.New(problem.Internal, "a file of the folder %q would lie outside of it", filepath.Base(path))
		}
		to := filepath.Join(path, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return unwritable(filepath.Clean(path), err)
		}
		if err := unpack(f, to); err != nil {
			return err
		}
	}
	return nil
}

// unpack writes one file of an archive.
func unpack(f *zip.File, to string) error {
	r, err := f.Open()
	if err != nil {
		return unwritable(to, err)
	}
	defer r.Close() // it was only read
	return WriteFile(to, func(w io.Writer) error {
		_, err := io.Copy(w, r)
		return err
	})
}

// writableFolder reports whether a folder is there or could be made, and takes
// files.
func writableFolder(path string) error {
	path = filepath.Clean(path)
	info, err := os.Stat(path)
	if err == nil && !info.IsDir() {
		return problem.New(problem.Invalid, "%q is a file, not a folder", filepath.Base(path)).Try("leave out the slash at its end, or choose another name")
	}
	if err == nil {
		return Writable(filepath.Join(path, "quire"))
	}
	up := filepath.Dir(path)
	if _, err := os.Stat(up); err != nil {
		return unwritable(path, fs.ErrNotExist)
	}
	return Writable(path)
}
