package intake

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"quire/book"
)

// files is a folder of text files.
func files(texts map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range texts {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// contents shows chapters as lines: number or *, part, title and text.
func contents(m book.Manuscript) string {
	var b strings.Builder
	for _, c := range m.Chapters {
		if c.Part != "" {
			b.WriteString("[" + c.Part + "] ")
		}
		if !c.Numbered {
			b.WriteString("*")
		}
		b.WriteString(c.Title + ": " + strings.ReplaceAll(strings.TrimSuffix(c.Markdown, "\n"), "\n", "/") + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func TestManuscriptOfOneFile(t *testing.T) {
	for name, tt := range map[string]struct{ text, title, want string }{
		"chapters":                   {"# Salt\n\nWhite.\n\n# Bread\n\nBrown.\n", "Food", "Salt: White.\nBread: Brown."},
		"text above the first":       {"For you.\n# Salt\nWhite.\n# Bread\nBrown.", "Food", "*Preface: For you.\nSalt: White.\nBread: Brown."},
		"blank above the first":      {"\n\n# Salt\nWhite.\n# Bread\nBrown.", "Food", "Salt: White.\nBread: Brown."},
		"a lone title":               {"# Meals\n\n## Salt\nWhite.\n### Sea\nBlue.\n## Bread\nBrown.", "Meals", "Salt: White./## Sea/Blue.\nBread: Brown."},
		"a lone title with a word":   {"# Meals\nFor you.\n## Salt\nWhite.", "Meals", "*Preface: For you.\nSalt: White."},
		"only second level":          {"## Salt\nWhite.\n### Sea\nBlue.\n## Bread\nBrown.", "Food", "Salt: White./## Sea/Blue.\nBread: Brown."},
		"one chapter":                {"# Salt\nWhite.", "Food", "Salt: White."},
		"one chapter by name":        {"# Chapter 1: Salt\nWhite.\n## Sea\nBlue.", "Food", "Salt: White./## Sea/Blue."},
		"no headings":                {"Just text.", "Food", "Food: Just text."},
		"front matter":               {"---\ntitle: Meals\n---\n# Salt\nWhite.\n## Sea\nBlue.", "Meals", "Salt: White./## Sea/Blue."},
		"front matter says the same": {"---\ntitle: Meals\n---\n# Meals\n## Salt\nWhite.", "Meals", "Salt: White."},
		"a rule is no front matter":  {"---\n# Salt\nWhite.\n---\n# Bread\nBrown.", "Food", "*Preface: ---\nSalt: White./---\nBread: Brown."},
		"underlined headings":        {"Salt\n====\n\nWhite.\n\nSea\n---\n\nBread\nand butter\n===\nBrown.", "Food", "Salt: White.//Sea/---\nBread and butter: Brown."},
		"code is no heading":         {"# Salt\n```sh\n# comment\n```\n\n    # code\n\n> # quote\n\n- # item\n\n# Bread\nBrown.", "Food", "Salt: ```sh/# comment/```//    # code//> # quote//- # item\nBread: Brown."},
		"marks in titles":            {"# *Salt* & `pepper` &amp; <b>oil</b> [here](x) \\# ##\na\n# Bread {#bread .big}\nb", "Food", "Salt & pepper & oil here #: a\nBread: b"},
		"unnumbered":                 {"# Foreword\na\n# Salt {-}\nb\n# Bread {.unnumbered}\nc\n# Wine\nd\n# Appendix A: Maps\ne\n# Acknowledgements\nf", "Food", "*Foreword: a\n*Salt: b\n*Bread: c\nWine: d\n*Appendix A: Maps: e\n*Acknowledgements: f"},
		"parts":                      {"# Part One: Land\n\n# Salt\na\n# Sea {.part}\n# Fish\nb", "Food", "[Part One: Land] Salt: a\n[Sea] Fish: b"},
		"notes at the end":           {"# Salt\nWhite[^1], [far][a].\n# Bread\nBrown[^2].\n\n[^1]: Sea salt.\n\n    Or rock.\n[^2]: Rye.\n\n[a]: http://b.c\n", "Food", "Salt: White[^1], [far][a].//[^1]: Sea salt.//    Or rock.//[a]: http://b.c\nBread: Brown[^2].//[^1]: Sea salt.//    Or rock./[^2]: Rye.//[a]: http://b.c"},
		"an empty heading":           {"# Salt\na\n#\nb", "Food", "Salt: a\nUntitled: b"},
		"no end of line":             {"# Salt\na\n# Bread", "Food", "Salt: a\nBread: "},
	} {
		t.Run(name, func(t *testing.T) {
			m, _, err := Manuscript(files(map[string]string{"my/01-food.md": tt.text}), "my/01-food.md")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, contents(m)); diff != "" {
				t.Errorf("chapters (-want +got):\n%s", diff)
			}
			if m.Meta.Title != tt.title {
				t.Errorf("title %q, want %q", m.Meta.Title, tt.title)
			}
			if _, err := fs.Stat(m.Assets, "01-food.md"); err != nil {
				t.Errorf("assets are not the file's folder: %v", err)
			}
		})
	}
}

func TestManuscriptOfAFolder(t *testing.T) {
	fsys := files(map[string]string{
		"book.yaml":       "title: Meals\nsubtitle: All day\nauthor: [A. Cook, B. Cook]\nlang: en-GB\npublisher: P\nisbn: \"1\"\nyear: 2026\nkind: Non-Fiction\nimprint: [one, two]\ndedication: |\n  For *you*.\n\n  And you.\nabout: She cooks.\ncover: img/cover.png\nmood: glad\n",
		"ch1.md":          "# Salt\nWhite.\n## Sea\nBlue.\n",
		"Ch2.md":          "---\ntitle: Loaf\nlayout: post\n---\nBrown.\n## Rye\nDark.\n",
		"ch10.md":         "# Wine\nRed.\n# Beer\nAmber.\n",
		"ch11-the_end.md": "Over.\n# Notes\nn\n",
		"ch12.md":         " \n",
		"README.md":       "# Read me",
		".hidden.md":      "# Hidden",
		"img/a.md":        "# Not a chapter",
		"list.txt":        "x",
	})
	m, warnings, err := Manuscript(fsys, ".")
	if err != nil {
		t.Fatal(err)
	}
	wantMeta := book.Meta{Title: "Meals", Subtitle: "All day", Author: "A. Cook, B. Cook", Language: "en-GB", Publisher: "P", ISBN: "1", Date: "2026", Kind: book.Nonfiction, Imprint: []string{"one", "two"},
		Dedication: "For *you*.\n\nAnd you.", About: "She cooks.", Cover: "img/cover.png"}
	if diff := cmp.Diff(wantMeta, m.Meta); diff != "" {
		t.Errorf("meta (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff("Salt: White./## Sea/Blue.\nLoaf: Brown./## Rye/Dark.\nWine: Red.\nBeer: Amber.\nCh11 the end: Over.\nNotes: n", contents(m)); diff != "" {
		t.Errorf("chapters (-want +got):\n%s", diff)
	}
	wantWarnings := []string{
		"README.md was passed over; give it another name if it is a chapter",
		`the field "mood" in book.yaml is not known and was passed over`,
		`the field "layout" in Ch2.md is not known and was passed over`,
		`ch11-the_end.md has text above its first title; it became the chapter "Ch11 the end"`,
		"ch12.md has no text and was passed over",
	}
	if diff := cmp.Diff(wantWarnings, warnings); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
	if got := m.Chapters[1].Source; got != "Ch2.md" {
		t.Errorf("source %q", got)
	}
}

func TestManuscriptWithoutSettingsIsCalledAfterItsFirstChapter(t *testing.T) {
	m, warnings, err := Manuscript(files(map[string]string{"a/x.md": "# Salt\nWhite."}), "a")
	if err != nil || m.Meta.Title != "Salt" || len(warnings) != 1 {
		t.Errorf("got %q, %q, %v", m.Meta.Title, warnings, err)
	}
}

func TestManuscriptIDsAreStableAndUnique(t *testing.T) {
	first := "ch_" + book.Derive(8, "manuscript", 1)
	text := "# Salt\na\n# Bread {#bread}\nb\n# Wine {#bread}\nc\n# Beer {#" + first + "}\nd\n# Oil {#9\"}\ne\n"
	m, warnings, err := Manuscript(files(map[string]string{"food.md": text}), "food.md")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, c := range m.Chapters {
		ids = append(ids, c.ID)
	}
	want := []string{first, "bread", "ch_" + book.Derive(8, "manuscript", 3), "ch_" + book.Derive(8, "manuscript", 4), "ch_" + book.Derive(8, "manuscript", 5)}
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Errorf("ids (-want +got):\n%s", diff)
	}
	if len(warnings) != 3 {
		t.Errorf("warnings %q", warnings)
	}
}

func TestManuscriptWarnsOfWhatIsLost(t *testing.T) {
	_, warnings, err := Manuscript(files(map[string]string{"food.md": "---\ntitle: Food\n---\n# Salt\n\n# Bread\nb\n# Part Two\n"}), "food.md")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{`the chapter "Salt" in food.md has no text`, `no chapter follows on "Part Two"; it was left out`}
	if diff := cmp.Diff(want, warnings); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}

func TestManuscriptRefuses(t *testing.T) {
	many := map[string]string{}
	for i := range MaxFiles + 1 {
		many[strings.Repeat("a", i%50+1)+book.Derive(8, i)+".md"] = "x"
	}
	for name, tt := range map[string]struct {
		files map[string]string
		path  string
		want  string
	}{
		"nothing there":      {nil, "gone/away.md", `there is no manuscript "away.md"`},
		"an empty file":      {map[string]string{"a.md": "\n"}, "a.md", "a.md has no text"},
		"only front matter":  {map[string]string{"a.md": "---\ntitle: x\n---\n"}, "a.md", "a.md has no text"},
		"a picture":          {map[string]string{"a.md": "\x89PNG\x00"}, "a.md", "a.md is not a text file"},
		"no chapters":        {map[string]string{"book.yaml": "title: x"}, ".", "the folder holds no Markdown files"},
		"only blank files":   {map[string]string{"a.md": " "}, ".", "the manuscript has no chapters"},
		"a bad chapter":      {map[string]string{"a.md": "\xff"}, ".", "a.md is not in the encoding UTF-8"},
		"bad settings":       {map[string]string{"book.yaml": "title: [", "a.md": "x"}, ".", "book.yaml is not valid YAML"},
		"settings as a list": {map[string]string{"book.yaml": "- a", "a.md": "x"}, ".", "book.yaml has no fields"},
		"a list for a title": {map[string]string{"book.yaml": "title: [a]", "a.md": "x"}, ".", "line 1 of book.yaml: title is not a single value"},
		"an unknown kind":    {map[string]string{"book.yaml": "kind: poem", "a.md": "x"}, ".", `the kind "poem" is not known`},
		"a wrong date":       {map[string]string{"book.yaml": "date: 2026-02-31", "a.md": "x"}, ".", `date is "2026-02-31"`},
		"bad front matter":   {map[string]string{"a.md": "---\ntitle: [\n---\nx"}, "a.md", "a.md is not valid YAML"},
		"bad front in files": {map[string]string{"a.md": "---\ndate: x\n---\nx"}, ".", `line 1 of a.md: date is "x"`},
		"binary settings":    {map[string]string{"book.yaml": "\x00", "a.md": "x"}, ".", "book.yaml is not a text file"},
		"too many files":     {many, ".", "the folder holds 2001 Markdown files"},
		"too many chapters":  {map[string]string{"a.md": strings.Repeat("# x\ny\n", MaxTexts+1)}, "a.md", "the manuscript has 2001 chapters"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := Manuscript(files(tt.files), tt.path)
			refuses(t, err, tt.want)
		})
	}
}

// lockedFS has files that cannot be opened.
type lockedFS struct{ fstest.MapFS }

func (l lockedFS) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, ".md") {
		return nil, errors.New("open /home/me: denied")
	}
	return l.MapFS.Open(name)
}

func TestAFileThatCannotBeOpenedIsNamed(t *testing.T) {
	_, _, err := Manuscript(lockedFS{files(map[string]string{"a.md": "x"})}, ".")
	refuses(t, err, "a.md cannot be read")
}

func TestTheTrialManuscriptOfThePressIsRead(t *testing.T) {
	const root = "../press/testdata/press-book"
	m, warnings, err := Manuscript(os.DirFS(root), ".")
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	if len(m.Chapters) != 15 || m.Meta.Title != "The Granary and the Gate" || m.Meta.Date != "2026" {
		t.Errorf("%d chapters of %+v", len(m.Chapters), m.Meta)
	}
	for _, c := range m.Chapters {
		if !c.Numbered || book.Words(c.Markdown) < 1000 || strings.HasPrefix(c.Markdown, "# ") {
			t.Errorf("chapter %q is not whole", c.Title)
		}
	}
}

func TestNaturalOrder(t *testing.T) {
	for name, tt := range map[string]struct {
		a, b string
		want int
	}{
		"numbers by value": {"ch2.md", "ch10.md", -1},
		"leading zeros":    {"02a", "2b", -1},
		"case":             {"Ch1", "ch2", -1},
		"prefix":           {"ch", "ch1", -1},
		"equal":            {"a1", "a1", 0},
		"long numbers":     {"99999999999999999999", "100000000000000000000", -1},
		"the same value":   {"01", "1", -1},
	} {
		t.Run(name, func(t *testing.T) {
			if got := natural(tt.a, tt.b); got != tt.want {
				t.Errorf("got %d", got)
			}
			if got := natural(tt.b, tt.a); got != -tt.want {
				t.Errorf("the other way round: got %d", got)
			}
		})
	}
}

func TestReadableNames(t *testing.T) {
	for name, want := range map[string]string{
		"02-the_old-mill.md": "The old mill", "chapter.md": "Chapter", "12.md": "12", "été.markdown": "Été", "07. End.md": "End", "-.md": "-",
	} {
		if got := readable(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func FuzzManuscript(f *testing.F) {
	for _, seed := range []string{
		"# A\n\ntext\n# B {#b}\n", "---\ntitle: x\n---\n# A\n## B", "A\n=\nB\n-\n", "```\n# x\n", "# a[^1]\n# b\n[^1]: c\n\n    d", "#\n#\n", "> # q\n# \\#", "::: note\n# x\n:::",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		fsys := files(map[string]string{"a.md": text})
		for _, name := range []string{"a.md", "."} {
			m, _, err := Manuscript(fsys, name)
			if err != nil {
				if hintOf(err) == "" {
					t.Errorf("%v has no hint", err)
				}
				continue
			}
			for _, c := range m.Chapters {
				if c.Title == "" || c.ID == "" {
					t.Errorf("a chapter without title or id: %+v", c)
				}
			}
		}
	})
}

func TestAManuscriptOfTooManyChaptersIsRefusedSoon(t *testing.T) {
	text := strings.Repeat("# a\n\nb\n", 50_000) // with a search among all IDs, minutes
	_, _, err := Manuscript(files(map[string]string{"a.md": text}), "a.md")
	if err == nil || !strings.Contains(err.Error(), "50000 chapters") {
		t.Errorf("got %v", err)
	}
}

func TestTheFilesOfAManuscriptHaveALimitTogether(t *testing.T) {
	half := strings.Repeat(strings.Repeat("a", 1023)+"\n", MaxManuscript/2048+10)
	_, _, err := Manuscript(files(map[string]string{"1.md": half, "2.md": half}), ".")
	if err == nil || !strings.Contains(err.Error(), "larger than 24 MiB together") {
		t.Errorf("got %v", err)
	}
}
