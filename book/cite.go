package book

import (
	"slices"
	"strings"
)

// A text cites a passage by a mark behind what it supports: [^src_0a1b2c3d.12].
// Such a mark is a reference of a footnote already; Cite puts the footnotes
// behind the text.

// Mark is one citation of a passage in a Markdown text.
type Mark struct {
	Passage    string // what it names: "src_0a1b2c3d.12", or what stands there instead
	Start, End int    // of the mark, in bytes of the text
	Defines    bool   // it begins a footnote's text and cites nothing
}

const markStart, maxMark = "[^src_", 80

// Marks finds the citations of a Markdown text in their order, outside of code.
// A mark behind a backslash is none.
func Marks(markdown string) []Mark {
	if !strings.Contains(markdown, markStart) {
		return nil
	}
	var marks []Mark
	prose(markdown, func(start, end int) {
		for at := start; at < end; {
			i := strings.Index(markdown[at:end], markStart)
			if i < 0 {
				return
			}
			from := at + i
			at = from + len(markStart)
			size := strings.IndexAny(markdown[at:min(end, at+maxMark)], "]\n[")
			if size < 0 || markdown[at+size] != ']' || escaped(markdown, from) {
				continue
			}
			at += size + 1
			marks = append(marks, Mark{Passage: markdown[from+2 : at-1], Start: from, End: at, Defines: defines(markdown, from, at)})
		}
	})
	return marks
}

// escaped reports whether a backslash takes the meaning off the sign at a place.
func escaped(text string, at int) bool {
	n := at - len(strings.TrimRight(text[:at], `\`))
	return n%2 == 1
}

// defines reports whether a mark begins a footnote's text.
func defines(text string, start, end int) bool {
	line := text[strings.LastIndexByte(text[:start], '\n')+1 : start]
	return len(line) <= 3 && strings.Trim(line, " ") == "" && strings.HasPrefix(text[end:], ":")
}

// prose calls do with each stretch of a Markdown text that is no code: neither
// between fences nor between backticks.
func prose(text string, do func(start, end int)) {
	fence := ""
	start := 0
	for at := 0; at < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		line := text[at:end]
		mark := fenceOf(line)
		blank := strings.TrimSpace(line) == ""
		switch {
		case fence == "" && mark != "":
			unquoted(text, start, at, do)
			fence = mark
		case fence != "" && strings.HasPrefix(mark, fence) && strings.Trim(strings.TrimSpace(strings.TrimLeft(line, "> ")), fence[:1]) == "":
			fence, start = "", end
		case fence == "" && blank: // code in a line ends with its paragraph
			unquoted(text, start, at, do)
			start = at
		}
		at = end
	}
	if fence == "" {
		unquoted(text, start, len(text), do)
	}
}

// fenceOf is the run of backticks or tildes that begins or ends a block of
// code, "" if the line does neither.
func fenceOf(line string) string {
	line = strings.TrimLeft(line, "> ")
	for _, sign := range []string{"`", "~"} {
		rest := strings.TrimLeft(line, sign)
		if n := len(line) - len(rest); n >= 3 && (sign == "~" || !strings.Contains(rest, "`")) {
			return line[:n]
		}
	}
	return ""
}

// unquoted calls do with what is not between equal runs of backticks.
func unquoted(text string, start, end int, do func(start, end int)) {
	from := start
	for at := start; at < end; {
		i := strings.IndexByte(text[at:end], '`')
		if i < 0 {
			break
		}
		open := at + i
		run := open
		for run < end && text[run] == '`' {
			run++
		}
		at = run
		if escaped(text, open) {
			continue
		}
		if after := closing(text[run:end], run-open); after >= 0 {
			do(from, open)
			from, at = run+after, run+after
		}
	}
	if from < end {
		do(from, end)
	}
}

// closing is where a run of exactly n backticks ends, -1 if there is none.
func closing(text string, n int) int {
	for at := 0; at < len(text); {
		i := strings.IndexByte(text[at:], '`')
		if i < 0 {
			return -1
		}
		run := at + i
		for at = run; at < len(text) && text[at] == '`'; {
			at++
		}
		if at-run == n {
			return at
		}
	}
	return -1
}

// Citations tells what Cite found.
type Citations struct {
	Notes   int       // footnotes that were made
	Cited   []Source  // sources that are cited, in the order of a bibliography
	Unknown []Unknown // marks that name no passage and were dropped
}

// Unknown is a mark that names no passage.
type Unknown struct {
	Chapter string // ID of the chapter that it stood in
	Passage string // what it named
}

// Cite makes footnotes of all citations: each passage gets one note in each
// chapter that cites it, however often. Marks that name no passage are dropped
// and told; so are footnotes that a text gave such marks itself. What it
// returns is a copy; done twice, it changes nothing more.
func Cite(chapters []Text, sources []Source) ([]Text, Citations) {
	notes, owner := map[string]string{}, map[string]int{}
	for i := range sources {
		for _, p := range sources[i].Passages {
			notes[p.ID], owner[p.ID] = noteOf(&sources[i], p), i
		}
	}
	var c Citations
	cited := map[int]bool{}
	out := slices.Clone(chapters)
	for i := range out {
		text, used, unknown := cite(out[i].Markdown, notes)
		out[i].Markdown = text
		c.Notes += len(used)
		for _, id := range used {
			cited[owner[id]] = true
		}
		for _, name := range unknown {
			c.Unknown = append(c.Unknown, Unknown{Chapter: out[i].ID, Passage: name})
		}
	}
	for i := range sources {
		if cited[i] {
			c.Cited = append(c.Cited, sources[i])
		}
	}
	slices.SortFunc(c.Cited, alphabetical)
	return out, c
}

// cite makes the footnotes of one chapter.
func cite(text string, notes map[string]string) (out string, used, unknown []string) {
	marks := Marks(text)
	if len(marks) == 0 {
		return text, nil, nil
	}
	var b strings.Builder
	done := 0
	for _, m := range marks {
		if m.Start < done {
			continue // in a note that was taken out
		}
		switch _, known := notes[m.Passage]; {
		case m.Defines:
			b.WriteString(strings.TrimRight(text[done:m.Start], " \n"))
			done = endOfNote(text, m.End)
			b.WriteString("\n\n")
			continue
		case known:
			b.WriteString(text[done:m.End])
			if !slices.Contains(used, m.Passage) {
				used = append(used, m.Passage)
			}
		default:
			b.WriteString(dropped(text[done:m.Start], text[m.End:]))
			unknown = append(unknown, m.Passage)
		}
		done = m.End
	}
	b.WriteString(text[done:])
	if len(used) == 0 {
		return b.String(), nil, unknown
	}
	out = strings.TrimRight(b.String(), " \n") + "\n"
	for _, id := range used {
		out += "\n[^" + id + "]: " + notes[id] + "\n"
	}
	return out, used, unknown
}

// endOfNote is where the footnote's text goes over into the next paragraph.
func endOfNote(text string, at int) int {
	for at < len(text) {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			return len(text)
		}
		at += i + 1
		rest := strings.TrimLeft(text[at:], " \t")
		if rest == "" || rest[0] == '\n' || strings.HasPrefix(rest, "[^") {
			break
		}
	}
	return at + len(text[at:]) - len(strings.TrimLeft(text[at:], "\n"))
}

