package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"unicode"

	"quire/book"
	"quire/edition"
	"quire/intake"
	"quire/press"
	"quire/problem"
	"quire/write"
)

// briefFlags say what a book is about and how it is to be.
type briefFlags struct {
	Topic   []string `arg:"" optional:"" help:"What the book is about, up to 500 characters."`
	Premise string   `help:"Longer description: text, up to 30,000 characters." placeholder:"FILE"`
	Outline string   `help:"File with the chapters, in headings, bullets or JSON; - is standard input." placeholder:"FILE"`
	Sheet   string   `help:"Table with a row a chapter, .csv or .xlsx." placeholder:"FILE"`
	Brief   string   `help:"YAML file with everything at once." placeholder:"FILE"`

	Title    string  `help:"Title of the book."`
	Author   string  `help:"Author's name."`
	Kind     string  `help:"fiction or nonfiction; found if not given."`
	Genre    string  `help:"Genre, such as mystery; quire genres lists them."`
	Subgenre string  `help:"Subgenre, such as locked room."`
	Audience string  `help:"Who reads it."`
	Tone     string  `help:"How it sounds."`
	Language string  `help:"Language of the book, such as en."`
	Chapters *int    `help:"Number of chapters, 1 to 400." placeholder:"N"`
	Words    *int    `help:"Number of words of the whole book." placeholder:"N"`
	Seed     *uint64 `help:"Number that all choices follow from." placeholder:"N"`
	Theme    string  `help:"How the pages look: ${themes}; or a theme of your own, FILE.yaml." placeholder:"NAME|FILE"`
	Trim     string  `help:"Page size: 5x8, 5.25x8, 5.5x8.5, 6x9, A5, A4, Letter or a pair like 140x210mm."`
	Date     string  `help:"Date printed in the book, as 2026-01-31."`
	Approve  string  `help:"Stages to wait behind, such as outline,beats." placeholder:"STAGES"`

	sourceFlags
	mannerFlags
}

// writeVerb writes a book.
type writeVerb struct {
	briefFlags
	Output []string `short:"o" sep:"none" help:"File to write; repeat for more: ${formats}" placeholder:"FILE"`
	JSON   bool     `help:"Print the result as JSON."`

	termsFlags
}

// Help shows how the verb is used.
func (*writeVerb) Help() string {
	return `Examples:
  quire write "The lamplighter of Skerry Point" -o book.pdf -o book.epub
  quire write "How to keep bees" --words 12000 --theme nonfiction -o bees.pdf
  quire write --sheet course.xlsx --kind nonfiction -o course.pdf -o course.md`
}

// Run takes the brief in, writes the book and its files.
func (v *writeVerb) Run(s *session) error {
	brief, warnings, err := v.brief(s)
	if err != nil {
		return err
	}
	sources, more, err := v.sources(s)
	if err != nil {
		return err
	}
	warnings = append(warnings, more...)
	brief = write.Sourced(brief, sources)
	if err := brief.Check(); err != nil {
		return err
	}
	brief = brief.Settle()
	if _, err := edition.Look(edition.Looks{Theme: brief.Theme, Trim: brief.Trim}); err != nil {
		return err
	}
	outputs, err := v.outputs(s, brief)
	if err != nil {
		return err
	}
	terms, quote, err := v.terms(s, brief)
	if err != nil {
		return err
	}
	if quote != nil {
		s.introduce(brief)
		if err := v.agree(s, *quote, terms.Budget); err != nil {
			return err
		}
	}
	h, err := s.open()
	if err != nil {
		return err
	}
	defer h.close() // at the end of a verb there is nothing left to save
	if err := h.home.lock(s.ctx, "(new)"); err != nil {
		return err
	}
	if err := s.hire(h, terms); err != nil {
		return err
	}
	b, err := h.writer.Start(s.ctx, brief, terms, outputs, sources...)
	if err != nil {
		return err
	}
	if quote == nil {
		s.introduce(brief)
	}
	s.say("  book %s; Ctrl-C stops, quire resume %s goes on", b.ID, b.ID)
	for _, w := range warnings {
		s.say("note: %s", w)
	}
	return s.finish(h, b.ID, v.JSON)
}

