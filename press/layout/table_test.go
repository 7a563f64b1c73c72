package layout

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/press"
)

// cells makes table cells of texts; "<" is covered by the one before it, "^" by
// the one above.
func cells(texts ...string) []press.Cell {
	var out []press.Cell
	for _, text := range texts {
		switch text {
		case "<", "^":
			out = append(out, press.Cell{Covered: true})
		default:
			out = append(out, press.Cell{Text: says(text)})
		}
	}
	return out
}

// cellAt returns the line of a cell.
func cellAt(t *testing.T, pages *press.Pages, text string) *press.Line {
	t.Helper()
	for i := range pages.List {
		for _, l := range lines(&pages.List[i]) {
			if l.Kind == press.CellLine && words(l) == text {
				return l
			}
		}
	}
	t.Fatalf("no cell says %q", text)
	return nil
}

// right is where a line's last glyph begins.
func right(l *press.Line) press.Pt {
	run := &l.Runs[len(l.Runs)-1]
	return run.X + run.Glyphs[len(run.Glyphs)-1].X
}

func TestCellsOverColumnsAndRowsAreSetAndTold(t *testing.T) {
	tab := &press.Table{Align: make([]press.Align, 3), Head: cells("Head", "<", "C"), Rows: [][]press.Cell{cells("tall", "b1", "c1"), cells("^", "b2", "c2"), cells("wide", "<", "<")}}
	tab.Head[0].ColSpan = 2
	tab.Rows[0][0] = press.Cell{Text: says("tall " + strings.Repeat("and taller ", 30)), RowSpan: 2}
	tab.Rows[2][0] = press.Cell{Text: says("wide " + strings.Repeat("text ", 12)), ColSpan: 9}
	for _, name := range []string{"novel", "manual", "report"} {
		pages := typeset(t, built(para("x"), tab), theme(t, name))
		if q := measure(pages); q.over > 0 {
			t.Errorf("%s: %+v", name, q)
		}
		var got [][2]int
		for _, role := range []press.Role{press.RoleTH, press.RoleTD} {
			for _, n := range nodes(pages.Tree, role) {
				got = append(got, [2]int{n.ColSpan, n.RowSpan})
			}
		}
		if diff := cmp.Diff([][2]int{{2, 0}, {}, {0, 2}, {}, {}, {}, {}, {3, 0}}, got); diff != "" {
			t.Errorf("%s: spans (-want +got):\n%s", name, diff)
		}
		b1, b2, c1 := cellAt(t, pages, "b1"), cellAt(t, pages, "b2"), cellAt(t, pages, "c1")
		if b1.X != b2.X || b1.Y != c1.Y || b2.Y <= b1.Y {
			t.Errorf("%s: b1 at %s %s, b2 at %s %s", name, b1.X, b1.Y, b2.X, b2.Y)
		}
		if last := find(t, pages, "wide text"); last.Width <= 2*b1.Width {
			t.Errorf("%s: the wide cell is %s", name, last.Width)
		}
	}
}

func TestColumnsGrowForACellOverThem(t *testing.T) {
	tab := &press.Table{Align: make([]press.Align, 2), Head: cells("a", "b"), Rows: [][]press.Cell{cells("one line of text over two columns", "<"), cells("c", "d")}}
	tab.Rows[0][0].ColSpan = 2
	cellAt(t, typeset(t, built(para("x"), tab), press.Options{}), "one line of text over two columns")
}

func TestCoveredCellsAreNoBlanksToFillIn(t *testing.T) {
	tab := &press.Table{Align: make([]press.Align, 2), Head: cells("a", "b"), Rows: [][]press.Cell{cells("wide", "<"), cells("c", "d")}}
	tab.Rows[0][0].ColSpan = 2
	if isForm(tab) {
		t.Error("the table is taken for a form")
	}
	tab.Rows[1] = cells("c", "")
	if !isForm(tab) {
		t.Error("the form is not seen")
	}
}

func TestAHeadOverColumnsStandsInTheirMiddle(t *testing.T) {
	tab := &press.Table{Align: []press.Align{press.AlignRight, press.AlignRight}, Head: cells("x", "<"), Rows: [][]press.Cell{cells("Eddystone lamp", "Bell Rock lamp")}}
	tab.Head[0].ColSpan = 2
	pages := typeset(t, built(para("x"), tab), press.Options{})
	head := cellAt(t, pages, "x")
	if at, mid := head.Runs[0].X-head.X, head.Width/2; at < mid-10*press.Point || at > mid {
		t.Errorf("it stands at %s of %s", at, head.Width)
	}
}

func TestACaptionStandsAboveItsTable(t *testing.T) {
	tab := &press.Table{ID: "t", Number: 7, Caption: says("Lamps by height."), Align: make([]press.Align, 1), Head: cells("Lamp"), Rows: [][]press.Cell{cells("a")}}
	for lines := 19; lines < 25; lines++ {
		text := []press.Block{}
		for range lines {
			text = append(text, para("One line."))
		}
		pages := typeset(t, built(append(text, tab)...), press.Options{})
		caption, head, row := find(t, pages, "Lamps by height."), cellAt(t, pages, "Lamp"), cellAt(t, pages, "a")
		if got := strings.ReplaceAll(words(caption), "\u00a0", " "); got != "Table 7. Lamps by height." {
			t.Fatalf("it says %q", got)
		}
		if caption.Y >= head.Y || head.Y >= row.Y {
			t.Errorf("after %d lines: caption at %s, head at %s, row at %s", lines, caption.Y, head.Y, row.Y)
		}
		if kids := nodes(pages.Tree, press.RoleTable)[0].Kids; kids[0].Role != press.RoleCaption {
			t.Error("the caption is not the table's first child")
		}
	}
}

