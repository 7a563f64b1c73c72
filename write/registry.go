package write

import (
	"fmt"
	"regexp"
	"slices"

	"quire/book"
	"quire/problem"
)

// Registry is how the newest engine makes books with a preset; "" is the usual
// one.
func Registry(name string) (Preset, error) {
	if name == "" {
		name = book.PresetStandard
	}
	e := Newest()
	i := slices.IndexFunc(e.Presets, func(p Preset) bool { return p.Name == name })
	if i < 0 {
		return Preset{}, problem.New(problem.Invalid, "there is no preset %q", name).Try("say %s, %s or %s", book.PresetDraft, book.PresetStandard, book.PresetBest)
	}
	return e.Presets[i], nil
}

// Template is a prompt as it is kept: its words, with the places where data go.
type Template struct {
	Name string `json:"name"` // with its version, such as draft.v2
	Text string `json:"text"`
}

// called matches the calls of parts in a template.
var called = regexp.MustCompile(`\{\{-?\s*template "([^"]+)"`)

// Templates is the prompt of a call, and behind it the parts that it calls, each
// once.
func Templates(c Call) ([]Template, error) {
	names := []string{fmt.Sprintf("%s.v%d", c.Name, c.Version)}
	var list []Template
	for i := 0; i < len(names); i++ {
		text, err := promptFiles.ReadFile("prompts/" + names[i] + ".tmpl")
		if err != nil {
			return nil, fmt.Errorf("prompt %s: %w", names[i], err)
		}
		list = append(list, Template{names[i], string(text)})
		for _, m := range called.FindAllStringSubmatch(string(text), -1) {
			if !slices.Contains(names, m[1]) {
				names = append(names, m[1])
			}
		}
	}
	return list, nil
}
