package quality

import (
	"fmt"
	"strings"
)

// Document is docs/quality.md: every metric with its bands, from the table.
func Document() string {
	var out strings.Builder
	fmt.Fprintf(&out, `# The measures of prose

`+"`quire quality ID|PATH`"+` takes 25 measures of a book by code alone: no model is asked, and the same text gives the same numbers on
every machine. They do not tell who wrote a text, nor whether it is good. They show where to look.

A **green** value is in its band; **amber** is outside; **red** is at or beyond the edge in brackets. Breakage blocks, style
advises: only a red light of a measure of the class **breakage** calls a book broken (and ends `+"`--strict`"+` with exit code 1).
Bands have two sides: prose can be too varied and too even as well.

The **score** from 0 to 100 is the weighted mean of the groups below. A reading has 100 points in its band, 0 at the red edge and a
share in between (50 where there is no red edge); a measure is the mean of its readings with bands, a group the mean of its measures.
Groups that cannot be measured leave their weight to the others. The score is 100 only if nothing could be better, and %d at most with something broken; below %d
words of prose there is none.

| group | weight | measures |
|---|---|---|
`, capBroken, leastScored)
	for _, s := range shares {
		fmt.Fprintf(&out, "| %s | %g | %s |\n", s.name, s.weight, strings.Join(s.ids, " "))
	}
	fmt.Fprintf(&out, `
What counts as prose: paragraphs, quotations and items of lists. Code, figures, formulas, tables, headings, notes, pictures, verse and
mottos do not. Words are runs of letters, with an apostrophe inside.

The lists of words and phrases are our own, for English, and provisional; the bands come from four old novels and two old books of
facts, those for children are guesses. Measures that need a list, or bands that hold for English only, are left out for other
languages, and words are not counted in text without spaces (Chinese, Japanese, Thai): the report says so. A plain file has no plan,
so what needs one (asked length, bible, ledger, beats, sources) is not measured, or measured in part.

When a chapter is revised, its new version is kept only if no measure got worse: one of breakage by moving away from its band, one of
style by a light that changed for the worse. Less than a twentieth of the way from band to red edge counts as nothing.

This page is made from `+"`quality/metrics.go`"+` by `+"`go test ./quality -run Documented -update`"+`; the state of formulas, lists and bands is `+"`%s`"+`.
Scores of different states cannot be compared.
`, Version)
	for _, d := range definitions() {
		fmt.Fprintf(&out, "\n## %s %s\n\n%s\n\nClass: %s. Source: %s.\n\n| reading | fiction | nonfiction | children |\n|---|---|---|---|\n", d.id, d.name, d.says, d.class, d.source)
		var todo []string
		for i, r := range d.readings {
			todo = append(todo, r.todo(d.id, i == 0)...)
			name := r.name
			if r.unit != "" && r.unit != r.name {
				name += " (" + r.unit + ")"
			}
			fmt.Fprintf(&out, "| %s | %s | %s | %s |\n", name, edgesOf(r.band(Fiction)), edgesOf(r.band(Nonfiction)), edgesOf(r.band(Children)))
		}
		if len(todo) > 0 {
			fmt.Fprintf(&out, "\n%s\n", strings.Join(todo, "\n"))
		}
	}
	return out.String()
}

// todo is what to do on each side of a reading's bands, as items of a list.
func (r reading) todo(id string, first bool) (list []string) {
	if !first {
		id += " " + r.name
	}
	for _, side := range []string{"low", "high"} {
		if say := advice[id+", "+side]; say != "" {
			list = append(list, "- "+r.name+" too "+side+": "+say)
		}
	}
	return list
}

// edgesOf tells a band with its red edges.
func edgesOf(b Band) string {
	text := b.String()
	if text == "" {
		return "told"
	}
	var red []string
	if b.RedLow != nil {
		red = append(red, exact(*b.RedLow))
	}
	if b.RedHigh != nil {
		red = append(red, exact(*b.RedHigh))
	}
	if len(red) > 0 {
		text += " (" + strings.Join(red, ", ") + ")"
	}
	return text
}
