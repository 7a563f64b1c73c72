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

// DecisionMade tells that a choice was made for the maker.
type DecisionMade struct {
	Type         string   `json:"type"` // kind, direction, order, keep, drop …
	Choice       string   `json:"choice"`
	Reason       string   `json:"reason"`
	Confidence   float64  `json:"confidence"` // 0 to 1
	Alternatives []string `json:"alternatives,omitempty"`
	Impact       string   `json:"impact,omitempty"`
}

// EnhancementApplied tells that the writing enhancements of a group act on a book.
type EnhancementApplied struct {
	Group string   `json:"group"`
	Names []string `json:"names"` // those that are on
	Stage string   `json:"stage"` // from which on
}

// BibleReady tells that it is settled what all parts of the book keep to.
type BibleReady struct {
	Characters int `json:"characters"`
	Threads    int `json:"threads"`
	Terms      int `json:"terms"`
	Claims     int `json:"claims"`
	Unsourced  int `json:"unsourced"` // claims that no source supports
}

// OutlineReady tells that every chapter is planned.
type OutlineReady struct {
	Chapters int `json:"chapters"`
	Words    int `json:"words"`
}

// GateOpened tells that the book waits for its maker to approve a stage.
type GateOpened struct {
	Stage string `json:"stage"`
	Hint  string `json:"hint"`
}

// GateApproved tells that the maker approved a stage.
type GateApproved struct {
	Stage string `json:"stage"`
}

// WavesPlanned tells that it is settled which chapters are written side by side.
type WavesPlanned struct {
	Waves   int `json:"waves"`
	Width   int `json:"width"`   // chapters that are written at once
	Longest int `json:"longest"` // chapters of the largest wave
	Edges   int `json:"edges"`   // chapters that need what others make true
}

// WaveStarted tells that the chapters of a wave are ordered.
type WaveStarted struct {
	Wave     int `json:"wave"` // from 1
	Of       int `json:"of"`
	Chapters int `json:"chapters"`
}

// SeamMended tells that the opening of a chapter follows from how the one before
// it really ends.
type SeamMended struct {
	Chapter book.ChapterID `json:"chapter"`
	Ordinal int            `json:"ordinal"`
	Patches int            `json:"patches"`
}

