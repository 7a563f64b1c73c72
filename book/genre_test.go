package book_test

import (
	"regexp"
	"strings"
	"testing"

	"quire/book"
)

func TestThereAreSixteenGenresOfFictionAndTenOfFact(t *testing.T) {
	count, subs, seen := map[book.Kind]int{}, 0, map[string]bool{}
	for _, g := range book.Genres() {
		count[g.Kind]++
		subs += len(g.Subgenres)
		if seen[g.Key] || g.Name == "" || strings.ContainsAny(g.Name, "_") {
			t.Errorf("genre %+v", g)
		}
		seen[g.Key] = true
		for _, s := range g.Subgenres {
			if at := g.Key + "/" + s.Key; seen[at] || s.Name == "" || !regexp.MustCompile(`^[A-Z]+(_[A-Z]+)*$`).MatchString(s.Key) {
				t.Errorf("subgenre %s, %q", at, s.Name)
			}
			seen[g.Key+"/"+s.Key] = true
		}
	}
	if count[book.Fiction] != 16 || subs != 104 || count[book.Nonfiction] != 10 {
		t.Errorf("there are %v genres and %d subgenres", count, subs)
	}
}

func TestEveryGenreIsFoundByKeyAndName(t *testing.T) {
	for _, g := range book.Genres() {
		for _, text := range []string{g.Key, g.Name, strings.ReplaceAll(g.Name, " ", "-"), strings.ToUpper(g.Name), " " + g.Name + "s"} {
			if got, ok := book.ParseGenre(text); !ok || got.Key != g.Key {
				t.Errorf("%q is taken for the genre %q, want %s", text, got.Key, g.Key)
			}
		}
		for _, s := range g.Subgenres {
			for _, text := range []string{s.Key, s.Name, strings.ReplaceAll(s.Name, " ", "-")} {
				if got, ok := book.ParseSubgenre(g.Key, text); !ok || got != s {
					t.Errorf("%q of %s is taken for the subgenre %q", text, g.Key, got.Key)
				}
				if got, ok := book.ParseSubgenre("", text); !ok || got != s {
					t.Errorf("%q is taken for the subgenre %q, want %s", text, got.Key, s.Key)
				}
			}
		}
	}
}

func TestGenresAreFoundInOtherSpellings(t *testing.T) {
	for text, want := range map[string]string{
		"science fiction": "SCIENCE_FICTION", "Science-Fiction": "SCIENCE_FICTION", "sci-fi": "SCIENCE_FICTION", "SF": "SCIENCE_FICTION", "science": "SCIENCE",
		"CHILDREN'S": "CHILDRENS", "Children’s": "CHILDRENS", "children's books": "CHILDRENS", "WOMEN'S_FICTION": "WOMENS_FICTION", "women's": "WOMENS_FICTION",
		"ya": "YOUNG_ADULT", "cozy mystery": "MYSTERY", "Thrillers": "THRILLER", "psychological thriller": "THRILLER", "a mystery": "", "horror stories": "HORROR",
		"historical": "HISTORICAL_FICTION", "history": "HISTORY", "Humour": "HUMOR", "literary": "LITERARY_FICTION", "fantasy novel": "FANTASY",
		"self help": "SELF_HELP", "How-To": "HOW_TO", "cookbook": "COOKING", "fiction": "", "nonfiction": "", "": "", "'": "", "poetry": "", "contemporary": "",
	} {
		if got, _ := book.ParseGenre(text); got.Key != want {
			t.Errorf("%q is taken for the genre %q, want %q", text, got.Key, want)
		}
	}
	for text, want := range map[string]string{
		"mystery/cozy": "COZY_MYSTERY", "mystery/Cosy mystery": "COZY_MYSTERY", "mystery/Psychological Thriller": "PSYCHOLOGICAL_THRILLER",
		"mystery/space opera": "", "sci-fi/hard": "HARD_SCIENCE_FICTION", "ya/fantasy": "YA_FANTASY", "romance/contemporary": "CONTEMPORARY_ROMANCE",
		"western/contemporary": "CONTEMPORARY_WESTERN", "new adult/romance": "NEW_ADULT_ROMANCE", "CHILDREN'S/CHILDREN'S_HUMOR": "CHILDRENS_HUMOR",
		"children's/humor": "CHILDRENS_HUMOR", "women's fiction/literary": "WOMENS_LITERARY_FICTION", "Christian fiction/fantasy": "CHRISTIAN_FANTASY",
		"historical fiction/WW2": "WORLD_WAR_II", "historical fiction/World War I": "WORLD_WAR_I", "mystery/detective stories": "DETECTIVE",
		"/contemporary": "", "poetry/sonnets": "", "thriller/": "", "history/medieval": "",
	} {
		genre, sub, _ := strings.Cut(text, "/")
		if got, _ := book.ParseSubgenre(genre, sub); got.Key != want {
			t.Errorf("%q is taken for the subgenre %q, want %q", text, got.Key, want)
		}
	}
}

