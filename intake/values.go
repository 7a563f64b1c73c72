package intake

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"quire/book"
)

var grouped = regexp.MustCompile(`^\d{1,3}([ ,'’\x{a0}\x{202f}]\d{3})+$`)

// whole reads a whole number of at least 0; 1,500 and 1500.0 are 1500.
func whole(s string) (int, bool) {
	n, ok := decimal(s)
	if !ok || n != math.Trunc(n) || n < 0 || n > 1<<53 {
		return 0, false
	}
	return int(n), true
}

// decimal reads a number.
func decimal(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	if grouped.MatchString(s) {
		s = strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, s)
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
}

// words reads a number of words; "" is 0. The failure says what is wrong with
// it, without its place.
func words(s string) (int, error) {
	if strings.TrimSpace(s) == "" {
		return 0, nil
	}
	n, ok := whole(s)
	if !ok || n > book.MaxWords {
		return 0, fmt.Errorf("words is %s", quoted(s))
	}
	return n, nil
}

// pages reads a number of pages, halves too, as words; "" is 0.
func pages(s string) (int, error) {
	if strings.TrimSpace(s) == "" {
		return 0, nil
	}
	n, ok := decimal(s)
	if !ok || n < 0 || n*WordsPerPage > book.MaxWords {
		return 0, fmt.Errorf("pages is %s", quoted(s))
	}
	return int(math.Round(n * WordsPerPage)), nil
}

const sizeHint = "write a whole number from 0 to 1000000, such as 1200"

var pointMark = regexp.MustCompile(`^(?:[-*+•◦▪‣–]|\d{1,3}[.)])\s+`)

// points splits key points at line ends, else at semicolons, else at bars, and
// takes off the marks of a list.
func points(s string) []string {
	split := "\n"
	for _, at := range []string{"\n", ";", "|"} {
		if strings.Contains(strings.TrimSpace(s), at) {
			split = at
			break
		}
	}
	var out []string
	for _, p := range strings.Split(s, split) {
		if p = plainPoint(pointMark.ReplaceAllString(strings.TrimSpace(p), "")); p != "" {
			out = append(out, p)
		}
	}
	return out
}
