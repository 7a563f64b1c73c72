package offline

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

// wordFiles hold all that stories are made of: pieces of scenes in files named
// scene_*.txt and plot_*.txt, and banks of single words in bank_*.txt.
//
//go:embed words/*.txt
var wordFiles embed.FS

// piece is a stretch of stock prose: one or more paragraphs that a book uses
// once, as long as others are left.
type piece struct {
	id    int
	kind  string              // open, walk, arrive, talk …, or the name of a plot step
	tags  map[string][]string // what it needs: t(ime), w(eather), g (setting), mood …
	notes map[string]template // label, recap, goal, turn, title, facts of a plot step
	text  template
	words int    // usual length
	roles string // letters of the people that it names
	lines []string
	tells string // "recap" or "label" where it speaks of the newest clue so
}

// stock is everything that was read from wordFiles.
type stock struct {
	pieces []*piece
	kinds  map[string][]*piece
	banks  map[string][]string

	once       sync.Once
	tradeTable map[string]trade // filled by once
}

// stories is the stock, read once; it is never changed afterwards.
var stories = sync.OnceValue(func() *stock {
	s, err := readStock(wordFiles)
	if err != nil {
		panic(err) // a mistake in our own files
	}
	return s
})

func readStock(files fs.FS) (*stock, error) {
	s := &stock{kinds: map[string][]*piece{}, banks: map[string][]string{}}
	names, err := fs.Glob(files, "words/*.txt")
	if err != nil {
		return nil, fmt.Errorf("list the word files: %w", err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read the word file %s: %w", name, err)
		}
		take := s.takePieces
		switch {
		case strings.HasPrefix(name, "words/guide"):
			continue // another craft's
		case strings.HasPrefix(name, "words/bank_"):
			take = s.takeBanks
		}
		if err := take(string(text)); err != nil {
			return nil, fmt.Errorf("word file %s: %w", name, err)
		}
	}
	return s, nil
}

// takeBanks reads lines such as "smell.coast: tar, wet rope"; a line that
// begins with a space goes on with the bank above, # begins a remark.
func (s *stock) takeBanks(text string) error {
	bank := ""
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n ")
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] != ' ' {
			name, rest, ok := strings.Cut(line, ":")
			if !ok {
				return fmt.Errorf("bank line %q has no colon", line)
			}
			bank, line = name, rest
		}
		for entry := range strings.SplitSeq(line, ",") {
			if entry = strings.TrimSpace(typographic(entry)); entry != "" && !slices.Contains(s.banks[bank], entry) {
				s.banks[bank] = append(s.banks[bank], entry)
			}
		}
	}
	return nil
}

// takePieces reads blocks that begin with "== kind tag=a,b". Lines "@note: …"
// may follow the head; the rest is the text, paragraphs apart by blank lines.
func (s *stock) takePieces(text string) error {
	blocks := strings.Split("\n"+text, "\n== ")
	for _, block := range blocks[1:] {
		p, err := parsePiece(block)
		if err != nil {
			return err
		}
		p.id = len(s.pieces)
		s.pieces = append(s.pieces, p)
		s.kinds[p.kind] = append(s.kinds[p.kind], p)
	}
	return nil
}

func parsePiece(block string) (*piece, error) {
	head, body, _ := strings.Cut(block, "\n")
	fields := strings.Fields(head)
	if len(fields) == 0 {
		return nil, fmt.Errorf("a piece has no kind")
	}
	p := &piece{kind: fields[0], tags: map[string][]string{}, notes: map[string]template{}}
	for _, f := range fields[1:] {
		name, values, ok := strings.Cut(f, "=")
		if !ok {
			return nil, fmt.Errorf("piece %s has a bad tag %q", p.kind, f)
		}
		p.tags[name] = strings.Split(values, ",")
	}
	var prose []string
	for line := range strings.Lines(body) {
		line = strings.TrimRight(line, "\n ")
		if !strings.HasPrefix(line, "@") {
			prose = append(prose, line)
			continue
		}
		name, note, _ := strings.Cut(line[1:], ":")
		t, err := parseTemplate("[" + strings.TrimSpace(note) + "]") // a note is a choice of its own
		if err != nil {
			return nil, fmt.Errorf("piece %s: %w", p.kind, err)
		}
		p.notes[name] = t
	}
	t, err := parseTemplate(strings.TrimSpace(strings.Join(prose, "\n")))
	if err != nil {
		return nil, fmt.Errorf("piece %s: %w", p.kind, err)
	}
	p.text, p.words = t, (t.tenths()+5)/10
	p.survey()
	return p, nil
}

// survey notes who is named in the piece and which voice lines it asks for.
func (p *piece) survey() {
	p.text.slots(func(slot string) {
		letter, rest := slot[:1], slot[1:]
		if slot == "recap" || slot == "label" && p.tells == "" {
			p.tells = slot
		}
		if strings.HasPrefix(rest, ":") {
			p.lines = append(p.lines, slot)
			p.words += 7 // a voice line has about eight words
		}
		if isPersonSlot(slot) && !strings.Contains(p.roles, letter) {
			p.roles += letter
		}
	})
}

// has reports whether the piece allows value for the tag; no tag allows all.
func (p *piece) has(tag, value string) bool {
	allowed := p.tags[tag]
	return len(allowed) == 0 || slices.Contains(allowed, value)
}
