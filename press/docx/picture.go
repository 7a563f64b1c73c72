package docx

import (
	"strconv"

	"quire/press"
)

// picture is the files of a picture: its dots, and its drawing if it is one. No
// dots is a picture that cannot be shown.
type picture struct{ dots, svg string }

// pictures are those of the book; each is there once.
type pictures struct {
	known map[*press.Image]picture
	files []file
	shown int // number of the last one in the text
}

// newPictures begins without any.
func newPictures() pictures { return pictures{known: map[*press.Image]picture{}} }

// drawingDots is how many dots wide the stand-in of a drawing is.
const drawingDots = 1200

// picture returns the files of a figure's picture, and whether it has any. What
// goes wrong is told at the first place that shows it.
func (w *writer) picture(t *press.Figure) (picture, bool) {
	img := t.Image
	if img == nil {
		return picture{}, false
	}
	pic, ok := w.pictures.known[img]
	if !ok {
		pic = w.newPicture(img, t.At)
		w.pictures.known[img] = pic
	}
	return pic, pic.dots != ""
}

// newPicture adds the files of a picture.
func (w *writer) newPicture(img *press.Image, at press.Pos) picture {
	name := "media/image" + strconv.Itoa(len(w.pictures.known)+1)
	data, ending, svg := img.Data, ".png", ""
	var err error
	switch img.Format {
	case press.PNG:
	case press.JPEG:
		ending = ".jpeg"
	case press.WebP:
		data, err = img.AsPNG()
	case press.SVG:
		if w.painter == nil {
			w.warn(at, "the drawing %s is left out: nothing here can make the dots that Word shows for it", img.Source)
			return picture{}
		}
		data, err = w.paint(img, drawingDots)
		svg = name + ".svg"
	default:
		w.warn(at, "the picture %s is left out: its format is not known", img.Source)
		return picture{}
	}
	if err != nil {
		w.warn(at, "the picture %s is left out: %v", img.Source, err)
		return picture{}
	}
	w.pictures.files = append(w.pictures.files, file{name: "word/" + name + ending, data: data, stored: true})
	if svg != "" {
		w.pictures.files = append(w.pictures.files, file{name: "word/" + svg, data: img.Data})
	}
	return picture{name + ending, svg}
}
