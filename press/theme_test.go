package press

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/problem"
)

func TestEveryBuiltInThemeIsWhole(t *testing.T) {
	var names, titles []string
	for _, theme := range Themes() {
		names = append(names, theme.Name)
		if slices.Contains(titles, theme.Title) || theme.Title == "" || theme.Title == theme.Name {
			t.Errorf("%s has the title %q", theme.Name, theme.Title)
		}
		titles = append(titles, theme.Title)
		if found, err := FindTheme(" " + strings.ToUpper(theme.Name)); err != nil || found != theme {
			t.Errorf("%s is not found: %v", theme.Name, err)
		}
	}
	want := []string{"article", "book_chapter", "childrens", "large-print", "manual", "modern", "nonfiction", "novel", "report"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAnUnknownThemeListsTheKnownOnes(t *testing.T) {
	_, err := FindTheme("gothic")
	p := problem.Of(err)
	if p.Kind != problem.Invalid || p.Hint != "use one of: article, book_chapter, childrens, large-print, manual, modern, nonfiction, novel, report" {
		t.Errorf("got %+v", p)
	}
}

func TestTheNovelThemeSaysEverything(t *testing.T) {
	b, err := themeFiles.ReadFile("themes/novel.yaml")
	if err != nil {
		t.Fatal(err)
	}
	root, err := themeRoot(b)
	if err != nil {
		t.Fatal(err)
	}
	r := &themeReader{lines: map[string]int{}}
	var theme Theme
	r.fill(root, reflect.ValueOf(&theme).Elem(), "")
	for _, f := range walkTheme(reflect.ValueOf(theme), "") {
		if r.lines[f.path] == 0 && f.path != "based_on" {
			t.Errorf("%s has no default", f.path)
		}
	}
}

func TestAThemeIsBasedOnAnother(t *testing.T) {
	manual, err := FindTheme("manual")
	if err != nil {
		t.Fatal(err)
	}
	got, err := ParseTheme([]byte("name: mine\nbased_on: manual\ntext: {size: 10.5}\nh2: {style: italic}\nopening: {number: {size: 30, leading: 31}}\ncolor: '#102030'\nhyphens: true\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := manual
	want.Name, want.Title, want.BasedOn = "mine", "mine", "manual"
	want.Text.Size = 10*Point + Point/2
	want.H2.Style = "italic"
	want.Opening.Number = Type{30 * Point, 31 * Point}
	want.Color = Hue{R: 16, G: 32, B: 48}
	want.Hyphens = true
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAThemeThatNamesNoOtherIsBasedOnNovel(t *testing.T) {
	novel, _ := FindTheme("novel")
	got, err := ParseTheme([]byte("name: mine"))
	novel.Name, novel.Title = "mine", "mine"
	if err != nil || got != novel {
		t.Errorf("%v (-want +got):\n%s", err, cmp.Diff(novel, got))
	}
}

func TestAThemeWithAMistakeNamesLineAndField(t *testing.T) {
	for name, tt := range map[string]struct{ yaml, want string }{
		"unknown field":       {"name: x\nindnet: 14", "line 2: indnet is unknown: do you mean indent?"},
		"unknown inner field": {"name: x\nh2:\n  colour: red", "line 3: h2.colour is unknown"},
		"no name":             {"title: x", "name must be given"},
		"empty name":          {"\nname: ''", "line 2: name must be given"},
		"bad trim":            {"name: x\ntrim: big", "line 2: trim must be a trim size"},
		"type too small":      {"name: x\nnote: {size: 1}", "line 2: note.size must be 4 to 96 points"},
		"type too large":      {"name: x\nnote: {size: 96.5, leading: 99}", "line 2: note.size must be 4 to 96 points"},
		"leading too small":   {"name: x\ntext:\n  size: 20\n  leading: 10", "line 4: text.leading must be at least 0.9 of the size"},
		"bad word":            {"name: x\nh2: {style: fat}", "line 2: h2.style must be one of: regular, italic, bold, smallcaps"},
		"bad face":            {"name: x\nfaces: {body: Comic}", "line 2: faces.body must be one of: EB Garamond, Charis SIL"},
		"bad number":          {"name: x\nmargins: {inside: 900}", "line 2: margins.inside must be 40 to 250"},
		"bad length":          {"name: x\nindent: wide", "line 2: indent must be a length"},
		"bad colour":          {"name: x\ncolor: red", "line 2: color must be a colour"},
		"bad hex":             {"name: x\ncolor: '#12345g'", "line 2: color must be a colour"},
		"no boolean":          {"name: x\nfloats: perhaps", "line 2: floats must be true or false"},
		"no whole number":     {"name: x\nnumbers: 1.5", "line 2: numbers must be a whole number"},
		"a list for a text":   {"name: x\nbreak: [a]", "line 2: break must be a text"},
		"a text for a group":  {"name: x\nmargins: 12", "line 2: margins must be a group of fields"},
		"a field twice":       {"name: x\nindent: 1\nindent: 2", "line 3: indent stands twice"},
		"no room":             {"name: x\nmargins: {inside: 250, outside: 250}", "margins leave no room"},
		"a long text":         {"name: x\nbreak: " + strings.Repeat("~", 300), "line 2: break must have at most 200 letters"},
		"no YAML":             {"name: [", "the theme cannot be read"},
		"no mapping":          {"- a", "the theme cannot be read"},
		"nothing":             {"", "the theme cannot be read"},
		"two documents":       {"name: x\n---\nname: y", "more than one document"},
		"unknown base":        {"name: x\nbased_on: gothic", "there is no theme \"gothic\""},
		"based on itself":     {"name: manual\nbased_on: manual", "based on itself"},
		"too long":            {"name: x\n#" + strings.Repeat("x", maxTheme), "longer than 64 KiB"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ParseTheme([]byte(tt.yaml))
			p := problem.Of(err)
			if p == nil || p.Kind != problem.Invalid || !strings.Contains(p.Detail+" "+p.Hint, tt.want) {
				t.Errorf("got %v, want an invalid problem with %q", err, tt.want)
			}
		})
	}
}

func TestAllMistakesOfAThemeAreToldAtOnceInTheirOrder(t *testing.T) {
	_, err := ParseTheme([]byte("name: x\nh2: {style: fat}\nindent: wide\nnonsense: 1\nquote: {inset: 900}"))
	p := problem.Of(err)
	want := "the theme has mistakes: line 2: h2.style must be one of: regular, italic, bold, smallcaps; line 3: indent must be a length, like 12 or 4mm; line 4: nonsense is unknown; line 5: quote.inset must be 0 to 72 points"
	if p == nil || p.Detail != want {
		t.Errorf("got  %v\nwant %s", p, want)
	}
}

// themeRow is what the documentation says of a field before it tells what it
// does: path, what it takes, default.
func themeRow(f themeField) string {
	takes := "text"
	switch low, high, ok := f.bounds(); {
	case f.choices() != nil && f.tag.Get("one") == "faces":
		takes = "family"
	case f.choices() != nil:
		takes = strings.Join(f.choices(), ", ")
	case ok && f.unit() != "":
		takes = fmt.Sprintf("length, %d–%d pt", low, high)
	case ok:
		takes = fmt.Sprintf("%d–%d", low, high)
	case f.value.Kind() == reflect.Bool:
		takes = "true, false"
	case f.value.Type() == reflect.TypeFor[Hue]():
		takes = "#rrggbb"
	}
	def := fmt.Sprint(f.value.Interface())
	if def == "" {
		def = "–"
	}
	if h, ok := f.value.Interface().(Hue); ok {
		def = fmt.Sprintf("#%02x%02x%02x", h.R, h.G, h.B)
	}
	return fmt.Sprintf("| `%s` | %s | %s |", f.path, takes, def)
}

func TestEveryFieldOfAThemeIsDocumented(t *testing.T) {
	page, err := os.ReadFile("../docs/themes.md")
	if err != nil {
		t.Fatal(err)
	}
	novel, _ := FindTheme("novel")
	fields := walkTheme(reflect.ValueOf(novel), "")
	for _, f := range fields {
		if row := themeRow(f); !strings.Contains(string(page), "\n"+row+" ") {
			t.Errorf("docs/themes.md lacks the row %s", row)
		}
	}
	_, table, _ := strings.Cut(string(page), "## Every field")
	if rows := strings.Count(table, "\n| `"); rows != len(fields) {
		t.Errorf("%d rows for %d fields", rows, len(fields))
	}
	for _, family := range strings.Split(FaceNames, "|") {
		if !strings.Contains(string(page), "`"+family+"`") {
			t.Errorf("the family %s is not documented", family)
		}
	}
	for _, theme := range Themes() {
		if !strings.Contains(string(page), "**"+theme.Name+"**") {
			t.Errorf("the theme %s is not documented", theme.Name)
		}
	}
}

// FuzzParseTheme feeds any YAML: a theme or an invalid problem comes out.
func FuzzParseTheme(f *testing.F) {
	for _, s := range []string{"name: x\nbased_on: manual", "name: &a x\ntitle: *a", "h2: {<<: {size: 1}}", "a: &a [*a]", "name: x\ntext: {size: 1e9}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		theme, err := ParseTheme(b)
		if err != nil && !problem.Is(err, problem.Invalid) {
			t.Error(err)
		}
		if err == nil && (theme.Text.Size < 4*Point || theme.Name == "") {
			t.Errorf("%+v", theme)
		}
	})
}
