package offline

import (
	"fmt"
	"strings"

	"quire/book"
	"quire/llm"
)

// bible says what everybody in the book keeps to, as far as the concept does not.
func bible(in *input) book.Bible {
	b := book.Bible{Style: book.Style{Spelling: "British", Register: "plain and warm"}}
	if in.brief.Kind == book.Nonfiction {
		subject := guideTopic(in.brief)
		b.Style.Person, b.Style.Tense = "you", "present"
		b.Reader = fmt.Sprintf("Somebody who wants to find their own way into %s and has a notebook at hand.", subject.noun)
		b.Perspectives = []string{"a beginner", "somebody who has done it for years", "somebody who has to pay for it"}
		for _, t := range in.concept.Themes {
			b.Questions = append(b.Questions, fmt.Sprintf("What does %s have to do with %s?", t, subject.noun))
		}
		return b
	}
	b.Style.Person, b.Style.Tense = "close third person", "past"
	for i, c := range in.concept.Cast {
		p := book.Profile{ID: c.ID, Need: "to say aloud what " + c.Pronoun + " " + verb(c.Pronoun, "want") + ": " + c.Want,
			Wound: "an old fear: " + c.Fear, Arc: "from keeping it to oneself to letting somebody know"}
		if c.Full != "" && c.Full != c.Name {
			p.Aliases = []string{c.Full}
		}
		if c.Voice != "" {
			p.Voice = []string{c.Voice}
		}
		if i == 0 {
			p.Arc = "from one who does the work to one who asks what it is for"
		}
		b.Characters = append(b.Characters, p)
	}
	for _, t := range in.concept.Things {
		b.Threads = append(b.Threads, book.Thread{ID: t.ID, What: t.Name + ": " + t.Detail, Plant: 1, Payoff: max(in.brief.Chapters, 1)})
	}
	b.Timeline = []book.Moment{{When: "before the first chapter", What: in.concept.Logline}}
	return b
}

func verb(pronoun, v string) string {
	if pronoun == "they" {
		return v
	}
	return v + "s"
}

// text answers what is written: a section, the rest of one, or a shorter one.
func text(c craft, in *input) string {
	switch {
	case strings.HasPrefix(in.task.Artefact, "warm/"):
		return "Ready."
	case strings.Contains(in.task.Artefact, "/more/"):
		return rest(c, in)
	default:
		return c.draft(in)
	}
}

// rest goes on with a section that stopped early: it is what the author would
// have written behind the words that are there.
func rest(c craft, in *input) string {
	have := strings.Fields(in.begun)
	mark := strings.Join(have[max(len(have)-8, 0):], " ")
	words := in.task.Words
	whole := words
	if in.section >= 0 && in.section < len(in.sheet.Sections) {
		whole = in.sheet.Sections[in.section].Words
	}
	for _, size := range []int{whole, whole * 5 / 4, whole * 3 / 2, whole * 2, whole * 3 / 4} {
		long := *in
		long.task.Words = size
		long.task.Artefact, _, _ = strings.Cut(in.task.Artefact, "/more/")
		all := c.draft(&long)
		if at, ok := behind(all, mark); ok && strings.TrimSpace(all[at:]) != "" {
			return upTo(strings.TrimSpace(all[at:]), words)
		}
	}
	long := *in
	long.task.Revision += in.task.Attempt + len(have)
	return upTo(c.draft(&long), words)
}

// behind finds where a run of words ends in a text, however they are spaced.
func behind(text, run string) (int, bool) {
	if run == "" {
		return 0, false
	}
	words := strings.Fields(run)
	for at := 0; ; {
		i := strings.Index(text[at:], words[0])
		if i < 0 {
			return 0, false
		}
		end, rest := at+i, words
		for len(rest) > 0 && strings.HasPrefix(text[end:], rest[0]) {
			end += len(rest[0])
			rest = rest[1:]
			for end < len(text) && strings.ContainsRune(" \n", rune(text[end])) && len(rest) > 0 {
				end++
			}
		}
		if len(rest) == 0 {
			return end, true
		}
		at += i + len(words[0])
	}
}

// upTo is the text up to the paragraph in which it reaches so many words.
func upTo(text string, words int) string {
	var kept []string
	n := 0
	for _, p := range strings.Split(text, "\n\n") {
		if n > 0 && n >= words {
			break
		}
		kept = append(kept, p)
		n += book.Words(p)
	}
	return strings.Join(kept, "\n\n")
}

