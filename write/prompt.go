package write

import (
	"embed"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"text/template"

	"quire/llm"
)

// A prompt is a template in a file of its own, name.vN.tmpl: N is its version,
// and a file that a book may have been written with is never changed, but
// followed by the next. Lines "=== MARK" divide it into blocks, MARK being the
// cache mark that ends the block (1h, 5m or none); they may stand inside actions.
// Blocks that prompts share are parts, which they call by name and version, such
// as {{template "book.v1" .}}. The function data writes a data element; the task
// element is added at the end. A golden test holds every word.

//go:embed prompts/*.tmpl
var promptFiles embed.FS

// promptData is the version of the data elements' shapes.
const promptData = 2

var divider = regexp.MustCompile(`(?m)^=== (1h|5m|none)\n`)

// templates are all prompts and parts, by name and version.
var templates = sync.OnceValues(func() (*template.Template, error) {
	all := template.New("prompts").Option("missingkey=error").Funcs(template.FuncMap{
		"data": func(name string, value any) (string, error) { return llm.Data(name, promptData, value) },
	})
	files, err := promptFiles.ReadDir("prompts")
	if err != nil {
		return nil, fmt.Errorf("prompts: %w", err)
	}
	for _, f := range files {
		text, err := promptFiles.ReadFile("prompts/" + f.Name())
		if err != nil {
			return nil, fmt.Errorf("prompts: %w", err)
		}
		if _, err := all.New(strings.TrimSuffix(f.Name(), ".tmpl")).Parse(string(text)); err != nil {
			return nil, fmt.Errorf("prompts: %w", err)
		}
	}
	return all, nil
})

// render fills the prompt of a call.
func render(c Call, data any, task llm.Task) ([]llm.Block, error) {
	all, err := templates()
	if err != nil {
		return nil, err
	}
	var out strings.Builder
	if err := all.ExecuteTemplate(&out, fmt.Sprintf("%s.v%d", c.Name, c.Version), data); err != nil {
		return nil, fmt.Errorf("prompt %s: %w", c.Name, err)
	}
	// Data holds no line break of its own, so no text from outside can divide.
	marks := divider.FindAllStringSubmatch(out.String(), -1)
	var blocks []llm.Block
	for i, text := range divider.Split(out.String(), -1)[1:] {
		mark := llm.Mark(marks[i][1])
		if mark == "none" {
			mark = llm.NoMark
		}
		blocks = append(blocks, llm.Block{Text: text, Mark: mark})
	}
	blocks[len(blocks)-1].Text += task.String()
	return blocks, nil
}
