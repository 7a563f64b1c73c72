package pdfout

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"

	"quire/press"
)

// ref is the number of an object.
type ref int

// buf collects PDF source.
type buf struct{ bytes.Buffer }

// newBuf returns an empty one.
func newBuf() *buf { return &buf{} }

// add appends PDF source: strings as they are, lengths, numbers, references
// and other sources.
func (b *buf) add(parts ...any) {
	for _, p := range parts {
		switch v := p.(type) {
		case string:
			b.WriteString(v)
		case int:
			b.Write(strconv.AppendInt(b.AvailableBuffer(), int64(v), 10))
		case ref:
			b.Write(strconv.AppendInt(b.AvailableBuffer(), int64(v), 10))
			b.WriteString(" 0 R")
		case press.Pt:
			b.length(v)
		case *buf:
			b.Write(v.Bytes())
		default:
			panic(fmt.Sprintf("pdfout: no source for %T", p)) // our own mistake
		}
	}
}

// length appends a length in points with up to three decimals.
func (b *buf) length(p press.Pt) {
	out := b.AvailableBuffer()
	if p < 0 {
		p = -p
		if p > 0 {
			out = append(out, '-')
		}
	}
	milli := (int64(p)*1000 + 512) / 1024
	out = strconv.AppendInt(out, milli/1000, 10)
	if frac := milli % 1000; frac != 0 {
		out = append(out, '.', byte('0'+frac/100), byte('0'+frac/10%10), byte('0'+frac%10))
		out = bytes.TrimRight(out, "0")
	}
	b.Write(out)
}

// thousandths returns n/d with three decimals.
func thousandths(n, d int) string {
	v := (n*1000 + d/2) / d
	return strconv.Itoa(v/1000) + "." + fmt.Sprintf("%03d", v%1000)
}

// factor is a number in 1/65536 with six decimals.
func factor(v int64) string {
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	millionths := (v*1000000 + 1<<15) >> 16
	if millionths == 0 {
		return "0"
	}
	s := fmt.Sprintf("%s%d.%06d", sign, millionths/1000000, millionths%1000000)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// maxString is how many characters a string may have: within the 32,767 bytes
// that PDF 1.4 to 1.7 want every reader to take (Annex C), in UTF-16.
const maxString = 8000

// short cuts a text that is longer than a string may be.
func short(s string) string {
	if len(s) <= maxString {
		return s
	}
	if r := []rune(s); len(r) > maxString {
		return string(r[:maxString-1]) + "…"
	}
	return s
}

// text is a PDF text string.
func text(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(short(s))) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String() + ">"
}

