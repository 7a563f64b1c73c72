package intake

import "fmt"

// loss is a kind of thing that the manuscript cannot hold.
type loss int

// The kinds of losses, in the order in which they are told.
const (
	lostPages loss = iota
	lostDeletions
	lostComments
	lostTextBoxes
	lostMedia
	lostObjects
	lostForms
	lostPictures
	lostRemote
	lostCellPictures
	lostCellBlocks
	lostNested
	lostSpans
	lostMarks
	lostScripts
	lostRuby
	lostFormulas
	lostLinks
	lostTargets
	lostNotes
	lostCaptions
	lostLanguages
	lostFields
	lostMacros
	lostDocuments
	lostKinds // how many there are
)

// lossWords are the sentences for one and for several.
var lossWords = [lostKinds][2]string{
	lostPages:        {"1 page that quire makes itself (cover, title page, contents …) was left out", "%d pages that quire makes itself (cover, title page, contents …) were left out"},
	lostDeletions:    {"1 tracked deletion was carried out", "%d tracked deletions were carried out"},
	lostComments:     {"1 comment was left out", "%d comments were left out"},
	lostTextBoxes:    {"1 text box became a passage of the text", "%d text boxes became passages of the text"},
	lostMedia:        {"1 sound or film was left out", "%d sounds and films were left out"},
	lostObjects:      {"1 embedded object or drawing was left out", "%d embedded objects or drawings were left out"},
	lostForms:        {"1 form field was left out", "%d form fields were left out"},
	lostPictures:     {"1 picture was left out: it is damaged, too large, or no PNG, JPEG, WebP, GIF or SVG", "%d pictures were left out: they are damaged, too large, or no PNG, JPEG, WebP, GIF or SVG"},
	lostRemote:       {"1 picture was left out: it is not inside the file", "%d pictures were left out: they are not inside the file"},
	lostCellPictures: {"1 picture stood in a table and follows on it now", "%d pictures stood in tables and follow on them now"},
	lostCellBlocks:   {"1 table cell held lists, headings or quotations; they are lines now", "%d table cells held lists, headings or quotations; they are lines now"},
	lostNested:       {"1 table inside another became text", "%d tables inside others became text"},
	lostSpans:        {"1 joined cell of a table could not be kept joined", "%d joined cells of tables could not be kept joined"},
	lostMarks:        {"1 passage lost its underline, small capitals or colour", "%d passages lost their underline, small capitals or colour"},
	lostScripts:      {"1 raised or lowered word stands on the line now", "%d raised or lowered words stand on the line now"},
	lostRuby:         {"1 reading above a word stands in brackets behind it now", "%d readings above words stand in brackets behind them now"},
	lostFormulas:     {"1 formula was too unusual and became plain text", "%d formulas were too unusual and became plain text"},
	lostLinks:        {"1 link was left out: it leads neither to the web nor into the book", "%d links were left out: they lead neither to the web nor into the book"},
	lostTargets:      {"1 link inside the book leads nowhere and became plain text", "%d links inside the book lead nowhere and became plain text"},
	lostNotes:        {"1 note that nothing refers to was left out", "%d notes that nothing refers to were left out"},
	lostCaptions:     {"1 caption lost its emphasis or notes", "%d captions lost their emphasis or notes"},
	lostLanguages:    {"1 change of language inside a paragraph was left out", "%d changes of language inside paragraphs were left out"},
	lostFields:       {"1 field without a stored result was left out", "%d fields without a stored result were left out"},
	lostMacros:       {"macros were left out", "macros were left out"},
	lostDocuments:    {"1 part of the file could not be read and was left out", "%d parts of the file could not be read and were left out"},
}

// tally counts losses.
type tally [lostKinds]int

// lose counts one.
func (t *tally) lose(what loss) { t[what]++ }

// sentences says each kind that was lost, once.
func (t *tally) sentences() []string {
	var out []string
	for what, n := range t {
		switch {
		case n == 1 || n > 1 && lossWords[what][0] == lossWords[what][1]:
			out = append(out, lossWords[what][0])
		case n > 1:
			out = append(out, fmt.Sprintf(lossWords[what][1], n))
		}
	}
	return out
}