// introduce tells what will be written and what was decided for the maker.
func (s *session) introduce(b book.Brief) {
	kind := string(b.Kind)
	if b.Inferred != "" {
		kind += " (" + b.Inferred + ")"
	}
	s.say("%s", write.WorkingTitle(b))
	s.say("  %s, %s, %s, seed %d", kind, count(b.Chapters, "chapter"), count(b.Words, "word"), b.Seed)
}

// brief joins what files and flags say; a flag stands over a file.
func (v *briefFlags) brief(s *session) (book.Brief, []string, error) {
	var b book.Brief
	err := v.inputs(s, &b)
	if err != nil {
		return b, nil, err
	}
	var warnings []string
	for _, in := range []struct {
		file string
		read func(string, io.Reader) (intake.Plan, error)
	}{{v.Outline, intake.Outline}, {v.Sheet, intake.Sheet}} {
		if in.file == "" {
			continue
		}
		var plan intake.Plan
		err := s.read(in.file, func(name string, r io.Reader) (err error) {
			plan, err = in.read(name, r)
			return err
		})
		if err != nil {
			return b, nil, err
		}
		b.Outline, warnings = plan.Headings, append(warnings, plan.Warnings...)
		if b.Title == "" {
			b.Title = plan.Title
		}
		if b.Premise == "" {
			b.Premise = plan.About
		}
	}
	if err := v.flags(s, &b); err != nil {
		return b, nil, err
	}
	if near := b.Nearest(); near != "" {
		s.say("note: %s", near) // before money is spent
	}
	return b, warnings, v.into(&b)
}

// inputs reads the brief and premise files, and refuses inputs that clash.
func (v *briefFlags) inputs(s *session, b *book.Brief) error {
	if v.Outline != "" && v.Sheet != "" {
		return problem.New(problem.Invalid, "an outline and a sheet are given, but a book has one plan").Try("give --outline or --sheet")
	}
	if v.Brief != "" {
		err := s.read(v.Brief, func(name string, r io.Reader) (err error) {
			*b, err = intake.Brief(name, r)
			return err
		})
		if err != nil {
			return err
		}
	}
	if len(b.Outline) > 0 && (v.Outline != "" || v.Sheet != "") {
		return problem.New(problem.Invalid, "the brief has an outline, and another one is given").Try("keep one of them")
	}
	if v.Premise == "" {
		return nil
	}
	return s.read(v.Premise, func(name string, r io.Reader) (err error) {
		b.Premise, err = intake.Premise(name, r)
		return err
	})
}

// flags puts the flags over the brief, and the settings under it.
func (v *briefFlags) flags(s *session, b *book.Brief) error {
	theme, err := readTheme(v.Theme)
	if err != nil {
		return err
	}
	usual, err := readTheme(s.config.Theme)
	if err != nil {
		return err
	}
	for _, f := range []struct {
		flag, setting string
		into          *string
	}{
		{strings.Join(v.Topic, " "), "", &b.Topic}, {v.Title, "", &b.Title}, {v.Author, s.config.Author, &b.Author},
		{v.Genre, "", &b.Genre}, {v.Subgenre, "", &b.Subgenre}, {v.Audience, "", &b.Audience}, {v.Tone, "", &b.Tone},
		{v.Language, "", &b.Language}, {theme, usual, &b.Theme}, {v.Trim, s.config.Trim, &b.Trim}, {v.Date, "", &b.Date},
	} {
		if f.flag != "" {
			*f.into = f.flag
		} else if *f.into == "" {
			*f.into = f.setting
		}
	}
	if v.Kind != "" {
		b.Kind = book.Kind(v.Kind)
	}
	if v.Approve != "" {
		b.Approve = strings.FieldsFunc(v.Approve, func(r rune) bool { return r == ',' || r == ' ' })
	}
	if v.Seed != nil {
		b.Seed = *v.Seed
	}
	for _, n := range []struct {
		flag *int
		name string
		most int
		into *int
	}{{v.Chapters, "chapters", book.MaxChapters, &b.Chapters}, {v.Words, "words", book.MaxWords, &b.Words}} {
		if n.flag == nil {
			continue
		}
		if *n.flag < 1 || *n.flag > n.most {
			return problem.New(problem.Invalid, "a book has 1 to %s %s, not %d", thousands(n.most), n.name, *n.flag).
				Try("choose a number from 1 to %s, or leave out --%s", thousands(n.most), n.name)
		}
		*n.into = *n.flag
	}
	return nil
}

