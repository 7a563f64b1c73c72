package layout

import (
	"strings"
	"testing"

	"quire/press"
)

// opened sets a chapter that begins with the text, and returns the initial's
// line (nil if there is none) and the body lines of its first page.
func opened(t *testing.T, paragraphs ...string) (*press.Line, []*press.Line) {
	t.Helper()
	var blocks []press.Block
	for _, p := range paragraphs {
		blocks = append(blocks, para(p))
	}
	pages := typeset(t, built(blocks...), press.Options{})
	var big *press.Line
	var body []*press.Line
	for _, l := range lines(&pages.List[6]) {
		switch {
		case l.Kind == press.FrontLine && l.Em > 20*press.Point:
			big = l
		case l.Kind == press.BodyLine:
			body = append(body, l)
		}
	}
	return big, body
}

func TestTextFollowsTheShapeOfTheInitial(t *testing.T) {
	left := func(letter string) (first, second, fourth press.Pt) {
		big, body := opened(t, letter+"nd then. "+prose(6))
		if big == nil || words(big) != letter {
			t.Fatalf("no initial %s", letter)
		}
		at := body[3].Runs[0].X
		return body[0].Runs[0].X - at, body[1].Runs[0].X - at, body[3].Runs[0].X
	}
	for letter, leans := range map[string]bool{"A": true, "L": true, "H": false, "T": false} {
		first, second, _ := left(letter)
		if (first < second-4*press.Point) != leans {
			t.Errorf("%s: the first line stands in by %s, the second by %s", letter, first, second)
		}
	}
	if v, w := first(left("V")), first(left("I")); v <= w {
		t.Errorf("V takes %s, I %s", v, w)
	}
}

// first returns the first of three.
func first(a, _, _ press.Pt) press.Pt { return a }

func TestATailBelowTheInitialMovesOneMoreLine(t *testing.T) {
	for letter, want := range map[string]int{"Q": 4, "B": 3} {
		_, body := opened(t, letter+"uite so. "+prose(6))
		edge := body[len(body)-1].X
		n := 0
		for n < len(body) && body[n].X > edge {
			n++
		}
		if n != want {
			t.Errorf("%s: %d lines stand beside it", letter, n)
		}
	}
}

func TestShortFirstParagraphsStandBesideTheInitialTogether(t *testing.T) {
	big, body := opened(t, "Hello.", prose(6))
	if big == nil || len(body) < 4 || body[1].X != body[0].X || body[2].X != body[1].X || body[3].X >= body[2].X {
		t.Fatalf("initial %v, %d lines", big, len(body))
	}
	if big, _ := opened(t, "Hello.", "World."); big != nil {
		t.Error("an initial beside two lines")
	}
}

func TestSomeTextsBeginWithoutInitial(t *testing.T) {
	for name, text := range map[string]string{"number": "1914 was a year. ", "dash": "— Come, he said. ", "sign": "(In brackets) it began. ", "three quotes": "“‘“Nested. "} {
		if big, _ := opened(t, text+prose(8)); big != nil {
			t.Errorf("%s: initial %q", name, words(big))
		}
	}
}

func TestQuotesHangBeforeTheInitialAndAreRead(t *testing.T) {
	doc := built(para("“Are you coming?” she said. " + prose(6)))
	pages := typeset(t, doc, press.Options{})
	page := &pages.List[6]
	mark, letter := find(t, pages, "“"), find(t, pages, "A")
	_ = letter
	if words(mark) != "“" || mark.Runs[0].X >= page.Ops[len(page.Ops)-2].(*press.Line).X+40*press.Point {
		t.Errorf("the mark is %q at %s", words(mark), mark.Runs[0].X)
	}
	for _, l := range lines(page) {
		if l.Kind == press.BodyLine {
			if got := l.Runs[0].Actual; !strings.HasPrefix(got, "“Are you") {
				t.Errorf("the first run says %q", got)
			}
			return
		}
	}
}

func TestAccentsStayOnTheInitial(t *testing.T) {
	for text, want := range map[string]string{"Élan was. ": "É", "E\u0301lan was. ": "E\u0301", "élan was. ": "É"} {
		big, _ := opened(t, text+prose(6))
		if big == nil || words(big) != want {
			t.Errorf("%q: %v", text, big)
		}
	}
}

func TestALetterThatIsAWordKeepsItsSpace(t *testing.T) {
	_, word := opened(t, "A man came. "+prose(6))
	_, part := opened(t, "Aman came. "+prose(6))
	if d := word[0].Runs[0].X - part[0].Runs[0].X; d < 2*press.Point || d > 4*press.Point {
		t.Errorf("it stands %s further in", d)
	}
}