// WaveMerged tells that the ledger holds what the chapters up to a wave made true.
type WaveMerged struct {
	Wave  int     `json:"wave"`
	Of    int     `json:"of"`
	Facts int     `json:"facts"` // in the ledger
	Pace  float64 `json:"pace"`  // words that came for each word asked for; 0 is not known
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

// SectionTightened tells that a section was too long and is shorter now.
type SectionTightened struct {
	Chapter book.ChapterID `json:"chapter"`
	Ordinal int            `json:"ordinal"` // of the chapter
	Section int            `json:"section"` // from 1
	Words   int            `json:"words"`
	Before  int            `json:"before"` // words that it had
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

// ChapterChecked tells that a chapter was read by code and by a critic.
type ChapterChecked struct {
	Chapter book.ChapterID `json:"chapter"`
	Ordinal int            `json:"ordinal"`
	Round   int            `json:"round"` // from 1
	Major   int            `json:"major"` // findings that have to be mended
	Minor   int            `json:"minor"`
}

// ChapterRevised tells that a chapter was mended, or that what came was no better
// and the text stays as it was.
type ChapterRevised struct {
	Chapter book.ChapterID `json:"chapter"`
	Ordinal int            `json:"ordinal"`
	Round   int            `json:"round"`
	Patches int            `json:"patches"` // places that changed; 0 if it was written anew
	Kept    bool           `json:"kept"`
	Reason  string         `json:"reason,omitempty"` // why it was not kept
}

// AlertRaised tells that two places of the book contradict each other, or may.
type AlertRaised struct {
	ID      string       `json:"id"`
	Type    string       `json:"type"` // age, date, exit, owner, knowledge, name …
	Subject string       `json:"subject"`
	Problem string       `json:"problem"`
	Earlier book.Excerpt `json:"earlier"`
	Later   book.Excerpt `json:"later"`
}

// AlertSettled tells that an alert is open no more, or that it stays because its
// chapter is locked.
type AlertSettled struct {
	ID       string `json:"id"`
	Standing string `json:"standing"` // patched, dismissed or locked
	Reason   string `json:"reason,omitempty"`
}

// FigureReady tells that a marker in a chapter became a figure.
type FigureReady struct {
	Chapter book.ChapterID `json:"chapter"`
	Ordinal int            `json:"ordinal"`
	Figure  string         `json:"figure"`  // its kind, such as bars
	Example bool           `json:"example"` // its numbers are an example
}

// MatterReady tells that what stands around the chapters is written.
type MatterReady struct {
	Keywords []string `json:"keywords"`
}

// ReportReady tells that the book was measured.
type ReportReady struct {
	Score  *int `json:"score"`  // 0 to 100; null: too little could be measured
	Broken int  `json:"broken"` // red lights of breakage
	Alerts int  `json:"alerts"` // that are open
}

// ArtefactEdited tells that a person wrote a new revision of something.
type ArtefactEdited struct {
	Artefact string `json:"artefact"`
	Revision int    `json:"revision"` // that it was made from
	By       string `json:"by"`
}

// RevisionKept tells that an older revision was taken back.
type RevisionKept struct {
	Artefact string `json:"artefact"`
	Revision int    `json:"revision"` // that stands again
}

// ChapterLocked tells that nothing may change a chapter.
type ChapterLocked struct {
	Chapter book.ChapterID `json:"chapter"`
	Ordinal int            `json:"ordinal"`
}

// ChapterUnlocked tells that a chapter may be changed again.
type ChapterUnlocked struct {
	Chapter book.ChapterID `json:"chapter"`
	Ordinal int            `json:"ordinal"`
}

// ChapterRegenerated tells that a chapter, or a part of it, is written anew.
type ChapterRegenerated struct {
	Chapter book.ChapterID `json:"chapter"`
	Ordinal int            `json:"ordinal"`
	Draft   int            `json:"draft"`             // that is written now
	Section int            `json:"section,omitempty"` // only this one, from 1
	Notes   int            `json:"notes"`             // characters of the maker's notes
}

// BookRefreshed tells that what an edit made stale is made anew.
type BookRefreshed struct {
	Artefacts []string `json:"artefacts"`
}

// BudgetChanged tells that the book may cost more, or less.
type BudgetChanged struct {
	Budget *book.USD `json:"budget"` // millionths of a US dollar; null: no limit
}

// SourcesCited tells that the marks in the text became notes.
type SourcesCited struct {
	Notes     int `json:"notes"`
	Sources   int `json:"sources"`   // in the bibliography
	Unknown   int `json:"unknown"`   // marks that named no passage and were left out
	Unsourced int `json:"unsourced"` // claims that are marked as having no source
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
func (DecisionMade) Kind() Kind       { return "decision.made" }
func (EnhancementApplied) Kind() Kind { return "enhancement.applied" }
func (BibleReady) Kind() Kind         { return "bible.ready" }
func (GateOpened) Kind() Kind         { return "gate.opened" }
func (GateApproved) Kind() Kind       { return "gate.approved" }
func (WavesPlanned) Kind() Kind       { return "waves.planned" }
func (WaveStarted) Kind() Kind        { return "wave.started" }
func (WaveMerged) Kind() Kind         { return "wave.merged" }
func (SeamMended) Kind() Kind         { return "seam.mended" }
func (SectionTightened) Kind() Kind   { return "section.tightened" }
func (BookCreated) Kind() Kind        { return "book.created" }
func (BookImported) Kind() Kind       { return "book.imported" }
func (BookResumed) Kind() Kind        { return "book.resumed" }
func (BookPaused) Kind() Kind         { return "book.paused" }
func (BookCanceled) Kind() Kind       { return "book.canceled" }
func (BookFailed) Kind() Kind         { return "book.failed" }
func (BookFinished) Kind() Kind       { return "book.finished" }
func (StageStarted) Kind() Kind       { return "stage.started" }
func (ConceptReady) Kind() Kind       { return "concept.ready" }
func (OutlineReady) Kind() Kind       { return "outline.ready" }
func (ChapterStarted) Kind() Kind     { return "chapter.started" }
func (BeatsReady) Kind() Kind         { return "beats.ready" }
func (SectionWritten) Kind() Kind     { return "section.written" }
func (ChapterWritten) Kind() Kind     { return "chapter.written" }
func (ChapterFailed) Kind() Kind      { return "chapter.failed" }
func (ChapterRetried) Kind() Kind     { return "chapter.retried" }
func (BudgetWarned) Kind() Kind       { return "budget.warned" }
func (CallFinished) Kind() Kind       { return "call.finished" }
func (CallDelayed) Kind() Kind        { return "call.delayed" }
func (ReplyRefused) Kind() Kind       { return "reply.refused" }
func (ChapterChecked) Kind() Kind     { return "chapter.checked" }
func (ChapterRevised) Kind() Kind     { return "chapter.revised" }
func (AlertRaised) Kind() Kind        { return "alert.raised" }
func (AlertSettled) Kind() Kind       { return "alert.settled" }
func (FigureReady) Kind() Kind        { return "figure.ready" }
func (MatterReady) Kind() Kind        { return "matter.ready" }
func (ReportReady) Kind() Kind        { return "report.ready" }
func (ArtefactEdited) Kind() Kind     { return "artefact.edited" }
func (RevisionKept) Kind() Kind       { return "revision.kept" }
func (ChapterLocked) Kind() Kind      { return "chapter.locked" }
func (ChapterUnlocked) Kind() Kind    { return "chapter.unlocked" }
func (ChapterRegenerated) Kind() Kind { return "chapter.regenerated" }
func (BookRefreshed) Kind() Kind      { return "book.refreshed" }
func (BudgetChanged) Kind() Kind      { return "budget.changed" }
func (SourcesCited) Kind() Kind       { return "sources.cited" }
func (ManuscriptBound) Kind() Kind    { return "manuscript.bound" }
func (EditionReady) Kind() Kind       { return "edition.ready" }

// Kinds lists a payload of every kind, in the order of a book's life.
func Kinds() []Payload {
	return []Payload{
		BookCreated{}, BookImported{}, StageStarted{}, ConceptReady{}, DecisionMade{}, EnhancementApplied{}, BibleReady{}, OutlineReady{},
		GateOpened{}, GateApproved{}, BeatsReady{}, WavesPlanned{}, WaveStarted{}, ChapterStarted{},
		CallFinished{}, CallDelayed{}, ReplyRefused{}, BudgetWarned{}, SectionWritten{}, SectionTightened{}, SeamMended{}, WaveMerged{}, ChapterWritten{}, ChapterFailed{}, ChapterRetried{},
		ChapterChecked{}, ChapterRevised{}, AlertRaised{}, AlertSettled{}, FigureReady{}, MatterReady{}, ReportReady{},
		ArtefactEdited{}, RevisionKept{}, ChapterLocked{}, ChapterUnlocked{}, ChapterRegenerated{}, BookRefreshed{}, BudgetChanged{},
		SourcesCited{}, ManuscriptBound{}, EditionReady{}, BookFinished{}, BookPaused{}, BookResumed{}, BookCanceled{}, BookFailed{},
	}
}
