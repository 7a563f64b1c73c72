package intake

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
)

func TestOutlineShapes(t *testing.T) {
	for name, tt := range map[string]struct{ text, title, want string }{
		"plain lines":                      {text: "Salt\n\nBread\nWine", want: "# Salt\n# Bread\n# Wine"},
		"one line":                         {text: "Salt", want: "# Salt"},
		"indented lines":                   {text: "Salt\n  Sea\n    Tide\nBread", want: "# Salt\n## Sea\n### Tide\n# Bread"},
		"tabs":                             {text: "- Salt\n\t- Sea\n\t\t- Tide\n- Bread", want: "# Salt\n## Sea\n### Tide\n# Bread"},
		"mixed widths":                     {text: "* Salt\n   + Sea\n      • Tide\n   + Lake\n* Bread\n  - Rye", want: "# Salt\n## Sea\n### Tide\n## Lake\n# Bread\n## Rye"},
		"uneven return":                    {text: "- A\n    - B\n  - C\n- D", want: "# A\n## B\n## C\n# D"},
		"numbers":                          {text: "1 Salt\n1.1 Sea\n1.1.1 Tide\n2 Bread", want: "# Salt\n## Sea\n### Tide\n# Bread"},
		"numbers with dots":                {text: "1. Salt\n1.1. Sea\n2. Bread", want: "# Salt\n## Sea\n# Bread"},
		"numbers with brackets":            {text: "1) Salt\n2) Bread", want: "# Salt\n# Bread"},
		"bare numbers alone":               {text: "1 Salt\n2 Bread", want: "# Salt\n# Bread"},
		"numbered list, bullets indented":  {text: "1. Salt\n   - Sea\n   - Lake\n2. Bread", want: "# Salt\n## Sea\n## Lake\n# Bread"},
		"numbered list, bullets flush":     {text: "1. Salt\n- Sea\n- Lake\n2. Bread\n- Rye", want: "# Salt\n## Sea\n## Lake\n# Bread\n## Rye"},
		"plain lines with bullets":         {text: "Salt\n- Sea\nBread\n- Rye", want: "# Salt\n## Sea\n# Bread\n## Rye"},
		"a number in a title is none":      {text: "7 habits\n3 wishes", want: "# 7 habits\n# 3 wishes"},
		"a version is no number":           {text: "Python 3\n3.12 in detail", want: "# Python 3\n# 3.12 in detail"},
		"chapter lines":                    {text: "Chapter 1: Salt\nChapter 2 - Bread\nChapter Three\nEpilogue", want: "# Salt\n# Bread\n# Chapter Three\n# Epilogue"},
		"chapter lines with title":         {text: "Food\n\nPrologue\nChapter I. Salt\nChapter II. Bread", title: "Food", want: "# Prologue\n# Salt\n# Bread"},
		"chapters and numbers":             {text: "Chapter 1: Salt\n1.1 Sea\n1.2 Lake\nChapter 2: Bread", want: "# Salt\n## Sea\n## Lake\n# Bread"},
		"parts and chapters":               {text: "Part One: Land\nChapter 1: Salt\nChapter 2: Bread\nPart Two: Sea\nChapter 3: Fish", want: "# [Part One: Land] Salt\n# Bread\n# [Part Two: Sea] Fish"},
		"chapter names in bullets":         {text: "- Chapter 1: Salt\n  - Sea\n- Chapter 2: Bread", want: "# Salt\n## Sea\n# Bread"},
		"markdown":                         {text: "# Salt\n## Sea\n### Tide\n# Bread", want: "# Salt\n## Sea\n### Tide\n# Bread"},
		"markdown, all second level":       {text: "## Salt\n\n## Bread ##\n", want: "# Salt\n# Bread"},
		"markdown, second and third level": {text: "## Salt\n### Sea\n## Bread", want: "# Salt\n## Sea\n# Bread"},
		"markdown with book title":         {text: "# Food\n## Salt\n### Sea\n## Bread", title: "Food", want: "# Salt\n## Sea\n# Bread"},
		"markdown, one numbered chapter":   {text: "# Chapter 1: Salt\n## Sea\n## Lake", want: "# Salt\n## Sea\n## Lake"},
		"markdown parts":                   {text: "# Food\n## Part I\n### Salt\n#### Sea\n## Part II\n### Bread", title: "Food", want: "# [Part I] Salt\n## Sea\n# [Part II] Bread"},
		"parts between other chapters":     {text: "# Preface\n# Part One\n## Salt\n# Epilogue", want: "# Preface\n# [Part One] Salt\n# Epilogue"},
		"parts without chapters":           {text: "# Part One\n# Part Two", want: "# Part One\n# Part Two"},
		"markdown title over a list":       {text: "# Food\n\n- Salt\n  - Sea\n- Bread", title: "Food", want: "# Salt\n## Sea\n# Bread"},
		"markdown title over numbers":      {text: "# Food\n1. Salt\n2. Bread", title: "Food", want: "# Salt\n# Bread"},
		"plain title over bullets":         {text: "Food\n- Salt\n- Bread", title: "Food", want: "# Salt\n# Bread"},
		"plain title over numbers":         {text: "Food\n1. Salt\n1.1 Sea\n2. Bread", title: "Food", want: "# Salt\n## Sea\n# Bread"},
		"marks in titles":                  {text: "# **Salt** {#salt}\n# 2. _Bread_\n# `Wine`", want: "# Salt\n# Bread\n# Wine"},
		"rules and comments":               {text: "Salt\n---\n<!-- later -->\nBread\n***", want: "# Salt\n# Bread"},
		"hash in code":                     {text: "# Salt\n```\n# not a title\n```\n# Bread", want: "# Salt\n# Bread"},
		"check boxes":                      {text: "- [ ] Salt\n- [x] Bread", want: "# Salt\n# Bread"},
		"other scripts":                    {text: "# 盐\n# Хлеб\n# 🍷", want: "# 盐\n# Хлеб\n# 🍷"},
		"json titles":                      {text: `["Salt","Bread"]`, want: "# Salt\n# Bread"},
		"json levels":                      {text: `[{"title":"Salt","level":1},{"title":"Sea","level":2},{"title":"Bread","level":1}]`, want: "# Salt\n## Sea\n# Bread"},
		"json nested":                      {text: `{"title":"Food","chapters":[{"title":"Salt","sections":["Sea",{"title":"Lake","level":2,"children":["Deep"]}]},"Bread"]}`, title: "Food", want: "# Salt\n## Sea\n## Lake\n### Deep\n# Bread"},
		"json parts":                       {text: `{"outline":[{"title":"Part 1","chapters":["Salt"]},{"title":"Part 2","chapters":["Bread"]}]}`, want: "# [Part 1] Salt\n# [Part 2] Bread"},
		"json, a given part":               {text: `[{"title":"Salt","part":"Land"}]`, want: "# [Land] Salt"},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := Outline("plan.txt", strings.NewReader(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, shape(p.Headings)); diff != "" {
				t.Errorf("headings (-want +got):\n%s", diff)
			}
			if p.Title != tt.title {
				t.Errorf("title %q, want %q", p.Title, tt.title)
			}
			if err := (book.Brief{Outline: p.Headings}).Check(); err != nil {
				t.Errorf("the brief refuses it: %v", err)
			}
		})
	}
}

