package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
)

// json prints a result for programs.
func (s *session) json(value any) error {
	enc := json.NewEncoder(s.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(value)
}

// table prints rows whose columns stand below each other.
func (s *session) table() table {
	return table{tabwriter.NewWriter(s.out, 0, 8, 2, ' ', 0)}
}

type table struct{ w *tabwriter.Writer }

func (t table) row(cells ...string) {
	// The writer keeps its first error for flush.
	_, _ = fmt.Fprintln(t.w, strings.TrimRight(strings.Join(cells, "\t"), "\t"))
}

func (t table) flush() error { return t.w.Flush() }

// count writes a number with its noun: "1 page", "1,240 words".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return thousands(n) + " " + noun + "s"
}

// thousands writes a number with commas between groups of three digits.
func thousands(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