// dropped is what stood before a mark that goes, without the blank that would
// be left over.
func dropped(before, after string) string {
	if after == "" || strings.ContainsRune(" \n.,;:!?)", rune(after[0])) {
		return strings.TrimRight(before, " ")
	}
	return before
}

// noteOf is the text of a footnote.
func noteOf(s *Source, p Passage) string {
	note := "*" + escapeMarkdown(s.Title) + "*"
	if s.Author != "" {
		note += ", " + escapeMarkdown(s.Author)
	}
	if p.Heading != "" && p.Heading != s.Title {
		note += ", “" + escapeMarkdown(p.Heading) + "”"
	}
	return closed(note)
}

// Bibliography lists sources as entries in Markdown, one each, in the order of
// their authors and titles. Those that say no author stand under their title.
func Bibliography(cited []Source) []string {
	list := slices.Clone(cited)
	slices.SortStableFunc(list, alphabetical)
	entries := make([]string, 0, len(list))
	for _, s := range list {
		entry := "*" + escapeMarkdown(s.Title) + "*"
		if s.Author != "" {
			entry = escapeMarkdown(s.Author) + ": " + entry
		}
		entries = append(entries, closed(entry))
	}
	return entries
}

// closed ends an entry with a full stop, if no sign ends it.
func closed(entry string) string {
	if end := strings.TrimRight(entry, "*”"); strings.HasSuffix(end, ".") || strings.HasSuffix(end, "?") || strings.HasSuffix(end, "!") {
		return entry
	}
	return entry + "."
}

// alphabetical compares sources by author, or title if they have none, then by
// title and ID.
func alphabetical(a, b Source) int {
	key := func(s Source) string { return strings.ToLower(firstOf(s.Author, s.Title)) }
	if c := strings.Compare(key(a), key(b)); c != 0 {
		return c
	}
	if c := strings.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title)); c != 0 {
		return c
	}
	return strings.Compare(a.ID, b.ID)
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// escapeMarkdown writes plain text so that Markdown reads nothing into it.
func escapeMarkdown(s string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(s), " ") {
		if strings.ContainsRune("\\`*_[]<>{}$~^|#!&@", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
