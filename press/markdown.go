package press

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"go.yaml.in/yaml/v3"

	"quire/book"
	"quire/problem"
)

// Markdown writes the manuscript of a document as one Markdown file: YAML
// front matter, then a heading of level 1 for each part ({.part}) and chapter
// ({-} without a number, {#id} always) with the chapter's Markdown below it as
// it was. Room intake reads it back as the same manuscript. Pictures stay
// outside; a warning names them. Options do not matter.
type Markdown struct{}

// Write writes the file. The document must come from Parse.
func (Markdown) Write(ctx context.Context, w io.Writer, doc *Document, _ Options) (Report, error) {
	text, report, err := markdownText(ctx, doc)
	if err != nil {
		return Report{}, err
	}
	report.Warnings = append(report.Warnings, keepPictures(doc.Images)...)
	if _, err := io.WriteString(w, text); err != nil {
		return Report{}, fmt.Errorf("markdown: %w", err)
	}
	return report, nil
}

// markdownText is the manuscript of a document as one text.
func markdownText(ctx context.Context, doc *Document) (string, Report, error) {
	m := doc.Source
	if len(m.Chapters) > len(doc.Chapters) || len(m.Chapters) == 0 {
		return "", Report{}, problem.New(problem.Internal, "the document does not know the manuscript it was made of")
	}
	report := Report{Words: doc.Words()}
	var b strings.Builder
	if err := frontMatter(&b, m.Meta); err != nil {
		return "", Report{}, err
	}
	for i, t := range m.Chapters {
		if err := ctx.Err(); err != nil {
			return "", Report{}, fmt.Errorf("markdown: %w", err)
		}
		if part := oneLine(t.Part); part != "" {
			fmt.Fprintf(&b, "\n# %s {.part}\n", escapeTitle(part))
		}
		fmt.Fprintf(&b, "\n# %s\n", chapterHeading(t, i, doc))
		body := strings.Trim(strings.ToValidUTF8(t.Markdown, "\ufffd"), "\n")
		if body != "" {
			b.WriteString("\n" + body + "\n")
		}
		if end := unclosed(body); end != "" {
			b.WriteString(end + "\n")
			report.Warnings = append(report.Warnings, Warning{
				Detail: "code or HTML that this chapter leaves open is closed at its end", Pos: Pos{File: t.Source}})
		}
	}
	return b.String(), report, nil
}

// front is book.Meta without its empty fields.
type front struct {
	Title     string    `yaml:"title"`
	Subtitle  string    `yaml:"subtitle,omitempty"`
	Author    string    `yaml:"author,omitempty"`
	Language  string    `yaml:"lang,omitempty"`
	Publisher string    `yaml:"publisher,omitempty"`
	ISBN      string    `yaml:"isbn,omitempty"`
	Date      string    `yaml:"date,omitempty"`
	Kind      book.Kind `yaml:"kind,omitempty"`
	Imprint   []string  `yaml:"imprint,omitempty"`

	Dedication string `yaml:"dedication,omitempty"`
	About      string `yaml:"about,omitempty"`
	Cover      string `yaml:"cover,omitempty"`

	Genre       string   `yaml:"genre,omitempty"`
	Series      string   `yaml:"series,omitempty"`
	Volume      string   `yaml:"volume,omitempty"`
	Description string   `yaml:"description,omitempty"`
	Keywords    []string `yaml:"keywords,omitempty"`
}

// frontMatter writes what stands on the title page as YAML.
func frontMatter(b *strings.Builder, m book.Meta) error {
	m.Title, m.Subtitle, m.Author = oneLine(m.Title), oneLine(m.Subtitle), oneLine(m.Author)
	m.Language, m.Publisher, m.ISBN, m.Date = oneLine(m.Language), oneLine(m.Publisher), oneLine(m.ISBN), oneLine(m.Date)
	m.Genre, m.Series, m.Volume = oneLine(m.Genre), oneLine(m.Series), oneLine(m.Volume)
	m.Imprint, m.Keywords = oneLines(m.Imprint), oneLines(m.Keywords)
	out, err := yaml.Marshal(front(m))
	if err != nil {
		return fmt.Errorf("front matter: %w", err)
	}
	b.WriteString("---\n" + string(out) + "---\n")
	return nil
}

