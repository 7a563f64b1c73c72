package offline

import (
	"fmt"
	"slices"
	"strings"

	"quire/book"
)

// guide writes nonfiction: a guided workbook over what the maker gave. It
// states nothing about the world that the maker did not; all else is method,
// questions, exercises and sheets to fill in.
type guide struct{}

func (guide) concept(in *input) book.Concept {
	s := guideTopic(in.brief)
	c := book.Concept{
		Title:    guideTitle(in.brief, s),
		Subtitle: "A guided workbook",
		Logline:  fmt.Sprintf("A guided workbook that leads its reader from a first question about %s to a notebook of answers.", s.noun),
		Promise:  fmt.Sprintf("You will have your own questions, words, records and next steps for %s, written by your own hand.", s.noun),
		Motif:    "a pencil and an open notebook",
		Themes:   []string{"asking", "looking", "trying", "writing down"},
	}
	if len(in.brief.Outline) > 0 {
		c.Subtitle = "A guide to work through"
		c.Logline = fmt.Sprintf("A guide to %s that follows a given plan, point by point, with room for the reader’s own findings.", s.noun)
	}
	return c
}

func (guide) outline(in *input) book.Outline {
	n := max(in.position.Of, len(in.outline.Chapters)+len(in.plan.Chapters))
	stages := guideStages(in.task.Seed, n)
	taken := map[string]bool{}
	for _, c := range slices.Concat(in.outline.Chapters, in.plan.Chapters) {
		taken[strings.ToLower(c.Title)] = true
	}
	first := max(in.position.Ordinal, 1)
	var out book.Outline
	for i, c := range in.plan.Chapters {
		stage := stages[(first-1+i)%len(stages)]
		if c.Title == "" {
			c.Title = guideChapterTitle(in, stage, first+i, taken)
		}
		given := guideGiven(in.brief, first+i, c.Title)
		switch {
		case c.Summary != "":
		case given.Description != "":
			c.Summary = given.Description
		case len(in.brief.Outline) > 0:
			c.Summary = guideSummary(c)
		default:
			c.Summary = guideRealise(stage.sum, chance(in.task.Seed, "guide summary", first+i), guideSlots{"x": guideTopic(in.brief).noun})
			c.Summary = guideUpper(c.Summary) + "."
		}
		if len(in.brief.Outline) == 0 {
			guideFill(in, stage, first+i, &c)
		}
		out.Chapters = append(out.Chapters, c)
	}
	return out
}

// guideFill gives a chapter that nobody planned its key points and, if it is
// long enough, three headed sections.
func guideFill(in *input, stage guideStage, ordinal int, c *book.OutlineChapter) {
	if len(c.KeyPoints) == 0 {
		c.KeyPoints = stage.keys
	}
	if len(c.Sections) > 0 || c.Words < 450 {
		return
	}
	r := chance(in.task.Seed, "guide heads", ordinal)
	for _, group := range []string{"a", "b", "c"} {
		heads := slices.DeleteFunc(slices.Clone(stage.heads[group]), func(h string) bool { return strings.EqualFold(h, c.Title) })
		c.Sections = append(c.Sections, book.OutlineSection{Level: 2, Title: heads[r.IntN(len(heads))]})
	}
}

// guideSummary sums up a given chapter by what is given for it.
func guideSummary(c book.OutlineChapter) string {
	var parts []string
	for _, s := range c.Sections {
		parts = append(parts, s.Title)
	}
	if len(parts) == 0 {
		parts = c.KeyPoints
	}
	if len(parts) == 0 {
		return "Works through “" + c.Title + "” with questions, tasks and sheets to fill in."
	}
	return guideStop("Works through “" + c.Title + "”: " + guideClip(strings.Join(parts, "; "), 300))
}

// guideGiven is the heading of the maker's outline that a chapter came from, or
// an empty one.
func guideGiven(b book.Brief, ordinal int, title string) book.Heading {
	for _, h := range b.Outline {
		if h.Level != 1 {
			continue
		}
		if ordinal--; ordinal == 0 && strings.EqualFold(h.Title, title) {
			return h
		}
	}
	return book.Heading{}
}

// guideChapterTitle chooses a title that no chapter has yet.
func guideChapterTitle(in *input, stage guideStage, ordinal int, taken map[string]bool) string {
	s := guideTopic(in.brief)
	r := chance(in.task.Seed, "guide title", stage.name, ordinal)
	order := r.Perm(len(stage.titles))
	// Every other chapter names the subject; all of them would drum it in.
	slices.SortStableFunc(order, func(a, b int) int {
		named := func(i int) int {
			if strings.Contains(stage.titles[i], "{x}") == (ordinal%2 == 1 && !s.vague) {
				return 0
			}
			return 1
		}
		return named(a) - named(b)
	})
	title := ""
	for _, i := range order {
		title = guideRealise(stage.titles[i], r, guideSlots{"x": s.noun})
		if !taken[strings.ToLower(title)] {
			break
		}
	}
	for round := 2; taken[strings.ToLower(title)]; round++ {
		base, _, _ := strings.Cut(title, ", round ")
		title = base + ", round " + guideNumber(round)
	}
	taken[strings.ToLower(title)] = true
	return title
}

func (guide) observe(in *input) book.Delta {
	c := in.chapter
	var d book.Delta
	d.Summary = guideClip("“"+c.Title+"” is worked through. "+c.Summary, 700)
	add := func(subject, value string) {
		if subject = guideClip(subject, 120); subject != "" && value != "" && len(d.Facts) < 12 {
			d.Facts = append(d.Facts, book.Fact{Subject: subject, Attr: "is", Value: guideClip(value, 200)})
		}
	}
	for _, s := range c.Sections {
		add(s.Title, guideFirst(s.Summary, "treated in “"+c.Title+"”"))
	}
	for _, p := range c.KeyPoints {
		add(p, "treated in “"+c.Title+"”")
	}
	d.Handoff.Where = c.Title
	d.Handoff.Question = guideLastQuestion(in.text)
	if _, i := in.outline.Chapter(c.ID); i >= 0 && i+1 < len(in.outline.Chapters) {
		d.Handoff.Image = "the page turned to “" + in.outline.Chapters[i+1].Title + "”"
	}
	return d
}

// guideLastQuestion is the last question of a text, which it leaves open.
func guideLastQuestion(text string) string {
	end := strings.LastIndex(text, "?")
	if end < 0 {
		return ""
	}
	q := text[:end+1]
	for _, before := range []string{". ", "! ", "? ", "| ", "\n", "* ", "“", ": ", "…"} {
		if at := strings.LastIndex(q[:len(q)-1], before); at >= 0 {
			q = q[at+len(before):]
		}
	}
	return strings.Trim(q, " ”-*")
}

func guideFirst(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
