package edition

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"quire/problem"
)

// Limits of an EPUB's archive.
const (
	mostEntries  = 20000
	mostUnpacked = 1 << 30   // of all files, in bytes
	mostText     = 24 << 20  // of one file that is read as text
	mostTexts    = 128 << 20 // of all of them
	headOfFile   = 64 << 10  // of others
)

// entry is a file of an EPUB.
type entry struct {
	name string
	data []byte // whole if it is text, else its beginning
	size int64
}

// zipped is an opened archive.
type zipped struct {
	names []string // in the archive's order, folders left out
	files map[string]*entry
}

// unzip reads an EPUB's archive within limits; nil if it is hopeless. What is no
// archive at all is a problem.Invalid.
func (f *findings) unzip(data []byte) (*zipped, error) {
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) && !bytes.HasPrefix(data, []byte("PK\x05\x06")) {
		return nil, problem.New(problem.Invalid, "the file is no EPUB").Try("an EPUB is a ZIP archive; make it again, or name another file")
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && (archive == nil || !errors.Is(err, zip.ErrInsecurePath)) {
		f.add("epub.archive", "", "the archive is damaged or ends in the middle")
		return nil, nil
	}
	if len(archive.File) > mostEntries {
		f.add("epub.archive", "", "the archive has more than %d files", mostEntries)
		return nil, nil
	}
	z := &zipped{files: map[string]*entry{}}
	room := room{mostUnpacked, mostTexts}
	folded := map[string]string{}
	for _, file := range archive.File {
		if strings.HasSuffix(file.Name, "/") && file.UncompressedSize64 == 0 {
			continue
		}
		if !f.entryName(file, folded) {
			continue
		}
		e := f.unpackEntry(file, &room)
		if room.all < 0 {
			f.add("epub.archive", "", "the archive unpacks to more than %d MB: it is no book that could be sold, and may be a trap", mostUnpacked>>20)
			return nil, nil
		}
		z.names = append(z.names, file.Name)
		z.files[file.Name] = e
	}
	return z, nil
}

// entryName looks over a file's name; false if the file is passed over. Folded
// are the names so far in small letters.
func (f *findings) entryName(file *zip.File, folded map[string]string) bool {
	name := file.Name
	parts := strings.Split(name, "/")
	switch {
	case !utf8.ValidString(name), name == "", strings.HasPrefix(name, "/"), strings.Contains(name, `\`), slices.Contains(parts, ".."), len(name) > 1 && name[1] == ':':
		f.add("epub.paths", clip(name, 80), "a file's name leads out of the archive or is no name")
		return false
	case file.Flags&1 != 0:
		f.add("epub.encrypted", clip(name, 80), "a file is encrypted with a password")
		return false
	case file.Method != zip.Store && file.Method != zip.Deflate:
		f.add("epub.archive", clip(name, 80), "a file is compressed in a way that readers do not know")
		return false
	}
	small := strings.ToLower(name)
	if first, ok := folded[small]; ok {
		f.add("epub.paths", clip(name, 80), "two files have the same name, but for large and small letters: %s", clip(first, 80))
		return first != name
	}
	folded[small] = name
	if strings.ContainsAny(name, "\"*:<>?|\x7f") || strings.HasSuffix(name, ".") {
		f.add("epub.paths", clip(name, 80), "a file's name has characters that are not allowed")
	} else if strings.Contains(name, " ") {
		f.add("epub.spaces", clip(name, 80), "a file's name has blanks")
	}
	return true
}

// room is how many bytes may still be unpacked, and kept; below 0 is too many.
type room struct{ all, texts int64 }

// unpackEntry reads one file.
func (f *findings) unpackEntry(file *zip.File, left *room) *entry {
	e := &entry{name: file.Name}
	r, err := file.Open()
	if err != nil {
		f.add("epub.archive", clip(file.Name, 80), "a file cannot be unpacked")
		return e
	}
	defer r.Close() // it was only read
	text := textual(file.Name)
	keep := int64(headOfFile)
	if text {
		keep = min(mostText, max(left.texts, keep))
	}
	e.data, err = io.ReadAll(io.LimitReader(r, min(keep, left.all+1)))
	e.size = int64(len(e.data))
	if err == nil {
		var more int64
		more, err = io.Copy(io.Discard, io.LimitReader(r, left.all-e.size+1))
		if e.size += more; more > 0 && text {
			f.add("epub.archive", clip(file.Name, 80), "a text is too large to be looked at")
		}
	}
	left.all -= e.size
	if text {
		left.texts -= int64(len(e.data))
	}
	if err != nil {
		f.add("epub.archive", clip(file.Name, 80), "a file is damaged")
	}
	return e
}

// textual reports whether a file is read whole: it has not the ending of a
// picture, a face, a sound or a film.
func textual(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".ttf", ".otf", ".woff", ".woff2", ".mp3", ".m4a", ".aac", ".ogg", ".opus", ".mp4", ".m4v", ".webm", ".pdf":
		return false
	}
	return true
}

// mimetype looks whether the archive says in its first bytes what it is (EPUB
// 3.3, 4.3.3): the file mimetype, first, stored and without extra fields.
func (f *findings) mimetype(data []byte, z *zipped) {
	const media = "application/epub+zip"
	e, ok := z.files["mimetype"]
	if !ok {
		f.add("epub.mimetype", "", "the file mimetype is missing")
		return
	}
	if string(e.data) != media {
		f.add("epub.mimetype", "mimetype", "the file mimetype says %q instead of %q", clip(string(e.data[:min(len(e.data), 60)]), 40), media)
		return
	}
	head := append([]byte("mimetype"), media...)
	switch {
	case z.names[0] != "mimetype" || len(data) < 38 || !bytes.HasPrefix(data[30:], []byte("mimetype")):
		f.add("epub.mimetype", "mimetype", "the file mimetype is not the first of the archive")
	case data[8] != 0 || data[9] != 0:
		f.add("epub.mimetype", "mimetype", "the file mimetype is compressed")
	case !bytes.HasPrefix(data[30:], head):
		f.add("epub.mimetype", "mimetype", "the file mimetype has extra fields")
	}
	f.fine("epub.mimetype", "the archive says that it is an EPUB")
}
