package intake

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"
)

// archive is a ZIP file whose claims are not believed: names that lead out of
// it are not known, and no more is unpacked than the limits allow, whatever the
// headers say.
type archive struct {
	name  string // for messages
	files map[string]*zip.File
	lower map[string]string // real names by folded ones
	left  int64             // bytes that may still be unpacked
	kind  string            // DOCX or EPUB, for messages
}

// openArchive reads the list of files. The head of the file was read from r
// already.
func openArchive(name string, head []byte, r io.Reader, size int64) (*archive, error) {
	if size > MaxArchive {
		return nil, tooLargeArchive(name)
	}
	at, ok := r.(io.ReaderAt)
	if !ok {
		data, err := readBytes(name, io.MultiReader(bytes.NewReader(head), r), MaxArchive)
		if err != nil {
			return nil, err
		}
		at, size = bytes.NewReader(data), int64(len(data))
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		return nil, invalid("%s cannot be read: it is damaged or cut off", name).Because(err).
			Try("open it in the program that made it, save it anew, and try again")
	}
	if len(z.File) > MaxEntries {
		return nil, invalid("%s holds %d files; at most %d are read", name, len(z.File), MaxEntries).Try("save it anew with fewer pictures")
	}
	a := &archive{name: name, files: map[string]*zip.File{}, lower: map[string]string{}, left: MaxInside}
	for _, f := range z.File {
		a.know(f)
	}
	return a, nil
}

func tooLargeArchive(name string) error {
	return invalid("%s is larger than %s", name, size(MaxArchive)).Try("make its pictures smaller, or make two books of it")
}

// know notes a file, unless its name leads out of the archive or is taken.
func (a *archive) know(f *zip.File) {
	clean := strings.ReplaceAll(f.Name, `\`, "/")
	if strings.HasSuffix(clean, "/") || !inside(clean) || a.files[clean] != nil {
		return
	}
	a.files[clean] = f
	if folded := strings.ToLower(clean); a.lower[folded] == "" {
		a.lower[folded] = clean
	}
}

// inside reports whether a name is a plain path below the archive's root.
func inside(name string) bool {
	return name != "" && name[0] != '/' && path.Clean(name) == name && name != ".." && !strings.HasPrefix(name, "../") &&
		!strings.ContainsAny(name, "\x00:")
}

// join is the name that a reference in the file from leads to; "" if that is
// outside.
func join(from, ref string) string {
	ref = strings.ReplaceAll(ref, `\`, "/")
	name := path.Join(path.Dir(from), ref)
	if strings.HasPrefix(ref, "/") {
		name = path.Clean(ref)[1:]
	}
	if !inside(name) {
		return ""
	}
	return name
}

// find returns a file by its name, written in capitals or not; nil if there is
// none.
func (a *archive) find(name string) *zip.File {
	if f := a.files[name]; f != nil {
		return f
	}
	return a.files[a.lower[strings.ToLower(name)]]
}

func (a *archive) has(name string) bool { return a.find(name) != nil }

// hasFolder reports whether a file stands in the folder.
func (a *archive) hasFolder(folder string) bool {
	for name := range a.files {
		if strings.HasPrefix(name, folder+"/") {
			return true
		}
	}
	return false
}

// mimetype is what the archive says that it is, "" if nothing.
func (a *archive) mimetype() string {
	f := a.files["mimetype"]
	if f == nil || f.UncompressedSize64 > 200 {
		return ""
	}
	data, err := a.read("mimetype", 200)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(data))
}

// errTooLarge tells that a file in an archive is beyond its limit.
type errTooLarge struct{ name string }

func (e errTooLarge) Error() string { return e.name + " is too large" }

// read unpacks a file of at most limit bytes. A file that is missing, damaged
// or too large is an error that callers turn into a sentence; when all that was
// read is too much, it is a problem.
func (a *archive) read(name string, limit int64) ([]byte, error) {
	f := a.find(name)
	if f == nil {
		return nil, fmt.Errorf("there is no %s", name)
	}
	if f.UncompressedSize64 > uint64(limit) {
		return nil, errTooLarge{name}
	}
	limit = min(limit, a.left)
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	defer func() { _ = r.Close() }() // only read
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", name, err)
	case int64(len(data)) > limit && limit == a.left:
		return nil, a.bomb()
	case int64(len(data)) > limit:
		return nil, errTooLarge{name}
	case len(data) > 8<<20 && uint64(len(data)) > MaxPacking*max(f.CompressedSize64, 1):
		return nil, a.bomb()
	}
	a.left -= int64(len(data))
	return data, nil
}

// bomb refuses an archive that unpacks to more than any book.
func (a *archive) bomb() error {
	return invalid("%s unpacks to far more than a book holds", a.name).Try("save it anew in the program that made it; if that does not help, do not trust it")
}
