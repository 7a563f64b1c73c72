package edition

import (
	"bytes"
	"compress/zlib"
	"io"
	"maps"
	"slices"
	"strconv"
)

// pdfFile finds the objects of a PDF. It reads no tables of contents: it looks
// for the objects themselves, so that damaged files can be looked at too. A
// later object replaces an earlier one of the same number.
type pdfFile struct {
	data    []byte
	objects map[int]pdfPlace
	packed  [][]byte // unpacked object streams
	trailer pdfDict
	locked  bool // encrypted
	cut     bool // ends in the middle
	partial bool // some of it could not be read

	work   int // bytes that may still be read, so that no file takes for ever
	memory int // bytes that may still be unpacked
}

// pdfPlace is where an object lies: in the file or, from 1, in an unpacked
// object stream.
type pdfPlace struct{ packed, at int }

// Limits of a PDF.
const (
	mostPDFUnpacked = 128 << 20
	mostPDFObjects  = 2 << 20
	usualPDFWork    = 256 << 20
)

// openPDF finds the objects of a file.
func openPDF(data []byte) *pdfFile {
	p := &pdfFile{data: data, objects: map[int]pdfPlace{}, work: usualPDFWork + 8*len(data), memory: mostPDFUnpacked}
	p.index()
	p.trailers()
	tail := data[max(0, len(data)-2048):]
	p.cut = !bytes.Contains(tail, []byte("%%EOF"))
	return p
}

// index walks through the file from object to object.
func (p *pdfFile) index() {
	for at := 0; ; {
		i := bytes.Index(p.data[at:], []byte("obj"))
		if i < 0 {
			return
		}
		i += at
		at = i + 3
		n, ok := objectNumber(p.data[:i])
		if !ok {
			continue
		}
		if len(p.objects) >= mostPDFObjects || p.work <= 0 {
			p.partial = true
			return
		}
		p.objects[n] = pdfPlace{0, at}
		v, next := p.read(p.data, at)
		at = max(at, next)
		if s, ok := v.(pdfStream); ok {
			p.stream(s)
		}
	}
}

// objectNumber reads the number that stands before "obj": "12 0 obj".
func objectNumber(before []byte) (int, bool) {
	before = before[max(0, len(before)-40):]
	fields := bytes.Fields(before)
	if len(fields) < 2 || len(bytes.TrimRight(before, "\x00\t\n\f\r ")) == len(before) {
		return 0, false
	}
	if _, err := strconv.ParseUint(string(fields[len(fields)-1]), 10, 16); err != nil {
		return 0, false
	}
	number := fields[len(fields)-2]
	for len(number) > 0 && (number[0] < '0' || number[0] > '9') { // "endobj12 0 obj"
		number = number[1:]
	}
	n, err := strconv.ParseUint(string(number), 10, 31)
	return int(n), err == nil
}

// read reads the object at a place, and returns where it ends.
func (p *pdfFile) read(data []byte, at int) (any, int) {
	s := scanAt(data, at)
	v, ok := s.value(0)
	p.work -= s.pos - at + 16
	if !ok {
		return nil, at
	}
	dict, isDict := v.(pdfDict)
	if s.space(); !isDict || !s.word("stream") {
		return v, s.pos
	}
	from := s.pos
	if from < len(data) && data[from] == '\r' {
		from++
	}
	if from < len(data) && data[from] == '\n' {
		from++
	}
	end := p.streamEnd(data, from, dict)
	return pdfStream{dict, data[from:end]}, end
}

// streamEnd is where the bytes of a stream end: where its length says, if that
// is so, or before the next word endstream.
func (p *pdfFile) streamEnd(data []byte, from int, dict pdfDict) int {
	if n, ok := dict["Length"].(float64); ok && n >= 0 && n <= float64(len(data)-from) {
		end := from + int(n)
		if bytes.Contains(data[end:min(len(data), end+20)], []byte("endstream")) {
			return end
		}
	}
	i := bytes.Index(data[from:], []byte("endstream"))
	if i < 0 {
		p.partial, p.work = true, p.work-(len(data)-from)
		return len(data)
	}
	p.work -= i
	return from + i
}

