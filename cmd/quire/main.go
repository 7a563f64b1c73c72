// Command quire turns one line, an outline or a sheet into a finished book. Here
// the house is joined and started: config.go reads the settings, wire.go joins
// the rooms, and each verb of the command line has a file of its own.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
	"golang.org/x/term"

	"quire/book"
	"quire/llm"
	"quire/offline"
	"quire/problem"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the process at once
	s := &session{
		ctx: ctx, env: os.Environ(), in: os.Stdin, out: os.Stdout, talk: os.Stderr,
		live: term.IsTerminal(int(os.Stderr.Fd())), asks: term.IsTerminal(int(os.Stdin.Fd())), model: &offline.Author{},
	}
	os.Exit(s.run(os.Args[1:]))
}

// session is one use of the command line: what it was given, and the settings.
type session struct {
	ctx    context.Context // of the whole process, which is the session
	env    []string        // NAME=value
	in     io.Reader
	out    io.Writer // results
	talk   io.Writer // all else
	live   bool      // talk is a terminal
	asks   bool      // in is a terminal, where a person can answer
	model  llm.Model
	check  func(context.Context, lane) error // reports why a model does not answer; nil asks it
	point  func(name string)                 // see store.Store.Point; nil outside of tests
	config config
}

// grammar is the command line.
type grammar struct {
	Home string `help:"Folder in which the library lives." placeholder:"FOLDER"`

	Write        writeVerb        `cmd:"" help:"Write a book from a topic, an outline or a sheet."`
	Quote        quoteVerb        `cmd:"" help:"Tell what a book would cost, before it is begun."`
	Books        booksVerb        `cmd:"" help:"List the books of the library."`
	Show         showVerb         `cmd:"" help:"Show a book and its chapters."`
	Resume       resumeVerb       `cmd:"" help:"Let a book go on that was stopped."`
	Pause        pauseVerb        `cmd:"" help:"Pause a book that is being written."`
	Cancel       cancelVerb       `cmd:"" help:"Stop the work on a book."`
	Retry        retryVerb        `cmd:"" help:"Try again what failed in a book."`
	Raise        raiseVerb        `cmd:"" help:"Change what a book may cost."`
	Approve      approveVerb      `cmd:"" help:"Let a book go on that waits for you."`
	Edit         editVerb         `cmd:"" help:"Change a part of a book by hand."`
	Lock         lockVerb         `cmd:"" help:"Keep chapters as they are."`
	Unlock       unlockVerb       `cmd:"" help:"Let locked chapters be changed."`
	Anew         regenerateVerb   `cmd:"" name:"regenerate" help:"Write a chapter anew, or a part of it."`
	History      historyVerb      `cmd:"" help:"List the versions of a book's parts."`
	Diff         diffVerb         `cmd:"" help:"Tell what changed between two versions."`
	Keep         keepVerb         `cmd:"" help:"Take an older version of a chapter back."`
	Stale        staleVerb        `cmd:"" help:"List what an edit left behind."`
	Refresh      refreshVerb      `cmd:"" help:"Make anew what is stale."`
	Prompts      promptsVerb      `cmd:"" help:"Show what models are asked."`
	Export       exportVerb       `cmd:"" help:"Write a book to a file."`
	Delete       deleteVerb       `cmd:"" help:"Remove a book from the library."`
	Import       importVerb       `cmd:"" help:"Take in a book that was written elsewhere."`
	Press        pressVerb        `cmd:"" help:"Typeset your own manuscript."`
	Cover        coverVerb        `cmd:"" help:"Draw a book's cover, or the whole wrap for a print shop."`
	Figure       figureVerb       `cmd:"" help:"Draw a figure from data."`
	Preflight    preflightVerb    `cmd:"" help:"Look over a book before it is published."`
	Quality      qualityVerb      `cmd:"" help:"Measure the prose of a book."`
	Genres       genresVerb       `cmd:"" help:"List the genres that there is guidance for."`
	Enhancements enhancementsVerb `cmd:"" help:"List the writing enhancements that can be switched off."`
	Dossier      dossierVerb      `cmd:"" help:"Tell how a book came to be, with what belongs to it."`
	Alerts       alertsVerb       `cmd:"" help:"List what contradicts itself in a book."`
	Check        checkVerb        `cmd:"" help:"See whether the home is sound."`
	Models       modelsVerb       `cmd:"" help:"Show who writes: models, prices, limits, and whether they answer."`
	FakeLLM      fakeLLMVerb      `cmd:"" name:"fake-llm" help:"Play a provider of models, for tests and trials."`
	Config       configVerb       `cmd:"" help:"Show the settings and where they come from."`
	Version      versionVerb      `cmd:"" help:"Show the version, or the licences of what is inside."`
}

