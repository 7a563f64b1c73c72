package event

import "quire/book"

// BookCreated tells that a brief was taken in.
type BookCreated struct {
	Title    string    `json:"title"`
	Type     book.Kind `json:"type"`     // fiction or nonfiction
	Inferred string    `json:"inferred"` // the rule that chose the type, "" if the maker did
	Chapters int       `json:"chapters"`
	Words    int       `json:"words"`
	Seed     uint64    `json:"seed"`
}

// BookImported tells that a manuscript that was written elsewhere was taken in.
type BookImported struct {
	Chapters int `json:"chapters"`
	Words    int `json:"words"`
	Pictures int `json:"pictures"`
}

// BookResumed tells that a book goes on after it stood still.
type BookResumed struct {
	From book.State `json:"from"`
}

// BookPaused tells that the book stands still: the runner was asked to stop, or,
// with a reason, no model can go on with it.
type BookPaused struct {
	Reason string `json:"reason,omitempty"`
	Hint   string `json:"hint,omitempty"`
}

// BookCanceled tells that the maker gave the book up.
type BookCanceled struct{}

// BookFailed tells that the book cannot go on by itself.
type BookFailed struct {
	Stage  string `json:"stage"`
	Reason string `json:"reason"`
	Hint   string `json:"hint"`
}

// BookFinished tells that the book is whole, or partial if chapters failed.
type BookFinished struct {
	Words  int `json:"words"`
	Pages  int `json:"pages"`  // of the PDF, 0 without one
	Failed int `json:"failed"` // chapters
}

// StageStarted tells that a stage of the book began.
type StageStarted struct {
	Stage string `json:"stage"`
}

// ConceptReady tells that the idea of the book stands.
type ConceptReady struct {
	Title   string `json:"title"`
	Logline string `json:"logline"`
}

// OutlineReady tells that every chapter is planned.
type OutlineReady struct {
	Chapters int `json:"chapters"`
	Words    int `json:"words"`
}

// ChapterStarted tells that a worker took a chapter.
type ChapterStarted struct {
	Chapter book.ChapterID `json:"chapter"`
	Ordinal int            `json:"ordinal"`
	Title   string         `json:"title"`
}

// BeatsReady tells that the sections of a chapter are planned.
type BeatsReady struct {
	Chapter  book.ChapterID `json:"chapter"`
	Ordinal  int            `json:"ordinal"`
	Sections int            `json:"sections"`
}

// SectionWritten tells that a section has its text.
type SectionWritten struct {
	Chapter book.ChapterID `json:"chapter"`
	Ordinal int            `json:"ordinal"` // of the chapter
	Section int            `json:"section"` // from 1
	Of      int            `json:"of"`
	Words   int            `json:"words"`
	Asked   int            `json:"asked"`
}

// ChapterWritten tells that a chapter has its text and was observed.
type ChapterWritten struct {
	Chapter book.ChapterID `json:"chapter"`
	Ordinal int            `json:"ordinal"`
	Title   string         `json:"title"`
	Words   int            `json:"words"`
	Asked   int            `json:"asked"`
}

// ChapterFailed tells that a chapter was given up.
type ChapterFailed struct {
	Chapter book.ChapterID `json:"chapter"`
	Ordinal int            `json:"ordinal"`
	Reason  string         `json:"reason"`
}

// ChapterRetried tells that a failed chapter is tried again.
type ChapterRetried struct {
	Chapter book.ChapterID `json:"chapter"`
	Ordinal int            `json:"ordinal"`
}

// CallFinished tells that a model answered; the reply is in the journal.
type CallFinished struct {
	Key      string `json:"key"` // of the journal: the hash of what was sent
	Role     string `json:"role"`
	Artefact string `json:"artefact"`
	Attempt  int    `json:"attempt"`
	Provider string `json:"provider"`
	Model    string `json:"model"`
	Finish   string `json:"finish"`
	Input    int    `json:"input"`  // tokens
	Cached   int    `json:"cached"` // tokens of the input that were read from a cache
	Output   int    `json:"output"` // tokens

	Cost *book.USD `json:"cost"` // millionths of a US dollar, of all tries; null: unknown
}