// stream looks into a stream that holds objects, or a trailer.
func (p *pdfFile) stream(s pdfStream) {
	switch s.dict["Type"] {
	case pdfName("XRef"):
		if s.dict["Root"] != nil {
			p.trailer = s.dict
		}
		p.locked = p.locked || s.dict["Encrypt"] != nil
	case pdfName("ObjStm"):
		data, ok := p.unpack(s)
		if !ok {
			p.partial = true
			return
		}
		p.packed = append(p.packed, data)
		p.indexPacked(s.dict, data)
	}
}

// indexPacked notes the objects of an object stream (ISO 32000-1, 7.5.7).
func (p *pdfFile) indexPacked(dict pdfDict, data []byte) {
	first, _ := dict["First"].(float64)
	count, _ := dict["N"].(float64)
	if first < 0 || first > float64(len(data)) {
		p.partial = true
		return
	}
	head := scanAt(data[:int(first)], 0)
	for range min(int(min(count, mostPDFObjects)), len(data)) {
		n, ok1 := head.value(0)
		at, ok2 := head.value(0)
		number, _ := n.(float64)
		offset, _ := at.(float64)
		if !ok1 || !ok2 || number < 0 || number > 1<<31 || offset < 0 || offset > float64(len(data))-first || len(p.objects) >= mostPDFObjects {
			p.partial = true
			return
		}
		p.objects[int(number)] = pdfPlace{len(p.packed), int(first) + int(offset)}
		p.work -= 64
	}
}

// unpack undoes a stream's filter, as far as it is Flate or none.
func (p *pdfFile) unpack(s pdfStream) ([]byte, bool) {
	filter := p.resolve(s.dict["Filter"])
	if list, ok := filter.(pdfArray); ok && len(list) == 1 {
		filter = p.resolve(list[0])
	}
	if filter == nil {
		return s.raw, true
	}
	parms, _ := p.resolve(s.dict["DecodeParms"]).(pdfDict)
	if predictor, _ := parms["Predictor"].(float64); filter != pdfName("FlateDecode") || predictor > 1 {
		return nil, false
	}
	z, err := zlib.NewReader(bytes.NewReader(s.raw))
	if err != nil {
		return nil, false
	}
	out, err := io.ReadAll(io.LimitReader(z, int64(p.memory)+1))
	if len(out) > p.memory {
		return nil, false
	}
	p.memory -= len(out)
	return out, err == nil || len(out) > 0
}

// trailers looks for the trailers of older files, the last first.
func (p *pdfFile) trailers() {
	rest := p.data
	for range 50 {
		i := bytes.LastIndex(rest, []byte("trailer"))
		if i < 0 {
			return
		}
		v, _ := p.read(p.data, i+len("trailer"))
		if d, ok := v.(pdfDict); ok {
			p.locked = p.locked || d["Encrypt"] != nil
			if d["Root"] != nil && p.trailer == nil {
				p.trailer = d
			}
		}
		rest = rest[:i]
	}
}

// resolve follows references to a value; nil if they lead nowhere.
func (p *pdfFile) resolve(v any) any {
	for range 20 {
		ref, ok := v.(pdfRef)
		if !ok {
			return v
		}
		place, ok := p.objects[int(ref)]
		if !ok {
			return nil
		}
		if p.work <= 0 {
			p.partial = true
			return nil
		}
		data := p.data
		if place.packed > 0 {
			data = p.packed[place.packed-1]
		}
		v, _ = p.read(data, place.at)
	}
	return nil
}

// dict resolves to a dictionary, that of a stream included; nil if it is none.
func (p *pdfFile) dict(v any) pdfDict {
	switch t := p.resolve(v).(type) {
	case pdfDict:
		return t
	case pdfStream:
		return t.dict
	}
	return nil
}

// root is the catalog; nil if there is none. Where no trailer names it, it is
// looked for among all objects.
func (p *pdfFile) root() pdfDict {
	if d := p.dict(p.trailer["Root"]); d["Pages"] != nil {
		return d
	}
	for _, n := range slices.Backward(slices.Sorted(maps.Keys(p.objects))) {
		if d := p.dict(pdfRef(n)); d["Type"] == pdfName("Catalog") && d["Pages"] != nil {
			return d
		}
	}
	return nil
}