func TestNumbersStandOnTheirDecimalSigns(t *testing.T) {
	tab := &press.Table{Align: []press.Align{press.AlignRight, press.AlignRight}, Head: cells("Metres", "Mixed"), Rows: [][]press.Cell{cells("5.25", "1.5"), cells("1,050.5", "x"), cells("7", "22.75")}}
	pages := typeset(t, built(para("x"), tab), press.Options{})
	a, b, c := right(cellAt(t, pages, "5.25")), right(cellAt(t, pages, "1,050.5")), right(cellAt(t, pages, "7"))
	digit := a - b
	if digit < 4*press.Point || digit > 6*press.Point {
		t.Errorf("one decimal is %s left of two", digit)
	}
	if point := b - c - digit; point < press.Point || point > 4*press.Point {
		t.Errorf("none is %s left of one", b-c)
	}
	if d := right(cellAt(t, pages, "1.5")) - right(cellAt(t, pages, "22.75")); d > 9 || d < -9 {
		t.Errorf("a column that is not of numbers only is aligned, off by %s", d)
	}
}

func TestATableThatIsTooWideIsSetSmallerThenAsAList(t *testing.T) {
	wide := func(n int) *press.Table {
		tab := &press.Table{Align: make([]press.Align, n)}
		row := make([]string, n)
		for i := range row {
			row[i] = "lamp" + strconv.Itoa(i)
		}
		tab.Head, tab.Rows = cells(row...), [][]press.Cell{cells(row...)}
		return tab
	}
	size := theme(t, "novel").Theme.Table.Size
	for n, want := range map[int]press.Pt{4: size, 12: size.Scale(7, 8)} {
		pages := typeset(t, built(para("x"), wide(n)), press.Options{})
		if got := cellAt(t, pages, "lamp0").Em; got != want || len(pages.Warnings) > 0 {
			t.Errorf("%d columns: %s, warnings %v", n, got, pages.Warnings)
		}
	}
	for _, n := range []int{14, 40} {
		if text := bookText(typeset(t, built(para("x"), wide(n)), press.Options{})); !strings.Contains(text, "lamp0: lamp0; lamp1: lamp1") {
			t.Errorf("%d columns are no list", n)
		}
	}
	pages := typeset(t, built(para("x"), wide(40)), press.Options{})
	if len(pages.Warnings) != 1 || !strings.Contains(pages.Warnings[0].Detail, "too many columns") || !strings.Contains(bookText(pages), "lamp39: lamp39") {
		t.Errorf("warnings %v", pages.Warnings)
	}
}

func TestHugeTablesAreSet(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	long := &press.Table{Align: make([]press.Align, 2), Head: cells("a", "b")}
	for i := range 20000 / slower {
		long.Rows = append(long.Rows, cells(strconv.Itoa(i), "x"))
	}
	wide := &press.Table{Align: make([]press.Align, 10000/slower)}
	for i := range 10000 / slower {
		wide.Head = append(wide.Head, cells(strconv.Itoa(i))...)
	}
	wide.Rows = [][]press.Cell{wide.Head, wide.Head}
	tall := &press.Table{Align: make([]press.Align, 2), Head: cells("a", "b")}
	for range 3000 / slower { // every cell wants to cover all below it
		tall.Rows = append(tall.Rows, []press.Cell{{Text: says("t"), RowSpan: 1 << 40}, {Text: says("u")}})
	}
	for name, tab := range map[string]*press.Table{"long": long, "wide": wide, "tall": tall} {
		if q := measure(typeset(t, built(para("x"), tab), press.Options{})); q.over > 0 {
			t.Errorf("%s: %+v", name, q)
		}
	}
}

func TestTornTablesAreSet(t *testing.T) {
	for name, tab := range map[string]*press.Table{
		"no columns":       {},
		"no rows":          {Align: make([]press.Align, 2), Head: cells("a", "b")},
		"no head":          {Align: make([]press.Align, 2), Rows: [][]press.Cell{cells("a", "b")}},
		"short rows":       {Align: make([]press.Align, 3), Head: cells("a"), Rows: [][]press.Cell{cells("a"), nil}},
		"long rows":        {Align: make([]press.Align, 1), Head: cells("a", "b"), Rows: [][]press.Cell{cells("a", "b", "c")}},
		"all is covered":   {Align: make([]press.Align, 2), Head: cells("<", "<"), Rows: [][]press.Cell{cells("^", "^")}},
		"negative spans":   {Align: make([]press.Align, 1), Head: cells("a"), Rows: [][]press.Cell{{{Text: says("x"), ColSpan: -4, RowSpan: -4}}}},
		"spans everything": {Align: make([]press.Align, 2), Head: []press.Cell{{Text: says("x"), ColSpan: 1 << 60, RowSpan: 1 << 60}}, Rows: [][]press.Cell{{{Text: says("x"), ColSpan: 1 << 60, RowSpan: 1 << 60}}}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, name := range []string{"novel", "manual", "report"} {
				if q := measure(typeset(t, built(para("x"), tab, para("End.")), theme(t, name))); q.over > 0 {
					t.Errorf("%+v", q)
				}
			}
		})
	}
}
