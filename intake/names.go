package intake

import (
	"cmp"
	"path"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// natural compares file names as people sort them: runs of digits by their
// value, letters without regard to case; equal ones by their bytes.
func natural(a, b string) int {
	x, y := strings.ToLower(a), strings.ToLower(b)
	for x != "" && y != "" {
		var c int
		if isDigit(x[0]) && isDigit(y[0]) {
			var m, n string
			m, x = digits(x)
			n, y = digits(y)
			c = cmp.Or(cmp.Compare(len(m), len(n)), cmp.Compare(m, n))
		} else {
			c = cmp.Compare(x[0], y[0])
			x, y = x[1:], y[1:]
		}
		if c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(a, b))
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// digits cuts the number off the front of s, without leading zeros.
func digits(s string) (number, rest string) {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return strings.TrimLeft(s[:n], "0"), s[n:]
}

var filePrefix = regexp.MustCompile(`^\d+[\s._-]+`)

// readable makes a title of a file's name: "02-the_old-mill.md" is "The old
// mill".
func readable(name string) string {
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	s := oneLine(strings.NewReplacer("-", " ", "_", " ").Replace(filePrefix.ReplaceAllString(base, "")))
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || !strings.ContainsFunc(s, unicode.IsLetter) {
		return first(s, base)
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
