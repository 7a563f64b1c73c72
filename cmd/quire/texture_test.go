package main

import (
	"cmp"
	"fmt"
	"html"
	"math"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// texture is what a reader of proofs counts in the lines of a finished PDF, by
// whatever program it was made: in justified body lines, which are neither
// heads, folios, contents, notes nor the last lines of paragraphs.
type texture struct {
	lines   int
	loose   int // mean word space over 0.42 em
	tight   int // below 0.15 em
	hyphens int // lines that end with a hyphen
	ladders int // places where three such lines follow each other
}

// share is a part of the lines in hundredths of a per cent.
func (x texture) share(n int) float64 { return 100 * float64(n) / float64(max(x.lines, 1)) }

// How wide and how narrow a mean word space may be, in em.
const (
	looseSpace = 0.42
	tightSpace = 0.15
)

// pdfWord is a word and its box in points, from the upper left of the page.
type pdfWord struct {
	x0, y0, x1, y1 float64
	text           string
}

func (w pdfWord) height() float64 { return w.y1 - w.y0 }

// pdfLine is what stands on one baseline, from left to right.
type pdfLine struct {
	words []pdfWord
	page  int // from 0
	body  bool
	space float64 // mean word space in em; 0 without one
}

func (l pdfLine) right() float64 { return l.words[len(l.words)-1].x1 }

// text is what the line says, without spaces.
func (l pdfLine) text() string {
	var b strings.Builder
	for _, w := range l.words {
		b.WriteString(strings.Join(strings.Fields(w.text), ""))
	}
	return b.String()
}

// hyphenated lines end with a hyphen, soft or hard.
func (l pdfLine) hyphenated() bool {
	for _, h := range []string{"-", "\u2010", "\u00ad"} {
		if strings.HasSuffix(l.words[len(l.words)-1].text, h) {
			return true
		}
	}
	return false
}

// textureOf counts over lines; three hyphens count also across pages.
func textureOf(lines []pdfLine) (x texture) {
	run := 0
	for _, l := range lines {
		if !l.body {
			run = 0
			continue
		}
		x.lines++
		if l.space > looseSpace {
			x.loose++
		}
		if l.space < tightSpace {
			x.tight++
		}
		if run++; !l.hyphenated() {
			run = 0
			continue
		}
		x.hyphens++
		if run == 3 {
			x.ladders++
		}
	}
	return x
}

// readLines asks pdftotext where the words of a file stand and makes lines of
// them, in reading order from the first page of running text on. em is the size
// of the running text in points. The rules are those by which this press was
// chosen: a body line has five words or more of the size that most words have
// and ends within 7 points of the edge at which most lines of such pages (left
// or right ones) end.
func readLines(tb testing.TB, path string, em float64) []pdfLine {
	tb.Helper()
	out, err := exec.CommandContext(tb.Context(), "pdftotext", "-bbox", path, "-").Output()
	if err != nil {
		tb.Fatalf("pdftotext: %v", err)
	}
	var lines []pdfLine
	for i, page := range strings.Split(string(out), "<page ")[1:] {
		lines = append(lines, linesOf(i, readWords(page), em)...)
	}
	size := most(lines, func(l pdfLine) float64 { return math.Round(l.words[0].height()*10) / 10 })
	var edge [2]float64
	for side := range edge {
		edge[side] = most(lines, func(l pdfLine) float64 {
			if l.page%2 != side || len(l.words) < 5 {
				return 0
			}
			return math.Round(l.right())
		})
	}
	full := map[int]int{} // long body lines by page
	for i := range lines {
		l := &lines[i]
		l.body = len(l.words) >= 5 && l.space > 0 && math.Abs(l.right()-edge[l.page%2]) <= 7 && math.Abs(meanHeight(l.words)-size) <= 0.6
		if l.body && len(l.words) > 6 {
			full[l.page]++
		}
	}
	first := slices.IndexFunc(lines, func(l pdfLine) bool { return full[l.page] >= 12 }) // no page of contents has so many
	if first < 0 {
		tb.Fatalf("%s has no page of running text", path)
	}
	return lines[first:]
}

var bboxWord = regexp.MustCompile(`<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>`)

// readWords reads the words of a page.
func readWords(page string) []pdfWord {
	var out []pdfWord
	for _, m := range bboxWord.FindAllStringSubmatch(page, -1) {
		var at [4]float64
		for i := range at {
			at[i], _ = strconv.ParseFloat(m[i+1], 64) // the expression lets nothing else pass
		}
		if text := html.UnescapeString(m[5]); text != "" {
			out = append(out, pdfWord{at[0], at[1], at[2], at[3], text})
		}
	}
	return out
}

// linesOf joins the words of a page whose middles are at most 3 points above or
// below each other, which also holds raised note marks.
func linesOf(page int, words []pdfWord, em float64) []pdfLine {
	middle := func(w pdfWord) float64 { return w.y0 + w.y1 }
	slices.SortStableFunc(words, func(a, b pdfWord) int { return cmp.Compare(middle(a), middle(b)) })
	var out []pdfLine
	for _, w := range words {
		if n := len(out); n > 0 && middle(w)-middle(out[n-1].words[0]) <= 2*3 {
			out[n-1].words = append(out[n-1].words, w)
			continue
		}
		out = append(out, pdfLine{page: page, words: []pdfWord{w}})
	}
	for i := range out {
		ws := out[i].words
		slices.SortStableFunc(ws, func(a, b pdfWord) int { return cmp.Compare(a.x0, b.x0) })
		out[i].space = meanSpace(ws) / em
	}
	return out
}

// meanSpace is the mean of the gaps between words. Those below a fifth of a
// point are none: they lie before a note's mark or where the face changes.
func meanSpace(words []pdfWord) float64 {
	sum, n := 0.0, 0
	for i := 1; i < len(words); i++ {
		if gap := words[i].x0 - words[i-1].x1; gap > 0.2 {
			sum, n = sum+gap, n+1
		}
	}
	return sum / float64(max(n, 1))
}

func meanHeight(words []pdfWord) float64 {
	sum := 0.0
	for _, w := range words {
		sum += w.height()
	}
	return sum / float64(len(words))
}

// most returns the value that most lines have; 0 does not count. Of several it
// is the smallest.
func most(lines []pdfLine, of func(pdfLine) float64) float64 {
	count := map[float64]int{}
	for _, l := range lines {
		if v := of(l); v > 0 {
			count[v]++
		}
	}
	best := 0.0
	for v, n := range count {
		if n > count[best] || n == count[best] && v < best {
			best = v
		}
	}
	return best
}

// String is the texture for people.
func (x texture) String() string {
	return fmt.Sprintf("%d lines, loose %.2f %%, tight %.2f %%, hyphenated %.1f %%, %d ladders", x.lines, x.share(x.loose), x.share(x.tight), x.share(x.hyphens), x.ladders)
}
