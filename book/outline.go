package book

import (
	"strings"
)

// ChapterID names a chapter for good: "ch_" and eight hexadecimal digits,
// never a number, so that chapters can move.
type ChapterID string

// Outline is the plan of a book, chapter by chapter in reading order.
type Outline struct {
	Chapters []OutlineChapter `json:"chapters"`
}

// OutlineChapter is the plan of one chapter. After lists the chapters whose
// facts it needs: it is written when all of them are.
type OutlineChapter struct {
	ID        ChapterID        `json:"id"`
	Part      string           `json:"part,omitempty"`
	Title     string           `json:"title"`
	Summary   string           `json:"summary"`
	Words     int              `json:"words"`
	Place     string           `json:"place,omitempty"` // ID of a place of the concept
	Cast      []string         `json:"cast,omitempty"`  // IDs of characters of the concept
	Turn      string           `json:"turn,omitempty"`  // what is different after it
	KeyPoints []string         `json:"key_points,omitempty"`
	Notes     string           `json:"notes,omitempty"`
	Sections  []OutlineSection `json:"sections,omitempty"`
	After     []ChapterID      `json:"after,omitempty"`
}

// OutlineSection is a headed section inside a chapter, level 2 or 3.
type OutlineSection struct {
	Level     int      `json:"level"`
	Title     string   `json:"title"`
	Summary   string   `json:"summary,omitempty"`
	KeyPoints []string `json:"key_points,omitempty"`
	Notes     string   `json:"notes,omitempty"`
	Words     int      `json:"words,omitempty"` // 0: a share of the chapter's
}

// ChapterIDs derives the IDs of n chapters from the seed, all different.
func ChapterIDs(seed uint64, n int) []ChapterID {
	ids := make([]ChapterID, 0, n)
	seen := map[ChapterID]bool{}
	for i := range n {
		for salt := 0; ; salt++ {
			id := ChapterID("ch_" + Derive(8, seed, "chapter", i, salt))
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
				break
			}
		}
	}
	return ids
}

// Check reports what a reply lacks to be the plan of n chapters.
func (o Outline) Check(n int) error {
	if len(o.Chapters) != n {
		return badReply("the outline has %d chapters, %d were asked for", len(o.Chapters), n)
	}
	for i, c := range o.Chapters {
		if strings.TrimSpace(c.Title) == "" {
			return badReply("chapter %d of the outline has no title", i+1)
		}
		if !oneLine(c.Title) {
			return badReply("the title of chapter %d of the outline holds control characters", i+1)
		}
		if strings.TrimSpace(c.Summary) == "" {
			return badReply("chapter %d of the outline has no summary", i+1)
		}
		for _, s := range c.Sections {
			if strings.TrimSpace(s.Title) == "" || s.Level < 2 || s.Level > 3 {
				return badReply("a section of chapter %d has no title, or a level that is not 2 or 3", i+1)
			}
		}
	}
	return nil
}

// CheckTitles reports two chapters of one title, unless the maker gave it.
func (o Outline) CheckTitles(given map[string]bool) error {
	seen := map[string]bool{}
	for _, c := range o.Chapters {
		folded := strings.ToLower(strings.TrimSpace(c.Title))
		if seen[folded] && !given[c.Title] {
			return badReply("two chapters of the outline have the title %q", c.Title)
		}
		seen[folded] = true
	}
	return nil
}

// Chapter returns the chapter with the ID and its place from 0; -1 if none has.
func (o Outline) Chapter(id ChapterID) (OutlineChapter, int) {
	for i, c := range o.Chapters {
		if c.ID == id {
			return c, i
		}
	}
	return OutlineChapter{}, -1
}

// Words is the sum of the chapters' words.
func (o Outline) Words() int {
	n := 0
	for _, c := range o.Chapters {
		n += c.Words
	}
	return n
}
