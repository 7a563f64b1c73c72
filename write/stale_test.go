package write_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/llm"
	"quire/problem"
	"quire/write"
)

func TestAFreshBookHasNothingStaleAndEachEditMakesTheRightThingsStale(t *testing.T) {
	brief := quick
	brief.Preset = book.PresetStandard
	needs := func(r llm.Request, s llm.Sheet) (string, bool, error) {
		var at struct{ Ordinal int }
		read(s, "position", &at)
		switch {
		case r.Role == llm.Beats && at.Ordinal == 1:
			return `{"sections":[{"words":10,"goal":"a","facts":[{"subject":"key","attr":"at","value":"the well"}]}]}`, true, nil
		case r.Role == llm.Beats && at.Ordinal == 3:
			return `{"sections":[{"words":10,"goal":"a","needs":[{"subject":"key","attr":"at"}]}]}`, true, nil
		case r.Role == llm.Observe && at.Ordinal == 1:
			place := "the well"
			var text string
			if read(s, "text", &text); strings.Contains(text, "attic") {
				place = "the attic"
			}
			return must(book.Delta{Summary: "s", Facts: []book.Fact{{Subject: "key", Attr: "at", Value: place}}}), true, nil
		}
		return "", false, nil
	}
	swap := func(a, b string) func(string) string {
		return func(s string) string { return strings.Replace(s, a, b, 1) }
	}
	all := []string{"beats1:", "chapter1:", "beats2:", "chapter2:", "beats3:", "chapter3:", "matter:"}
	because := func(why string, list ...string) (out []string) {
		for _, x := range list {
			out = append(out, x+why)
		}
		return out
	}
	type step struct {
		name string
		what string // is changed
		with func(string) string
		want []string // is stale then; a refresh makes it anew
		next []string // is stale after that
	}
	for name, steps := range map[string][]step{
		"brief and beats": {
			{name: "nothing"},
			{"the author's name", "brief", swap(`"seed"`, `"author": "Mo", "seed"`), nil, nil},
			{"the tone", "brief", swap(`"seed"`, `"tone": "dry", "seed"`), because("brief", append([]string{"concept:", "bible:", "outline:"}, all...)...), nil},
			{"the beats", "beats 2", swap(`"goal": "a"`, `"goal": "c"`), []string{"chapter2:beats"}, nil},
			{"a chapter's summary", "outline", swap("Something happens.", "Nothing happens."), []string{"beats1:outline", "chapter1:outline", "matter:outline"}, nil},
		},
		"concept": {
			{"the book's title", "concept", swap(`"Salt"`, `"Pepper"`), nil, nil},
			{"the concept", "concept", swap("She leaves.", "She stays."), because("concept", append([]string{"bible:", "outline:"}, all...)...), nil},
		},
		"bible and text": {
			{"the bible", "bible", swap(`"style": {`, `"banned": ["very"], "style": {`), because("bible", append([]string{"outline:"}, all...)...), nil},
			{"a title", "outline", swap(`"title": "Chapter`, `"title": "My chapter`), nil, nil},
			{"a text", "chapter 1", func(string) string { return "The key lay in the attic." }, []string{"delta1:text"}, []string{"chapter3:facts"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			h, id := whole(t, &scripted{script: needs}, brief)
			settle := func() {
				if h.book(id).State.Moving() {
					h.again(id)
				}
			}
			for _, x := range steps {
				if x.what != "" {
					h.must(h.edit(id, x.what, x.with))
				}
				settle()
				for _, want := range [][]string{x.want, x.next} {
					if diff := cmp.Diff(want, h.staleNames(id)); diff != "" {
						t.Fatalf("%s (-want +got):\n%s", x.name, diff)
					}
					_, err := h.writer.Refresh(t.Context(), id)
					if want == nil {
						wantKind(t, err, problem.Conflict)
						break
					}
					h.must(err)
					settle()
				}
			}
			if left := h.staleNames(id); left != nil {
				t.Errorf("at the end there is still %v", left)
			}
		})
	}
}

func TestARefreshLeavesLockedChaptersAndAPersonsWords(t *testing.T) {
	brief := quick
	brief.Preset = book.PresetStandard
	h, id := whole(t, &scripted{}, brief)
	h.must(h.edit(id, "chapter 2", func(string) string { return "My own words." }))
	h.again(id)
	h.must(h.writer.Lock(t.Context(), id, 3))
	locked := h.text(id, 3)
	h.must(h.edit(id, "bible", func(s string) string { return strings.Replace(s, `"style"`, `"banned": ["very"], "style"`, 1) }))
	want := []string{"outline:bible", "beats1:bible", "chapter1:bible", "beats2*:bible", "chapter2*:bible", "delta2:text", "beats3*:bible", "chapter3*:bible", "matter:bible"}
	if diff := cmp.Diff(want, h.staleNames(id)); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	_, err := h.writer.Refresh(t.Context(), id)
	h.must(err)
	h.again(id)
	if got := h.manuscript(id).Chapters[1].Markdown; got != "My own words." {
		t.Errorf("chapter 2 is %q", got)
	}
	if diff := cmp.Diff(locked, h.text(id, 3)); diff != "" {
		t.Errorf("the locked chapter changed: %s", diff)
	}
	if got := h.rows(id); got[0].Draft != 2 || got[1].Draft != 1 || got[2].Draft != 1 {
		t.Errorf("the rows are %+v", got)
	}
}

// price is what a model costs that is not free.
var priced = llm.Caps{Price: llm.Price{Known: true, Rates: llm.Rates{Input: book.Dollar, CachedRead: book.Dollar, CachedWrite: book.Dollar, CachedHour: book.Dollar, Output: 4 * book.Dollar}}}

func TestWhatIsStaleHasItsPrice(t *testing.T) {
	for name, tt := range map[string]struct {
		caps llm.Caps
		free bool
	}{"a model that is paid": {priced, false}, "the built-in author": {llm.Caps{Price: llm.Price{Known: true}}, true}} {
		t.Run(name, func(t *testing.T) {
			h, id := whole(t, &scripted{caps: tt.caps}, quick)
			h.must(h.edit(id, "beats 1", func(s string) string { return strings.Replace(s, `"goal": "a"`, `"goal": "c"`, 1) }))
			list, err := h.writer.Stale(t.Context(), id)
			h.must(err)
			sum := write.Sum(list)
			if sum.Calls != 3 || sum.Free() != tt.free || sum.Low.USD > sum.High.USD || tt.free == (sum.Low.USD > 0) {
				t.Errorf("the effort is %+v of %+v", sum, list)
			}
			asked := h.model.total()
			_, err = h.writer.Refresh(t.Context(), id)
			h.must(err)
			h.again(id)
			if n := h.model.total() - asked; n != sum.Calls {
				t.Errorf("%d calls were made, %d foretold", n, sum.Calls)
			}
		})
	}
}
