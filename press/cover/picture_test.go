package cover

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"
	"testing"

	"quire/book"
	"quire/press"
	"quire/problem"
)

// plainPicture is a picture of one colour.
func plainPicture(t *testing.T, w, h int, c color.Color) *press.Image {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Rect, image.NewUniform(c), image.Point{}, draw.Src)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	out, err := press.Bitmap("plain.png", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestWordsAroundEveryPictureCanBeRead(t *testing.T) {
	p, fonts := house(t)
	drawn, err := p.Front(book.Meta{Title: "Within"}, "en", Design{Motif: "tiles"})
	if err != nil {
		t.Fatal(err)
	}
	for name, img := range map[string]*press.Image{
		"tall photo": photo(t, 400, 640), "wide photo": photo(t, 600, 400), "square": photo(t, 400, 400), "panorama": photo(t, 900, 200), "strip": photo(t, 100, 900),
		"white": plainPicture(t, 60, 90, color.White), "black": plainPicture(t, 60, 90, color.Black), "grey": plainPicture(t, 90, 60, color.Gray{128}),
		"red": plainPicture(t, 60, 90, color.RGBA{255, 0, 0, 255}), "clear": plainPicture(t, 60, 90, color.Transparent), "drawing": drawn,
	} {
		s := composed(t, p, novel, "en", Design{Image: img})
		checkReadable(t, fonts, s, name)
		checkFit(t, s, name)
	}
}

func TestThePictureIsInTheCover(t *testing.T) {
	p, fonts := house(t)
	for name, img := range map[string]*press.Image{"tall": plainPicture(t, 60, 90, color.RGBA{0, 200, 0, 255}), "wide": plainPicture(t, 90, 60, color.RGBA{0, 200, 0, 255})} {
		front, err := p.Front(novel, "en", Design{Image: img})
		if err != nil {
			t.Fatal(err)
		}
		drawn := pixels(t, fonts, front, 160)
		at := image.Pt(80, 5) // above the band
		if name == "wide" {
			at = image.Pt(80, 60)
		}
		if r, g, b, _ := drawn.At(at.X, at.Y).RGBA(); r > 0x1000 || b > 0x1000 || g>>8 != 200 {
			t.Errorf("%s: no picture at %v: %x %x %x", name, at, r, g, b)
		}
	}
}

func TestColoursComeFromThePictureUnlessAPaletteIsNamed(t *testing.T) {
	p, _ := house(t)
	img := plainPicture(t, 60, 90, color.RGBA{20, 30, 120, 255})
	own := composed(t, p, novel, "en", Design{Image: img})
	if c := parseRGB(own.ground); c[2] <= c[0] || contrast(own.ground, own.ink) < 7 {
		t.Errorf("ground %s, words %s", own.ground, own.ink)
	}
	if named := composed(t, p, novel, "en", Design{Image: img, Palette: "sea"}); named.ground != "#e9f1ef" {
		t.Errorf("ground %s", named.ground)
	}
}

func TestASmallPictureIsWarnedOf(t *testing.T) {
	p, _ := house(t)
	list, err := p.Warnings(novel, "en", Design{Image: plainPicture(t, 60, 90, color.White)})
	if err != nil || !strings.Contains(join(list), "60 pixels wide") {
		t.Errorf("%v %v", list, err)
	}
}

func TestADrawingWithAStyleSheetIsRefused(t *testing.T) {
	p, _ := house(t)
	for name, data := range map[string]string{"style": `<svg viewBox="0 0 2 3"><style>path{fill:red}</style></svg>`, "torn": `<svg viewBox="0 0 2 3"`, "none": `hello`} {
		_, err := p.Front(novel, "en", Design{Image: &press.Image{Format: press.SVG, Data: []byte(data), Width: 2, Height: 3}})
		if !problem.Is(err, problem.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