func TestABriefIsPlacedByWhatItNames(t *testing.T) {
	for name, tt := range map[string]struct{ genre, sub, want string }{
		"both":                             {"mystery", "locked room", "MYSTERY/LOCKED_ROOM"},
		"a subgenre alone":                 {"", "space opera", "SCIENCE_FICTION/SPACE_OPERA"},
		"a subgenre in the genre's place":  {"cozy mystery", "", "MYSTERY/COZY_MYSTERY"},
		"a genre alone":                    {"sci-fi", "", "SCIENCE_FICTION/"},
		"a subgenre of two, with neither":  {"", "psychological thriller", "THRILLER/PSYCHOLOGICAL_THRILLER"},
		"a subgenre of two, with one":      {"mystery", "psychological thriller", "MYSTERY/PSYCHOLOGICAL_THRILLER"},
		"a subgenre of another genre":      {"mystery", "space opera", "MYSTERY/"},
		"a genre that nobody knows":        {"poetry", "space opera", "/"},
		"nothing":                          {"", "", "/"},
		"a subgenre that no genre knows":   {"", "sonnets", "/"},
		"two names of subgenres of one":    {"cozy mystery", "locked room", "MYSTERY/LOCKED_ROOM"},
		"the name of a genre in the place": {"horror", "horror", "HORROR/"},
	} {
		g, s := book.Brief{Genre: tt.genre, Subgenre: tt.sub}.Placed()
		if got := g.Key + "/" + s.Key; got != tt.want {
			t.Errorf("%s: placed in %s, want %s", name, got, tt.want)
		}
	}
}

func TestAKnownGenreDecidesTheKind(t *testing.T) {
	for name, tt := range map[string]struct {
		brief book.Brief
		want  book.Kind
	}{
		"a genre of fact":     {book.Brief{Topic: "Salt", Genre: "history"}, book.Nonfiction},
		"a genre of stories":  {book.Brief{Topic: "How to die", Genre: "historical fiction"}, book.Fiction},
		"a subgenre":          {book.Brief{Topic: "How to die", Subgenre: "locked room"}, book.Fiction},
		"a genre of our own":  {book.Brief{Topic: "Salt", Genre: "gothic nonfiction"}, book.Nonfiction},
		"a genre unheard of":  {book.Brief{Topic: "How to die", Genre: "saga"}, book.Fiction},
		"a cookbook by habit": {book.Brief{Topic: "Salt", Genre: "Cookbook"}, book.Nonfiction},
	} {
		if got, why := book.InferKind(tt.brief); got != tt.want || why == "" {
			t.Errorf("%s: %s (%s), want %s", name, got, why, tt.want)
		}
	}
}

func TestAMisspeltGenreIsAskedBack(t *testing.T) {
	for name, tt := range map[string]struct {
		brief book.Brief
		want  string
	}{
		"a letter off":             {book.Brief{Genre: "mysterry"}, `there is no guidance for the genre "mysterry"; did you mean mystery?`},
		"two letters off":          {book.Brief{Genre: "Fantasiy"}, `there is no guidance for the genre "Fantasiy"; did you mean fantasy?`},
		"far from all":             {book.Brief{Genre: "nature", Subgenre: "insects"}, ""},
		"a short one":              {book.Brief{Genre: "xy"}, ""},
		"a subgenre misspelt":      {book.Brief{Genre: "mystery", Subgenre: "loked room"}, `there is no guidance for the subgenre "loked room"; did you mean locked room?`},
		"a subgenre alone, so":     {book.Brief{Subgenre: "space oprea"}, `there is no guidance for the subgenre "space oprea"; did you mean space opera?`},
		"a subgenre elsewhere":     {book.Brief{Genre: "mystery", Subgenre: "Space Opera"}, "space opera is a subgenre of science fiction and not of mystery; did you mean the genre science fiction?"},
		"a subgenre of our own":    {book.Brief{Genre: "mystery", Subgenre: "lighthouse"}, ""},
		"a genre of another kind":  {book.Brief{Kind: book.Nonfiction, Genre: "horror"}, "horror is a genre of fiction, so its guidance is left out of a book of nonfiction"},
		"all known":                {book.Brief{Genre: "mystery", Subgenre: "cozy"}, ""},
		"a known subgenre alone":   {book.Brief{Subgenre: "cozy mystery"}, ""},
		"nothing":                  {book.Brief{}, ""},
		"a name without an end":    {book.Brief{Genre: strings.Repeat("mystery", 60)}, ""},
		"a subgenre of no subkind": {book.Brief{Genre: "history", Subgenre: "of salt"}, ""},
	} {
		if got := tt.brief.Nearest(); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}
