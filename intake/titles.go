package intake

import (
	"regexp"
	"strings"
)

const (
	numberWord = `\d{1,4}|[ivxlc]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve` +
		`|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth`
	divider = `\s*[:.)–—-]\s*`
)

var (
	chapterTitle = regexp.MustCompile(`(?i)^(?:chapter|ch\.)\s*(?:` + numberWord + `)(?:` + divider + `(.*)|\s+(.+))?$`)
	partTitle    = regexp.MustCompile(`(?i)^(?:part|book|volume|vol\.|act)\s+(?:` + numberWord + `)(?:` + divider + `.*|\s.*)?$`)
	dotted       = regexp.MustCompile(`^(\d{1,3}(?:\.\d{1,3})+)[.)]?[:\s]\s*(\S.*)$`)
	counted      = regexp.MustCompile(`^(\d{1,3})[.):]\s+(\S.*)$`)
	bare         = regexp.MustCompile(`^(\d{1,3})\s+(\S.*)$`)
	unnumbered   = regexp.MustCompile(`(?i)^(?:preface|foreword|introduction|prologue|prelude|epigraph|dedication` +
		`|epilogue|afterword|postscript|coda|acknowledge?ments?|about the authors?|glossary|bibliography|colophon` +
		`|appendix(?:es)?|appendices|appendix\s+\S{1,4})(?:\s*[:.–—].*)?$`)
	attributes = regexp.MustCompile(`\s*\{([^{}]*)\}\s*$`)
	emphasis   = regexp.MustCompile(`(\*\*|__)(\S(?:.*?\S)?)(\*\*|__)`)
	checkbox   = regexp.MustCompile(`^\[[ xX]\]\s+`)
	boldLead   = regexp.MustCompile(`^(?:\*\*|__)(.+?)(?:(?:\*\*|__)\s*[:–—-]|[:.](?:\*\*|__))\s+(\S.*)$`)
)

// cleanTitle takes Markdown's marks and the numbering off a title; a title that
// is nothing but its number stays.
func cleanTitle(s string) string {
	s = plainTitle(s)
	for _, number := range []*regexp.Regexp{dotted, counted} {
		if m := number.FindStringSubmatch(s); m != nil {
			return plainTitle(m[2])
		}
	}
	return s
}

// plainTitle takes Markdown's marks and "Chapter N" off a title.
func plainTitle(s string) string {
	s = attributes.ReplaceAllString(oneLine(s), "")
	s = strings.TrimSpace(strings.Trim(emphasis.ReplaceAllString(s, "$2"), "*_`"))
	if m := chapterTitle.FindStringSubmatch(s); m != nil {
		return first(strings.TrimSpace(m[1]+m[2]), s)
	}
	return s
}

// isPart reports whether a title names a part of a book: "Part Two: Winter".
func isPart(title string) bool { return partTitle.MatchString(title) }

// isNumbered reports whether a chapter of the title counts as "Chapter N".
func isNumbered(title string) bool { return !unnumbered.MatchString(title) }