// literal is a PDF byte string.
func literal(s string) string {
	return "(" + strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`, "\r", `\r`, "\n", `\n`).Replace(s) + ")"
}

// object is a finished object; a stream carries its data.
type object struct {
	source *buf
	data   []byte
	stream bool
}

// writer numbers and writes objects. Those without data go into object
// streams (ISO 32000-1, 7.5.7), which makes the structure tree small.
type writer struct{ objects []object }

// alloc reserves a number.
func (w *writer) alloc() ref {
	w.objects = append(w.objects, object{})
	return ref(len(w.objects))
}

// set gives an object its source.
func (w *writer) set(r ref, source *buf) { w.objects[r-1].source = source }

// put adds an object.
func (w *writer) put(source *buf) ref {
	r := w.alloc()
	w.set(r, source)
	return r
}

// patch inserts entries at the end of a dictionary.
func (w *writer) patch(r ref, f func(*buf)) {
	b := w.objects[r-1].source
	b.Truncate(b.Len() - len(" >>"))
	f(b)
	b.add(" >>")
}

// reparent names another node of the page tree as a page's parent.
func (w *writer) reparent(page, was, is ref) {
	b := w.objects[page-1].source
	from, to := newBuf(), newBuf()
	from.add("/Parent ", was, " ")
	to.add("/Parent ", is, " ")
	fresh := newBuf()
	fresh.Write(bytes.Replace(b.Bytes(), from.Bytes(), to.Bytes(), 1))
	w.objects[page-1].source = fresh
}

// stream adds a stream with the data as it is; dict has no brackets.
func (w *writer) stream(dict string, data []byte) ref {
	r := w.alloc()
	b := newBuf()
	b.add("<< ", dict, " /Length ", len(data), " >>")
	w.objects[r-1] = object{b, data, true}
	return r
}

// deflated adds a stream whose data is compressed already.
func (w *writer) deflated(dict string, packed []byte) ref {
	return w.stream(strings.TrimSpace(dict+" /Filter /FlateDecode"), packed)
}

// packSize is how many objects one object stream holds.
const packSize = 200

// place is where an object lies: at an offset, or in an object stream.
type place struct {
	offset int
	pack   ref
	index  int
}

// finish writes the file. Its ID is the hash of everything before it.
func (w *writer) finish(catalog, info ref) []byte {
	out := newBuf()
	out.add("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	places := w.pack()
	for i := range w.objects {
		o := &w.objects[i]
		if !o.stream {
			continue
		}
		places[i].offset = out.Len()
		out.add(i+1, " 0 obj\n", o.source, "\nstream\n")
		out.Write(o.data)
		out.add("\nendstream\nendobj\n")
	}
	start := out.Len()
	places = append(places, place{offset: start})
	id := sha256.Sum256(out.Bytes())
	table := deflate(xref(places))
	hash := hex.EncodeToString(id[:16])
	out.add(len(places), " 0 obj\n<< /Type /XRef /Size ", len(places)+1, " /W [1 4 2] /Root ", catalog, " /Info ", info,
		" /ID [<", hash, "> <", hash, ">] /Filter /FlateDecode /Length ", len(table), " >>\nstream\n")
	out.Write(table)
	out.add("\nendstream\nendobj\nstartxref\n", start, "\n%%EOF\n")
	return out.Bytes()
}

// finishPlain writes the file as PDF 1.4 knows it: every object by itself and
// a cross-reference table of text.
func (w *writer) finishPlain(catalog, info ref) []byte {
	out := newBuf()
	out.add("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(w.objects))
	for i := range w.objects {
		o := &w.objects[i]
		offsets[i] = out.Len()
		out.add(i+1, " 0 obj\n", o.source)
		if o.stream {
			out.add("\nstream\n")
			out.Write(o.data)
			out.add("\nendstream")
		}
		out.add("\nendobj\n")
	}
	start := out.Len()
	id := sha256.Sum256(out.Bytes())
	hash := hex.EncodeToString(id[:16])
	out.add("xref\n0 ", len(offsets)+1, "\n0000000000 65535 f \n")
	for _, at := range offsets {
		out.add(fmt.Sprintf("%010d 00000 n \n", at))
	}
	out.add("trailer\n<< /Size ", len(offsets)+1, " /Root ", catalog, " /Info ", info, " /ID [<", hash, "> <", hash, ">] >>\nstartxref\n", start, "\n%%EOF\n")
	return out.Bytes()
}

// pack puts the objects without data into object streams.
func (w *writer) pack() []place {
	var loose []int
	for i := range w.objects {
		if !w.objects[i].stream {
			loose = append(loose, i)
		}
	}
	places := make([]place, len(w.objects), len(w.objects)+len(loose)/packSize+2)
	for len(loose) > 0 {
		n := min(packSize, len(loose))
		head, body := newBuf(), newBuf()
		for _, i := range loose[:n] {
			head.add(i+1, " ", body.Len(), " ")
			body.add(w.objects[i].source, "\n")
		}
		first := head.Len()
		head.add(body)
		dict := fmt.Sprintf("/Type /ObjStm /N %d /First %d", n, first)
		r := w.deflated(dict, deflate(head.Bytes()))
		for k, i := range loose[:n] {
			places[i] = place{pack: r, index: k}
		}
		places = append(places, place{})
		loose = loose[n:]
	}
	return places
}

// xref is the cross-reference table as a stream (ISO 32000-1, 7.5.8): a type,
// an offset or object stream, an index.
func xref(places []place) []byte {
	out := []byte{0, 0, 0, 0, 0, 0xff, 0xff}
	for _, p := range places {
		if p.pack > 0 {
			out = append(out, 2)
			out = binary.BigEndian.AppendUint32(out, uint32(p.pack))
			out = binary.BigEndian.AppendUint16(out, uint16(p.index))
			continue
		}
		out = append(out, 1)
		out = binary.BigEndian.AppendUint32(out, uint32(p.offset))
		out = binary.BigEndian.AppendUint16(out, 0)
	}
	return out
}
