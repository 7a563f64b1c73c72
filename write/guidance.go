package write

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode"

	"quire/book"
	"quire/event"
)

// What genres, subgenres and depths ask of a book: headings of keys, each with
// its text.
//
//go:embed prompts/guidance.v1.txt
var guidanceWords string

// What enhancements ask for: headings of groups, each with lines of "name: text".
//
//go:embed prompts/enhance.v1.txt
var enhanceWords string

// Guide is the guidance for a genre by its key, for a subgenre as GENRE/SUBGENRE,
// or for a depth as DEPTH/2; "" for other names.
func Guide(key string) string { return guides()[key] }

// Instruction is what an enhancement asks for.
func Instruction(e book.Enhancement) string { return instructions()[e.ID()] }

var guides = sync.OnceValue(func() map[string]string {
	all, key := map[string]string{}, ""
	for line := range strings.Lines(guidanceWords) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") {
			key = strings.TrimLeft(line, "# ")
			continue
		}
		all[key] = strings.TrimSpace(all[key] + " " + line)
	}
	return all
})

var instructions = sync.OnceValue(func() map[string]string {
	all, group := map[string]string{}, ""
	for line := range strings.Lines(enhanceWords) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "# "); ok {
			group = name
			continue
		}
		if name, text, ok := strings.Cut(line, ": "); ok {
			all[group+"."+name] = text
		}
	}
	return all
})

// guide is what all who plan a book, or all who write and check it, are told about
// its genre, its depth and its enhancements. The zero guide says nothing.
type guide struct {
	Genre, Subgenre *named
	Depth           string
	Demands         []demands
}

type named struct{ Name, Text string }

// demands are what the enhancements of a group ask for.
type demands struct {
	Group string // in plain words
	Texts []string
}

// guidance is a guide for a brief, with the enhancements that are meant for its
// readers. It follows from the brief alone, so it is the same in all calls.
func guidance(b book.Brief, meant func(book.Enhancement) bool) guide {
	var g guide
	if genre, sub := b.Placed(); genre.Kind == b.Kind {
		if text := Guide(genre.Key); text != "" {
			g.Genre = &named{genre.Name, text}
		}
		if text := Guide(genre.Key + "/" + sub.Key); text != "" {
			g.Subgenre = &named{sub.Name, text}
		}
	}
	if b.Kind == book.Nonfiction {
		g.Depth = Guide(fmt.Sprintf("DEPTH/%d", b.Depth))
	}
	for _, group := range enhanced(b, meant) {
		d := demands{Group: plain(group[0].Group)}
		for _, e := range group {
			d.Texts = append(d.Texts, Instruction(e))
		}
		g.Demands = append(g.Demands, d)
	}
	return g
}

// enhanced are the enhancements that are on and meant, by the names of their
// groups.
func enhanced(b book.Brief, meant func(book.Enhancement) bool) (groups [][]book.Enhancement) {
	at := map[string]int{} // group to its place
	for _, e := range book.Enhancements() {
		if !b.Enhances(e) || !meant(e) {
			continue
		}
		i, ok := at[e.Group]
		if !ok {
			i, groups = len(groups), append(groups, nil)
			at[e.Group] = i
		}
		groups[i] = append(groups[i], e)
	}
	return groups
}

// enhancements tells which act on a book, group by group.
func enhancements(b book.Brief) (told []event.Payload) {
	for _, group := range enhanced(b, func(book.Enhancement) bool { return true }) {
		applied := event.EnhancementApplied{Group: group[0].Group, Stage: "concept"}
		for _, e := range group {
			applied.Names = append(applied.Names, e.Name)
		}
		told = append(told, applied)
	}
	return told
}

// plain writes the name of a group in words: avoidPatterns is "avoid patterns".
func plain(name string) string {
	var out strings.Builder
	for _, r := range name {
		if unicode.IsUpper(r) {
			out.WriteByte(' ')
		}
		out.WriteRune(unicode.ToLower(r))
	}
	return out.String()
}
