package docx

import "strconv"

// part is one XML part that is written step by step, and its relations to
// others.
type part struct {
	name string // document, footnotes, header1, …
	out  []byte
	rels []relation

	props int // where the last paragraph's properties end
	end   int // where that paragraph ends
}

// relation leads from a part to another one, or out of the file.
type relation struct {
	kind, target string
	outside      bool
}

// The kinds of relations.
const (
	officeRel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	relHeader = officeRel + "header"
	relFooter = officeRel + "footer"
	relImage  = officeRel + "image"
	relLink   = officeRel + "hyperlink"
)

// newPart begins a part.
func newPart(name string) *part { return &part{name: name} }

// put writes some markup.
func (p *part) put(markup string) { p.out = append(p.out, markup...) }

// relate returns the ID of a relation; equal ones are one.
func (p *part) relate(r relation) string {
	for i, old := range p.rels {
		if old == r {
			return "rId" + strconv.Itoa(i+1)
		}
	}
	p.rels = append(p.rels, r)
	return "rId" + strconv.Itoa(len(p.rels))
}

// relations is the part's file of relations.
func relations(rels []relation) []byte {
	out := head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	for i, r := range rels {
		out += `<Relationship Id="rId` + strconv.Itoa(i+1) + `" Type="` + r.kind + `" Target="` + escape(r.target) + `"`
		if r.outside {
			out += ` TargetMode="External"`
		}
		out += "/>"
	}
	return []byte(out + "</Relationships>\n")
}
