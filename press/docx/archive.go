package docx

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"io"
)

// file is one file of the package. Stored ones are small already.
type file struct {
	name   string
	data   []byte
	stored bool
}

// archive writes the files as a ZIP without any time or other trace of where
// and when.
func archive(w io.Writer, files []file) error {
	a := &archiver{zip: zip.NewWriter(w)}
	for i := range files {
		if err := a.put(&files[i]); err != nil {
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

// dosEpoch is 1 January 1980, the first day that zip knows. The field that
// holds it is old, but the newer one would add a second, longer stamp.
const dosEpoch = 1<<5 | 1

// put writes one entry with its sizes in front, so that readers need not seek.
func (a *archiver) put(f *file) error {
	data := f.data
	head := &zip.FileHeader{Name: f.name, Method: zip.Store, CRC32: crc32.ChecksumIEEE(data), UncompressedSize64: uint64(len(data))}
	head.ModifiedDate = dosEpoch //nolint:staticcheck // see dosEpoch
	if !f.stored {
		small, err := a.deflate(data)
		if err != nil {
			return fmt.Errorf("compress %s: %w", f.name, err)
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
		return fmt.Errorf("add %s: %w", f.name, err)
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