// revised answers what mends a text. The author's own text needs no seams, for its
// plan is made at once; what a person found is taken out of it.
func revised(c craft, in *input) (any, string) {
	name := in.task.Artefact
	switch {
	case strings.HasPrefix(name, "span/"):
		return nil, passage(c, in)
	case strings.HasSuffix(name, "/tight"):
		return nil, c.draft(in)
	case strings.HasPrefix(name, "rewrite/"):
		return nil, in.text // the author would write it as it is
	case strings.HasPrefix(name, "mend/"):
		return mend(in), ""
	default:
		return book.Patches{}, ""
	}
}

// passage writes a passage of a chapter again: from the scene that it stands in,
// in other words for each draft, and about as many.
func passage(c craft, in *input) string {
	words := max(in.task.Words, 20)
	scene := *in
	total, before := 0, book.Words(in.before)
	for i, s := range in.sheet.Sections {
		if scene.section = i; total+s.Words > before {
			break
		}
		total += s.Words
	}
	scene.task.Words = 3 * words
	list := strings.Split(c.draft(&scene), "\n\n")
	for i := range list {
		from := (i + in.task.Revision + in.task.Attempt) % len(list)
		if text := upTo(strings.Join(list[from:], "\n\n"), words); 2*book.Words(text) >= words && !strings.Contains(text, strings.TrimSpace(in.text)) {
			return text
		}
	}
	return in.text
}

// mend takes out the sentences that were found fault with.
func mend(in *input) book.Patches {
	var p book.Patches
	for _, item := range in.review.Items {
		if q := item.Quote; q != "" && strings.Count(in.text, q) == 1 && !strings.Contains(q, "\n") {
			p.Patches = append(p.Patches, book.Patch{Find: q})
		}
	}
	return p
}

// matter writes what stands around the book, of what its concept says.
func matter(in *input) book.Matter {
	c := in.concept
	m := book.Matter{Blurb: c.Logline, Description: c.Logline, CoverBrief: strings.Trim(c.Motif+", "+c.Setting, ", ")}
	if in.brief.Kind == book.Nonfiction {
		subject := guideTopic(in.brief)
		m.Blurb += "\n\n" + c.Promise
		m.Preface = book.Piece{Title: "Preface", Markdown: fmt.Sprintf("This book does not tell you what to think about %s. It asks, it sets tasks, and it leaves room for what you find.\n\nWork through it in order or begin where you stand; a pencil is all you need.", subject.noun)}
		m.Afterword = book.Piece{Title: "Afterword", Markdown: fmt.Sprintf("You have come to the end of the tasks, and your notebook holds your own answers about %s. Read it from the beginning once more: what would you ask now?", subject.noun)}
		m.Keywords = []string{subject.noun, "workbook", "guide"}
		return m
	}
	if c.Question != "" {
		m.Blurb += "\n\n" + c.Question
	}
	for _, k := range append([]string{in.brief.Genre, in.brief.Subgenre}, c.Themes...) {
		if k = strings.TrimSpace(k); k != "" && len(m.Keywords) < book.MostKeywords {
			m.Keywords = append(m.Keywords, k)
		}
	}
	for _, p := range c.Cast {
		m.IndexTerms = append(m.IndexTerms, p.Name)
	}
	return m
}

// reply makes the answer to a role: an object, or a text.
func reply(c craft, in *input) (any, string, bool) {
	switch in.task.Role {
	case llm.Concept:
		return c.concept(in), "", true
	case llm.Bible:
		return bible(in), "", true
	case llm.Outline:
		if strings.HasSuffix(in.task.Artefact, "/stitch") {
			return struct{}{}, "", true // the whole plan was made at once
		}
		return c.outline(in), "", true
	case llm.Beats:
		return c.beats(in), "", true
	case llm.Draft:
		return nil, text(c, in), true
	case llm.Check:
		if strings.HasPrefix(in.task.Artefact, "judge/") {
			return judge(in), "", true
		}
		return struct{}{}, "", true // what is to be counted, code has counted
	case llm.Revise:
		object, text := revised(c, in)
		return object, text, true
	case llm.Observe:
		return c.observe(in), "", true
	case llm.Matter:
		return matter(in), "", true
	default:
		return nil, "", false
	}
}