// Amount is a cost as events tell it: nil unless it is known.
func Amount(usd book.USD, known bool) *book.USD {
	if !known {
		return nil
	}
	return &usd
}

// BudgetWarned tells that most of the book's budget is used up.
type BudgetWarned struct {
	Spent  book.USD `json:"spent"`  // millionths of a US dollar
	Budget book.USD `json:"budget"` // the same
}

// CallDelayed tells that a call failed in a way that may pass, and is made again.
type CallDelayed struct {
	Role     string `json:"role"`
	Artefact string `json:"artefact"`
	Attempt  int    `json:"attempt"`
	Class    string `json:"class"` // of the fault, such as overloaded
	Reason   string `json:"reason"`
	Wait     int    `json:"wait_ms"` // until the next try
}

// ReplyRefused tells that a reply was not what was asked for.
type ReplyRefused struct {
	Key      string `json:"key"`
	Artefact string `json:"artefact"`
	Attempt  int    `json:"attempt"`
	Reason   string `json:"reason"`
}

// ManuscriptBound tells that the text of the book is whole.
type ManuscriptBound struct {
	Chapters int `json:"chapters"`
	Words    int `json:"words"`
}

// EditionReady tells that a file of the book is kept.
type EditionReady struct {
	Format string `json:"format"` // pdf, epub, md
	Blob   string `json:"blob"`
	Bytes  int64  `json:"bytes"`
	Pages  int    `json:"pages"` // 0 where a format has none
	Words  int    `json:"words"`
}

// The kinds, each beside its payload.
func (BookCreated) Kind() Kind     { return "book.created" }
func (BookImported) Kind() Kind    { return "book.imported" }
func (BookResumed) Kind() Kind     { return "book.resumed" }
func (BookPaused) Kind() Kind      { return "book.paused" }
func (BookCanceled) Kind() Kind    { return "book.canceled" }
func (BookFailed) Kind() Kind      { return "book.failed" }
func (BookFinished) Kind() Kind    { return "book.finished" }
func (StageStarted) Kind() Kind    { return "stage.started" }
func (ConceptReady) Kind() Kind    { return "concept.ready" }
func (OutlineReady) Kind() Kind    { return "outline.ready" }
func (ChapterStarted) Kind() Kind  { return "chapter.started" }
func (BeatsReady) Kind() Kind      { return "beats.ready" }
func (SectionWritten) Kind() Kind  { return "section.written" }
func (ChapterWritten) Kind() Kind  { return "chapter.written" }
func (ChapterFailed) Kind() Kind   { return "chapter.failed" }
func (ChapterRetried) Kind() Kind  { return "chapter.retried" }
func (BudgetWarned) Kind() Kind    { return "budget.warned" }
func (CallFinished) Kind() Kind    { return "call.finished" }
func (CallDelayed) Kind() Kind     { return "call.delayed" }
func (ReplyRefused) Kind() Kind    { return "reply.refused" }
func (ManuscriptBound) Kind() Kind { return "manuscript.bound" }
func (EditionReady) Kind() Kind    { return "edition.ready" }

// Kinds lists a payload of every kind, in the order of a book's life.
func Kinds() []Payload {
	return []Payload{
		BookCreated{}, BookImported{}, StageStarted{}, ConceptReady{}, OutlineReady{}, ChapterStarted{}, BeatsReady{},
		CallFinished{}, CallDelayed{}, ReplyRefused{}, BudgetWarned{}, SectionWritten{}, ChapterWritten{}, ChapterFailed{}, ChapterRetried{},
		ManuscriptBound{}, EditionReady{}, BookFinished{}, BookPaused{}, BookResumed{}, BookCanceled{}, BookFailed{},
	}
}
