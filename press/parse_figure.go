package press

import (
	"fmt"
	"strconv"
	"strings"
)

// figure reads a picture. Its caption is the Markdown title, else the
// alternative text. Behind the picture may stand {#id width=60% .here} or {.plate}.
func (r *reader) figure(p *picture, at Pos) *Figure {
	f := &Figure{At: at, Alt: strings.TrimSpace(Plain(p.alt)), Caption: p.alt}
	if p.title != "" {
		f.Caption = []Inline{&Text{smarten(p.title, r.lang)}}
	}
	if strings.TrimSpace(Plain(f.Caption)) == "" {
		f.Caption = nil
	} else {
		r.figures++
		f.Number = r.figures
	}
	if id := r.figureAttributes(f, p.attributes); asID(id) != "" {
		f.ID = r.claimed(id, at)
	} else {
		f.ID = r.claim("", fmt.Sprintf("figure-%d", len(r.images)+1))
	}
	f.Image = r.image(p.source, at)
	if f.Alt == "" {
		f.Alt = Plain(f.Caption)
		if f.Caption == nil {
			r.warn(at, "the picture %s has no description for readers who cannot see it", p.source)
		}
	}
	r.names[f.ID] = f.Alt
	if f.Number > 0 {
		r.names[f.ID] = r.label(r.words.Figure, strconv.Itoa(f.Number))
	}
	return f
}

// figureAttributes reads what stands in braces behind a picture and returns
// the ID that is wanted. What it does not know is a warning.
func (r *reader) figureAttributes(f *Figure, braces string) (id string) {
	for _, a := range strings.Fields(strings.Trim(braces, "{}")) {
		width, sized := strings.CutPrefix(a, "width=")
		switch {
		case strings.HasPrefix(a, "#"):
			id = a[1:]
		case a == ".here":
			f.Here = true
		case a == ".plate":
			f.Plate = true
		case sized && percent(width) > 0:
			f.Width = percent(width)
		default:
			r.warn(f.At, "%s behind the picture is not known; write #id, width=60%%, .here or .plate", shorten(a))
		}
	}
	return id
}

// percent reads 60% or 62.5% as thousandths; 0 for anything else and for
// anything below 1% and above 100%.
func percent(s string) int64 {
	digits, ok := strings.CutSuffix(strings.Trim(s, `"'`), "%")
	whole, tenth, _ := strings.Cut(digits, ".")
	n, err := strconv.ParseInt(whole+(tenth + "0")[:1], 10, 32)
	if !ok || err != nil || len(tenth) > 1 || n < 10 || n > 1000 {
		return 0
	}
	return n
}
