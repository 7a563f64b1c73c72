package press

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // decoders that image.Decode knows
	"image/png"

	_ "golang.org/x/image/webp"
)

// maxTrial is up to how many pixels a bitmap is decoded to see whether it is
// whole; of a larger one only the end is looked at.
const maxTrial = 16 << 20

// Bitmap checks the data of a PNG, JPEG or WebP file and returns it as a
// picture. What claims too many pixels is refused before it is decoded, and so
// is a file that is cut off or damaged. The error is a clause for people.
func Bitmap(source string, data []byte) (*Image, error) {
	img := &Image{Source: source, Data: data}
	format, err := img.header()
	if err != nil {
		return nil, err
	}
	img.Format = Format(format)
	if img.Width*img.Height > maxTrial {
		if !ends(img.Format, data) {
			return nil, errors.New("it is cut off")
		}
		return img, nil
	}
	if _, err := img.Decode(); err != nil {
		return nil, errors.New("it is damaged or cut off")
	}
	return img, nil
}

// header reads format and size.
func (img *Image) header() (format string, err error) {
	cfg, format, err := image.DecodeConfig(bytes.NewReader(img.Data))
	if err != nil {
		return "", errors.New("it is not a PNG, JPEG, WebP or SVG file, or it is damaged")
	}
	if cfg.Width <= 0 || cfg.Height <= 0 || cfg.Width > maxImagePixels/cfg.Height {
		return "", errors.New("it has too many pixels")
	}
	img.Width, img.Height = cfg.Width, cfg.Height
	return format, nil
}

// ends reports whether a file ends as one of its format does; what follows the
// end of a JPEG file does no harm.
func ends(f Format, data []byte) bool {
	tail := data[max(0, len(data)-4096):]
	switch f {
	case PNG:
		return bytes.Contains(tail, []byte("IEND"))
	case JPEG:
		return bytes.Contains(tail, []byte{0xff, 0xd9})
	case WebP: // RIFF, its length, WEBP
		size := uint64(data[4]) | uint64(data[5])<<8 | uint64(data[6])<<16 | uint64(data[7])<<24
		return uint64(len(data)) >= size+8
	}
	return false
}

// Decode returns the pixels of a bitmap. It refuses a drawing, and a file that
// claims more pixels than the press takes. Several goroutines may call it at
// once; it decodes anew each time.
func (img *Image) Decode() (image.Image, error) {
	if img.Format == SVG {
		return nil, errors.New("a drawing has no pixels")
	}
	seen := Image{Data: img.Data}
	if _, err := seen.header(); err != nil {
		return nil, err
	}
	pixels, _, err := image.Decode(bytes.NewReader(img.Data))
	if err != nil {
		return nil, fmt.Errorf("picture %s: %w", img.Source, err)
	}
	return pixels, nil
}

// AsPNG returns a bitmap as a PNG file, for readers that know no WebP.
func (img *Image) AsPNG() ([]byte, error) {
	if img.Format == PNG {
		return img.Data, nil
	}
	pixels, err := img.Decode()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, pixels); err != nil {
		return nil, fmt.Errorf("picture %s: %w", img.Source, err)
	}
	return b.Bytes(), nil
}
