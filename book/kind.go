package book

import (
	"regexp"
	"strings"
	"time"
)

// explains matches a topic that sounds like a subject to explain. Each
// alternative is a word or turn that titles of handbooks use and novels do not.
var explains = regexp.MustCompile(`(?i)^(how|why|what|when) (to|do|does|is|are|things)\b` +
	`|^(learn|learning|understanding|mastering|teaching|teach|introducing|introduction|getting started|planning|managing|building|designing|cooking|growing) ` +
	`|\b(guide|handbook|manual|tutorial|workbook|textbook|primer|cookbook|crash course|course (?:in|on|for)|lessons in|basics|fundamentals|essentials|principles|introduction|best practices|step by step|for beginners|for dummies|for kids|strategy|strategies|techniques|methods)\b` +
	`|^(a |the )?(short |brief )?(history|science|theory|practice|philosophy|economics|psychology|biology|physics|chemistry|mathematics) of\b`)

// InferKind chooses the kind of a brief whose maker did not, and names the rule.
func InferKind(b Brief) (Kind, string) {
	subject := strings.TrimSpace(b.Topic)
	if subject == "" {
		subject = strings.TrimSpace(b.Title)
	}
	switch {
	case b.Genre != "" || b.Subgenre != "":
		if g, _ := b.Placed(); g.Key != "" {
			return g.Kind, g.Name + " is a genre of " + string(g.Kind)
		}
		if strings.Contains(strings.ToLower(strings.ReplaceAll(b.Genre, "-", "")), "nonfiction") {
			return Nonfiction, "the genre says so"
		}
		return Fiction, "a genre is given"
	case explains.MatchString(subject):
		return Nonfiction, "the topic sounds like a subject to explain"
	case len(b.Outline) > 0 && sections(b.Outline):
		return Nonfiction, "the outline has sections inside its chapters"
	case len(b.Outline) > 0 && points(b.Outline):
		return Nonfiction, "the outline lists key points"
	default:
		return Fiction, "the topic does not sound like a subject to explain"
	}
}

func sections(outline []Heading) bool {
	for _, h := range outline {
		if h.Level > 1 {
			return true
		}
	}
	return false
}

func points(outline []Heading) bool {
	for _, h := range outline {
		if len(h.KeyPoints) > 0 || explains.MatchString(h.Title) {
			return true
		}
	}
	return false
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}
