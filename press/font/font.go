// Package font knows the type of the house: it loads the faces that quire
// carries, shapes text with them, measures them, and cuts out of them what a
// file needs.
package font

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"sync"

	gofont "github.com/go-text/typesetting/font"

	"quire/press"
)

//go:embed files/*.ttf
var files embed.FS

// Library holds every face that quire carries. Its faces do not change
// after Open; goroutines may share it. A Shaper belongs to one goroutine.
type Library struct {
	faces map[press.FontID]*face

	mu   sync.Mutex
	idle []*Shaper // released ones, at most maxIdle
}

// face is one font file; it is parsed at its first use.
type face struct {
	id    press.FontID
	data  []byte // nil before parse
	parse func() (*gofont.Font, error)
}

// names maps our font IDs, which PDF uses as font names, to files.
var names = map[press.FontID]string{
	"EBGaramond12-Regular":     "EBGaramond12-Regular.ttf",
	"EBGaramond12-Italic":      "EBGaramond12-Italic.ttf",
	"EBGaramond12-Bold":        "EBGaramond12-Bold.ttf",
	"EBGaramond08-Regular":     "EBGaramond08-Regular.ttf",
	"EBGaramond08-Italic":      "EBGaramond08-Italic.ttf",
	"CharisSIL":                "CharisSIL-Regular.ttf",
	"CharisSIL-Italic":         "CharisSIL-Italic.ttf",
	"CharisSIL-Bold":           "CharisSIL-Bold.ttf",
	"CharisSIL-BoldItalic":     "CharisSIL-BoldItalic.ttf",
	"Andika":                   "Andika-Regular.ttf",
	"Andika-Italic":            "Andika-Italic.ttf",
	"Andika-Bold":              "Andika-Bold.ttf",
	"PTSans-Regular":           "PTS55F.ttf",
	"PTSans-Italic":            "PTS56F.ttf",
	"PTSans-Bold":              "PTS75F.ttf",
	"PTSans-BoldItalic":        "PTS76F.ttf",
	"OpenSans":                 "OpenSans-Regular.ttf",
	"OpenSans-Italic":          "OpenSans-Italic.ttf",
	"OpenSans-Bold":            "OpenSans-Bold.ttf",
	"OpenSans-BoldItalic":      "OpenSans-BoldItalic.ttf",
	"PTMono-Regular":           "PTM55F.ttf",
	"PTMono-Bold":              "PTM75F.ttf",
	"JetBrainsMono-Regular":    "JetBrainsMono-Regular.ttf",
	"JetBrainsMono-Italic":     "JetBrainsMono-Italic.ttf",
	"JetBrainsMono-Bold":       "JetBrainsMono-Bold.ttf",
	"JetBrainsMono-BoldItalic": "JetBrainsMono-BoldItalic.ttf",
	"DejaVuSans":               "DejaVuSans.ttf",
	"DejaVuMathTeXGyre":        "DejaVuMathTeXGyre.ttf",
}

// Open returns the library of built-in faces. It reads none of them: a face
// costs memory and time at its first use.
func Open() (*Library, error) {
	l := &Library{faces: map[press.FontID]*face{}}
	for id, name := range names {
		if _, err := fs.Stat(files, "files/"+name); err != nil {
			return nil, fmt.Errorf("font %s: %w", id, err)
		}
		f := &face{id: id}
		f.parse = sync.OnceValues(func() (*gofont.Font, error) {
			data, err := files.ReadFile("files/" + name)
			if err != nil {
				return nil, fmt.Errorf("font %s: %w", id, err)
			}
			parsed, err := gofont.ParseTTF(bytes.NewReader(data))
			if err != nil {
				return nil, fmt.Errorf("font %s: %w", id, err)
			}
			f.data = data
			return parsed.Font, nil
		})
		l.faces[id] = f
	}
	return l, nil
}

// load returns the parsed face of an ID.
func (l *Library) load(id press.FontID) (*face, *gofont.Font, error) {
	f, ok := l.faces[id]
	if !ok {
		return nil, nil, fmt.Errorf("no font %s", id)
	}
	parsed, err := f.parse()
	return f, parsed, err
}
