package docx

import (
	"fmt"

	"quire/press"
)

// look is the theme in Word's measures: twips for lengths.
type look struct {
	theme  press.Theme
	screen bool

	width, height                int // of the page
	top, bottom, inside, outside int // margins
	header, footer               int // from the edges of the paper
	measure, room                int // width and height of the text

	lead     int    // distance of the text's lines
	color    string // of titles, headings and rules; "" is black
	ruleTint string // of rules: never empty
	tint     string // ground of code and tables

	edge map[string]edge // by style
}

// newLook turns theme and trim into Word's measures. Pages wider than the
// theme's measure get wider margins, as in print; on a screen both are alike.
func newLook(opt press.Options) look {
	t, trim := opt.Theme, opt.Trim
	l := look{theme: t, screen: opt.Screen, width: twips(trim.Width), height: twips(trim.Height), lead: twips(t.Text.Leading)}
	in, out := trim.Width.Scale(t.Margins.Inside, 1000), trim.Width.Scale(t.Margins.Outside, 1000)
	if over := trim.Width - in - out - t.Measure; t.Measure > 0 && over > 0 {
		sides := t.Margins.Inside + t.Margins.Outside
		wider := over.Scale(t.Margins.Inside, sides)
		in, out = in+wider, out+over-wider
	}
	if opt.Screen {
		in = (in + out) / 2
		out = in
	}
	l.inside, l.outside = twips(in), twips(out)
	l.top, l.bottom = twips(trim.Height.Scale(t.Margins.Top, 1000)), twips(trim.Height.Scale(t.Margins.Bottom, 1000))
	l.measure, l.room = l.width-l.inside-l.outside, l.height-l.top-l.bottom
	size := twips(t.Heads.Size)
	l.header = max(l.top-l.lead*13/10-size, 240)
	l.footer = max(l.bottom-l.lead*9/5-size*4/10, 240)
	l.color, l.tint = hue(t.Color), hue(t.Tint)
	l.ruleTint = first(l.color, "auto")
	l.findEdges(l.allStyles(false)...)
	return l
}

// twips turns a length into twentieths of a point.
func twips(p press.Pt) int { return int((p*20 + 512) / 1024) }

// halves turns a size of type into half points.
func halves(p press.Pt) int { return int((p*2 + 512) / 1024) }

// emu turns twips into English Metric Units, of which 635 make one.
func emu(twips int) int { return twips * 635 }

// hue is a colour as Word writes it; "" for black, which is what letters are.
func hue(h press.Hue) string {
	if h.R|h.G|h.B == 0 {
		return ""
	}
	return fmt.Sprintf("%02X%02X%02X", h.R, h.G, h.B)
}

// justified is how running text stands.
func (l *look) justified() string {
	if l.theme.Align == "left" {
		return "left"
	}
	return "both"
}

// face is the name of a theme's type family as programs know it. The families
// without a name are those that every office program has or replaces by a like
// one.
func face(name string) string {
	switch name {
	case "sans":
		return "Calibri"
	case "mono":
		return "Consolas"
	}
	return name
}