func TestOutlineDetails(t *testing.T) {
	sea := book.Heading{Level: 1, Title: "Sea", Description: "Wide and deep. It moves.", KeyPoints: []string{"Tides follow the moon", "Salt"}}
	land := book.Heading{Level: 1, Title: "Land"}
	for name, tt := range map[string]struct {
		text string
		want Plan
	}{
		"markdown": {
			text: "# Sea\n\nWide and deep.\nIt moves.\n\n- Tides follow\n  the moon\n- **Salt**\n\n# Land\n",
			want: Plan{Headings: []book.Heading{sea, land}},
		},
		"numbered": {
			text: "1. Sea\nWide and deep.\n> It moves.\n- Tides follow the moon\n- Salt\n2. Land\n2.1 Hills",
			want: Plan{Headings: []book.Heading{sea, land, {Level: 2, Title: "Hills"}}},
		},
		"named": {
			text: "Chapter 1: Sea\nWide and deep. It moves.\n1. Tides follow the moon\n2. Salt\nChapter 2: Land",
			want: Plan{Headings: []book.Heading{sea, land}},
		},
		"bullets": {
			text: "- Sea\n  Wide and deep.\n  It moves.\n- **Land**: firm ground",
			want: Plan{Headings: []book.Heading{
				{Level: 1, Title: "Sea", Description: "Wide and deep. It moves."},
				{Level: 1, Title: "Land", Description: "firm ground"},
			}},
		},
		"about the book": {
			text: "A first line.\n# Earth\nFor children.\n## Sea\n## Land",
			want: Plan{Title: "Earth", About: "A first line. For children.", Headings: []book.Heading{{Level: 1, Title: "Sea"}, land}},
		},
		"about, above a list": {
			text: "# Earth\nFor children.\n- Sea\n- Land",
			want: Plan{Title: "Earth", About: "For children.", Headings: []book.Heading{{Level: 1, Title: "Sea"}, land}},
		},
		"about, above numbers": {
			text: "Earth\nFor children.\n1 Sea\n1.1 Tide\n2 Land",
			want: Plan{About: "Earth For children.", Headings: []book.Heading{{Level: 1, Title: "Sea"}, {Level: 2, Title: "Tide"}, land}},
		},
		"a skipped level": {
			text: "# Sea\n### Tide\n## Shore\n# Land",
			want: Plan{
				Headings: []book.Heading{{Level: 1, Title: "Sea"}, {Level: 2, Title: "Tide"}, {Level: 2, Title: "Shore"}, land},
				Warnings: []string{"line 2 of plan.txt skips a level; it was read as level 2"},
			},
		},
		"what is said of a part": {
			text: "# Part One\nOn water.\n- wet\n## Sea\n# Part Two\n## Land",
			want: Plan{Headings: []book.Heading{{Level: 1, Part: "Part One", Title: "Sea", Notes: "On water.\nwet"}, {Level: 1, Part: "Part Two", Title: "Land"}}},
		},
		"json": {
			text: `{"title":"Earth","summary":"For children.","chapters":[
				{"title":"Sea","description":"Wide and deep. It moves.","key_points":["Tides follow the moon","Salt"]},
				{"title":"Land","key_points":"a; b","pages":2,"notes":"Be brief"},
				{"title":"Air","words":"1,500","pages":1,"key_points":null}]}`,
			want: Plan{Title: "Earth", About: "For children.", Headings: []book.Heading{
				sea,
				{Level: 1, Title: "Land", KeyPoints: []string{"a", "b"}, Words: 600, Notes: "Be brief"},
				{Level: 1, Title: "Air", Words: 1500},
			}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Outline("plan.txt", strings.NewReader(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("plan (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOutlineRefuses(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"four levels":            {"# A\n# B\n## C\n### D\n#### E", "line 5 of plan.txt is 4 levels deep"},
		"four levels of bullets": {"- A\n - B\n  - C\n   - D", "line 4 of plan.txt is 4 levels deep"},
		"four levels of numbers": {"1 A\n1.1 B\n1.1.1 C\n1.1.1.1 D", "line 4 of plan.txt is 4 levels deep"},
		"an endless title":       {"Salt\n" + strings.Repeat("x", 301), "line 2 of plan.txt is a title of more than 300 characters"},
		"a heading without text": {"# Salt\n#\n# Bread", "line 2 of plan.txt has no title"},
		"too many chapters":      {strings.Repeat("Salt\n", 401), "plan.txt has 401 chapters; a book has at most 400"},
		"too many headings":      {"Salt\n" + strings.Repeat(" Sea\n", 4000), "plan.txt has 4001 headings; at most 4000 are read"},
		"nothing but rules":      {"---\n***", "plan.txt has no chapters"},
		"an empty list":          {"[]", "plan.txt has no chapters"},
		"broken json":            {"[\"a\",\n\"b\"", "plan.txt is not valid JSON near line 2"},
		"two json values":        {`["a"] ["b"]`, "plan.txt is not valid JSON near line 1"},
		"json without chapters":  {`{"title":"x"}`, "plan.txt holds no list of chapters"},
		"json, unknown field":    {"[{\"title\":\"a\",\n\"descriptn\":\"b\"}]", `line 2 of plan.txt has the field "descriptn", which is not known`},
		"json, unknown on top":   {`{"chapters":[],"colour":"red"}`, `line 1 of plan.txt has the field "colour", which is not known`},
		"json, a field twice":    {`[{"title":"a","title":"b"}]`, `line 1 of plan.txt gives "title" a second time`},
		"json, chapters twice":   {`{"chapters":["a"],"outline":["b"]}`, "line 1 of plan.txt gives the chapters a second time"},
		"json, no title":         {`[{"words":3}]`, "line 1 of plan.txt has no title"},
		"json, a list in a list": {`[["a"]]`, "line 1 of plan.txt holds something that is not a chapter"},
		"json, level of four":    {`[{"title":"a","level":4}]`, `line 1 of plan.txt cannot be used: level is "4"`},
		"json, level at odds":    {`[{"title":"a","children":[{"title":"b","level":1}]}]`, "level is 1, but the heading is nested as level 2"},
		"json, negative words":   {`[{"title":"a","words":-5}]`, `words is "-5"`},
		"json, endless pages":    {`[{"title":"a","pages":1e9}]`, `pages is "1e9"`},
		"json, title of many":    {`[{"title":["a"]}]`, "title is not a single value"},
		"json, a point of many":  {`[{"title":"a","key_points":[["b"]]}]`, "a key point is not a text"},
		"json, sections as text": {`[{"title":"a","sections":"b"}]`, "has sections that are no list"},
		"json, nested deeply":    {strings.Repeat("[", 100), "line 1 of plan.txt is nested more than 24 deep"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Outline("plan.txt", strings.NewReader(tt.text))
			refuses(t, err, tt.want)
		})
	}
}

func TestAMisspeltFieldIsGuessed(t *testing.T) {
	_, err := Outline("plan.json", strings.NewReader(`[{"titel":"a"}]`))
	if hint := hintOf(err); hint != "did you mean title?" {
		t.Errorf("hint %q", hint)
	}
}

func FuzzOutline(f *testing.F) {
	for _, seed := range []string{
		"# A\n## B\n- c\n  d", "1 A\n1.1 B", "Chapter 1: X\nPart One\n- y", "- a\n\t- b\n", `[{"title":"a","children":["b"]}]`,
		`{"chapters":[1,null,{}]}`, "\xff\xfea\x00", "**a**: b\n```\n# c", "# Part I\n## b\n# Part II\n## c",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Outline("plan.txt", strings.NewReader(text))
		if err != nil {
			if hintOf(err) == "" {
				t.Errorf("%v has no hint", err)
			}
			return
		}
		b := book.Brief{Outline: p.Headings}
		if err := b.Check(); err != nil {
			t.Errorf("an outline that was read is refused: %v", err)
		}
	})
}

func ExampleOutline() {
	p, _ := Outline("bees.md", strings.NewReader("# Bees\n## Hives\n- Wood\n## Honey"))
	for _, h := range p.Headings {
		fmt.Println(p.Title, h.Level, h.Title, h.KeyPoints)
	}
	// Output:
	// Bees 1 Hives [Wood]
	// Bees 1 Honey []
}
