package book

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"quire/problem"
)

// The limits of a brief.
const (
	MaxTopic    = 500       // characters
	MaxPremise  = 30_000    // characters
	MaxTitle    = 300       // characters, of a book or a heading
	MaxChapters = 400       // chapters
	MaxWords    = 1_000_000 // words
	MaxHeadings = 4_000     // headings of a given outline, all levels
	LeastWords  = 50        // words a chapter
	MaxBanned   = 200       // phrases
)

// Brief is what a maker asks for. Zero fields are open: Settle decides them.
type Brief struct {
	Topic    string    `json:"topic,omitempty" yaml:"topic"`
	Premise  string    `json:"premise,omitempty" yaml:"premise"`
	Title    string    `json:"title,omitempty" yaml:"title"`
	Author   string    `json:"author,omitempty" yaml:"author"`
	Kind     Kind      `json:"kind,omitempty" yaml:"kind"`
	Inferred string    `json:"inferred,omitempty" yaml:"-"` // the rule that chose Kind; "" if the maker did
	Imported bool      `json:"imported,omitempty" yaml:"-"` // the book was written elsewhere
	Genre    string    `json:"genre,omitempty" yaml:"genre"`
	Subgenre string    `json:"subgenre,omitempty" yaml:"subgenre"`
	Audience string    `json:"audience,omitempty" yaml:"audience"`
	Tone     string    `json:"tone,omitempty" yaml:"tone"`
	Language string    `json:"language,omitempty" yaml:"language"` // BCP 47
	Chapters int       `json:"chapters,omitempty" yaml:"chapters"`
	Words    int       `json:"words,omitempty" yaml:"words"` // of the whole book
	Seed     uint64    `json:"seed,omitempty" yaml:"seed"`   // below 2^53, so that every JSON reader keeps it
	Theme    string    `json:"theme,omitempty" yaml:"theme"`
	Trim     string    `json:"trim,omitempty" yaml:"trim"`
	Date     string    `json:"date,omitempty" yaml:"date"` // YYYY-MM-DD, printed in editions
	Outline  []Heading `json:"outline,omitempty" yaml:"outline"`

	Preset  string          `json:"preset,omitempty" yaml:"preset"`   // how much care is taken: draft, standard or best
	Approve []string        `json:"approve,omitempty" yaml:"approve"` // stages after which the book waits for its maker
	Depth   int             `json:"depth,omitempty" yaml:"depth"`     // nonfiction, 1 to 3: basics, professional, expert; 0 is not asked for
	Figures string          `json:"figures,omitempty" yaml:"figures"` // nonfiction: "none" leaves them out
	Enhance map[string]bool `json:"enhance,omitempty" yaml:"enhance"` // writing enhancements by name; what is not named is on
	Banned  []string        `json:"banned,omitempty" yaml:"banned"`   // words and phrases that the book does without
	Sources []SourceNote    `json:"sources,omitempty" yaml:"-"`       // the maker's own sources, kept beside the brief
}

// SourceNote names a source of the maker.
type SourceNote struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Priority int    `json:"priority"` // 1 is the highest, 5 the lowest
	Words    int    `json:"words"`
}

// The presets.
const (
	PresetDraft    = "draft"
	PresetStandard = "standard"
	PresetBest     = "best"
)

// Gates lists the stages after which a book can wait for its maker.
func Gates() []string { return []string{"concept", "bible", "outline", "beats", "draft"} }

// Heading is one line of a given outline or sheet. Level 1 is a chapter, 2 and
// 3 are sections inside it.
type Heading struct {
	Level       int      `json:"level" yaml:"level"`
	Part        string   `json:"part,omitempty" yaml:"part"` // title of the part that begins here; level 1 only
	Title       string   `json:"title" yaml:"title"`
	Description string   `json:"description,omitempty" yaml:"description"`
	KeyPoints   []string `json:"key_points,omitempty" yaml:"key_points"`
	Words       int      `json:"words,omitempty" yaml:"words"`
	Notes       string   `json:"notes,omitempty" yaml:"notes"`
}

// Check reports the first thing in the brief that cannot be built as invalid.
func (b Brief) Check() error {
	for _, check := range []func() error{b.checkSubject, b.checkNumbers, b.checkOutline, b.checkManner, b.checkEnhance} {
		if err := check(); err != nil {
			return err
		}
	}
	if b.Kind != "" && b.Kind != Fiction && b.Kind != Nonfiction {
		return problem.New(problem.Invalid, "the kind %q is not known", b.Kind).Try("say fiction or nonfiction")
	}
	if b.Date != "" && !isDate(b.Date) {
		return problem.New(problem.Invalid, "the date %q is not a day of the calendar", b.Date).Try("write it as 2026-01-31")
	}
	return nil
}

