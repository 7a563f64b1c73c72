package docx

import "slices"

// typeface says what to take where a theme's family is not installed: a name
// that Word and LibreOffice know, a class, and the PANOSE number of the class.
type typeface struct{ instead, class, panose, pitch, complex string }

// typefaces are the families of the themes.
var typefaces = map[string]typeface{
	"EB Garamond":    {"Garamond", "roman", "02020404030301010803", "variable", "Times New Roman"},
	"Charis SIL":     {"Charter", "roman", "02040503050406030204", "variable", "Times New Roman"},
	"Andika":         {"Verdana", "swiss", "020B0604030504040204", "variable", "Arial"},
	"PT Sans":        {"Calibri", "swiss", "020B0503020203020204", "variable", "Arial"},
	"Open Sans":      {"Segoe UI", "swiss", "020B0606030504020204", "variable", "Arial"},
	"Calibri":        {"Carlito", "swiss", "020F0502020204030204", "variable", "Arial"},
	"Consolas":       {"Courier New", "modern", "020B0609020204030204", "fixed", "Courier New"},
	"PT Mono":        {"Consolas", "modern", "02060509020205020204", "fixed", "Courier New"},
	"JetBrains Mono": {"Consolas", "modern", "02000009000000000000", "fixed", "Courier New"},
}

// fallbackFace is the family for scripts that a family has not.
func fallbackFace(family string) string { return first(typefaces[family].complex, family) }

// fontTable lists the families of the styles and what may stand for them.
func (b *binder) fontTable() []byte {
	f := b.opt.Theme.Faces
	var names []string
	for _, name := range []string{f.Body, f.Heads, f.Table, f.Code} {
		if name = face(name); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	s := head + "<w:fonts" + spaces + ">"
	for _, name := range names {
		s += `<w:font w:name="` + escape(name) + `">`
		if t, ok := typefaces[name]; ok {
			s += val("altName", t.instead) + val("panose1", t.panose) + val("family", t.class) + val("pitch", t.pitch)
		}
		s += "</w:font>"
	}
	for _, t := range []struct{ name, panose, class, pitch string }{
		{"Times New Roman", "02020603050405020304", "roman", "variable"}, {"Arial", "020B0604020202020204", "swiss", "variable"},
		{"Courier New", "02070309020205020404", "modern", "fixed"}, {mathFace, "02040503050406030204", "roman", "variable"},
	} {
		s += `<w:font w:name="` + t.name + `">` + val("panose1", t.panose) + val("family", t.class) + val("pitch", t.pitch) + "</w:font>"
	}
	return []byte(s + "</w:fonts>\n")
}

// mathFace is the one face in which Word sets formulas.
const mathFace = "Cambria Math"
