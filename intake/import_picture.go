package intake

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/gif"
	_ "image/jpeg" // so that the size of one can be read
	"image/png"
	"io/fs"
	"path"

	"quire/problem"
)

// maxPixels is how large a picture may be, as in the press.
const maxPixels = 48 << 20

// gallery is the pictures of an imported book: those that are used, each once.
type gallery struct {
	*archive
	names map[string]string // in the manuscript, by names in the archive; "" is not usable
	files []storedPicture
}

type storedPicture struct {
	name string
	data []byte
}

func newGallery(a *archive) *gallery { return &gallery{archive: a, names: map[string]string{}} }

// use returns the name in the manuscript of a picture in the archive; "" if the
// press cannot use it.
func (g *gallery) use(name string) (string, error) {
	if known, ok := g.names[name]; ok {
		return known, nil
	}
	data, err := g.read(name, MaxPicture)
	if problem.Is(err, problem.Invalid) {
		return "", err
	}
	if err != nil {
		g.names[name] = ""
		return "", nil //nolint:nilerr // a picture that is missing is counted by the caller
	}
	g.names[name] = g.keep(data)
	return g.names[name], nil
}

// keep stores the data of a picture and returns its name, "" for what the press
// does not take. Of a GIF the first picture is kept, as PNG.
func (g *gallery) keep(data []byte) string {
	ending := pictureEnding(data)
	if ending == "gif" {
		data, ending = firstFrame(data), "png"
	}
	if ending == "" || len(data) == 0 {
		return ""
	}
	if ending == "png" || ending == "jpg" {
		cfg, _, err := image.DecodeConfig(bytes.NewReader(data))
		if err != nil || cfg.Width <= 0 || cfg.Height <= 0 || cfg.Width > maxPixels/cfg.Height {
			return ""
		}
	}
	name := fmt.Sprintf("images/picture-%d.%s", len(g.files)+1, ending)
	g.files = append(g.files, storedPicture{name, data})
	return name
}

// pictureEnding tells the formats of pictures by their first bytes.
func pictureEnding(data []byte) string {
	switch head := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 4096)], []byte("\ufeff")), " \t\r\n"); {
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return "png"
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return "jpg"
	case bytes.HasPrefix(data, []byte("GIF8")):
		return "gif"
	case len(data) > 16 && bytes.HasPrefix(data, []byte("RIFF")) && string(data[8:12]) == "WEBP":
		return "webp"
	case bytes.HasPrefix(head, []byte("<")) && bytes.Contains(data[:min(len(data), 65536)], []byte("<svg")):
		return "svg"
	}
	return ""
}

// firstFrame is the first picture of a GIF as PNG, nil if it is damaged or too
// large.
func firstFrame(data []byte) []byte {
	cfg, err := gif.DecodeConfig(bytes.NewReader(data))
	if err != nil || cfg.Width <= 0 || cfg.Height <= 0 || cfg.Width > maxPixels/cfg.Height {
		return nil
	}
	frame, err := gif.Decode(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	var b bytes.Buffer
	if err := png.Encode(&b, frame); err != nil {
		return nil
	}
	return b.Bytes()
}

// settle gives the pictures that are shown their names, in the order in which
// they are, and forgets the others.
func (g *gallery) settle(shown []*picture, cover string) (coverNow string) {
	stored := map[string][]byte{}
	for _, f := range g.files {
		stored[f.name] = f.data
	}
	now := map[string]string{"": ""}
	g.files = nil
	name := func(old string) string {
		if _, ok := now[old]; !ok {
			now[old] = fmt.Sprintf("images/picture-%d%s", len(now), path.Ext(old))
			g.files = append(g.files, storedPicture{now[old], stored[old]})
		}
		return now[old]
	}
	for _, p := range shown {
		p.file = name(p.file)
	}
	if cover == "" || now[cover] != "" {
		return now[cover]
	}
	now[cover] = "images/cover" + path.Ext(cover)
	g.files = append(g.files, storedPicture{now[cover], stored[cover]})
	return now[cover]
}

// assets is a file system in memory with the pictures: an archive that is not
// packed.
func (g *gallery) assets() (fs.FS, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range g.files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Store})
		if err != nil {
			return nil, fmt.Errorf("pictures: %w", err)
		}
		if _, err := w.Write(f.data); err != nil {
			return nil, fmt.Errorf("pictures: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("pictures: %w", err)
	}
	r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		return nil, fmt.Errorf("pictures: %w", err)
	}
	return r, nil
}