// outputs are the files to write at the end, absolute. None asked for is a PDF
// and an EPUB named after the book, in the working folder.
func (v *writeVerb) outputs(s *session, b book.Brief) ([]string, error) {
	asked := v.Output
	if len(asked) == 0 {
		name := freeName(slug(b))
		asked = []string{name + ".pdf", name + ".epub"}
	}
	return s.outputs(asked, v.Premise, v.Outline, v.Sheet, v.Brief)
}

// outputs looks over the files that are asked for, and returns their absolute
// paths. A folder keeps the slash at its end.
func (s *session) outputs(asked []string, inputs ...string) ([]string, error) {
	m, err := s.maker()
	if err != nil {
		return nil, err
	}
	if err := notAnInput(asked, inputs...); err != nil {
		return nil, err
	}
	var list []string
	for _, path := range asked {
		if _, err := m.FormatOf(path); err != nil {
			return nil, err
		}
		abs, err := filepath.Abs(path)
		if err != nil {
			return nil, fmt.Errorf("path of an output: %w", err)
		}
		if edition.Folder(path) {
			abs += string(filepath.Separator)
		}
		if err := edition.Writable(abs); err != nil {
			return nil, err
		}
		list = append(list, abs)
	}
	return list, nil
}

// notAnInput refuses outputs that would replace what is read, by any name.
func notAnInput(outputs []string, inputs ...string) error {
	for _, in := range inputs {
		from, err := os.Stat(in)
		if err != nil {
			continue // it is told when it is read
		}
		for _, out := range outputs {
			to, err := os.Stat(out)
			inside := from.IsDir() && strings.HasSuffix(strings.ToLower(out), ".md") && sameFolder(in, out)
			if err == nil && os.SameFile(from, to) || inside {
				return problem.New(problem.Invalid, "%q would be written over what is read", filepath.Base(out)).Try("choose another name for the output")
			}
		}
	}
	return nil
}

// sameFolder reports whether file lies directly in folder.
func sameFolder(folder, file string) bool {
	a, err := os.Stat(folder)
	if err != nil {
		return false
	}
	b, err := os.Stat(filepath.Dir(file))
	return err == nil && os.SameFile(a, b)
}

// slug is a file name for the book: lower-case words of its title or topic.
func slug(b book.Brief) string {
	source := b.Title
	if source == "" {
		source = b.Topic
	}
	if source == "" && len(b.Outline) > 0 {
		source = b.Outline[0].Title
	}
	words := strings.FieldsFunc(strings.ToLower(source), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	name := strings.Join(words, "-")
	for len(name) > 60 {
		cut := strings.LastIndexByte(name[:60], '-')
		if cut <= 0 {
			name = strings.ToValidUTF8(name[:60], "")
			break
		}
		name = name[:cut]
	}
	if name == "" {
		return "book"
	}
	return name
}

// freeName is name, or name-2 and so on if one of the usual files is there.
func freeName(name string) string {
	taken := func(n string) bool {
		for _, ending := range []string{".pdf", ".epub"} {
			if _, err := os.Lstat(n + ending); err == nil {
				return true
			}
		}
		return false
	}
	free := name
	for i := 2; taken(free); i++ {
		free = fmt.Sprintf("%s-%d", name, i)
	}
	return free
}

// read opens a file that the user named, "-" for standard input, for read.
func (s *session) read(path string, read func(name string, r io.Reader) error) error {
	if path == "-" {
		return read("standard input", s.in)
	}
	name := filepath.Base(path)
	f, err := os.Open(path)
	if err != nil {
		return unreadable(name, err)
	}
	defer f.Close() // it was only read
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return problem.New(problem.Invalid, "%q is a folder", name).Try("give the name of a file")
	}
	return read(name, f)
}

// unreadable sorts a failure to open what the user named.
func unreadable(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return problem.New(problem.Invalid, "there is no file %q", name).Because(err).Try("check the name")
	case errors.Is(err, fs.ErrPermission):
		return problem.New(problem.Invalid, "the file %q cannot be read", name).Because(err).Try("change its rights")
	default:
		return problem.New(problem.Invalid, "the file %q cannot be opened", name).Because(err).Try("check the name")
	}
}

// themeNames lists the themes for help.
func themeNames() string {
	var names []string
	for _, t := range press.Themes() {
		names = append(names, t.Name)
	}
	return strings.Join(names, ", ")
}
