package intake

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"quire/book"
)

// countMarkdown reports what a manuscript in Markdown holds.
func countMarkdown(m book.Manuscript, warnings []string) Report {
	r := Report{Format: "Markdown", Chapters: len(m.Chapters), Warnings: warnings}
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Footnote, extension.Strikethrough, extension.DefinitionList))
	for i := range m.Chapters {
		c := &m.Chapters[i]
		r.Words += countWords(c.Title)
		src := []byte(c.Markdown)
		r.countNode(md.Parser().Parse(text.NewReader(src)), src)
	}
	return r
}

// countNode adds what a node and those below it hold.
func (r *Report) countNode(n ast.Node, src []byte) {
	switch n.(type) {
	case *ast.Image:
		r.Pictures++
	case *east.Table:
		r.Tables++
	case *east.Footnote:
		r.Notes++
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		return
	}
	lone := n.FirstChild() != nil && n.FirstChild().Type() == ast.TypeInline && n.Type() == ast.TypeBlock
	if lone {
		r.Words += countWords(plainText(n, src))
	}
	for k := n.FirstChild(); k != nil; k = k.NextSibling() {
		r.countNode(k, src)
	}
}
