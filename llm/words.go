package llm

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"text/template"
)

// The words that wrappers say to a model. A file's first line gives its version;
// a changed word needs a new one, which a golden test holds.

//go:embed prompts/*.tmpl
var promptFiles embed.FS

// wordsData is the version of the data elements' shapes.
const wordsData = 1

// say returns the blocks of a request with the words of a template before its
// task, which stays the last thing said. All blocks but the last stay as they
// are, so what a provider keeps of them is still of use.
func say(blocks []Block, name string, data any) ([]Block, error) {
	source, err := promptFiles.ReadFile("prompts/" + name + ".tmpl")
	if err != nil {
		return nil, fmt.Errorf("prompt %s: %w", name, err)
	}
	_, body, _ := strings.Cut(string(source), "\n") // the version
	t, err := template.New(name).Option("missingkey=error").Funcs(template.FuncMap{
		"data": func(name string, value any) (string, error) { return Data(name, wordsData, value) },
	}).Parse(body)
	if err != nil {
		return nil, fmt.Errorf("prompt %s: %w", name, err)
	}
	var words strings.Builder
	if err := t.Execute(&words, data); err != nil {
		return nil, fmt.Errorf("prompt %s: %w", name, err)
	}
	if len(blocks) == 0 {
		return []Block{{Text: words.String()}}, nil
	}
	out := slices.Clone(blocks)
	last := &out[len(out)-1]
	at := len(last.Text)
	if task := taskElement.FindStringIndex(last.Text); task != nil {
		at = task[0]
	}
	before := strings.TrimRight(last.Text[:at], "\n")
	last.Text = before + "\n" + words.String() + last.Text[at:]
	return out, nil
}
