package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"quire/problem"
	"quire/write"
)

// promptsVerb shows what models are asked.
type promptsVerb struct {
	Name   string `arg:"" optional:"" help:"Prompt to show, such as draft. Default: the list of all."`
	Preset string `help:"Preset whose prompts are listed: draft, standard or best." default:"standard"`
	JSON   bool   `help:"Print JSON."`
}

// Help shows how the verb is used.
func (*promptsVerb) Help() string {
	return `Lists the questions that books are made with: prompt and version, the role that chooses the model, temperature, longest answer and tries. With a name it shows the words of that prompt, with the places where the book's own data go.

Examples:
  quire prompts
  quire prompts draft`
}

// promptPage is the list of prompts for programs.
type promptPage struct {
	Engine  string       `json:"engine"`
	Preset  string       `json:"preset"`
	Prompts []write.Call `json:"prompts"`
}

// promptText is one prompt for programs.
type promptText struct {
	write.Call
	Templates []write.Template `json:"templates"` // the prompt, and the parts that it calls
}

// Run prints the list or the prompt.
func (v *promptsVerb) Run(s *session) error {
	p, err := write.Registry(v.Preset)
	if err != nil {
		return err
	}
	if v.Name != "" {
		return v.show(s, p)
	}
	if v.JSON {
		return s.json(promptPage{write.Newest().Version, p.Name, p.Calls})
	}
	t := s.table()
	t.row("PROMPT", "VERSION", "ROLE", "TEMPERATURE", "TOKENS", "TRIES")
	for _, c := range p.Calls {
		t.row(c.Name, strconv.Itoa(c.Version), string(c.Role), orUsual(c.Temperature, "its own"), orUsual(c.Tokens, "by length"), strconv.Itoa(c.Tries))
	}
	return t.flush()
}

// orUsual is a number, or what stands for none.
func orUsual[N int | float64](n N, usual string) string {
	if n == 0 {
		return usual
	}
	return fmt.Sprint(n)
}

func (v *promptsVerb) show(s *session, p write.Preset) error {
	name, _, _ := strings.Cut(v.Name, ".")
	i := slices.IndexFunc(p.Calls, func(c write.Call) bool { return c.Name == name })
	if i < 0 {
		return problem.New(problem.Invalid, "there is no prompt %q", v.Name).Try("quire prompts lists them")
	}
	list, err := write.Templates(p.Calls[i])
	if err != nil {
		return err
	}
	if v.JSON {
		return s.json(promptText{p.Calls[i], list})
	}
	for _, t := range list {
		if err := s.print("=== %s\n%s", t.Name, strings.TrimRight(t.Text, "\n")); err != nil {
			return err
		}
	}
	return nil
}
