package edition

import "slices"

// check is one thing that is looked at. docs/preflight.md is made of this table.
type check struct {
	name   string
	level  Level  // of what it finds
	finds  string // what it finds
	source string // where its rule or number comes from; "" is our own taste
	hint   string // what to do about it
	twice  bool   // of a file that is made from a manuscript, the manuscript's own checks tell it
}

// The sources that are named more often.
const (
	fromKDP    = "KDP help: Set trim size, bleed, and margins"
	fromFields = "KDP help: Metadata guidelines; Book description; Keywords"
	fromCover  = "KDP help: Cover image guidelines"
	fromEPUB   = "EPUB 3.3"
	fromPDF    = "ISO 32000-1"
	fromPrint  = "KDP help: Format your paperback; IngramSpark File Creation Guide"
	fromWCAG   = "WCAG 2.2; EPUB Accessibility 1.1"
)

// checks is every check, in the order of a book's life.
var checks = []check{
	{name: "metadata.title", level: LevelWarning, finds: "no title is given, so another word stands for it", source: "", hint: "Write title: in book.yaml or in the head of the manuscript."},
	{name: "metadata.title-length", level: LevelWarning, finds: "title and subtitle are longer than 200 characters together", source: fromFields, hint: "Shorten the subtitle."},
	{name: "metadata.author", level: LevelWarning, finds: "no author", source: fromFields, hint: "Write author: in book.yaml."},
	{name: "metadata.no-language", level: LevelAdvice, finds: "no language", source: fromEPUB + ", 5.5.3", hint: "Write lang: in book.yaml, such as lang: en-GB."},
	{name: "metadata.language", level: LevelWarning, finds: "a language that is not known, or that the press cannot hyphenate", source: "BCP 47", hint: "Write a tag such as en, de-AT or pt-BR."},
	{name: "metadata.isbn", level: LevelError, finds: "an ISBN with a wrong check digit, or a number that is no ISBN", source: "ISO 2108", hint: "Compare it with the one that the agency gave you."},
	{name: "metadata.isbn-10", level: LevelAdvice, finds: "an ISBN of ten digits", source: "ISO 2108", hint: "Use the one of thirteen digits: barcodes need it."},
	{name: "metadata.no-isbn", level: LevelAdvice, finds: "no ISBN", source: "", hint: "Shops can give one; for bookshops and libraries buy your own."},
	{name: "metadata.date", level: LevelAdvice, finds: "no date of publication", source: "", hint: "Write date: in book.yaml, such as date: 2026-05-01."},
	{name: "metadata.date-form", level: LevelWarning, finds: "a date that is no day", source: "ISO 8601", hint: "Write it as 2026-05-01 or 2026."},
	{name: "metadata.publisher", level: LevelAdvice, finds: "no publisher", source: "", hint: "Write publisher: in book.yaml; your own name will do."},
	{name: "metadata.description", level: LevelAdvice, finds: "no description for shops and the back cover", source: fromFields, hint: "Write description: in book.yaml, about 150 words."},
	{name: "metadata.description-length", level: LevelWarning, finds: "a description of more than 4,000 characters", source: fromFields, hint: "Shorten it: shops cut or refuse what is longer."},
	{name: "metadata.description-short", level: LevelAdvice, finds: "a description of less than 150 characters", source: "", hint: "Tell more: it is what sells the book beside its cover."},
	{name: "metadata.no-keywords", level: LevelAdvice, finds: "no keywords", source: fromFields, hint: "Write up to seven keywords: in book.yaml."},
	{name: "metadata.keywords", level: LevelWarning, finds: "more than seven keywords, or one of more than 50 characters", source: fromFields, hint: "Keep the seven that readers would search for."},
	{name: "metadata.series", level: LevelWarning, finds: "a series without volume, a volume without series, or one that is no number", source: fromFields, hint: "Write both, series: and volume:, the volume as a number."},

	{name: "text.missing", level: LevelError, finds: "chapters that could not be written", source: "", hint: "quire retry ID tries them again."},
	{name: "text.empty", level: LevelWarning, finds: "a chapter without text", source: "", hint: "Write it, or take its title out."},
	{name: "text.untitled", level: LevelWarning, finds: "a chapter without title", source: fromWCAG, hint: "Give it one: contents and readers who listen need it."},
	{name: "text.twice", level: LevelAdvice, finds: "two chapters of the same title", source: "", hint: "Give one of them another title, so that the contents can be told apart."},
	{name: "text.headings", level: LevelWarning, finds: "a heading that skips a level, or has no words", source: fromWCAG, hint: "Let each level follow on the one above: ##, then ###."},
	{name: "text.ids", level: LevelWarning, finds: "a name (#id) that two things have", source: "", hint: "Give one of them another name."},
	{name: "text.formula", level: LevelWarning, finds: "a formula that cannot be set", source: "", hint: "Correct it; docs/press.md lists what is known."},
	{name: "text.changed", level: LevelWarning, finds: "something that the press left out or changed", source: "", hint: "Look at the place, and write it another way."},
	{name: "text.characters", level: LevelError, finds: "characters that no face has: boxes are printed in their place", source: fromPrint, hint: "Replace them, or make them a picture."},

	{name: "links.inside", level: LevelWarning, finds: "a reference inside the book that leads nowhere", source: "", hint: "Correct the name behind the #."},
	{name: "links.malformed", level: LevelWarning, finds: "an address that cannot be followed", source: "RFC 3986; RFC 5322", hint: "Copy the address again from the browser."},
	{name: "links.private", level: LevelWarning, finds: "an address that only the author can reach", source: "RFC 6761; RFC 1918", hint: "Give the public address, or take the link out."},
	{name: "links.http", level: LevelAdvice, finds: "a link by http", source: "", hint: "Write https if the site has it; nearly all do."},
	{name: "links.empty", level: LevelWarning, finds: "a link without words", source: fromWCAG, hint: "Give it words that say where it leads."},

	{name: "pictures.missing", level: LevelError, finds: "a picture that is missing or cannot be shown", source: "", hint: "Put the file beside the manuscript, as PNG, JPEG, WebP or SVG."},
	{name: "pictures.changed", level: LevelWarning, finds: "a picture of which a part is left out or drawn another way", source: "", hint: "Look at it, and save it in a simpler form if it is wrong."},
	{name: "pictures.flattened", level: LevelAdvice, finds: "clear parts that a PDF/A cannot have", source: "ISO 19005-1", hint: "Look at the pages; nothing else needs to be done."},
	{name: "pictures.alt", level: LevelWarning, finds: "a picture without description", source: fromWCAG, hint: "Say in the brackets what it shows: ![A map of the coast](map.png)."},
	{name: "pictures.coarse", level: LevelError, finds: "a picture of less than 150 dots an inch as placed", source: fromPrint, hint: "Use a larger picture, or show it smaller with {width=40%}."},
	{name: "pictures.resolution", level: LevelWarning, finds: "a picture of less than 300 dots an inch as placed", source: fromPrint, hint: "Use a larger picture, or show it smaller with {width=60%}."},
	{name: "pictures.line-art", level: LevelAdvice, finds: "black on white of less than 600 dots an inch", source: "IngramSpark File Creation Guide", hint: "Use SVG, or a bitmap twice as large."},

	{name: "cover.missing", level: LevelAdvice, finds: "no cover picture", source: fromCover, hint: "Write cover: in book.yaml, or let quire cover draw one."},
	{name: "cover.small", level: LevelError, finds: "a cover below 625 × 1,000 pixels", source: fromCover, hint: "Use one of 1,600 × 2,560 pixels."},
	{name: "cover.size", level: LevelWarning, finds: "a cover below 1,600 × 2,560 pixels", source: fromCover, hint: "Use one of 1,600 × 2,560 pixels."},
	{name: "cover.proportion", level: LevelAdvice, finds: "a cover that is not 1.4 to 1.8 times as high as wide", source: fromCover + " (1.6)", hint: "Crop it: shops put borders beside or cut what is of another form."},

	{name: "pages.few", level: LevelError, finds: "fewer than 24 pages", source: fromKDP, hint: "Add pages, or publish it as an e-book only (--screen)."},
	{name: "pages.many", level: LevelError, finds: "more than 828 pages", source: fromKDP, hint: "Choose a larger trim size or a theme with smaller type, or make two volumes."},
	{name: "pages.even", level: LevelAdvice, finds: "an odd number of pages", source: fromPrint, hint: "The printer adds a blank page at the end; nothing else needs to be done."},
	{name: "pages.trim", level: LevelAdvice, finds: "a trim size that printers on demand do not list", source: fromKDP + "; IngramSpark trim sizes", hint: "Ask your printer, or choose one such as --trim 6x9."},
	{name: "pages.inside", level: LevelError, finds: "text nearer to the binding than its pages allow: 0.375 in up to 150 pages, 0.5 up to 300, 0.625 up to 500, 0.75 up to 700, 0.875 up to 828", source: fromKDP, hint: "Use a theme with a wider inside margin, or a larger trim size."},
	{name: "pages.outside", level: LevelError, finds: "text nearer to a cut than 0.25 in, 0.375 in with bleed", source: fromKDP, hint: "Use a theme with wider margins, or make the picture with this text smaller."},
	{name: "pages.bleed", level: LevelError, finds: "a picture that reaches the cut without a bleed of 0.125 in (3 mm)", source: fromKDP, hint: "Set it with --bleed 0.125in, or keep pictures off the edge."},
	{name: "pages.overfull", level: LevelWarning, finds: "a line that is wider than the text", source: "", hint: "Word it another way, or break a long word or address."},
	{name: "spine.text", level: LevelAdvice, finds: "a spine that takes no text: fewer than 79 pages, or narrower than its letters and a sixteenth of an inch on both sides", source: "KDP help: Paperback cover", hint: "Leave the spine without text."},

	{name: "pdf.damaged", level: LevelError, finds: "a file that is damaged or ends in the middle", source: fromPDF + ", 7.5", hint: "Make or copy it again."},
	{name: "pdf.partial", level: LevelWarning, finds: "parts that this program cannot read", source: "", hint: "Make the file again without old additions, or with another program."},
	{name: "pdf.encrypted", level: LevelError, finds: "encryption or a password", source: fromPrint, hint: "Save the file again without protection."},
	{name: "pdf.version", level: LevelWarning, finds: "another version than 1.3 to 1.7", source: fromPrint, hint: "Save it as PDF 1.7, or as PDF/X for a press."},
	{name: "pdf.fonts", level: LevelError, finds: "a font that is not embedded", source: fromPrint, hint: "Save the file again with all fonts embedded."},
	{name: "pdf.type3", level: LevelWarning, finds: "a font of drawings (Type 3), which may be coarse", source: fromPDF + ", 9.6.5", hint: "Use a TrueType or OpenType font if it is text."},
	{name: "pdf.boxes", level: LevelError, finds: "a page without size, or boxes that do not lie inside each other", source: fromPDF + ", 14.11.2", hint: "Set trim and bleed in the program that made the file."},
	{name: "pdf.trim-box", level: LevelAdvice, finds: "a page that does not say where it is cut", source: fromPDF + ", 14.11.2", hint: "Printers take the whole page; if it has bleed, save it with a trim box."},
	{name: "pdf.sizes", level: LevelError, finds: "pages of different sizes", source: fromPrint, hint: "Give all pages one size; turn wide tables on their side."},
	{name: "pdf.marks", level: LevelWarning, finds: "more than 0.25 in of paper around the trim", source: fromPrint, hint: "Save it without crop marks and with a bleed of 0.125 in."},
	{name: "pdf.active", level: LevelError, finds: "scripts, forms, files inside or links that start programs", source: fromPrint, hint: "Save it without them."},
	{name: "pdf.comments", level: LevelWarning, finds: "comments, stamps, films and sounds", source: fromPrint, hint: "Remove them, or print them into the page."},
	{name: "pdf.tags", level: LevelWarning, finds: "a file without tags: no reading order, no headings", source: fromPDF + ", 14.8; PDF/UA-1", hint: "Save it as a tagged PDF."},
	{name: "pdf.language", level: LevelWarning, finds: "a file that does not say its language", source: fromPDF + ", 14.9.2", hint: "Set the language in the program that made the file."},
	{name: "pdf.title", level: LevelWarning, finds: "a file without a title", source: "PDF/UA-1, 7.1", hint: "Set the title among the properties of the file."},
	{name: "pdf.title-shown", level: LevelAdvice, finds: "a file whose name is shown instead of its title", source: "PDF/UA-1, 7.1", hint: "Choose to show the document's title when the file opens."},
	{name: "pdf.labels", level: LevelAdvice, finds: "pages whose printed numbers programs do not know", source: fromPDF + ", 12.4.2", hint: "Set page labels (numbering) in the program that made the file."},
	{name: "pdf.bookmarks", level: LevelAdvice, finds: "more than 20 pages without bookmarks", source: fromPDF + ", 12.3.3", hint: "Save it with bookmarks made from the headings."},
	{name: "pdf.intent", level: LevelAdvice, finds: "colours that are not defined (no output intent)", source: fromPDF + ", 14.11.5", hint: "For a press that asks for PDF/X or PDF/A, save it as one (--pdfa)."},

	{name: "epub.archive", level: LevelError, finds: "an archive that is damaged, too large, or packed in a way that readers do not know", source: fromEPUB + ", 4.3", hint: "Make the file again."},
	{name: "epub.mimetype", level: LevelError, finds: "the file mimetype is missing, wrong, compressed or not the first", source: fromEPUB + ", 4.3.3", hint: "Pack it first and without compression (zip -X0)."},
	{name: "epub.container", level: LevelError, finds: "META-INF/container.xml is missing or leads nowhere", source: fromEPUB + ", 4.2.6", hint: "Let it name the package file."},
	{name: "epub.encrypted", level: LevelError, finds: "encryption or copy protection", source: fromEPUB + ", 4.2.6", hint: "Hand in the file without protection; the shop adds its own."},
	{name: "epub.package", level: LevelError, finds: "a package file that is not well formed, or metadata that say nothing", source: fromEPUB + ", 5", hint: "Correct the package file (.opf) at this line."},
	{name: "epub.version", level: LevelWarning, finds: "EPUB 2", source: "European Accessibility Act", hint: "Make it EPUB 3."},
	{name: "epub.identifier", level: LevelError, finds: "no unique identifier", source: fromEPUB + ", 5.5.3", hint: "Let unique-identifier name the id of a dc:identifier, the same in the NCX."},
	{name: "epub.title", level: LevelError, finds: "no dc:title", source: fromEPUB + ", 5.5.3", hint: "Write the title into the metadata."},
	{name: "epub.language", level: LevelError, finds: "no dc:language, or one that is none", source: fromEPUB + ", 5.5.3", hint: "Write a tag such as en-GB into the metadata."},
	{name: "epub.modified", level: LevelError, finds: "dcterms:modified is missing, stands twice or is no moment", source: fromEPUB + ", 5.5", hint: "Write it once, as 2026-01-31T12:00:00Z."},
	{name: "epub.date", level: LevelWarning, finds: "a date of another form than YYYY-MM-DD", source: fromEPUB + ", 5.5.3", hint: "Write the day of publication as 2026-05-01."},
	{name: "epub.manifest", level: LevelError, finds: "a listed file that is missing or stands twice, an incomplete entry", source: fromEPUB + ", 5.6", hint: "Let the manifest list every file of the book once."},
	{name: "epub.properties", level: LevelError, finds: "a page whose formulas, drawings or scripts the manifest does not tell of", source: fromEPUB + ", 5.6", hint: "Set properties to mathml, svg or scripted, as it is."},
	{name: "epub.unlisted", level: LevelWarning, finds: "a file that the manifest does not list", source: fromEPUB + ", 5.6", hint: "List it, or take it out of the archive."},
	{name: "epub.media", level: LevelError, finds: "a file that is not of its media type", source: fromEPUB + ", 3.2", hint: "Correct the media-type in the manifest, or save the file in that form."},
	{name: "epub.spine", level: LevelError, finds: "a reading order that is empty, repeats itself or leads nowhere", source: fromEPUB + ", 5.7", hint: "Let the spine name every page once, by its id in the manifest."},
	{name: "epub.paths", level: LevelError, finds: "names and references that lead out of the book, or are not allowed", source: fromEPUB + ", 3.8 and 4.2", hint: "Use relative names of letters, digits, - and _."},
	{name: "epub.spaces", level: LevelWarning, finds: "blanks in the names of files", source: "epubcheck PKG-010", hint: "Put - in their place."},
	{name: "epub.xml", level: LevelError, finds: "a file that is not well formed, or declares entities", source: fromEPUB + ", 3.9; XML 1.0", hint: "Correct the file at this line; & is written &amp;."},
	{name: "epub.xhtml", level: LevelError, finds: "elements that do not exist, or stand where they may not", source: fromEPUB + ", 6.1; HTML standard", hint: "Correct the page at this line."},
	{name: "epub.ids", level: LevelError, finds: "an id that two elements have", source: fromEPUB + ", 6.1", hint: "Give one of them another id."},
	{name: "epub.links", level: LevelError, finds: "a reference inside the book that leads nowhere", source: fromEPUB, hint: "Correct the reference, or add what it leads to."},
	{name: "epub.style", level: LevelError, finds: "faces or pictures that a style sheet names and that are missing", source: fromEPUB + ", 6", hint: "Add and list the files, or take the rules out."},
	{name: "epub.remote", level: LevelError, finds: "something that would be fetched from the network", source: fromEPUB + ", 3.6", hint: "Put the file into the book."},
	{name: "epub.scripts", level: LevelWarning, finds: "scripts, frames and objects", source: fromEPUB + ", 6; shops' content rules", hint: "Take them out: most readers do not run them and shops refuse some."},
	{name: "epub.page-title", level: LevelWarning, finds: "a page without a title in its head", source: fromWCAG, hint: "Write the chapter's title into title."},
	{name: "epub.nav", level: LevelError, finds: "contents that are missing, empty or not built as they must be", source: fromEPUB + ", 7", hint: "Make the contents again: nav, ol, li, a."},
	{name: "epub.order", level: LevelWarning, finds: "contents that go another way than the reading order", source: fromEPUB + ", 7", hint: "Put both into the same order."},
	{name: "epub.page-list", level: LevelAdvice, finds: "no list of the printed edition's pages", source: "EPUB Accessibility 1.1, 3.2", hint: "If there is a printed edition, add its page numbers.", twice: true},
	{name: "epub.headings", level: LevelWarning, finds: "a heading that skips a level, or has no words", source: fromWCAG, hint: "Let each level follow on the one above: h1, then h2.", twice: true},
	{name: "epub.alt", level: LevelWarning, finds: "a picture without description", source: fromWCAG, hint: "Say in alt what it shows.", twice: true},
	{name: "epub.alt-empty", level: LevelAdvice, finds: "a picture with an empty description that is not marked as decoration", source: fromWCAG, hint: "Describe it, or write role=\"presentation\" if it says nothing.", twice: true},
	{name: "epub.accessibility", level: LevelWarning, finds: "metadata that do not say how the book can be read", source: "EPUB Accessibility 1.1, 2.2; European Accessibility Act", hint: "Add the schema: properties to the metadata."},
	{name: "epub.cover", level: LevelWarning, finds: "no picture is marked as the cover", source: fromEPUB + ", 5.6", hint: "Give one picture of the manifest the property cover-image."},
	{name: "epub.page-size", level: LevelAdvice, finds: "a page of text of more than 300 kB", source: "", hint: "Divide the chapter: old readers turn its pages slowly."},
	{name: "epub.weight", level: LevelAdvice, finds: "a file of more than 10 MB", source: "KDP help: Digital pricing page (delivery costs)", hint: "Make pictures smaller: 2,000 pixels are enough for a screen."},
	{name: "epub.large", level: LevelError, finds: "a file of more than 650 MB", source: "KDP help: eBook manuscript formatting", hint: "Make pictures smaller."},
}

// checkNamed finds a check.
func checkNamed(name string) (check, bool) {
	i := slices.IndexFunc(checks, func(c check) bool { return c.name == name })
	if i < 0 {
		return check{}, false
	}
	return checks[i], true
}