func (b Brief) checkSubject() error {
	topic, premise := strings.TrimSpace(b.Topic), strings.TrimSpace(b.Premise)
	switch {
	case topic == "" && premise == "" && len(b.Outline) == 0:
		return problem.New(problem.Invalid, "there is nothing to write about").
			Try(`give a topic in quotes, such as quire write "The lamplighter of Skerry Point", or --outline, --sheet, --premise or --brief`)
	case utf8.RuneCountInString(topic) > MaxTopic:
		return problem.New(problem.Invalid, "the topic has %d characters; at most %d are read", utf8.RuneCountInString(topic), MaxTopic).
			Try("put a longer text into a file and give it with --premise")
	case utf8.RuneCountInString(premise) > MaxPremise:
		return problem.New(problem.Invalid, "the premise has %d characters; at most %d are read", utf8.RuneCountInString(premise), MaxPremise).
			Try("shorten the premise")
	}
	for _, f := range []struct{ name, text string }{
		{"topic", topic}, {"title", b.Title}, {"author", b.Author}, {"audience", b.Audience}, {"tone", b.Tone},
		{"genre", b.Genre}, {"subgenre", b.Subgenre}, {"language", b.Language}, {"premise", lines(premise)},
	} {
		if f.name != "premise" && f.name != "topic" && utf8.RuneCountInString(f.text) > MaxTitle {
			return problem.New(problem.Invalid, "the %s has more than %d characters", f.name, MaxTitle).Try("shorten it; details go into the premise")
		}
		if !oneLine(f.text) {
			return problem.New(problem.Invalid, "the %s holds control characters or broken text", f.name).Try("give it as plain text")
		}
	}
	if topic != "" && !strings.ContainsFunc(topic, readable) {
		return problem.New(problem.Invalid, "the topic has no letters or digits").Try("say in a few words what the book is about")
	}
	return nil
}

func (b Brief) checkNumbers() error {
	given := b.GivenChapters()
	switch {
	case b.Chapters < 0 || b.Chapters > MaxChapters || given > MaxChapters:
		return problem.New(problem.Invalid, "a book has 1 to %d chapters, not %d", MaxChapters, max(b.Chapters, given)).Try("choose a number from 1 to %d", MaxChapters)
	case given > 0 && b.Chapters > 0 && b.Chapters != given:
		return problem.New(problem.Invalid, "the outline has %d chapters, but %d are asked for", given, b.Chapters).
			Try("leave out --chapters: a given outline or sheet decides the chapters")
	case b.Words < 0 || b.Words > MaxWords:
		return problem.New(problem.Invalid, "a book has 1 to %d words, not %d", MaxWords, b.Words).Try("choose a number from 1 to %d", MaxWords)
	case b.Words > 0 && b.Words < LeastWords*max(b.Chapters, given, 1):
		return problem.New(problem.Invalid, "%d words are too few for %d chapters", b.Words, max(b.Chapters, given, 1)).
			Try("ask for at least %d words a chapter", LeastWords)
	case b.Seed >= 1<<53:
		return problem.New(problem.Invalid, "the seed is too large").Try("choose a whole number below %d", uint64(1)<<53)
	}
	return nil
}

func (b Brief) checkOutline() error {
	if len(b.Outline) > MaxHeadings {
		return problem.New(problem.Invalid, "the outline has %d headings; at most %d are read", len(b.Outline), MaxHeadings).Try("merge some of them")
	}
	for i, h := range b.Outline {
		at := fmt.Sprintf("heading %d of the outline", i+1)
		switch {
		case h.Level < 1 || h.Level > 3:
			return problem.New(problem.Invalid, "%s has level %d", at, h.Level).Try("use levels 1 to 3")
		case i == 0 && h.Level != 1:
			return problem.New(problem.Invalid, "the outline begins with level %d", h.Level).Try("begin with a chapter, level 1")
		case strings.TrimSpace(h.Title) == "":
			return problem.New(problem.Invalid, "%s has no title", at).Try("give every heading a title")
		case utf8.RuneCountInString(h.Title) > MaxTitle:
			return problem.New(problem.Invalid, "%s is longer than %d characters", at, MaxTitle).Try("shorten it; details go into the description")
		case !oneLine(h.Title) || !oneLine(h.Part) || !oneLine(lines(h.Description+h.Notes+strings.Join(h.KeyPoints, ""))):
			return problem.New(problem.Invalid, "%s holds control characters or broken text", at).Try("give it as plain text")
		case h.Words < 0 || h.Words > MaxWords:
			return problem.New(problem.Invalid, "%s asks for %d words", at, h.Words).Try("ask for 0 words or more")
		}
	}
	return nil
}

