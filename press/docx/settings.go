package docx

// settings writes word/settings.xml, its children in the order of CT_Settings.
// updateFields is left out: Word would ask its user whether to count anew, and
// a field that is marked as dirty makes it ask as well. Contents and captions
// are right without it; the page numbers of the contents come with the first
// F9 or print.
func (b *binder) settings() []byte {
	s := head + "<w:settings" + spaces + `><w:zoom w:percent="100"/>`
	if !b.opt.Screen {
		s += "<w:mirrorMargins/>"
	}
	s += num("defaultTabStop", b.look.step())
	if b.opt.Theme.Hyphens {
		s += "<w:autoHyphenation/>" + num("consecutiveHyphenLimit", 2) + num("hyphenationZone", 360)
	}
	if !b.opt.Screen {
		s += "<w:evenAndOddHeaders/>"
	}
	s += val("characterSpacingControl", "doNotCompress")
	s += `<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>`
	s += "<w:compat>"
	for _, c := range [][2]string{{"compatibilityMode", "15"}, {"overrideTableStyleFontSizeAndJustification", "1"}, {"enableOpenTypeFeatures", "1"},
		{"doNotFlipMirrorIndents", "1"}, {"differentiateMultirowTableHeaders", "1"}} {
		s += `<w:compatSetting w:name="` + c[0] + `" w:uri="http://schemas.microsoft.com/office/word" w:val="` + c[1] + `"/>`
	}
	s += "</w:compat>"
	s += `<m:mathPr>` + `<m:mathFont m:val="` + mathFace + `"/><m:defJc m:val="center"/></m:mathPr>`
	lang := first(b.lang, "en-US")
	switch {
	case b.rtl:
		s += `<w:themeFontLang w:val="en-US" w:bidi="` + escape(lang) + `"/>`
	case eastAsian(lang):
		s += `<w:themeFontLang w:val="en-US" w:eastAsia="` + escape(lang) + `"/>`
	default:
		s += val("themeFontLang", lang)
	}
	return []byte(s + `<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>` + "\n")
}
