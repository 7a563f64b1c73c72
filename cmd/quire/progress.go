package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"quire/book"
	"quire/event"
)

// progress tells the life of a book: as bars on a terminal, else as plain lines.
type progress struct {
	out  io.Writer // where lines go: above the bars, if there are any
	bars *mpb.Progress
	rows [2]*mpb.Bar // chapters and words; nil without a terminal

	mu       sync.Mutex // the bars are drawn by a goroutine of their own
	stage    string
	words    map[book.ChapterID]int // written so far
	chapters int
	of       int
	asked    int // words of the book
	began    time.Time
	earlier  int // words that were there when we began
}

// progress begins to tell of a book of which some chapters may be written.
func (s *session) progress(b book.Book, chapters []book.Chapter) *progress {
	p := &progress{out: s.talk, stage: b.Stage, words: map[book.ChapterID]int{}, of: b.Brief.Chapters, asked: b.Brief.Words, began: time.Now()}
	for _, c := range chapters {
		p.words[c.ID] = c.Words
		p.earlier += c.Words
		if c.State == book.ChapterWritten {
			p.chapters++
		}
	}
	if s.live {
		p.draw(s.talk)
	}
	return p
}

// draw shows two bars that follow the counts.
func (p *progress) draw(out io.Writer) {
	p.bars = mpb.New(mpb.WithOutput(out), mpb.WithWidth(32), mpb.WithRefreshRate(100*time.Millisecond), mpb.WithAutoRefresh())
	p.out = p.bars
	style := mpb.BarStyle().Lbound("").Filler("━").Tip("━").Padding("┄").Rbound("")
	for i, label := range []func() string{
		func() string { return p.stageLabel() },
		func() string { return "words" },
	} {
		p.rows[i] = p.bars.New(int64(max([]int{p.of, p.asked}[i], 1)), style,
			mpb.PrependDecorators(decor.Any(func(decor.Statistics) string { return fmt.Sprintf("  %-12s", label()) })),
			mpb.AppendDecorators(decor.Any(func(decor.Statistics) string { return "  " + p.right(i) })))
	}
	p.advance()
}

func (p *progress) stageLabel() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stage == "draft" || p.stage == "" {
		return "chapters"
	}
	return p.stage
}

// right is what stands behind a bar: how many of how many, and the time left.
func (p *progress) right(row int) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if row == 0 {
		return fmt.Sprintf("%d of %d", p.chapters, p.of)
	}
	text := fmt.Sprintf("%s of %s", thousands(p.total()), thousands(p.asked))
	if left := p.left(time.Now()); left != "" {
		text += "  " + left + " left"
	}
	return text
}

// total is the words written so far; the caller holds mu.
func (p *progress) total() int {
	n := 0
	for _, words := range p.words {
		n += words
	}
	return n
}

// left estimates the time to go from the pace so far, as m:ss; "" when there is
// nothing to go by. The caller holds mu.
func (p *progress) left(now time.Time) string {
	done, open := p.total()-p.earlier, p.asked-p.total()
	if done < 500 || open <= 0 {
		return ""
	}
	d := now.Sub(p.began) * time.Duration(open) / time.Duration(done)
	return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}

// tell takes in one event.
func (p *progress) tell(e event.Event) error {
	line, err := p.take(e)
	if err != nil {
		return err
	}
	if line != "" {
		// A terminal that is gone cannot be told so.
		_, _ = fmt.Fprintln(p.out, "  "+line)
	}
	p.advance()
	return nil
}

// take counts an event and returns the line that tells it, "" for none.
func (p *progress) take(e event.Event) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e.Kind {
	case event.StageStarted{}.Kind():
		d, err := event.Read[event.StageStarted](e)
		p.stage = d.Stage
		return "", err
	case event.ConceptReady{}.Kind():
		d, err := event.Read[event.ConceptReady](e)
		return fmt.Sprintf("concept: %s. %s", d.Title, d.Logline), err
	case event.OutlineReady{}.Kind():
		d, err := event.Read[event.OutlineReady](e)
		p.of, p.asked = d.Chapters, d.Words
		return fmt.Sprintf("outline: %s, %s", count(d.Chapters, "chapter"), count(d.Words, "word")), err
	case event.SectionWritten{}.Kind():
		d, err := event.Read[event.SectionWritten](e)
		p.words[d.Chapter] += d.Words
		return "", err
	case event.ChapterWritten{}.Kind():
		return p.takeChapter(e)
	case event.ChapterFailed{}.Kind():
		d, err := event.Read[event.ChapterFailed](e)
		return fmt.Sprintf("chapter %d failed: %s", d.Ordinal, d.Reason), err
	case event.CallDelayed{}.Kind():
		d, err := event.Read[event.CallDelayed](e)
		if d.Wait < 1000 {
			return "", err
		}
		return fmt.Sprintf("%s; asked again in %d s", d.Reason, (d.Wait+500)/1000), err
	case event.BudgetWarned{}.Kind():
		d, err := event.Read[event.BudgetWarned](e)
		return fmt.Sprintf("budget: %s of %s are spent", d.Spent, d.Budget), err
	case event.EditionReady{}.Kind():
		d, err := event.Read[event.EditionReady](e)
		if d.Pages == 0 {
			return "typeset: " + d.Format, err
		}
		return fmt.Sprintf("typeset: %s, %s", d.Format, count(d.Pages, "page")), err
	default:
		return "", nil
	}
}

func (p *progress) takeChapter(e event.Event) (string, error) {
	d, err := event.Read[event.ChapterWritten](e)
	p.words[d.Chapter] = d.Words
	p.chapters++
	line := fmt.Sprintf("chapter %d of %d: %s, %s", d.Ordinal, p.of, d.Title, count(d.Words, "word"))
	if left := p.left(time.Now()); p.bars == nil && left != "" && p.chapters < p.of {
		line += fmt.Sprintf(" (%d %% written, %s left)", 100*p.total()/max(p.asked, 1), left)
	}
	return line, err
}

// advance moves the bars to the counts.
func (p *progress) advance() {
	if p.bars == nil {
		return
	}
	p.mu.Lock()
	chapters, words, of, asked := p.chapters, p.total(), p.of, p.asked
	p.mu.Unlock()
	p.rows[0].SetTotal(int64(max(of, 1)), false)
	p.rows[0].SetCurrent(int64(min(chapters, of)))
	p.rows[1].SetTotal(int64(max(asked, 1)), false)
	p.rows[1].SetCurrent(int64(min(words, asked)))
}

// end lets the bars stand as they are.
func (p *progress) end() {
	if p.bars == nil {
		return
	}
	for _, row := range p.rows {
		row.Abort(false)
	}
	p.bars.Wait()
}
