package fake

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"quire/book"
	"quire/llm"
)

// The words of a small piece, if the client does not say how long it may be.
const (
	fewWords   = 50
	usualWords = 400
	mostWords  = 1500
)

// essay lets the author write a small piece, in English, about what the user
// said last: a book of one chapter, without its title. An author who cannot do
// that is asked plainly.
func (s *Server) essay(ctx context.Context, q question) (llm.Result, error) {
	e := essay{author: s.Author, brief: briefOf(q)}
	text, err := e.write(ctx)
	if err != nil {
		return s.Author.Stream(ctx, q.request, nil)
	}
	a := answer{text: text, finish: llm.Stop}
	a.bound(q.request.MaxTokens)
	return llm.Result{Text: a.text, Finish: a.finish}, nil
}

// briefOf makes a brief of the user's last words.
func briefOf(q question) book.Brief {
	topic := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(q.user, " "))
	if letters := []rune(strings.Join(strings.Fields(topic), " ")); len(letters) > book.MaxTopic/2 {
		topic = string(letters[:book.MaxTopic/2])
	}
	n := usualWords
	if most := q.request.MaxTokens; most > 0 {
		n = min(max(most*6/10, fewWords), mostWords)
	}
	b := book.Brief{Topic: topic, Language: "en", Chapters: 1, Words: n, Seed: q.request.Seed & (1<<53 - 1)}
	if b.Check() != nil {
		b.Topic = "A letter without a subject"
	}
	return b.Settle()
}

// essay is one small book at work.
type essay struct {
	author llm.Model
	brief  book.Brief
	data   strings.Builder
}

type place struct {
	Ordinal int `json:"ordinal"`
	Of      int `json:"of"`
}

func (e *essay) write(ctx context.Context) (string, error) {
	var concept book.Concept
	var outline book.Outline
	var beats book.Beats
	plan := book.Outline{Chapters: []book.OutlineChapter{{ID: book.ChapterIDs(e.brief.Seed, 1)[0], Words: e.brief.Words}}}
	if err := e.ask(ctx, llm.Concept, &concept, item{"brief", e.brief}); err != nil {
		return "", err
	}
	if err := e.ask(ctx, llm.Outline, &outline, item{"concept", concept}, item{"plan", plan}, item{"position", place{1, 1}}); err != nil {
		return "", err
	}
	if len(outline.Chapters) == 0 {
		return "", fmt.Errorf("the outline of an essay is empty")
	}
	chapter := outline.Chapters[0]
	chapter.ID, chapter.Words = plan.Chapters[0].ID, e.brief.Words
	outline.Chapters = []book.OutlineChapter{chapter}
	if err := e.ask(ctx, llm.Beats, &beats, item{"outline", outline}, item{"ledger", book.Ledger{}}, item{"handoff", book.Handoff{}}, item{"chapter", chapter}); err != nil {
		return "", err
	}
	beats = beats.Scaled(e.brief.Words)
	var parts []string
	for i, b := range beats.Sections {
		text, err := e.say(ctx, llm.Draft, b.Words, item{"beats", beats}, item{"section", i}, item{"text", strings.Join(parts, "\n\n")})
		if err != nil {
			return "", err
		}
		parts = append(parts, strings.TrimSpace(text))
	}
	return strings.Join(parts, "\n\n"), nil
}

// item is a data element of the prompt.
type item struct {
	name  string
	value any
}

// ask asks for a structured answer.
func (e *essay) ask(ctx context.Context, role llm.Role, into any, items ...item) error {
	text, err := e.say(ctx, role, e.brief.Words, items...)
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return fmt.Errorf("%s of an essay: %w", role, err)
	}
	return nil
}

// say asks the author with all data that was given so far.
func (e *essay) say(ctx context.Context, role llm.Role, n int, items ...item) (string, error) {
	for _, i := range items {
		text, err := llm.Data(i.name, 1, i.value)
		if err != nil {
			return "", err
		}
		e.data.WriteString(text + "\n")
	}
	task := llm.Task{Role: role, Artefact: string(role), Revision: 1, Attempt: 1, Seed: e.brief.Seed, Words: n}
	res, err := e.author.Stream(ctx, llm.Request{Role: role, Artefact: task.Artefact, Revision: 1, Attempt: 1, Words: n, Seed: task.Seed,
		Blocks: []llm.Block{{Text: e.data.String() + task.String()}}}, nil)
	return res.Text, err
}
