package book

import (
	"strings"
	"time"
	"unicode"
)

// Chapter is the row of a chapter: where its making stands. Its text lies in
// its sections, which are artefacts.
type Chapter struct {
	ID      ChapterID
	Ordinal int // from 1, in reading order
	Title   string
	State   ChapterState
	Target  int // words asked for
	Words   int // words written
	Reason  string
	Changed time.Time
}

// ChapterState is where a chapter stands.
type ChapterState string

// The states of a chapter: a waiting one needs others first, a queued one has a
// job, a written one has text and delta.
const (
	ChapterWaiting ChapterState = "waiting"
	ChapterQueued  ChapterState = "queued"
	ChapterRunning ChapterState = "running"
	ChapterWritten ChapterState = "written"
	ChapterFailed  ChapterState = "failed"
)

// Section is one stretch of a chapter's text.
type Section struct {
	Markdown string `json:"markdown"` // without its heading, which the beat has
	Words    int    `json:"words"`
}

// Check reports what a reply lacks to be the text of a section.
func (s Section) Check() error {
	if s.Words == 0 {
		return badReply("the section has no words")
	}
	return nil
}

// Words counts the words of a Markdown text: runs between spaces that hold a
// letter or a digit, so that rules and list marks do not count.
func Words(markdown string) int {
	n := 0
	for field := range strings.FieldsSeq(markdown) {
		if strings.ContainsFunc(field, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}
