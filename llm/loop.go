package llm

import (
	"context"
	"errors"
	"strings"
	"unicode"
)

// Unloop ends an answer that goes round in circles: prose in which a run of
// twelve words comes three times. What it said up to then is the answer, cut off
// at its length, so that the journal keeps what was paid for. It is safe for
// concurrent use if its model is.
type Unloop struct {
	Model Model
}

// The run of words that makes a loop, how often it comes, and after how many new
// bytes it is looked for again.
const (
	loopWords     = 12
	loopTimes     = 3
	loopEvery     = 2048
	loopDifferent = 6
)

// errLoops ends a stream; nobody outside sees it.
var errLoops = errors.New("the answer goes round in circles")

// Caps are those of the model.
func (u Unloop) Caps() Caps { return u.Model.Caps() }

// Stream asks the model, and stops listening once it repeats itself.
func (u Unloop) Stream(ctx context.Context, r Request, on func(Chunk) error) (Result, error) {
	if r.Schema != nil {
		return u.Model.Stream(ctx, r, on)
	}
	var heard strings.Builder
	looked := 0
	res, err := u.Model.Stream(ctx, r, func(c Chunk) error {
		if c.Again {
			heard.Reset()
			looked = 0
		}
		heard.WriteString(c.Text)
		if heard.Len()-looked >= loopEvery {
			if looked = heard.Len(); Loops(heard.String()) {
				return errLoops
			}
		}
		if on == nil {
			return nil
		}
		return on(c)
	})
	if !errors.Is(err, errLoops) {
		return res, err
	}
	res.Text, res.Finish = heard.String(), Length
	return res, nil
}

// Loops reports whether a text goes round in circles.
func Loops(text string) bool { return BeforeLoop(text) != text }

// BeforeLoop cuts a text where it begins to go round: where a run of twelve words
// that comes three times comes for the second time. Rules of tables and other signs are
// no words, and a run of few different words is a chorus, a count or a form.
func BeforeLoop(text string) string {
	type place struct{ second, times int }
	starts := wordStarts(text)
	runs := map[string]place{}
	for i := 0; i+loopWords <= len(starts); i++ {
		end := len(text)
		if i+loopWords < len(starts) {
			end = starts[i+loopWords]
		}
		words := strings.Fields(text[starts[i]:end])
		run := strings.Join(words, " ")
		p, seen := runs[run]
		if !seen {
			if different(words) < loopDifferent {
				continue
			}
		}
		switch p.times++; p.times {
		case 2:
			p.second = starts[i]
		case loopTimes:
			return strings.TrimSpace(text[:p.second])
		}
		runs[run] = p
	}
	return text
}

// wordStarts are the places where words with a letter or digit begin.
func wordStarts(text string) []int {
	var starts []int
	in, counted, from := false, false, 0
	for i, r := range text {
		switch {
		case unicode.IsSpace(r):
			in, counted = false, false
			continue
		case !in:
			in, from = true, i
		}
		if !counted && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			starts, counted = append(starts, from), true
		}
	}
	return starts
}

func different(words []string) int {
	seen := map[string]bool{}
	for _, w := range words {
		if strings.ContainsFunc(w, unicode.IsLetter) {
			seen[w] = true
		}
	}
	return len(seen)
}
