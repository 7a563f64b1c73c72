package pdfout

import (
	"bytes"
	"compress/zlib"
	"hash/maphash"
	"io"
	"sync"
)

// packers are compressors to be used again: a new one takes a megabyte.
var packers = sync.Pool{New: func() any {
	z, _ := zlib.NewWriterLevel(io.Discard, zlib.DefaultCompression) // the level is valid
	return z
}}

// deflate compresses data.
func deflate(data []byte) []byte {
	b := bytes.NewBuffer(make([]byte, 0, len(data)/3+64))
	z := packers.Get().(*zlib.Writer)
	defer packers.Put(z)
	z.Reset(b)
	_, _ = z.Write(data) // into memory
	_ = z.Close()
	return b.Bytes()
}

// packed remembers what was compressed lately, so that a book of which one
// chapter changed costs the pages of that chapter only. Goroutines may share
// it; the zero value is empty.
type packed struct {
	mu    sync.Mutex
	known map[sum][]byte
	bytes int
}

// sum is a checksum of 128 bits.
type sum [2]uint64

// seeds make the two halves of a sum.
var seeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

// mostPacked bounds what is remembered, in bytes; at the bound all is
// forgotten.
const mostPacked = 64 << 20

// deflate compresses data, or finds that it did so before.
func (p *packed) deflate(data []byte) []byte {
	key := sum{maphash.Bytes(seeds[0], data), maphash.Bytes(seeds[1], data)}
	p.mu.Lock()
	out, ok := p.known[key]
	p.mu.Unlock()
	if ok {
		return out
	}
	out = deflate(data)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.known == nil || p.bytes > mostPacked {
		p.known, p.bytes = map[sum][]byte{}, 0
	}
	p.known[key] = out
	p.bytes += len(out)
	return out
}
