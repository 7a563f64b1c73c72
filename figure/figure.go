// Package figure draws pictures from data. This room is where data becomes
// drawings: a spec in JSON or YAML that a person or a model wrote is checked,
// and becomes a chart, a timeline or a diagram as SVG in the fonts and colours
// of a book, with the sentences and the table for readers who cannot see it.
// docs/figures.md tells what a spec may say.
//
// Next: quality
package figure

import (
	"crypto/sha256"
	"encoding/hex"

	"quire/problem"
)

// Kind is what sort of drawing a figure is.
type Kind string

// The kinds of figures. docs/figures.md shows one of each.
const (
	Bar        Kind = "bar"
	StackedBar Kind = "stacked-bar"
	GroupedBar Kind = "grouped-bar"
	Line       Kind = "line"
	Area       Kind = "area"
	Scatter    Kind = "scatter"
	Pie        Kind = "pie"
	Donut      Kind = "donut"
	Timeline   Kind = "timeline"
	Process    Kind = "process"
	Comparison Kind = "comparison"
	Hierarchy  Kind = "hierarchy"
	Matrix     Kind = "matrix"
	Proportion Kind = "proportion"
	Number     Kind = "number"
)

// The fields that all kinds take, and those of kinds with numbers and with
// bars.
const (
	commonFields = "kind title subtitle caption source note alt id width "
	numberFields = "labels values series unit decimals highlight "
	barFields    = "direction sort baseline x y "
)

// craft is how one kind is read, drawn and told.
type craft struct {
	kind   Kind
	fields string // that it takes, beside the common ones
	read   func(*reader, *object, *Spec)
	draw   func(*canvas, *Spec)
	tell   func(*Spec, Words) string
	table  func(*Spec, Words) Table
}

// crafts returns the craft of every kind, in the order of the documentation.
func crafts() []craft {
	return []craft{
		{Bar, numberFields + barFields, readBars, drawBars, tellSeries, tableOfSeries},
		{StackedBar, numberFields + barFields, readStack, drawStack, tellSeries, tableOfSeries},
		{GroupedBar, numberFields + barFields, readGroups, drawGroups, tellSeries, tableOfSeries},
		{Line, numberFields + "baseline x y", readLines, drawLines, tellSeries, tableOfSeries},
		{Area, numberFields + "x y", readAreas, drawAreas, tellSeries, tableOfSeries},
		{Scatter, "points series unit x_unit decimals highlight x y", readScatter, drawScatter, tellScatter, tableOfPoints},
		{Pie, numberFields + "sort", readPie, drawPie, tellParts, tableOfSeries},
		{Donut, numberFields + "sort", readPie, drawPie, tellParts, tableOfSeries},
		{Timeline, "events spacing highlight", readTimeline, drawTimeline, tellTimeline, tableOfEvents},
		{Process, "steps highlight", readProcess, drawProcess, tellProcess, tableOfSteps},
		{Comparison, "labels series highlight", readComparison, drawComparison, tellComparison, tableOfWords},
		{Hierarchy, "root highlight", readHierarchy, drawHierarchy, tellHierarchy, tableOfNodes},
		{Matrix, "labels series unit decimals highlight x y", readMatrix, drawMatrix, tellMatrix, tableOfWords},
		{Proportion, numberFields + "total", readProportion, drawProportion, tellParts, tableOfSeries},
		{Number, "labels values decimals highlight", readNumbers, drawNumbers, tellNumbers, tableOfNumbers},
	}
}

// craftOf returns the craft of a kind, nil if there is none.
func craftOf(kind Kind) *craft {
	for _, c := range crafts() {
		if c.kind == kind {
			return &c
		}
	}
	return nil
}

// Spec is a validated figure: Parse makes it, and nothing in it is wrong. The
// fields are for those who put it into a book; changing Kind is a mistake.
type Spec struct {
	Kind     Kind
	Title    string // stands in the drawing
	Subtitle string // below it
	Caption  string // for the book, not in the drawing; may be empty
	Source   string // stands small below the drawing
	Note     string // stands small above the source
	ID       string // to refer to; may be empty
	Width    int    // percent of the text block, 20 to 100

	alt        string
	unit       string // of the values
	xUnit      string // of a scatter's x values
	x, y       string // titles of the axes
	labels     []string
	series     []series
	named      bool // the series have names
	highlight  string
	sorting    string
	direction  string
	spacing    string
	decimals   int // -1 is as the data have it
	baseline   float64
	hasBase    bool
	total      float64
	events     []event
	steps      []step
	root       *branch
	digest     string // of the text, for ids
	valueWords bool   // some values are words
}

// series is a row of values with a name.
type series struct {
	name   string
	values []value
	points []point
}

// value is a number, a gap, or words.
type value struct {
	n    float64
	gap  bool
	word string
	unit string // of its own, in figures of single numbers
}

// point is a point of a scatter plot; its label may be empty.
type point struct {
	x, y  float64
	label string
}

// Table is the data of a figure as a table: all rows have as many cells as the
// head.
type Table struct {
	Head []string
	Rows [][]string
}

// Drawing is a figure as SVG. Width and Height are in points.
type Drawing struct {
	SVG           []byte
	Width, Height int
}

// Draw draws the figure. It is a problem.Invalid if the style has a colour or
// a width that cannot be used, or if a figure becomes higher than maxHeight.
func (s *Spec) Draw(style Style) (Drawing, error) {
	look, err := style.resolve(s)
	if err != nil {
		return Drawing{}, err
	}
	c := s.paint(look)
	if c.y > maxHeight {
		return Drawing{}, problem.New(problem.Invalid, "the figure %q becomes higher than a page", s.Title).Try("give it fewer or shorter entries")
	}
	return c.drawing(s), nil
}

// paint draws the figure on a canvas of its own.
func (s *Spec) paint(l look) *canvas {
	c := newCanvas(l, s)
	c.header(s)
	craftOf(s.Kind).draw(c, s)
	c.footer(s)
	c.y += point1 // half the width of the widest line, and air
	return c
}

// Table returns the data as a table, with the numbers as they are drawn.
func (s *Spec) Table() Table { return s.TableIn(Words{}) }

// TableIn is Table with the words and number marks of another language.
func (s *Spec) TableIn(w Words) Table { return craftOf(s.Kind).table(s, w.orEnglish()) }

// digestOf is a short name for a text, the same on every machine.
func digestOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:4])
}

// seriesNamed returns the name of a series for people.
func (s *Spec) seriesNamed(i int) string {
	if s.series[i].name != "" {
		return s.series[i].name
	}
	return s.Title
}
