package offline

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"quire/book"
)

var (
	guideSentence = regexp.MustCompile(`[.!?…][”"')]*$`)
	guideFragment = regexp.MustCompile(`^(?:How|Why|What|When|Where|Which|The|A|An|how|why|what|when|where|which|the|a|an|\p{Ll}\w+ing) `)
	guideFigure   = regexp.MustCompile(`(?:[$€£¥]\s?)?\d[\d.,:/–-]*\d(?:\s?(?:%|°[CF]?|[$€£¥]))?|(?:[$€£¥]\s?)?\d(?:\s?(?:%|°[CF]?|[$€£¥]))?`)
	guideUnit     = lazy(`^[ -]?(?:kg|g|mg|t|l|ml|cl|mm|cm|m|km|ha|m²|in|ft|mi|lb|oz|V|W|kW|kWh|A|Hz|GB|MB|KB|s|min|h|(?:gram|litre|liter|gallon|met(?:re|er)|kilomet(?:re|er)|mile|inche?|foot|feet|pound|ounce|second|minute|hour|day|week|month|year|person|people|dollar|euro|cent|percent|degree|page|word|watt|volt)s?)\b`)
	guideOrders   = lazy(`(?i)^(?:keep|make|write|mention|use|avoid|do not|don['’]t|add|cover|focus|include|be|tone|style|short|todo|no|please|try|should|must)\b`)
	guideClause   = regexp.MustCompile(`[.;!?]\s+|\n`)
)

// guideLead sets a description: a fragment that surely fits goes into a frame,
// anything else stands for itself.
func guideLead(description, frame string) string {
	d := guideEscape(description)
	if guideSentence.MatchString(d) {
		return d
	}
	if guideFragment.MatchString(d) && !strings.ContainsAny(d, ".!?") {
		if guideLower.MatchString(d) || !strings.ContainsAny(d[:1], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") || guideFragment.MatchString(guideLowerFirst(d)) {
			d = guideLowerFirst(d)
		}
		return strings.Replace(frame, "{d}", d, 1)
	}
	return guideUpper(d) + "."
}

// points sets the section's points, each in its own words, in one of four ways:
// with a prompt after each, in a sheet, in a row or as a plain list. It reports
// whether they stand in a sheet.
func (t *guideText) points() (sheet bool) {
	points, s := t.section.beat.Points, t.section
	if len(points) == 0 {
		return false
	}
	sum, longest := 0, 0
	for _, p := range points {
		sum += book.Words(p)
		longest = max(longest, book.Words(p))
	}
	intro := t.frame("points", s.pointed)
	if t.book.workbook {
		intro = t.frame("aims", s.pointed)
	}
	prompts := !t.book.workbook && t.target >= 60 && sum+10*len(points) < t.target*2/3
	switch way := s.pointed % 3; {
	case len(s.treats) > 0:
		t.prompts(intro)
	case !t.book.workbook && longest <= 5 && len(points) > 1 && !strings.ContainsAny(strings.Join(points, ""), ".;!?") && (way == 2 || t.target < 60):
		t.add(strings.Replace(t.frame("pointrun", s.pointed/3), "{p}", guideEscape(strings.Join(points, "; ")), 1))
	case way == 1 && prompts && longest <= 12 && len(points) > 1:
		t.add(guidePointTable(t.frame("pointtable", s.pointed/3), points))
		return true
	case prompts:
		t.prompts(intro)
	case len(points) == 1:
		t.add(guideStop(guideUpper(guideEscape(points[0]))))
	default:
		t.add(intro + "\n\n- " + strings.Join(guideEscapeAll(points), "\n- "))
	}
	return false
}

// prompts treats the first points in a paragraph each, as many as the plan says,
// and sets the others as a list with a prompt after each.
func (t *guideText) prompts(intro string) {
	s := t.section
	var list []string
	for i, p := range s.beat.Points {
		if i < len(s.treats) {
			t.add(guideHead(p) + " " + s.treats[i])
			continue
		}
		list = append(list, guideHead(p)+" "+t.frame("prompt", s.points+i))
	}
	switch {
	case len(list) == 1:
		t.add(list[0])
	case len(list) > 1:
		t.add(intro + "\n\n- " + strings.Join(list, "\n- "))
	}
}

// guideHead sets a point before the text that treats it, letter for letter: a
// sentence gets its stop, anything else a dash.
func guideHead(point string) string {
	p := guideEscape(point)
	if guideUpper(p) == p && !guideFragment.MatchString(p) || guideSentence.MatchString(p) {
		return "**" + guideStop(p) + "**"
	}
	return "**" + p + "** –"
}

// guidePointTable makes a sheet of points; frame is its intro and column names.
func guidePointTable(frame string, points []string) string {
	intro, head, _ := strings.Cut(frame, " | ")
	columns := strings.Count(head, "|") + 1
	rows := ""
	for _, p := range points {
		rows += "\n| " + guideEscape(p) + " |" + strings.Repeat(" |", columns-1)
	}
	return intro + "\n\n" + guideTableHead(head) + rows
}

// guideStop ends a text with a full stop unless it has an end.
func guideStop(s string) string {
	if guideSentence.MatchString(s) || strings.HasSuffix(s, ":") {
		return s
	}
	return s + "."
}

func guideEscapeAll(texts []string) []string {
	var out []string
	for _, s := range texts {
		out = append(out, guideEscape(s))
	}
	return out
}

// numbers sets the figures that were given for the section in a sheet, if there
// are at least three.
func (t *guideText) numbers() {
	s := t.section
	if !s.first {
		return
	}
	var rows []string
	for _, text := range append([]string{s.description, s.notes}, s.beat.Points...) {
		for _, clause := range guideClause.Split(text, -1) {
			for _, at := range guideFigure.FindAllStringIndex(clause, -1) {
				figure := clause[at[0]:at[1]] + guideUnit().FindString(clause[at[1]:])
				rows = append(rows, "| "+guideEscape(figure)+" | "+guideEscape(guideClip(clause, 90))+" | |")
			}
		}
	}
	sheet := ""
	if len(rows) >= 3 && len(rows) <= 12 {
		intro, head, _ := strings.Cut(t.frame("numbers", s.frame), " | ")
		sheet = intro + "\n\n" + guideTableHead(head) + "\n" + strings.Join(rows, "\n")
	}
	if sheet != "" && book.Words(sheet)+t.words() < t.target*3/4 {
		t.add(sheet)
	}
}

// words counts the words so far.
func (t *guideText) words() int {
	n := 0
	for _, b := range t.blocks {
		n += book.Words(b.text)
	}
	return n
}

// guideSentences splits a paragraph after the end of each sentence.
func guideSentences(paragraph string) []string {
	var out []string
	start := 0
	for i, r := range paragraph {
		if !strings.ContainsRune(".!?", r) {
			continue
		}
		end := i + utf8.RuneLen(r)
		for end < len(paragraph) {
			r, n := utf8.DecodeRuneInString(paragraph[end:])
			if !strings.ContainsRune("”’)*…", r) {
				break
			}
			end += n
		}
		if end+1 < len(paragraph) && paragraph[end] == ' ' && end > start && guideBegins(paragraph[end+1:]) {
			out = append(out, paragraph[start:end])
			start = end + 1
		}
	}
	return append(out, paragraph[start:])
}

// guideBegins reports whether a sentence may begin here.
func guideBegins(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r == '“' || r == '*' || guideUpper(string(r)) == string(r) && r != '(' && r != '…'
}
