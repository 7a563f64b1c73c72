package press

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
)

// File is one file of a bundle. Name is a relative path with forward slashes
// that does not leave its folder.
type File struct {
	Name string
	Data []byte
}

// Bundle is an output of several files. What holds for Output holds for it.
type Bundle interface {
	Files(ctx context.Context, doc *Document, opt Options) ([]File, Report, error)
}

// Zip is an Output that packs the files of a bundle, in their order and without
// times.
type Zip struct{ Bundle Bundle }

// Write writes the archive.
func (z Zip) Write(ctx context.Context, w io.Writer, doc *Document, opt Options) (Report, error) {
	files, report, err := z.Bundle.Files(ctx, doc, opt)
	if err != nil {
		return report, err
	}
	archive := zip.NewWriter(w)
	for _, f := range files {
		out, err := archive.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate})
		if err != nil {
			return report, fmt.Errorf("pack %s: %w", f.Name, err)
		}
		if _, err := out.Write(f.Data); err != nil {
			return report, fmt.Errorf("pack %s: %w", f.Name, err)
		}
	}
	if err := archive.Close(); err != nil {
		return report, fmt.Errorf("pack: %w", err)
	}
	return report, nil
}

// Painter turns drawings, which are images in the format SVG, into what other
// programs can show. It may be used by several goroutines at once.
type Painter interface {
	// PNG draws the image so many pixels wide, on nothing.
	PNG(ctx context.Context, img *Image, pixels int) ([]byte, error)
	// PDF draws the image on one page of its own size, as vectors.
	PDF(ctx context.Context, img *Image) ([]byte, error)
}

// WebFace is a face cut to what a book needs, as a TrueType file that other
// programs can set text with.
type WebFace struct {
	Name         string // of the face; unique
	Bold, Italic bool
	Data         []byte
}

// TypeCase hands out type. It may be used by several goroutines at once. Package
// font implements it.
type TypeCase interface {
	// WebFaces returns the faces of a theme's family, cut to some characters.
	WebFaces(family string, text map[rune]bool) ([]WebFace, error)
}
