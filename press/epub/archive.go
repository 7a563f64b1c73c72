package epub

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"io"
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
	if err := a.put("mimetype", []byte("application/epub+zip"), false); err != nil {
		return err
	}
	if err := a.put("META-INF/container.xml", []byte(container), true); err != nil {
		return err
	}
	for i := range files {
		f := &files[(i+len(files)-1)%len(files)] // the last one first
		squeeze := f.media != "image/png" && f.media != "image/jpeg"
		if err := a.put(folder+f.name, f.data, squeeze); err != nil {
			return err
		}
	}
	if err := a.zip.Close(); err != nil {
		return fmt.Errorf("close the archive: %w", err)
	}
	return nil
}

// archiver is the state of one archive.
type archiver struct {
	zip   *zip.Writer
	flate *flate.Writer // used again for every file: it is large
	small bytes.Buffer
}

// dosEpoch is 1 January 1980, the first day that zip knows. The fields that
// hold it are old, but the newer one would add a second, longer stamp.
const dosEpoch = 1<<5 | 1

// put writes one entry with its sizes in front, so that readers need not seek.
func (a *archiver) put(name string, data []byte, squeeze bool) error {
	head := &zip.FileHeader{Name: name, Method: zip.Store, CRC32: crc32.ChecksumIEEE(data), UncompressedSize64: uint64(len(data))}
	head.ModifiedDate = dosEpoch //nolint:staticcheck // see dosEpoch
	if squeeze {
		small, err := a.deflate(data)
		if err != nil {
			return fmt.Errorf("compress %s: %w", name, err)
		}
		if len(small) < len(data) {
			head.Method, data = zip.Deflate, small
		}
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

// deflate compresses data; what it returns lasts until the next call.
func (a *archiver) deflate(data []byte) (small []byte, err error) {
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
