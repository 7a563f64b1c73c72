package press

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// onePixel is the smallest WebP file: one pixel, coded without loss.
var onePixel = []byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00")

func TestBitmapsAreCheckedBeforeTheBookIsSet(t *testing.T) {
	var pngFile, jpegFile bytes.Buffer
	noise := image.NewGray(image.Rect(0, 0, 40, 30))
	for i := range noise.Pix {
		noise.Pix[i] = byte(i * i)
	}
	if png.Encode(&pngFile, noise) != nil || jpeg.Encode(&jpegFile, noise, nil) != nil {
		t.Fatal("cannot encode")
	}
	for name, tt := range map[string]struct {
		data []byte
		want Format
		fail string
	}{
		"PNG":                   {data: pngFile.Bytes(), want: PNG},
		"JPEG":                  {data: jpegFile.Bytes(), want: JPEG},
		"WebP":                  {data: onePixel, want: WebP},
		"text":                  {data: []byte("a picture"), fail: "it is not a PNG, JPEG, WebP or SVG file, or it is damaged"},
		"a PNG that is cut off": {data: pngFile.Bytes()[:pngFile.Len()/2], fail: "it is damaged or cut off"},
		"a JPEG cut off":        {data: jpegFile.Bytes()[:jpegFile.Len()/2], fail: "it is damaged or cut off"},
		"a WebP cut off":        {data: onePixel[:30], fail: "it is damaged or cut off"},
		"a bomb":                {data: bomb(pngFile.Bytes()), fail: "it has too many pixels"},
	} {
		t.Run(name, func(t *testing.T) {
			img, err := Bitmap("a", tt.data)
			if tt.fail != "" {
				if err == nil || err.Error() != tt.fail {
					t.Errorf("got %v, want %s", err, tt.fail)
				}
				return
			}
			if err != nil || img.Format != tt.want || img.Width == 0 {
				t.Fatalf("got %+v %v", img, err)
			}
			asPNG, err := img.AsPNG()
			if err != nil || !bytes.HasPrefix(asPNG, []byte("\x89PNG")) {
				t.Errorf("no PNG: %v", err)
			}
		})
	}
}

