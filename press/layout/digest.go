package layout

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"hash/maphash"
	"reflect"
	"strconv"

	"quire/press"
)

// digest is a checksum of everything that the pages of a chapter depend on.
type digest [sha256.Size]byte

// digester computes digests. It belongs to one goroutine.
type digester struct {
	h      hash.Hash
	job    *job
	images map[*press.Image][2]uint64
}

// seeds make the checksums of pictures; two, so that 128 bits have to agree.
var seeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

// digester returns one for the chapters of a job.
func (j *job) digester() *digester {
	return &digester{job: j, images: map[*press.Image][2]uint64{}}
}

// chapters returns the digest of some chapters as the job would set them
// together. Places in the manuscript do not count, and of what is elsewhere in
// the book only what shows in these chapters.
func (d *digester) chapters(list []*press.Chapter) digest {
	d.h = sha256.New()
	j := d.job
	_, _ = fmt.Fprintf(d.h, "%+v|%+v|%s|%+v|%t|%d|", *j.theme, j.frame, j.doc.Lang, j.words, j.screen, j.bleed) // into memory
	for _, c := range list {
		d.chapter(c)
	}
	return digest(d.h.Sum(nil))
}

// chapter adds a chapter.
func (d *digester) chapter(c *press.Chapter) {
	d.text(c.ID)
	d.number(int64(c.Number))
	d.text(c.Title)
	d.value(reflect.ValueOf(c.Blocks))
	for _, n := range c.Notes {
		d.text(n.ID)
		d.number(int64(n.Number))
		d.value(reflect.ValueOf(n.Blocks))
	}
}

// text adds a string with its length.
func (d *digester) text(s string) {
	d.number(int64(len(s)))
	_, _ = d.h.Write([]byte(s)) // into memory
}

// number adds a number.
func (d *digester) number(n int64) {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], uint64(n))
	_, _ = d.h.Write(b[:]) // into memory
}

var posType = reflect.TypeFor[press.Pos]()

// value adds a piece of the document's tree.
func (d *digester) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			d.number(-1)
			return
		}
		if v.Kind() == reflect.Pointer && d.special(v.Interface()) {
			return
		}
		if v.Kind() == reflect.Interface {
			d.text(v.Elem().Type().String())
		}
		d.value(v.Elem())
	case reflect.Struct:
		if v.Type() == posType {
			return
		}
		for i := range v.NumField() {
			d.value(v.Field(i))
		}
	case reflect.Slice, reflect.Array:
		d.number(int64(v.Len()))
		for i := range v.Len() {
			d.value(v.Index(i))
		}
	case reflect.String:
		d.text(v.String())
	case reflect.Bool:
		d.text(strconv.FormatBool(v.Bool()))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		d.number(v.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		d.number(int64(v.Uint()))
	default:
		panic("layout: no digest of a " + v.Kind().String()) // our own mistake: a test sets every block
	}
}

// special adds what is shared with other chapters by its name alone, and
// pictures by their bytes.
func (d *digester) special(x any) bool {
	switch t := x.(type) {
	case *press.Note:
		d.text(t.ID)
		d.number(int64(t.Number))
		return true
	case *press.Image:
		sum, ok := d.images[t]
		if !ok {
			sum = [2]uint64{maphash.Bytes(seeds[0], t.Data), maphash.Bytes(seeds[1], t.Data)}
			d.images[t] = sum
		}
		d.text(t.ID + "\x00" + t.Source)
		d.number(int64(sum[0]))
		d.number(int64(sum[1]))
		return true
	case *press.Ref:
		if t.Page {
			d.text(d.job.pageLabels[t.Target])
		}
	}
	return false
}