// checkManner looks over how the book is to be made.
func (b Brief) checkManner() error {
	presets := []string{PresetDraft, PresetStandard, PresetBest}
	switch {
	case b.Preset != "" && !slices.Contains(presets, b.Preset):
		return problem.New(problem.Invalid, "there is no preset %q", b.Preset).Try("say %s, %s or %s", presets[0], presets[1], presets[2])
	case b.Depth < 0 || b.Depth > 3:
		return problem.New(problem.Invalid, "the depth %d is not known", b.Depth).Try("say 1 for basics, 2 for professionals or 3 for experts")
	case b.Figures != "" && b.Figures != "none" && b.Figures != "some":
		return problem.New(problem.Invalid, "figures can be %q or %q, not %q", "some", "none", b.Figures).Try("leave it out for some")
	case len(b.Banned) > MaxBanned:
		return problem.New(problem.Invalid, "%d phrases are banned; at most %d are read", len(b.Banned), MaxBanned).Try("keep the worst of them")
	}
	for _, g := range b.Approve {
		if !slices.Contains(Gates(), g) {
			return problem.New(problem.Invalid, "a book cannot wait for approval after %q", g).Try("say one of: %s", strings.Join(Gates(), ", "))
		}
	}
	for _, p := range b.Banned {
		if strings.TrimSpace(p) == "" || !oneLine(p) || utf8.RuneCountInString(p) > MaxTitle {
			return problem.New(problem.Invalid, "a banned phrase is empty, too long or holds control characters").Try("write each in at most %d characters", MaxTitle)
		}
	}
	return nil
}

// GivenChapters is the number of chapters of the given outline, 0 without one.
func (b Brief) GivenChapters() int {
	n := 0
	for _, h := range b.Outline {
		if h.Level == 1 {
			n++
		}
	}
	return n
}

// Settle returns the brief with every open field decided: kind by rule, then
// language, chapters, words, seed. The brief must have passed Check.
func (b Brief) Settle() Brief {
	b.Topic, b.Title = strings.Join(strings.Fields(b.Topic), " "), strings.TrimSpace(b.Title)
	if b.Kind == "" {
		b.Kind, b.Inferred = InferKind(b)
	}
	if b.Language == "" {
		b.Language = "en"
	}
	if b.Preset == "" {
		b.Preset = PresetStandard
	}
	if b.Seed == 0 {
		b.Seed = b.hash()
	}
	if given := b.GivenChapters(); given > 0 {
		b.Chapters = given
		b.Words = b.settleGivenWords()
		return b
	}
	b.Chapters, b.Words = settleSize(b.Kind, b.Depth, b.Chapters, b.Words)
	return b
}

// settleSize chooses chapters and words for a book without an outline.
func settleSize(kind Kind, depth, chapters, words int) (int, int) {
	each, usual := 2000, 8
	if kind == Nonfiction {
		each = [...]int{1000, 1500, 2500, 4000}[depth] // the sizes of Vibe PDF's depths
	}
	switch {
	case chapters == 0 && words == 0:
		return usual, usual * each
	case words == 0:
		return chapters, chapters * each
	case chapters == 0:
		chapters = min(max((words+each/2)/each, 1), 40)
	}
	return chapters, words
}

// settleGivenWords is the words of the whole, or the sum of the headings'.
func (b Brief) settleGivenWords() int {
	if b.Words > 0 {
		return b.Words
	}
	sum := 0
	for _, n := range UsualWords(b.Outline) {
		sum += n
	}
	return min(sum, MaxWords)
}

// UsualWords is how many words each heading of a given outline gets: those it
// asks for, else 1000 for a chapter without sections, 250 for the opening of one
// with sections, and 350 for a section.
func UsualWords(outline []Heading) []int {
	words := make([]int, len(outline))
	for i, h := range outline {
		leaf := i+1 == len(outline) || outline[i+1].Level <= h.Level
		switch {
		case h.Words > 0:
			words[i] = h.Words
		case h.Level == 1 && leaf:
			words[i] = 1000
		case h.Level == 1:
			words[i] = 250
		default:
			words[i] = 350
		}
	}
	return words
}

// hash is the default seed: 48 bits that follow from all the maker said.
func (b Brief) hash() uint64 {
	b.Inferred, b.Theme, b.Trim, b.Date = "", "", "", ""
	b.Preset, b.Approve, b.Depth, b.Sources = "", nil, 0, nil
	text, err := json.Marshal(b)
	if err != nil {
		panic(err) // a brief holds nothing that JSON cannot
	}
	n, err := strconv.ParseUint(Derive(12, "brief", string(text)), 16, 64)
	if err != nil {
		panic(err) // twelve hexadecimal digits are a number
	}
	return max(n, 1)
}

// oneLine reports whether a text is sound and has no control characters.
func oneLine(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

// lines is a text without what ends its lines and sets its columns.
func lines(s string) string { return strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(s) }

func readable(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
