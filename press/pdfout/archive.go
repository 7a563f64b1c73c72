package pdfout

import (
	"bytes"
	"encoding/binary"
	"math"
)

// outputIntent says what the file's colours mean: sRGB (ISO 19005-1, 6.2.2).
func (f *file) outputIntent() ref {
	profile := f.w.deflated("/N 3 /Alternate /DeviceRGB", deflate(srgb()))
	d := newBuf()
	d.add("<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1) /RegistryName (http://www.color.org) /Info (sRGB IEC61966-2.1) /DestOutputProfile ",
		profile, " >>")
	return f.w.put(d)
}

// The primaries and the white of sRGB (IEC 61966-2-1), adapted to D50 by the
// Bradford transform, in 1/65536.
var (
	srgbWhite = [3]int32{63190, 65536, 54061}
	srgbRed   = [3]int32{28579, 14582, 913}
	srgbGreen = [3]int32{25236, 46981, 6364}
	srgbBlue  = [3]int32{9377, 3973, 46804}
)

// srgb is an ICC profile of sRGB, version 2.1 (ICC.1:1998-09): a matrix and
// one curve for all three colours.
func srgb() []byte {
	tags := []struct {
		name string
		data []byte
	}{
		{"desc", described("sRGB IEC61966-2.1")},
		{"cprt", append([]byte("text\x00\x00\x00\x00"), "No copyright: made of public figures\x00"...)},
		{"wtpt", xyz(srgbWhite)}, {"rXYZ", xyz(srgbRed)}, {"gXYZ", xyz(srgbGreen)}, {"bXYZ", xyz(srgbBlue)},
		{"rTRC", curve()}, {"gTRC", nil}, {"bTRC", nil},
	}
	var table, body bytes.Buffer
	start := 128 + 4 + 12*len(tags)
	at, size := 0, 0
	for _, t := range tags {
		if t.data != nil { // the others share the one before
			at, size = start+body.Len(), len(t.data)
			body.Write(t.data)
			body.Write(make([]byte, -len(t.data)&3))
		}
		table.WriteString(t.name)
		table.Write(binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(at)), uint32(size)))
	}
	head := make([]byte, 128)
	binary.BigEndian.PutUint32(head, uint32(start+body.Len()))
	copy(head[8:], "\x02\x10\x00\x00mntrRGB XYZ ")
	copy(head[24:], "\x07\xce\x00\x02\x00\x09\x00\x06\x00\x31\x00\x00") // a fixed date: 1998-02-09 06:49
	copy(head[36:], "acsp")
	copy(head[68:], xyz(srgbWhite)[8:])
	out := binary.BigEndian.AppendUint32(head, uint32(len(tags)))
	return append(append(out, table.Bytes()...), body.Bytes()...)
}

// described is a description of the type desc: ASCII, and empty forms of the
// other two alphabets.
func described(s string) []byte {
	out := append([]byte("desc\x00\x00\x00\x00"), binary.BigEndian.AppendUint32(nil, uint32(len(s)+1))...)
	out = append(append(out, s...), 0)
	return append(out, make([]byte, 4+4+2+1+67)...)
}

// xyz is a colour of the type XYZ.
func xyz(v [3]int32) []byte {
	out := []byte("XYZ \x00\x00\x00\x00")
	for _, x := range v {
		out = binary.BigEndian.AppendUint32(out, uint32(x))
	}
	return out
}

// curve is the transfer function of sRGB as a table of 1024 values.
func curve() []byte {
	const n = 1024
	out := append([]byte("curv\x00\x00\x00\x00"), 0, 0, n>>8, n&255)
	for i := range n {
		v := float64(i) / (n - 1)
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		out = binary.BigEndian.AppendUint16(out, uint16(math.Round(v*65535)))
	}
	return out
}
