package write

import (
	"embed"
	"fmt"
	"regexp"
	"strings"
	"text/template"

	"quire/llm"
)

// A prompt template is a file a role. Its first line gives the version; lines
// "=== MARK" divide it into blocks, MARK being the cache mark that ends the
// block (1h, 5m or none). The function data writes a data element; the task
// element is added at the end. A changed word needs a new version: a golden test
// holds both.

//go:embed prompts/*.tmpl
var promptFiles embed.FS

// promptData is the version of the data elements' shapes.
const promptData = 1

var divider = regexp.MustCompile(`(?m)^=== (1h|5m|none)\n`)

// render fills the template of a role.
func render(role llm.Role, data any, task llm.Task) ([]llm.Block, error) {
	source, err := promptFiles.ReadFile("prompts/" + string(role) + ".tmpl")
	if err != nil {
		return nil, fmt.Errorf("prompt %s: %w", role, err)
	}
	_, body, _ := strings.Cut(string(source), "\n") // the version
	var blocks []llm.Block
	marks := divider.FindAllStringSubmatch(body, -1)
	for i, text := range divider.Split(body, -1)[1:] {
		filled, err := fill(string(role), text, data)
		if err != nil {
			return nil, err
		}
		mark := llm.Mark(marks[i][1])
		if mark == "none" {
			mark = llm.NoMark
		}
		blocks = append(blocks, llm.Block{Text: filled, Mark: mark})
	}
	blocks[len(blocks)-1].Text += task.String()
	return blocks, nil
}

func fill(name, text string, data any) (string, error) {
	t, err := template.New(name).Option("missingkey=error").Funcs(template.FuncMap{
		"data": func(name string, value any) (string, error) { return llm.Data(name, promptData, value) },
	}).Parse(text)
	if err != nil {
		return "", fmt.Errorf("prompt %s: %w", name, err)
	}
	var out strings.Builder
	if err := t.Execute(&out, data); err != nil {
		return "", fmt.Errorf("prompt %s: %w", name, err)
	}
	return out.String(), nil
}
