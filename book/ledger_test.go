package book_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
)

// known is a concept and bible with names.
var known = book.NamesOf(book.Concept{
	Cast:   []book.Character{{ID: "ann", Name: "Ann", Full: "Ann Meyer"}, {ID: "bo", Name: "Bo", Full: "Old Meyer"}},
	Places: []book.Place{{ID: "quay", Name: "the old quay"}},
	Things: []book.Thing{{ID: "key", Name: "a brass key"}},
}, book.Bible{Characters: []book.Profile{{ID: "ann", Aliases: []string{"the widow", "Meyer"}}, {ID: "bo", Aliases: []string{"Meyer", ""}}}})

func TestSubjectsAreKnownByAnyOfTheirNames(t *testing.T) {
	for name, want := range map[string]string{
		"ann": "ann", "Ann  Meyer": "ann", "The Widow": "ann", "old quay": "quay", "The brass key": "key",
		"Meyer": "Meyer", "salt  trade": "salt trade", "": "",
	} {
		if got := known.ID(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

func TestADeltaIsSettledBeforeItCounts(t *testing.T) {
	const text = "Ann said, “I am *thirty-four*—no more.”\n\nShe took the key …  and went."
	for name, tt := range map[string]struct{ is, want book.Fact }{
		"a quote in other marks": {book.Fact{Subject: "Ann Meyer", Attr: "Years_Old", Value: " 34 ", Quote: `"i am thirty-four - no more"`},
			book.Fact{Subject: "ann", Attr: "age", Value: "34"}},
		"a quote with other dashes": {book.Fact{Subject: "the widow", Attr: "age", Value: "34", Quote: `"I am thirty-four–no  more."`},
			book.Fact{Subject: "ann", Attr: "age", Value: "34", Quote: "I am *thirty-four*—no more"}},
		"a quote over a break": {book.Fact{Subject: "key", Attr: "owns", Value: "x", Quote: "no more.\" She took the key ... and"},
			book.Fact{Subject: "key", Attr: "has", Value: "x", Quote: "no more.”\n\nShe took the key …  and"}},
		"a quote of nothing":     {book.Fact{Subject: "salt", Attr: "is", Value: "white", Quote: "never said"}, book.Fact{Subject: "salt", Attr: "is", Value: "white"}},
		"somebody who is dead":   {book.Fact{Subject: "bo", Attr: "is", Value: "dead"}, book.Fact{Subject: "bo", Attr: "gone", Value: "dead"}},
		"a chapter of its own":   {book.Fact{Subject: "bo", Attr: "At", Value: "x", Chapter: "ch_9", From: 9}, book.Fact{Subject: "bo", Attr: "at", Value: "x"}},
		"a quote of marks alone": {book.Fact{Subject: "bo", Attr: "at", Value: "x", Quote: "“…”"}, book.Fact{Subject: "bo", Attr: "at", Value: "x"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := book.Delta{Summary: "s", Facts: []book.Fact{tt.is, tt.is}, Handoff: book.Handoff{Who: []string{"The widow"}}}.Settle(text, known)
			want := book.Delta{Summary: "s", Facts: []book.Fact{tt.want}, Handoff: book.Handoff{Who: []string{"ann"}}}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("delta (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAChapterBringsNoMoreFactsThanTheLimit(t *testing.T) {
	var d book.Delta
	for i := range book.MostFacts + 5 {
		d.Facts = append(d.Facts, book.Fact{Subject: "a", Attr: "is", Value: fmt.Sprint(i)})
	}
	if got := d.Settle("", known).Facts; len(got) != book.MostFacts || got[0].Value != "0" {
		t.Errorf("%d facts are kept", len(got))
	}
}

func TestThingsChangeHandsInTheLedger(t *testing.T) {
	var l book.Ledger
	fact := func(subject, attr, value string) book.Fact {
		return book.Fact{Subject: subject, Attr: attr, Value: value}
	}
	l.Add("ch_1", 1, book.Delta{Facts: []book.Fact{fact("ann", "has", "the key"), fact("ann", "has", "a coat"), fact("ann", "learns", "x")}})
	l.Add("ch_2", 2, book.Delta{Facts: []book.Fact{fact("bo", "has", "The Key"), fact("ann", "lost", "a coat"), fact("ann", "has", "a hat"), fact("ann", "has", "a hat")}})
	var got []string
	for _, f := range l.Facts {
		got = append(got, fmt.Sprint(f.Subject, " ", f.Attr, " ", f.Value, " ", f.From))
	}
	want := []string{"ann knows x 1", "bo has The Key 2", "ann lost a coat 2", "ann has a hat 2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
}

func TestARulingSaysWhatItHasToSay(t *testing.T) {
	sound := book.Ruling{ID: "al_1", Contradiction: true, Right: book.RightEarlier, Severity: book.Minor, Why: "So."}
	with := func(change func(*book.Ruling)) []book.Ruling {
		r := sound
		change(&r)
		return []book.Ruling{r}
	}
	for name, tt := range map[string]struct {
		rulings []book.Ruling
		ok      bool
	}{
		"sound":              {[]book.Ruling{sound}, true},
		"dismissed":          {[]book.Ruling{{ID: "al_1", Why: "No."}}, true},
		"none":               {nil, false},
		"twice":              {[]book.Ruling{sound, sound}, false},
		"of another":         {with(func(r *book.Ruling) { r.ID = "al_2" }), false},
		"without a reason":   {with(func(r *book.Ruling) { r.Why = " " }), false},
		"without a side":     {with(func(r *book.Ruling) { r.Right = "both" }), false},
		"without a severity": {with(func(r *book.Ruling) { r.Severity = "grave" }), false},
	} {
		if err := (book.Rulings{Rulings: tt.rulings}).Check([]string{"al_1"}); (err == nil) != tt.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}
