package cover

import (
	"bytes"
	"flag"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"quire/book"
	"quire/press"
	"quire/press/font"
	"quire/press/layout"
	"quire/press/preview"
)

var update = flag.Bool("update", false, "write the sheets of covers")

// house is a press over the built-in faces.
func house(t testing.TB) (*Press, *font.Library) {
	t.Helper()
	fonts, err := font.Open()
	if err != nil {
		t.Fatal(err)
	}
	return New(fonts), fonts
}

// pixels draws an SVG so many pixels wide.
func pixels(t testing.TB, fonts *font.Library, img *press.Image, wide int) image.Image {
	t.Helper()
	pages, err := layout.New(fonts).Drawing(t.Context(), img, press.Inch)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range pages.Warnings {
		t.Log(w)
	}
	var b bytes.Buffer
	if err := preview.Drawing(&b, pages, wide, fonts); err != nil {
		t.Fatal(err)
	}
	out, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// contact puts pictures of one size into rows.
func contact(list []image.Image, across, gap int) *image.RGBA {
	w, h := list[0].Bounds().Dx(), list[0].Bounds().Dy()
	rows := (len(list) + across - 1) / across
	out := image.NewRGBA(image.Rect(0, 0, across*(w+gap)+gap, rows*(h+gap)+gap))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	for i, img := range list {
		at := image.Pt(gap+i%across*(w+gap), gap+i/across*(h+gap))
		draw.Draw(out, image.Rectangle{at, at.Add(image.Pt(w, h))}, img, img.Bounds().Min, draw.Over)
	}
	return out
}

// save writes a picture among the specimens.
func save(t testing.TB, name string, img image.Image) {
	t.Helper()
	f, err := os.Create(filepath.Join("..", "..", "docs", "specimen", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := jpeg.Encode(f, img, &jpeg.Options{Quality: 86}); err != nil {
		t.Fatal(err)
	}
}

// shelf is books whose genres show all letterings.
var shelf = []book.Meta{
	{Title: "The Harbour Letters", Subtitle: "A novel in twelve tides", Author: "Mara Quill", Publisher: "Quire Press"},
	{Title: "Cold Signal", Author: "J. R. Vane", Publisher: "Quire Press", Genre: "Thriller"},
	{Title: "How Rivers Remember", Subtitle: "A short history of water", Author: "Ines Okafor", Publisher: "Quire Press", Genre: "History"},
	{Title: "Im Garten der Zeit", Author: "Klara Weißdorn", Genre: "Romance"},
	{Title: "Far Orbit", Author: "Teo Lindqvist", Series: "The Long Night", Volume: "2", Genre: "Science fiction"},
	{Title: "Decide Once", Subtitle: "Fewer choices, better work", Author: "Priya Nair", Publisher: "Quire Press", Genre: "Business"},
}

// The sheets are what people look at when they judge the covers; -update makes
// them anew.
func TestSheetsOfCoversAreMade(t *testing.T) {
	if !*update {
		t.Skip("the sheets are made with -update")
	}
	p, fonts := house(t)
	var list []image.Image
	for i, m := range Motifs() {
		for j := range 4 {
			img, err := p.Front(shelf[(i+2*j)%len(shelf)], "en", Design{Motif: m, Palette: Palettes()[(i*5+j*4+j/2)%len(palettes)]})
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, pixels(t, fonts, img, 200))
		}
	}
	save(t, "covers.jpg", contact(list, 8, 10))
	img, _, _, err := p.Wrap(novel, "en", Design{Motif: "ridges", Palette: "terracotta"}, Wrap{Pages: 320, Paper: papers[1]})
	if err != nil {
		t.Fatal(err)
	}
	save(t, "wrap.jpg", pixels(t, fonts, img, 1600))
}

// blurb is what stands on the back of the novel.
const blurb = `When the ferry stops running, Ida Marten finds forty years of undelivered letters in the harbour office, each of them addressed to a house that no longer stands. She begins to carry them herself: across the flats at low water, over the dyke, up the stairs of people who have long stopped waiting.

What she does not expect is an answer. “A quiet book that goes on speaking long after the last page,” wrote the Northern Review. One letter bears her own name, and the hand is her mother’s.

A novel about what arrives late, and what it is worth.`

// photo is a picture that a camera might have taken.
func photo(t testing.TB, w, h int) *press.Image {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	n := noise(7)
	for y := range h {
		for x := range w {
			v := n.rough(float64(x)*6/float64(w), float64(y)*6/float64(h), 5)
			p := float64(y) / float64(h)
			c := rgb{60 + 150*p + 60*v, 90 + 70*v, 150 - 110*p + 40*v}
			if p > 0.62 {
				c = rgb{30 + 60*v, 40 + 70*v, 35 + 30*v}
			}
			dx, dy := float64(x)/float64(w)-0.65, (float64(y)/float64(h)-0.42)*float64(h)/float64(w)
			if dx*dx+dy*dy < 0.01 {
				c = rgb{250, 190, 90}
			}
			i := img.PixOffset(x, y)
			for k := range 3 {
				img.Pix[i+k] = uint8(min(c[k], 255))
			}
			img.Pix[i+3] = 255
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	out, err := press.Bitmap("photo.jpg", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return out
}
