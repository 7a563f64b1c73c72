package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"quire/book"
	"quire/edition"
	"quire/problem"
	"quire/quality"
)

// qualityVerb measures the prose of a book.
type qualityVerb struct {
	Book    string `arg:"" help:"ID of a book, or a .docx, .epub, Markdown file or folder by anybody." placeholder:"ID|PATH"`
	Profile string `help:"Whose bands are used: fiction, nonfiction or children; left out, what the book says it is." placeholder:"NAME"`
	Output  string `short:"o" help:"Write the report as a page for browsers, .html." placeholder:"FILE"`
	Strict  bool   `help:"End with exit code 1 if something is broken."`
	JSON    bool   `help:"Print the result as JSON."`
}

// Help shows how the verb is used.
func (*qualityVerb) Help() string {
	return `Takes 25 measures of the prose by code alone, no model, and shows the places that speak for each.
Breakage blocks, style advises: only breakage is called broken. docs/quality.md tells what each means.

Examples:
  quire quality novel.docx
  quire quality bk_0123456789ab -o report.html
  quire quality my-book/ --profile children --strict`
}

// Run measures the book and tells what came of it.
func (v *qualityVerb) Run(s *session) error {
	if v.Output != "" {
		if ext := strings.ToLower(filepath.Ext(v.Output)); ext != ".html" && ext != ".htm" {
			return problem.New(problem.Invalid, "the report is a page for browsers, which %q is not", filepath.Base(v.Output)).Try("let the name end in .html")
		}
		if err := edition.Writable(v.Output); err != nil {
			return err
		}
	}
	profile, err := v.profile()
	if err != nil {
		return err
	}
	text, plan, err := v.text(s)
	if err != nil {
		return err
	}
	if profile == "" {
		profile = quality.ProfileOf(text.Meta)
	}
	found := quality.MeasurePlanned(text, profile, plan)
	if v.Output != "" {
		page, err := quality.Page(found, text.Meta.Title)
		if err != nil {
			return err
		}
		if err := edition.WriteFile(v.Output, func(w io.Writer) error { _, err := w.Write(page); return err }); err != nil {
			return err
		}
	}
	if v.JSON {
		err = s.json(found)
	} else {
		err = s.tellQuality(found, v.Output)
	}
	if err == nil && v.Strict && found.Broken > 0 {
		return errShown{problem.Conflict}
	}
	return err
}

// profile reads the flag; "" is left to the book.
func (v *qualityVerb) profile() (quality.Profile, error) {
	if v.Profile == "" {
		return "", nil
	}
	return quality.ParseProfile(v.Profile)
}

// text is the book of the argument, with what is known of its plan.
func (v *qualityVerb) text(s *session) (book.Manuscript, quality.Plan, error) {
	if _, err := os.Stat(v.Book); err == nil || !libraryID.MatchString(v.Book) {
		text, _, err := readManuscript(v.Book)
		return text, quality.Plan{}, err
	}
	h, err := s.open()
	if err != nil {
		return book.Manuscript{}, quality.Plan{}, err
	}
	defer h.close() // nothing was changed
	text, _, err := h.maker.Manuscript(s.ctx, book.ID(v.Book))
	if err != nil {
		return text, quality.Plan{}, err
	}
	plan, err := h.writer.Measured(s.ctx, book.ID(v.Book))
	return text, plan, err
}

// tellQuality prints the score, a line for each metric, and the places that
// speak for what is not green.
func (s *session) tellQuality(r quality.Report, page string) error {
	var out strings.Builder
	fmt.Fprintln(&out, qualityScore(r))
	if r.Note != "" {
		fmt.Fprintln(&out, r.Note)
	}
	fmt.Fprintf(&out, "\n%-4s %-30s %9s %-16s %-17s %s\n", "ID", "METRIC", "VALUE", "", "BAND", "LIGHT")
	for _, m := range r.Metrics {
		qualityLine(&out, m)
	}
	for _, m := range r.Metrics {
		if m.Light == quality.Amber || m.Light == quality.Red {
			qualityPlaces(&out, m)
		}
	}
	if page != "" {
		fmt.Fprintf(&out, "\n%s: the report\n", page)
	}
	_, err := io.WriteString(s.out, out.String())
	return err
}

// qualityScore is the line of the score.
func qualityScore(r quality.Report) string {
	score := "no score"
	if r.Score != nil {
		score = fmt.Sprintf("score %d of 100", *r.Score)
	}
	words := ""
	if r.Words != nil {
		words = ", " + count(*r.Words, "word")
	}
	verdict := "nothing broken"
	if r.Broken > 0 {
		verdict = fmt.Sprintf("%d broken", r.Broken)
	}
	return fmt.Sprintf("%s · %s · %s, %s%s · %s", score, verdict, r.Profile, count(r.Chapters, "chapter"), words, r.Version)
}

// qualityLine prints a metric, and further readings that are not green.
func qualityLine(out io.Writer, m quality.Metric) {
	light := string(m.Light)
	switch {
	case m.Light == quality.None:
		light = "told"
	case m.Light == quality.Red && m.Class == quality.Breakage:
		light = "red: broken"
	case m.Light == quality.Red || m.Light == quality.Amber:
		light += ": advice"
	}
	value, unit, band := "–", m.Unit, m.Band
	if m.Value != nil {
		value = m.Band.Shown(*m.Value)
	} else {
		unit = ""
	}
	if m.Value == nil && (len(m.Parts) == 0 || m.Light == quality.None) {
		_, _ = fmt.Fprintf(out, "%-4s %-30s %9s %s\n", m.ID, m.Name, value, m.Note) // a builder takes everything
		return
	}
	if m.Value == nil && m.Light == quality.Green {
		value, unit = m.Parts[0].Band.Shown(m.Parts[0].Value), m.Parts[0].Name
		band = m.Parts[0].Band
	}
	_, _ = fmt.Fprintf(out, "%-4s %-30s %9s %-16s %-17s %s\n", m.ID, m.Name, value, unit, band, light)
	for _, p := range m.Parts {
		if p.Light == quality.Amber || p.Light == quality.Red {
			_, _ = fmt.Fprintf(out, "%-4s   %-28s %9s %-16s %-17s %s\n", "", p.Name, p.Band.Shown(p.Value), p.Unit, p.Band, p.Light)
		}
	}
}

// qualityPlaces prints what to do about a metric, and its most telling places.
func qualityPlaces(out io.Writer, m quality.Metric) {
	_, _ = fmt.Fprintf(out, "\n%s %s: %s\n", m.ID, m.Name, m.Advice()) // a builder takes everything
	for _, e := range m.Evidence[:min(3, len(m.Evidence))] {
		text := oneLine(e.Quote, max(24, 78-utf8.RuneCountInString(e.Note)))
		if text != "" {
			text = "“" + text + "”"
		}
		if e.Note != "" && text != "" {
			text += " "
		}
		_, _ = fmt.Fprintf(out, "  chapter %-3d %s%s\n", e.Chapter, text, e.Note)
	}
}

// oneLine puts a passage on one line of at most n letters.
func oneLine(text string, n int) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= n {
		return string(runes)
	}
	return strings.TrimSpace(string(runes[:n-1])) + "…"
}
