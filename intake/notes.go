package intake

import (
	"regexp"
	"strings"
)

var (
	definition = regexp.MustCompile(`^ {0,3}\[([^\]\[]{1,80})\]:[ \t]*\S`)
	reference  = regexp.MustCompile(`\[([^\]\[]{1,80})\]`)
)

// carryNotes copies to each piece the definitions of footnotes and links that
// it names and another piece holds: many texts keep them all at their end.
func carryNotes(pieces []piece) {
	if len(pieces) < 2 {
		return
	}
	all := map[string]string{}
	own := make([]map[string]string, len(pieces))
	for i, p := range pieces {
		own[i] = definitions(p.text)
		for label, text := range own[i] {
			if all[label] == "" {
				all[label] = text
			}
		}
	}
	if len(all) == 0 {
		return
	}
	for i := range pieces {
		done := own[i]
		var missing strings.Builder
		for _, m := range reference.FindAllStringSubmatch(pieces[i].text, -1) {
			label := strings.ToLower(m[1])
			if done[label] == "" && all[label] != "" {
				done[label] = all[label]
				missing.WriteString("\n" + all[label] + "\n")
			}
		}
		if missing.Len() > 0 {
			pieces[i].text = strings.TrimRight(pieces[i].text, "\n") + "\n" + missing.String()
		}
	}
}

// definitions finds the definitions of a text by folded label. A footnote goes
// on over indented lines and up to a blank line before one that is not.
func definitions(text string) map[string]string {
	found := map[string]string{}
	label, fenced, blank := "", false, false
	for line := range strings.SplitSeq(text, "\n") {
		trimmed := strings.TrimSpace(line)
		if strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~") {
			fenced = !fenced
		}
		m := definition.FindStringSubmatch(line)
		switch {
		case fenced:
			label = ""
		case m != nil:
			if label = strings.ToLower(m[1]); found[label] == "" {
				found[label] = line
			}
		case label == "":
		case trimmed == "":
			blank = true
			continue
		case strings.HasPrefix(label, "^") && (!blank || indent(line) >= 4):
			if blank {
				found[label] += "\n"
			}
			found[label] += "\n" + line
		default:
			label = ""
		}
		blank = false
	}
	return found
}