func TestLargeBitmapsMustEndAsTheirFormatDoes(t *testing.T) {
	for name, tt := range map[string]struct {
		format Format
		data   string
		want   bool
	}{
		"PNG":              {PNG, "......IEND....", true},
		"PNG cut off":      {PNG, "..............", false},
		"JPEG":             {JPEG, "....\xff\xd9", true},
		"JPEG cut off":     {JPEG, "....\xff", false},
		"WebP":             {WebP, "RIFF\x04\x00\x00\x00WEBP", true},
		"WebP cut off":     {WebP, "RIFF\x05\x00\x00\x00WEBP", false},
		"another's format": {"tiff", "....", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := ends(tt.format, []byte(tt.data)); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestADrawingHasNoPixels(t *testing.T) {
	img := &Image{Format: SVG, Data: []byte("<svg/>")}
	if _, err := img.Decode(); err == nil {
		t.Error("it was decoded")
	}
	if _, err := img.AsPNG(); err == nil {
		t.Error("it became a PNG")
	}
}

// bomb is a PNG file that claims 60,000 × 60,000 pixels.
func bomb(png []byte) []byte {
	b := bytes.Clone(png)
	binary.BigEndian.PutUint32(b[16:], 60000)
	binary.BigEndian.PutUint32(b[20:], 60000)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

// dot is a PNG file of one pixel.
const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

func TestDrawingsAreKeptWithoutWhatIsUnsafe(t *testing.T) {
	unpacked, err := base64.StdEncoding.DecodeString(dot)
	if err != nil {
		t.Fatal(err)
	}
	const open = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">`
	for name, tt := range map[string]struct {
		in, want string
		dropped  []string
	}{
		"shapes":             {in: `<g id="a" fill="url(#b)"><path d="M0 0"/></g>`, want: `<g id="a" fill="url(#b)"><path d="M0 0"></path></g>`},
		"scripts":            {in: `<script>x()</script><g onclick="x()"/>`, want: `<g></g>`, dropped: []string{hasScript}},
		"scripts in space":   {in: `<x:script xmlns:x="http://www.w3.org/2000/svg">x</x:script>`, dropped: []string{hasScript}},
		"foreign content":    {in: `<foreignObject><p>x</p></foreignObject>`, dropped: []string{hasForeign}},
		"editors' notes":     {in: `<i:x xmlns:i="urn:i"><g/></i:x><g i:y="1" xmlns:i="urn:i"/>`, want: `<g></g>`},
		"files of others":    {in: `<image href="http://x/y.png" width="3"/><use xlink:href="b.svg#c" xmlns:xlink="http://www.w3.org/1999/xlink"/>`, want: `<image width="3"></image><use></use>`, dropped: []string{hasLink}},
		"links":              {in: `<a href="http://x"><g/></a>`, want: `<a><g></g></a>`},
		"pictures inside":    {in: `<image href="data:image/png;base64,` + dot + `"/>`, want: `<image href="data:image/png;base64,` + dot + `"></image>`},
		"pictures damaged":   {in: `<image href="data:image/png;base64,AA"/>`, want: `<image></image>`, dropped: []string{hasDamage}},
		"pictures no base64": {in: `<image href="data:image/png;x,AA"/>`, want: `<image></image>`, dropped: []string{hasDamage}},
		"a bomb inside":      {in: `<image href="data:image/png;base64,` + base64.StdEncoding.EncodeToString(bomb(unpacked)) + `"/>`, want: `<image></image>`, dropped: []string{hasDamage}},
		"drawings inside":    {in: `<image href="data:image/svg+xml;base64,AA"/>`, want: `<image></image>`, dropped: []string{hasLink}},
		"styles that fetch":  {in: `<g style="fill:url( 'http://x' );stroke:red"/>`, want: `<g style="fill:none;stroke:red"></g>`, dropped: []string{hasLink}},
		"hidden letters":     {in: `<g style="fill:\75rl(http://x)"/>`, want: `<g style="fill:75rl(http://x)"></g>`},
		"sheets that fetch":  {in: `<style>@import url(http://x); .a{fill:url(//x)}</style>`, want: `<style> .a{fill:none}</style>`, dropped: []string{hasLink}},
		"nested deceit":      {in: `<g style="fill:@im@import 'a';port 'b'"/>`, want: `<g style="fill:"></g>`, dropped: []string{hasLink}},
		"movement":           {in: `<rect><animate attributeName="x"/></rect><set/>`, want: `<rect></rect>`, dropped: []string{hasMovement}},
		"comments and words": {in: `<!-- x --><?y z?><text>a &lt; b</text>`, want: `<text>a &lt; b</text>`},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := cleanSVG([]byte(`<!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">` + tt.in + `</svg>`))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(open+tt.want+"</svg>", string(got.data)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.dropped, got.dropped); diff != "" {
				t.Errorf("dropped (-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzCleanDrawing proves that what was cleaned is clean: again, nothing changes.
func FuzzCleanDrawing(f *testing.F) {
	for _, s := range []string{`<svg viewBox="0 0 9 9"><g style="a:url(x)" onload="y"/></svg>`, `<svg width="1" height="1"><style>@import 'a'</style><a href="b"/></svg>`, `<s:svg xmlns:s="http://www.w3.org/2000/svg" width="2" height="2"/>`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once, err := cleanSVG([]byte(s))
		if err != nil {
			return
		}
		again, err := cleanSVG(once.data)
		if err != nil || !bytes.Equal(once.data, again.data) || len(again.dropped) > 0 {
			t.Fatalf("%v %v\n%s\n%s", err, again.dropped, once.data, again.data)
		}
		if low := strings.ToLower(string(once.data)); strings.Contains(low, "<script") || strings.Contains(low, "<foreignobject") {
			t.Fatalf("a script stayed: %s", once.data)
		}
	})
}

// pipes is a folder in which every file waits for ever.
type pipes struct{}

// Open never comes back.
func (pipes) Open(string) (fs.File, error) { select {} }

// Stat says that it is a pipe.
func (pipes) Stat(name string) (fs.FileInfo, error) {
	return fs.Stat(fstest.MapFS{name: {Mode: fs.ModeNamedPipe}}, name)
}

func TestAPictureThatIsAPipeIsNotOpened(t *testing.T) {
	if _, _, err := loadImage(pipes{}, "a.png"); err == nil || err.Error() != "it is no file with a picture" {
		t.Errorf("got %v", err)
	}
}

func TestAccentsDoNotPileUp(t *testing.T) {
	text := "e" + strings.Repeat("\u0301", 20) + "a\u0301\u0302"
	got, damaged := cleanText(text)
	if diff := cmp.Diff("e"+strings.Repeat("\u0301", maxMarks)+"a\u0301\u0302", got); diff != "" || len(damaged) != 1 {
		t.Errorf("damaged %v (-want +got):\n%s", damaged, diff)
	}
}
