package epub

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"io"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// folder is where the book lies inside the archive.
const folder = "EPUB/"

// container points at the package file.
const container = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
`

// archive writes the files as an OCF container: mimetype first and stored, as
// the standard demands, the package file next, where readers look for it.
func archive(w io.Writer, files []file) error {
	a := &archiver{zip: zip.NewWriter(w)}
	if err := a.write("mimetype", []byte("application/epub+zip"), nil); err != nil {
		return err
	}
	if err := a.write("META-INF/container.xml", []byte(container), nil); err != nil {
		return err
	}
	small, err := squeezed(files)
	if err != nil {
		return err
	}
	for i := range files {
		at := (i + len(files) - 1) % len(files) // the last one first
		if err := a.write(folder+files[at].name, files[at].data, small[at]); err != nil {
			return err
		}
	}
	if err := a.zip.Close(); err != nil {
		return fmt.Errorf("close the archive: %w", err)
	}
	return nil
}

// squeezed compresses the files side by side; nil stands for what does not get
// smaller.
func squeezed(files []file) ([][]byte, error) {
	out := make([][]byte, len(files))
	var group errgroup.Group
	n := runtime.GOMAXPROCS(0)
	for from := range n {
		group.Go(func() error {
			var s squeezer
			for i := from; i < len(files); i += n {
				f := &files[i]
				if f.media == typePNG || f.media == "image/jpeg" {
					continue
				}
				small, err := s.deflate(f.data)
				if err != nil {
					return fmt.Errorf("compress %s: %w", f.name, err)
				}
				if len(small) < len(f.data) {
					out[i] = bytes.Clone(small)
				}
			}
			return nil
		})
	}
	return out, group.Wait()
}

// archiver is the state of one archive.
type archiver struct{ zip *zip.Writer }

// dosEpoch is 1 January 1980, the first day that zip knows. The fields that
// hold it are old, but the newer one would add a second, longer stamp.
const dosEpoch = 1<<5 | 1

// write writes one entry, compressed if small is not nil, with its sizes in
// front, so that readers need not seek.
func (a *archiver) write(name string, data, small []byte) error {
	head := &zip.FileHeader{Name: name, Method: zip.Store, CRC32: crc32.ChecksumIEEE(data), UncompressedSize64: uint64(len(data))}
	head.ModifiedDate = dosEpoch //nolint:staticcheck // see dosEpoch
	if small != nil {
		head.Method, data = zip.Deflate, small
	}
	head.CompressedSize64 = uint64(len(data))
	entry, err := a.zip.CreateRaw(head)
	if err == nil {
		_, err = entry.Write(data)
	}
	if err != nil {
		return fmt.Errorf("add %s: %w", name, err)
	}
	return nil
}

// squeezer compresses one file after the other.
type squeezer struct {
	flate *flate.Writer // used again for every file: it is large
	small bytes.Buffer
}

// deflate compresses data; what it returns lasts until the next call.
func (a *squeezer) deflate(data []byte) (small []byte, err error) {
	a.small.Reset()
	if a.flate == nil {
		a.flate, err = flate.NewWriter(&a.small, flate.DefaultCompression)
	} else {
		a.flate.Reset(&a.small)
	}
	if err == nil {
		_, err = a.flate.Write(data)
	}
	if err == nil {
		err = a.flate.Close()
	}
	return a.small.Bytes(), err
}
