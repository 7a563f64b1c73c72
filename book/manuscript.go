package book

import "io/fs"

// Manuscript is a whole book in Markdown, as the press takes it: written by
// quire or read from a user's file. Assets holds the pictures that the text
// names by relative path; it may be nil, and it never reaches outside itself.
type Manuscript struct {
	Meta     Meta   `json:"meta"`
	Chapters []Text `json:"chapters"`
	Missing  int    `json:"missing,omitempty"` // chapters that could not be written; a gap stands for each
	Assets   fs.FS  `json:"-"`
}

// Meta is what stands on title page, imprint and in a file's metadata. Only
// Title is needed.
type Meta struct {
	Title     string   `json:"title" yaml:"title"`
	Subtitle  string   `json:"subtitle,omitempty" yaml:"subtitle"`
	Author    string   `json:"author,omitempty" yaml:"author"`
	Language  string   `json:"language,omitempty" yaml:"lang"` // BCP 47; "en" if empty
	Publisher string   `json:"publisher,omitempty" yaml:"publisher"`
	ISBN      string   `json:"isbn,omitempty" yaml:"isbn"`
	Date      string   `json:"date,omitempty" yaml:"date"` // YYYY-MM-DD or YYYY; empty leaves it out
	Kind      Kind     `json:"kind,omitempty" yaml:"kind"` // fiction if empty
	Imprint   []string `json:"imprint,omitempty" yaml:"imprint"`

	Dedication string `json:"dedication,omitempty" yaml:"dedication"` // Markdown, on a page of its own
	About      string `json:"about,omitempty" yaml:"about"`           // Markdown about the author, behind the last chapter
	Cover      string `json:"cover,omitempty" yaml:"cover"`           // picture of the front cover, beside the manuscript

	Genre       string   `json:"genre,omitempty" yaml:"genre"`             // as shops call it: "Science fiction"
	Series      string   `json:"series,omitempty" yaml:"series"`           // name of the series
	Volume      string   `json:"volume,omitempty" yaml:"volume"`           // place in the series, as a number: 2 or 2.5
	Description string   `json:"description,omitempty" yaml:"description"` // plain text for shops and the back cover; blank lines divide paragraphs
	Keywords    []string `json:"keywords,omitempty" yaml:"keywords"`
}

// Text is one chapter of a manuscript. The Markdown is CommonMark with tables,
// footnotes, {#id} attributes and fenced divs; it does not repeat the title.
// Sections inside a chapter are headings of level 2 and 3.
type Text struct {
	ID       string // stable, unique in the book; letters, digits, _ and -
	Part     string // title of the part that begins before this chapter, or ""
	Title    string
	Numbered bool // counts as "Chapter N"; a preface or afterword does not
	Markdown string
	Source   string // file it came from, for messages; "" if written here
}
