package press

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"path"
	"strings"
)

// Image is a picture of the manuscript, read and checked. SVG data is well
// formed, written anew without scripts, foreign content and links to the
// outside.
type Image struct {
	ID     string // image-1, image-2, …
	Source string // as the manuscript names it
	Format Format
	Data   []byte
	Width  int // pixels, or units of an SVG's view box
	Height int
}

// Format is the kind of a picture's data.
type Format string

// The picture formats that the press takes.
const (
	PNG  Format = "png"
	JPEG Format = "jpeg"
	WebP Format = "webp"
	SVG  Format = "svg"
)

// Limits of a picture. A larger one is left out with a warning.
const (
	maxImageBytes  = 64 << 20
	maxImagePixels = 48 << 20
)

// image returns the picture of a source, nil with a warning if it cannot be
// used. Each is read once.
func (r *reader) image(source string, at Pos) *Image {
	if img, ok := r.images[source]; ok {
		return img
	}
	img, dropped, err := loadImage(r.assets, source)
	for _, what := range dropped {
		r.warn(at, "the picture %s %s; that part of it is left out", shorten(source), what)
	}
	if err != nil {
		r.warn(at, "the picture %s is left out: %v", shorten(source), err)
	} else {
		img.ID = fmt.Sprintf("image-%d", len(r.doc.Images)+1)
		r.doc.Images = append(r.doc.Images, img)
	}
	r.images[source] = img
	return img
}

// loadImage reads and checks a picture. It also says what had to be left out of
// it.
func loadImage(files fs.FS, source string) (img *Image, dropped []string, err error) {
	name, err := AssetPath(source)
	if err != nil {
		return nil, nil, err
	}
	if files == nil {
		return nil, nil, errors.New("the manuscript came without pictures")
	}
	data, err := readAsset(files, name)
	if err != nil {
		return nil, nil, err
	}
	if !looksLikeSVG(data) {
		img, err = Bitmap(source, data)
		return img, nil, err
	}
	clean, err := cleanSVG(data)
	if err != nil {
		return nil, nil, err
	}
	return &Image{Source: source, Format: SVG, Data: clean.data, Width: clean.w, Height: clean.h}, clean.dropped, nil
}

// AssetPath turns the link to a picture into a path below the manuscript's
// folder.
func AssetPath(source string) (string, error) {
	u, err := url.Parse(source)
	if err != nil || u.Scheme != "" || u.Host != "" {
		return "", errors.New("only files beside the manuscript are used")
	}
	name := path.Clean(u.Path)
	if strings.Contains(name, `\`) || !fs.ValidPath(name) || name == "." {
		return "", errors.New("its path leaves the manuscript's folder")
	}
	return name, nil
}

// readAsset reads a file of at most maxImageBytes.
func readAsset(files fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(files, name)
	if err != nil {
		return nil, errors.New("there is no such file")
	}
	if !info.Mode().IsRegular() { // to open a pipe could wait for ever
		return nil, errors.New("it is no file with a picture")
	}
	f, err := files.Open(name)
	if err != nil {
		return nil, errors.New("there is no such file")
	}
	defer func() { _ = f.Close() }() // only read
	data, err := io.ReadAll(io.LimitReader(f, maxImageBytes+1))
	if err != nil {
		return nil, errors.New("it cannot be read")
	}
	if len(data) > maxImageBytes {
		return nil, errors.New("it is larger than 64 MB")
	}
	return data, nil
}

// looksLikeSVG tells SVG from bitmaps by its first bytes.
func looksLikeSVG(data []byte) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 4096)], []byte("\ufeff")), " \t\r\n")
	return bytes.HasPrefix(head, []byte("<")) && bytes.Contains(data[:min(len(data), 65536)], []byte("<svg"))
}