const about = `Turns one line, an outline or a spreadsheet into a finished book.

  quire write "The lamplighter of Skerry Point" -o book.pdf -o book.epub
  quire write --outline plan.md --kind nonfiction -o guide.pdf
  quire press my-manuscript/ -o mine.pdf
  quire VERB --help tells more about a verb.`

// exits maps a kind of failure to the exit code that scripts rely on: 2 what the
// sender can fix, 75 what may work later, 1 all else.
var exits = map[problem.Kind]int{
	problem.Invalid: 2, problem.Unauthenticated: 1, problem.Denied: 1, problem.Missing: 1, problem.Conflict: 1,
	problem.Limited: 75, problem.Unavailable: 75, problem.Canceled: 75, problem.Internal: 1,
}

// errShown ends a verb that has said already why it failed.
type errShown struct{ kind problem.Kind }

func (e errShown) Error() string { return string(e.kind) }

// helped is thrown by kong after it has shown help.
type helped struct{}

// run does what the arguments say and returns the exit code.
func (s *session) run(args []string) (code int) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(helped); !ok {
				panic(r)
			}
			code = 0
		}
	}()
	s.out = resultWriter{s.out}
	err := s.do(args)
	var shown errShown
	switch {
	case err == nil:
		return 0
	case errors.As(err, &shown):
		return exits[shown.kind]
	}
	p := problem.Of(err)
	s.say("quire: %s.", strings.TrimSuffix(p.Detail, "."))
	if p.Hint != "" {
		s.say("hint: %s", p.Hint)
	}
	if p.Kind == problem.Internal && s.config.Log == "debug" {
		s.say("cause: %v", err)
	}
	return exits[p.Kind]
}

// resultWriter says in a sentence that results cannot be written.
type resultWriter struct{ io.Writer }

func (w resultWriter) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	if err != nil {
		err = problem.New(problem.Limited, "the result cannot be written to standard output").Because(err).Try("see where standard output leads, and whether there is room")
	}
	return n, err
}

func (s *session) do(args []string) error {
	var g grammar
	parser, err := kong.New(&g, kong.Name("quire"), kong.Description(about), kong.Writers(s.out, s.talk),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}), kong.Exit(func(int) { panic(helped{}) }),
		kong.Vars{"themes": themeNames(), "gates": strings.Join(book.Gates(), ", "), "formats": ".pdf .epub .docx .html .md .tex; book.html/ makes a folder."})
	if err != nil {
		return fmt.Errorf("command line: %w", err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	chosen, err := parser.Parse(args)
	if err != nil {
		return problem.New(problem.Invalid, "%s", sentence(err)).Because(err).Try("quire --help shows what can be done")
	}
	if s.config, err = readConfig(s.env, g.Home); err != nil {
		return err
	}
	return chosen.Run(s)
}

var notNumber = regexp.MustCompile(`^(--\w+): expected (?:int|uint64|a valid \d+ bit u?int)(?: value)? but got "([^"]*)"`)

var dashed = regexp.MustCompile(`^(--\w+): expected string value but got "([^"]*)"`)

// sentence words a parser's complaint for people.
func sentence(err error) string {
	if m := dashed.FindStringSubmatch(err.Error()); m != nil {
		return m[1] + " cannot be " + m[2]
	}
	if m := notNumber.FindStringSubmatch(err.Error()); m != nil {
		return m[1] + " must be a whole number, not " + m[2]
	}
	return strings.ReplaceAll(err.Error(), "unexpected argument", "there is no verb or argument")
}

// say prints a line that is not a result.
func (s *session) say(format string, args ...any) {
	// A terminal that is gone cannot be told so.
	_, _ = fmt.Fprintf(s.talk, format+"\n", args...)
}

// prompt asks a question whose answer follows on the same line.
func (s *session) prompt(format string, args ...any) {
	_, _ = fmt.Fprintf(s.talk, format, args...) // as with say
}

// print prints a line of the result.
func (s *session) print(format string, args ...any) error {
	_, err := fmt.Fprintf(s.out, format+"\n", args...)
	return err
}
