package book

import "strings"

// Names is what the people, places and things of a book are called: folded names
// to their IDs. A name that two of them share has the ID "".
type Names map[string]string

// NamesOf is all names that concept and bible give.
func NamesOf(c Concept, b Bible) Names {
	n := Names{}
	for _, p := range c.Cast {
		n.add(p.ID, p.ID, p.Name, p.Full)
	}
	for _, p := range c.Places {
		n.add(p.ID, p.ID, p.Name)
	}
	for _, t := range c.Things {
		n.add(t.ID, t.ID, t.Name)
	}
	for _, p := range b.Characters {
		n.add(p.ID, p.Aliases...)
	}
	return n
}

func (n Names) add(id string, names ...string) {
	for _, name := range names {
		key := FoldName(name)
		if key == "" {
			continue
		}
		if other, taken := n[key]; taken && other != id {
			n[key] = ""
			continue
		}
		n[key] = id
	}
}

// ID is what stands for a subject: its ID if it is known, else itself.
func (n Names) ID(subject string) string {
	if id := n[FoldName(subject)]; id != "" {
		return id
	}
	return strings.Join(strings.Fields(subject), " ")
}

// FoldName is a name as names are compared: small letters, single spaces, plain
// apostrophes, no article.
func FoldName(name string) string {
	name = strings.Join(strings.Fields(strings.ToLower(strings.ReplaceAll(name, "’", "'"))), " ")
	name = strings.Trim(name, ".,;:!?\"“”")
	for _, article := range []string{"the ", "a ", "an "} {
		if rest, ok := strings.CutPrefix(name, article); ok {
			return rest
		}
	}
	return name
}