// oneLines puts each text on one line.
func oneLines(list []string) []string {
	var out []string
	for _, s := range list {
		out = append(out, oneLine(s))
	}
	return out
}

// structural matches titles that room intake would read as a numbering, as a
// part or as a chapter without number.
var structural = regexp.MustCompile(`(?i)^(chapter|ch\.|part|book|volume|vol\.|act|preface|foreword|introduction|prologue|prelude|epigraph|dedication|epilogue|afterword|postscript|coda|acknowledge?ments?|about|glossary|bibliography|colophon|appendi)`)

// chapterHeading is a chapter's title with its attributes. The number stands
// before it only where the title alone would be taken for something else.
func chapterHeading(t book.Text, i int, doc *Document) string {
	title, c := escapeTitle(oneLine(t.Title)), doc.Chapters[i]
	alone := len(doc.Source.Chapters) == 1 && strings.EqualFold(oneLine(t.Title), oneLine(doc.Source.Meta.Title))
	if t.Numbered && (structural.MatchString(title) || alone) {
		title = fmt.Sprintf("Chapter %d: %s", c.Number, title)
	}
	id := t.ID
	if !plainID.MatchString(id) {
		id = c.ID
	}
	if t.Numbered {
		return fmt.Sprintf("%s {#%s}", title, id)
	}
	return fmt.Sprintf("%s {- #%s}", title, id)
}

// plainID matches the IDs that a heading can carry.
var plainID = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,63}$`)

var (
	titleMarks = regexp.MustCompile("[\\\\`*_\\[\\]<>~]")
	ampersand  = regexp.MustCompile(`&(#|[A-Za-z])`)
)

// escapeTitle writes a plain title so that Markdown reads nothing into it.
func escapeTitle(s string) string {
	s = titleMarks.ReplaceAllString(s, `\$0`)
	return ampersand.ReplaceAllString(s, "&amp;$1")
}

// oneLine puts a text on one line, with single spaces and without what cannot
// be printed.
func oneLine(s string) string {
	clean, _ := cleanText(s)
	return strings.Join(strings.Fields(clean), " ")
}

// closings end what Markdown can leave open; fences close shorter ones too.
var closings = []string{strings.Repeat("`", 12), strings.Repeat("~", 12), "-->", "</script></pre></style></textarea>", "?>", "]]>", ">"}

// unclosed returns what must stand behind a text so that the next chapter's
// heading is not taken for a part of its last block; mostly "".
func unclosed(body string) string {
	if takesHeading(body) {
		return ""
	}
	for _, end := range closings {
		if takesHeading(body + "\n" + end) {
			return end
		}
	}
	return ""
}

// takesHeading reports whether a heading behind the text is read as one.
func takesHeading(body string) bool {
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Footnote))
	last := md.Parser().Parse(text.NewReader([]byte(body + "\n\n# next\n"))).LastChild()
	for ; last != nil; last = last.PreviousSibling() {
		if h, ok := last.(*ast.Heading); ok && h.Level == 1 {
			return true
		}
		if last.Kind().String() != "FootnoteList" {
			return false
		}
	}
	return false
}

// keepPictures says which files belong beside the Markdown file.
func keepPictures(images []*Image) []Warning {
	images = slices.DeleteFunc(slices.Clone(images), func(img *Image) bool {
		_, err := AssetPath(img.Source) // figures drawn from data are in the text
		return err != nil
	})
	if len(images) == 0 {
		return nil
	}
	names := make([]string, 0, 4)
	for i, img := range images {
		if i == 3 {
			names = append(names, fmt.Sprintf("%d more", len(images)-3))
			break
		}
		names = append(names, shorten(img.Source))
	}
	return []Warning{{Detail: "the pictures are not in the Markdown file; keep beside it: " + strings.Join(names, ", ")}}
}
