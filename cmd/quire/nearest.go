package main

import (
	"regexp"
	"slices"
	"strings"
)

var versioned = regexp.MustCompile(`/v[0-9]+[a-z]*(/openai)?$`)

// mostNamed is how many names a hint lists.
const mostNamed = 8

// nearest is a hint, a whole sentence, for a name that nobody knows: the likeliest one that was
// meant, or the first of those that are known.
func nearest(name string, known []string) string {
	best, least := "", len(name)/3+1
	for _, k := range known {
		if d := distance(strings.ToLower(name), strings.ToLower(k)); d < least {
			best, least = k, d
		}
	}
	if best != "" {
		return "did you mean " + best + "?"
	}
	list := known[:min(len(known), mostNamed)]
	if len(list) == 0 {
		return "none is known."
	}
	more := ""
	if len(known) > len(list) {
		more = " and more; quire models --all lists them"
	}
	return "known are " + strings.Join(list, ", ") + more + "."
}

// distance counts the letters to insert, delete or change until a is b
// (Levenshtein's distance).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for i := range row {
		row[i] = i
	}
	for i := range len(a) {
		left := slices.Clone(row)
		row[0] = i + 1
		for j := range len(b) {
			change := left[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, left[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
