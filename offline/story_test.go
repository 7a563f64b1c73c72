package offline

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"quire/book"
)

// knownTags are the tags that the planner reads, with the values that they may
// have; nil is any.
var knownTags = map[string][]string{
	"c": nil, "kind": nil, "plot": {"open"}, "self": nil, "asks": nil, "kid": nil, "not": nil, "topic": {"thing", "rumour", "place"}, "g": settings, "season": seasons, "t": hours,
	"w": {"rain", "fog", "wind", "clear", "cold", "snow", "heat", "dust"}, "mood": {"dry", "tender", "eerie"},
	"o": {"h", "a", "r", "e", "k", "s", "p"}, "who": {"a", "r", "e", "k", "s", "p", "n"},
	"at": {"home", "inn", "hall", "wild", "rival", "elder", "ally"}, "in": {"home", "inn", "hall", "wild", "rival", "elder", "ally"},
}

// reachable lists the kinds of pieces that the planner asks for.
func reachable() []string {
	kinds := []string{"later", "errand", "bridge", "point", "topic", "visit", "aside", "aside.in", "motif.animal", "motif.tune", "motif.object"}
	for _, r := range recipe {
		kinds = append(kinds, r.kinds...)
	}
	names := slices.Clone(plots)
	for _, side := range sideStories {
		names = append(names, "thread."+side)
	}
	for _, p := range names {
		for i := range stories().kinds {
			if strings.HasPrefix(i, p+".") {
				kinds = append(kinds, i)
			}
		}
	}
	for _, v := range voices {
		kinds = append(kinds, "voice.greet."+v, "voice.doubt."+v, "voice.bye."+v)
	}
	return kinds
}

func TestStockIsSound(t *testing.T) {
	s := stories()
	kinds := reachable()
	for _, p := range s.pieces {
		if !slices.Contains(kinds, p.kind) {
			t.Errorf("nothing asks for pieces of the kind %q", p.kind)
		}
		for tag, values := range p.tags {
			allowed, known := knownTags[tag]
			if !known {
				t.Errorf("%s has the unknown tag %q", p.kind, tag)
			}
			for _, v := range values {
				if len(allowed) > 0 && !slices.Contains(allowed, v) {
					t.Errorf("%s has the tag %s=%s, which never holds", p.kind, tag, v)
				}
			}
		}
		p.text.slots(func(slot string) { checkSlot(t, s, p.kind, slot) })
		for _, n := range p.notes {
			n.slots(func(slot string) { checkSlot(t, s, p.kind, slot) })
		}
	}
	for _, k := range kinds {
		if len(s.kinds[k]) == 0 {
			t.Errorf("there are no pieces of the kind %q", k)
		}
	}
}

// checkSlot reports a slot that nothing fills.
func checkSlot(t *testing.T, s *stock, kind, slot string) {
	t.Helper()
	bank := strings.TrimRight(slot, "0123456789")
	_, work := trade{}.fact(slot)
	known := isPersonSlot(slot) || work || strings.HasPrefix(slot, "@") || len(s.banks[bank]) > 0 || len(s.banks[bank+".coast"]) > 0 ||
		slices.Contains([]string{"he", "him", "his", "hers", "himself", "He", "His", "here", "town", "m", "motif", "topic", "point", "label", "recap", "season", "kindword", "parentword"}, slot)
	if !known {
		t.Errorf("%s has the slot %q, which nothing fills", kind, slot)
	}
}

func TestPlotsAreWhole(t *testing.T) {
	s := stories()
	for _, name := range plots {
		first := s.kinds[name+".0"][0]
		for _, note := range []string{"question", "ending", "logline", "title"} {
			if first.notes[note] == nil {
				t.Errorf("plot %s has no %s", name, note)
			}
		}
		p := &planner{world: &world{stock: s}, order: make([]uint64, len(s.pieces))}
		steps := p.steps(name)
		if len(steps) < 10 || len(s.banks["thing."+name]) == 0 || len(s.banks["theme."+name]) == 0 {
			t.Errorf("plot %s has %d steps, %d things", name, len(steps), len(s.banks["thing."+name]))
		}
		for i, step := range steps {
			for _, note := range []string{"goal", "turn", "label", "recap", "fact"} {
				if step.notes[note] == nil {
					t.Errorf("step %d of plot %s has no %s", i, name, note)
				}
			}
		}
	}
}

// TestPiecesAreUsedOnce plans the demo: no stretch of stock prose comes twice,
// so that fixed runs of words are single-use.
func TestPiecesAreUsedOnce(t *testing.T) {
	in := &input{brief: book.Brief{Topic: demo, Kind: book.Fiction}.Settle()}
	in.concept = story{}.concept(in)
	in.chapter.Words, in.position.Of = 2000, 8
	again := 0
	for _, chapter := range planBook(worldOf(in), sizesOf(in)) {
		for _, s := range chapter {
			for _, u := range s.parts {
				if u.turn > 0 {
					again++
					t.Logf("a piece of the kind %s comes again", u.piece.kind)
				}
			}
		}
	}
	if again > 3 {
		t.Errorf("%d pieces come again", again)
	}
}

