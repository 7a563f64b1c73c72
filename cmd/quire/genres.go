package main

import (
	"fmt"
	"strings"

	"quire/book"
	"quire/problem"
	"quire/write"
)

// genresVerb lists what kinds of books there is guidance for.
type genresVerb struct {
	Genre []string `arg:"" optional:"" help:"Show this genre with its guidance."`
	JSON  bool     `help:"Print the result as JSON."`
}

// Help shows how the verb is used.
func (*genresVerb) Help() string {
	return `Case, blanks, hyphens and apostrophes of a name do not matter. docs/genres.md has all of the guidance.

Examples:
  quire genres
  quire genres mystery
  quire genres "young adult" --json`
}

// guided is a genre or a subgenre with its guidance, as JSON has it.
type guided struct {
	Key       string    `json:"key"`
	Name      string    `json:"name"`
	Kind      book.Kind `json:"kind,omitempty"`
	Guidance  string    `json:"guidance"`
	Subgenres []guided  `json:"subgenres,omitempty"`
}

// Run lists the genres, or shows one.
func (v *genresVerb) Run(s *session) error {
	list := book.Genres()
	name := strings.Join(v.Genre, " ")
	if name != "" {
		g, err := genreNamed(name)
		if err != nil {
			return err
		}
		list = []book.Genre{g}
	}
	switch {
	case v.JSON:
		var all []guided
		for _, g := range list {
			all = append(all, withGuidance(g))
		}
		return s.json(all)
	case name != "":
		return s.showGenre(withGuidance(list[0]))
	}
	for _, g := range list {
		var subs []string
		for _, sub := range g.Subgenres {
			subs = append(subs, sub.Name)
		}
		line := strings.TrimRight(fmt.Sprintf("%-18s %-10s %s", g.Name, g.Kind, strings.Join(subs, ", ")), " ")
		if err := s.print("%s", line); err != nil {
			return err
		}
	}
	return nil
}

// genreNamed finds a genre, or says which may have been meant.
func genreNamed(name string) (book.Genre, error) {
	if g, ok := book.ParseGenre(name); ok {
		return g, nil
	}
	var names []string
	for _, g := range book.Genres() {
		names = append(names, g.Name)
	}
	p := problem.New(problem.Invalid, "there is no guidance for the genre %q", name)
	if hint := nearest(name, names); strings.HasPrefix(hint, "did you mean") {
		return book.Genre{}, p.Try("%s", hint)
	}
	return book.Genre{}, p.Try("quire genres lists all that there is; quire write takes any other name too")
}

func withGuidance(g book.Genre) guided {
	out := guided{Key: g.Key, Name: g.Name, Kind: g.Kind, Guidance: write.Guide(g.Key)}
	for _, s := range g.Subgenres {
		out.Subgenres = append(out.Subgenres, guided{Key: s.Key, Name: s.Name, Guidance: write.Guide(g.Key + "/" + s.Key)})
	}
	return out
}

func (s *session) showGenre(g guided) error {
	if err := s.print("%s (%s), %s\n\n%s", g.Name, g.Key, g.Kind, g.Guidance); err != nil {
		return err
	}
	for _, sub := range g.Subgenres {
		if err := s.print("\n%s (%s)\n%s", sub.Name, sub.Key, sub.Guidance); err != nil {
			return err
		}
	}
	return nil
}
