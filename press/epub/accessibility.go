package epub

import "strings"

// altCount counts the pictures of the chapters and their descriptions.
type altCount struct{ pictures, described int }

// accessibility writes what is true of this book for people who read it in
// other ways than with their eyes (schema.org vocabulary). No conformance is
// claimed: nobody has checked the book by hand.
func (b *binder) accessibility(s *strings.Builder) {
	put := func(property, value string) {
		s.WriteString("<meta property=\"schema:" + property + "\">" + value + "</meta>\n")
	}
	summary := "The text flows to fit any screen and is in reading order, with headings and a linked table of contents. "
	put("accessMode", "textual")
	described := b.alts.described == b.alts.pictures
	switch {
	case b.alts.pictures == 0:
		summary += "There are no pictures besides the cover."
	case described:
		summary += "Every picture has a description in words."
	default:
		summary += "Some pictures have no description in words."
	}
	if b.alts.pictures > 0 {
		put("accessMode", "visual")
	}
	if described {
		put("accessModeSufficient", "textual")
	} else {
		put("accessModeSufficient", "textual,visual")
	}
	for _, feature := range []string{"tableOfContents", "structuralNavigation", "readingOrder", "displayTransformability"} {
		put("accessibilityFeature", feature)
	}
	if described && b.alts.pictures > 0 {
		put("accessibilityFeature", "alternativeText")
	}
	if b.opt.Print != nil {
		put("accessibilityFeature", "printPageNumbers")
	}
	for i := range b.files {
		if b.files[i].property == "mathml" {
			put("accessibilityFeature", "MathML")
			break
		}
	}
	put("accessibilityHazard", "none")
	s.WriteString("<meta property=\"schema:accessibilitySummary\" xml:lang=\"en\">" + summary + "</meta>\n")
}
