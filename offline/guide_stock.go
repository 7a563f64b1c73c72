package offline

import (
	"embed"
	"math/rand/v2"
	"strings"
	"sync"

	"quire/book"
)

// The stock of guides. A file is a row of pools: "@@ name" begins one, lines of
// "title:", "sum:", "key:", "head a:" and "via:" describe a stage of learning,
// "@ group role" begins a move, a paragraph or two of method. In the pool
// frames, "@ kind" begins a list of single lines.
//
//go:embed words/guide*.txt
var guideFiles embed.FS

// guideStock holds all words that guides are made of, but for the maker's own.
type guideStock struct {
	stages []guideStage // of learning, in their natural order
	moves  []guideMove
	frames map[string][]string // lines by kind
}

// guideStage is a step on the way into a subject, each fit for a chapter.
type guideStage struct {
	name   string
	titles []string
	sum    string
	keys   []string
	heads  map[string][]string // titles of a first, second and third section
	via    []string            // lines that lead into its moves from another subject
}

// guideMove is a stretch of method that a book uses once, if the stock allows.
type guideMove struct {
	stage string
	group string // a: ideas, b: doing, c: paper; "" opens a chapter
	role  string
	text  string
	words int  // about
	named bool // names what it is about
}

// guideOrder is the order of a guide's stages; the first eight that a small
// book has come first in guideCore.
var guideOrder = []string{"question", "inventory", "words", "reading", "people", "look", "parts", "means", "care", "choose", "trial", "routine", "records", "trouble", "teach", "next"}

// guideCore names the stages in the order in which a longer book takes them in.
var guideCore = []string{"question", "next", "trial", "people", "inventory", "words", "trouble", "records", "look", "parts", "reading", "routine", "choose", "means", "care", "teach"}

var guideWords = sync.OnceValue(readGuideStock)

// readGuideStock parses the embedded files. A mistake in them is one in our
// source, so it panics; a test reads them all.
func readGuideStock() *guideStock {
	s := &guideStock{frames: map[string][]string{}}
	stages := map[string]*guideStage{}
	for _, name := range []string{"core", "more", "any", "frames"} {
		text, err := guideFiles.ReadFile("words/guide_" + name + ".txt")
		if err != nil {
			panic(err)
		}
		for _, pool := range strings.Split("\n"+strings.ReplaceAll(string(text), "'", "’"), "\n@@ ")[1:] {
			s.pool(pool, stages)
		}
	}
	for _, name := range guideOrder {
		s.stages = append(s.stages, *stages[name])
	}
	return s
}

func (s *guideStock) pool(text string, stages map[string]*guideStage) {
	parts := strings.Split(text, "\n@ ")
	name, head, _ := strings.Cut(parts[0], "\n")
	stages[name] = readGuideStage(name, head)
	for _, part := range parts[1:] {
		kind, body, _ := strings.Cut(part, "\n")
		if name == "frames" {
			s.frames[kind] = strings.Split(strings.TrimSpace(body), "\n")
			continue
		}
		m := guideMove{stage: name, role: kind, text: guideTables(strings.TrimSpace(body))}
		if group, role, ok := strings.Cut(kind, " "); ok {
			m.group, m.role = group, role
		}
		m.named = strings.Contains(m.text, "{x}") || strings.Contains(m.text, "{X}")
		m.words = book.Words(guideRealise(m.text, rand.New(rand.NewPCG(1, 1)), guideSlots{"x": "it all"}))
		s.moves = append(s.moves, m)
	}
}

func readGuideStage(name, head string) *guideStage {
	stage := &guideStage{name: name, heads: map[string][]string{}}
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "title":
			stage.titles = append(stage.titles, value)
		case "sum":
			stage.sum = value
		case "key":
			stage.keys = append(stage.keys, value)
		case "via":
			stage.via = append(stage.via, value)
		case "head a", "head b", "head c":
			stage.heads[key[5:]] = strings.Split(value, "|")
		}
	}
	return stage
}

// guideTables writes out the tables of a move: "table: A | B" and either
// "rows: 5" or "rows: first; second".
func guideTables(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if head, ok := strings.CutPrefix(line, "table: "); ok && i+1 < len(lines) {
			lines[i] = guideTableHead(head)
			lines[i+1] = guideTableRows(strings.TrimPrefix(lines[i+1], "rows: "), strings.Count(head, "|")+1)
		}
	}
	return strings.Join(lines, "\n")
}

func guideTableHead(head string) string {
	return "| " + head + " |\n|" + strings.Repeat(" --- |", strings.Count(head, "|")+1)
}

func guideTableRows(rows string, columns int) string {
	blank := strings.Repeat(" |", columns-1)
	if n := strings.Index("0123456789", rows); n > 0 {
		return strings.TrimSuffix(strings.Repeat("| |"+blank+"\n", n), "\n")
	}
	var b strings.Builder
	for _, label := range strings.Split(rows, "; ") {
		b.WriteString("| " + label + " |" + blank + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// guideSlots are the words that stand for {x} and the like.
type guideSlots map[string]string

// guideRealise writes a template out: {a|b} is one of a and b, {x} the slot x
// and {X} the same with a capital. What slots hold is not looked into.
func guideRealise(text string, r *rand.Rand, slots guideSlots) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:open])
		inner, rest := guideBrace(text[open:])
		choices := guideChoices(inner)
		switch {
		case len(choices) > 1:
			b.WriteString(guideRealise(choices[r.IntN(len(choices))], r, slots))
		case slots[inner] != "":
			b.WriteString(slots[inner])
		default:
			b.WriteString(guideUpper(slots[strings.ToLower(inner)]))
		}
		text = rest
	}
}

// guideBrace cuts the first braced group off a text that begins with one.
func guideBrace(text string) (inner, rest string) {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return text[1:i], text[i+1:]
			}
		}
	}
	return text[1:], ""
}

// guideChoices splits at the bars that stand in no inner braces.
func guideChoices(text string) []string {
	var out []string
	depth, start := 0, 0
	for i := range len(text) {
		switch text[i] {
		case '{':
			depth++
		case '}':
			depth--
		case '|':
			if depth == 0 {
				out = append(out, text[start:i])
				start = i + 1
			}
		}
	}
	return append(out, text[start:])
}

// guideStages are the stages of a workbook's n chapters: few for a small book,
// several rounds for a large one.
func guideStages(seed uint64, n int) []guideStage {
	all := guideWords().stages
	var out []guideStage
	for left := max(n, 1); left > 0; left -= len(all) {
		keep := guideKeep(seed, min(left, len(all)))
		for _, stage := range all {
			if keep[stage.name] {
				out = append(out, stage)
			}
		}
	}
	return out
}

// guideKeep chooses n stages. Eight are the backbone; above that the seed
// decides which of the others come in.
func guideKeep(seed uint64, n int) map[string]bool {
	order := append([]string{}, guideCore...)
	if others := order[8:]; n > 8 {
		chance(seed, "guide stages").Shuffle(len(others), func(i, j int) { others[i], others[j] = others[j], others[i] })
	}
	keep := map[string]bool{}
	for _, name := range order[:n] {
		keep[name] = true
	}
	return keep
}
