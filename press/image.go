package press

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // decoders that image.DecodeConfig knows
	_ "image/png"
	"io"
	"io/fs"
	"net/url"
	"path"
	"strconv"
	"strings"
)

// Image is a picture of the manuscript, read and checked. SVG data is well
// formed and holds no script and no link to the outside.
type Image struct {
	ID     string // image-1, image-2, …
	Source string // as the manuscript names it
	Format Format
	Data   []byte
	Width  int // pixels, or units of the SVG's view box
	Height int
}

// Format is the kind of a picture's data.
type Format string

// The picture formats that the press takes.
const (
	PNG  Format = "png"
	JPEG Format = "jpeg"
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
	img, err := loadImage(r.assets, source)
	if err != nil {
		r.warn(at, "the picture %s is left out: %v", shorten(source), err)
	} else {
		img.ID = fmt.Sprintf("image-%d", len(r.doc.Images)+1)
		r.doc.Images = append(r.doc.Images, img)
	}
	r.images[source] = img
	return img
}

// loadImage reads and checks a picture.
func loadImage(files fs.FS, source string) (*Image, error) {
	name, err := assetName(source)
	if err != nil {
		return nil, err
	}
	if files == nil {
		return nil, errors.New("the manuscript came without pictures")
	}
	data, err := readAsset(files, name)
	if err != nil {
		return nil, err
	}
	img := &Image{Source: source, Data: data}
	if looksLikeSVG(data) {
		img.Format = SVG
		if img.Width, img.Height, err = checkSVG(data); err != nil {
			return nil, err
		}
		return img, nil
	}
	cfg, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, errors.New("it is not a PNG, JPEG or SVG file, or it is damaged")
	}
	if cfg.Width <= 0 || cfg.Height <= 0 || cfg.Width > maxImagePixels/cfg.Height {
		return nil, errors.New("it has too many pixels")
	}
	img.Format, img.Width, img.Height = Format(format), cfg.Width, cfg.Height
	return img, nil
}

// assetName turns a link into a path below the manuscript's folder.
func assetName(source string) (string, error) {
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

// checkSVG walks through an SVG file and returns the size of its view box.
func checkSVG(data []byte) (w, h int, err error) {
	dec := xml.NewDecoder(bytes.NewReader(data))
	for depth, first := 0, true; ; {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) && !first {
			break
		}
		if err != nil {
			return 0, 0, errors.New("the SVG is damaged")
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if depth++; depth > 200 {
				return 0, 0, errors.New("the SVG is nested too deep")
			}
			if err := checkElement(t); err != nil {
				return 0, 0, err
			}
			if first {
				w, h = viewBox(t)
				first = false
			}
		case xml.EndElement:
			depth--
		case xml.Directive:
			if bytes.Contains(t, []byte("ENTITY")) {
				return 0, 0, errors.New("the SVG defines entities")
			}
		}
	}
	if w <= 0 || h <= 0 {
		return 0, 0, errors.New("the SVG has no size")
	}
	return w, h, nil
}

// checkElement refuses what could run or fetch something.
func checkElement(t xml.StartElement) error {
	switch strings.ToLower(t.Name.Local) {
	case "script", "foreignobject", "iframe", "object", "embed":
		return fmt.Errorf("the SVG holds a <%s>", t.Name.Local)
	}
	for _, a := range t.Attr {
		name := strings.ToLower(a.Name.Local)
		if strings.HasPrefix(name, "on") {
			return errors.New("the SVG holds a script")
		}
		value := strings.TrimSpace(a.Value)
		if (name == "href" || name == "src") && !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "data:image/") {
			return errors.New("the SVG refers to another file")
		}
	}
	return nil
}

// viewBox returns the size of an svg element, rounded up; 0 when it has none.
func viewBox(t xml.StartElement) (w, h int) {
	attr := map[string]string{}
	for _, a := range t.Attr {
		attr[a.Name.Local] = a.Value
	}
	if f := strings.Fields(strings.ReplaceAll(attr["viewBox"], ",", " ")); len(f) == 4 {
		return ceil(f[2]), ceil(f[3])
	}
	return ceil(attr["width"]), ceil(attr["height"])
}

// ceil reads a positive decimal number and rounds it up; 0 for anything else.
func ceil(s string) int {
	s = strings.TrimRight(strings.TrimSpace(s), "ptxmcin ")
	whole, frac, _ := strings.Cut(s, ".")
	n, err := strconv.Atoi("0" + whole)
	if err != nil || n > 1<<24 {
		return 0
	}
	if strings.Trim(frac, "0") != "" {
		n++
	}
	return n
}