func TestStoryTopics(t *testing.T) {
	for topic, want := range map[string]subject{
		"The lamplighter of Skerry Point":   {trade: "lamplighter", place: "Skerry Point"},
		"A detective in the city of Carrow": {trade: "detective", place: "Carrow"},
		"The fox and the clockmaker":        {trade: "clockmaker", thing: "the fox"},
		"The clockmaker's daughter":         {trade: "clockmaker", thing: "the daughter"},
		"Salt":                              {thing: "the salt"},
		"My grandmother's bakery":           {thing: "the grandmother’s bakery"},
		"Clara Winter":                      {who: "Clara Winter"},
		"Widow Creek":                       {place: "Widow Creek"},
		"When the rain would not stop":      {rumour: "When the rain would not stop"},
		"🦊 fox":                             {rumour: "🦊 fox"},
	} {
		got := subjectOf(book.Brief{Topic: topic})
		got.words, got.names = "", nil
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q is read as %+v, want %+v", topic, got, want)
		}
	}
}

func TestGenreChoosesTheWorld(t *testing.T) {
	for genre, setting := range map[string]string{"SCIENCE_FICTION": "colony", "fantasy": "realm", "Western": "prairie"} {
		in := &input{brief: book.Brief{Topic: "Ada and the others", Genre: genre, Kind: book.Fiction}.Settle()}
		in.concept = story{}.concept(in)
		if w := worldOf(in); w.setting != setting {
			t.Errorf("%s is set in %q, want %q", genre, w.setting, setting)
		}
	}
	for _, name := range []string{"CHILDREN'S", "sci-fi", "YA", "Humour"} {
		if g := genreOf(book.Brief{Genre: name}); len(g.plots) == 0 {
			t.Errorf("the genre %q is not known", name)
		}
	}
}

// TestForeignConceptIsUsed lets the author write on with a concept that another
// model made.
func TestForeignConceptIsUsed(t *testing.T) {
	in := &input{brief: book.Brief{Topic: demo, Kind: book.Fiction}.Settle()}
	in.concept = book.Concept{Title: "X", Logline: "Y", Cast: []book.Character{{ID: "mo", Name: "Mo", Role: "hero", Pronoun: "they"}, {ID: "jo", Name: "Jo", Role: "friend", Pronoun: "she"}},
		Places: []book.Place{{ID: "pier", Name: "the old pier"}}}
	in.chapter.Words, in.position = 700, position{Ordinal: 1, Of: 2}
	in.task.Words = 700
	text := story{}.draft(in)
	if !strings.Contains(text, "Mo") || strings.Contains(text, "they was") || strings.Contains(text, "They was") {
		t.Errorf("the text is %q", text)
	}
}

func TestTemplates(t *testing.T) {
	for text, wrong := range map[string]bool{"a [b|c] {d}": false, "a [b": true, "a {b": true, "a ] b": true, "a | b": true, "{}": true, `"I--" he said. "[No|Yes]."`: false} {
		if _, err := parseTemplate(text); (err != nil) != wrong {
			t.Errorf("%q gives %v", text, err)
		}
	}
	if got := typographic(`"I--" [x|"No."] don't`); got != "“I—” [x|“No.”] don’t" {
		t.Errorf("typographic gives %s", got)
	}
	got := polish("he saw a owl, an hour and an unit.  it was a “apple”. they was late")
	if want := "He saw an owl, an hour and a unit. It was an “apple”. They were late"; got != want {
		t.Errorf("polish gives %q, want %q", got, want)
	}
	if a := article("oak") + article("elm tree") + article("user"); a != "an oakan elm treea user" {
		t.Errorf("articles are %s", a)
	}
}

func TestBrokenStockIsRefused(t *testing.T) {
	for name, files := range map[string]fstest.MapFS{
		"bank":  {"words/bank_x.txt": {Data: []byte("no colon here")}},
		"tag":   {"words/scene_x.txt": {Data: []byte("== open loose\ntext")}},
		"text":  {"words/scene_x.txt": {Data: []byte("== open\n{slot")}},
		"note":  {"words/scene_x.txt": {Data: []byte("== open\n@goal: {slot\ntext")}},
		"empty": {"words/scene_x.txt": {Data: []byte("== \ntext")}},
	} {
		if _, err := readStock(files); err == nil {
			t.Errorf("%s: the stock is taken", name)
		}
	}
}

func TestLongTextIsTrimmed(t *testing.T) {
	text := trim([]string{"One two three four five.", "Six seven eight.", "Nine ten. Eleven twelve thirteen fourteen fifteen sixteen."}, 9)
	if n := book.Words(text); n > 10 {
		t.Errorf("%d words are left: %s", n, text)
	}
}
