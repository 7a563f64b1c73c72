package epub

import "strings"

// Check runs epubcheck.
var Check = check

// FirstLetters shows tests what is looked for.
var FirstLetters = firstLetters

// Letters are the letters of a text in lower case.
func Letters(s string) string {
	f := &flow{}
	f.read(0, []byte("<section>"+s+"</section>"))
	return strings.Clone(f.letters.String())
}
