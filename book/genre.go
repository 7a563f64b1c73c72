package book

import (
	"slices"
	"strings"
	"sync"
	"unicode"
)

// Genre is a kind of book that there is guidance for. Its key is how programs
// write it, its name how people do.
type Genre struct {
	Key       string     `json:"key"`
	Name      string     `json:"name"`
	Kind      Kind       `json:"kind"`
	Subgenres []Subgenre `json:"subgenres,omitempty"`
}

// Subgenre is a kind of a genre. PSYCHOLOGICAL_THRILLER is one of two genres.
type Subgenre struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}

// genreKeys are the genres with their subgenres: of fiction those of both
// LetsWriteABooks, without apostrophes; of nonfiction our own.
var genreKeys = []struct {
	kind Kind
	key  string
	subs string
}{
	{Fiction, "SCIENCE_FICTION", "SPACE_OPERA CYBERPUNK DYSTOPIAN STEAMPUNK TIME_TRAVEL ALIEN_CONTACT POST_APOCALYPTIC HARD_SCIENCE_FICTION"},
	{Fiction, "FANTASY", "HIGH_FANTASY URBAN_FANTASY DARK_FANTASY SWORD_AND_SORCERY MAGICAL_REALISM EPIC_FANTASY ARTHURIAN ROMANTIC_FANTASY"},
	{Fiction, "MYSTERY", "DETECTIVE COZY_MYSTERY HARD_BOILED POLICE_PROCEDURAL LOCKED_ROOM HISTORICAL_MYSTERY PSYCHOLOGICAL_THRILLER"},
	{Fiction, "ROMANCE", "CONTEMPORARY_ROMANCE HISTORICAL_ROMANCE PARANORMAL_ROMANCE ROMANTIC_SUSPENSE EROTIC_ROMANCE LGBTQ_ROMANCE INSPIRATIONAL_ROMANCE SPORTS_ROMANCE"},
	{Fiction, "THRILLER", "PSYCHOLOGICAL_THRILLER LEGAL_THRILLER MEDICAL_THRILLER TECHNO_THRILLER POLITICAL_THRILLER ESPIONAGE ACTION_THRILLER DOMESTIC_THRILLER"},
	{Fiction, "HORROR", "SUPERNATURAL_HORROR PSYCHOLOGICAL_HORROR GOTHIC_HORROR SLASHER ZOMBIE_APOCALYPSE COSMIC_HORROR BODY_HORROR FOLK_HORROR"},
	{Fiction, "LITERARY_FICTION", "CHARACTER_STUDY LITERARY_REALISM EXPERIMENTAL SOCIAL_COMMENTARY FAMILY_SAGA COMING_OF_AGE IMMIGRANT_EXPERIENCE WORKPLACE_DRAMA"},
	{Fiction, "WESTERN", "TRADITIONAL_WESTERN CONTEMPORARY_WESTERN WEIRD_WESTERN REVISIONIST_WESTERN OUTLAW MARSHAL_SHERIFF CATTLE_DRIVE MINING_TOWN"},
	{Fiction, "HISTORICAL_FICTION", "ANCIENT_WORLD MEDIEVAL RENAISSANCE VICTORIAN WORLD_WAR_I WORLD_WAR_II AMERICAN_CIVIL_WAR COLONIAL_AMERICA"},
	{Fiction, "YOUNG_ADULT", "CONTEMPORARY_YA YA_FANTASY YA_DYSTOPIAN YA_ROMANCE YA_SCIENCE_FICTION YA_THRILLER YA_HISTORICAL BOARDING_SCHOOL"},
	{Fiction, "ADVENTURE", "EXPLORATION WILDERNESS_ADVENTURE"},
	{Fiction, "HUMOR", "SATIRE SLAPSTICK"},
	{Fiction, "CHILDRENS", "PICTURE_BOOK CHILDRENS_HUMOR"},
	{Fiction, "WOMENS_FICTION", "CONTEMPORARY_WOMENS_FICTION WOMENS_LITERARY_FICTION"},
	{Fiction, "CHRISTIAN_FICTION", "CONTEMPORARY_CHRISTIAN_FICTION BIBLICAL_FICTION CHRISTIAN_FANTASY CHRISTIAN_SCIENCE_FICTION AMISH_FICTION CHRISTIAN_WOMENS_FICTION CHRISTIAN_FAMILY_SAGA"},
	{Fiction, "NEW_ADULT", "CONTEMPORARY_NEW_ADULT NEW_ADULT_ROMANCE COLLEGE_FICTION NEW_ADULT_FANTASY NEW_ADULT_SCIENCE_FICTION NEW_ADULT_THRILLER COMING_OF_INDEPENDENCE CAREER_BEGINNINGS NEW_ADULT_LITERARY INTERNATIONAL_NEW_ADULT"},
	{Nonfiction, "HOW_TO", ""},
	{Nonfiction, "TEXTBOOK", ""},
	{Nonfiction, "HISTORY", ""},
	{Nonfiction, "SCIENCE", ""},
	{Nonfiction, "BUSINESS", ""},
	{Nonfiction, "MEMOIR", ""},
	{Nonfiction, "TRAVEL", ""},
	{Nonfiction, "COOKING", ""},
	{Nonfiction, "SELF_HELP", ""},
	{Nonfiction, "REFERENCE", ""},
}

// spelt are words of keys that people write in a way of their own; all others
// are written small.
var spelt = map[string]string{
	"CHILDRENS": "children's", "WOMENS": "women's", "CHRISTIAN": "Christian", "AMISH": "Amish", "ARTHURIAN": "Arthurian",
	"RENAISSANCE": "Renaissance", "VICTORIAN": "Victorian", "AMERICAN": "American", "AMERICA": "America", "WORLD": "World",
	"WAR": "War", "I": "I", "II": "II", "CIVIL": "Civil", "YA": "YA", "LGBTQ": "LGBTQ",
}

// names are those of keys whose words alone do not make one.
var names = map[string]string{
	"ANCIENT_WORLD": "ancient world", "HARD_BOILED": "hard-boiled", "POST_APOCALYPTIC": "post-apocalyptic", "TECHNO_THRILLER": "techno-thriller",
	"MARSHAL_SHERIFF": "marshal or sheriff", "HOW_TO": "how-to", "SELF_HELP": "self-help",
}

// nameOf is how people write a key.
func nameOf(key string) string {
	if name := names[key]; name != "" {
		return name
	}
	words := strings.Split(key, "_")
	for i, w := range words {
		if words[i] = spelt[w]; words[i] == "" {
			words[i] = strings.ToLower(w)
		}
	}
	return strings.Join(words, " ")
}

var genreTable = sync.OnceValue(func() (all []Genre) {
	for _, k := range genreKeys {
		g := Genre{Key: k.key, Name: nameOf(k.key), Kind: k.kind}
		for _, sub := range strings.Fields(k.subs) {
			g.Subgenres = append(g.Subgenres, Subgenre{Key: sub, Name: nameOf(sub)})
		}
		all = append(all, g)
	}
	return all
})

// Genres lists the genres that there is guidance for, fiction first. Nobody may
// change their subgenres.
func Genres() []Genre { return slices.Clone(genreTable()) }

// shortGenres are other names of genres, as fold leaves them.
var shortGenres = map[string]string{
	"scifi": "SCIENCE_FICTION", "sf": "SCIENCE_FICTION", "whodunit": "MYSTERY", "suspense": "THRILLER", "litfic": "LITERARY_FICTION",
	"histfic": "HISTORICAL_FICTION", "ya": "YOUNG_ADULT", "teen": "YOUNG_ADULT", "na": "NEW_ADULT", "humour": "HUMOR", "humorous": "HUMOR",
	"comedy": "HUMOR", "kids": "CHILDRENS", "children": "CHILDRENS", "chicklit": "WOMENS_FICTION", "guide": "HOW_TO", "handbook": "REFERENCE",
	"cookery": "COOKING", "cookbook": "COOKING", "popularscience": "SCIENCE", "travelogue": "TRAVEL", "autobiography": "MEMOIR",
	"selfimprovement": "SELF_HELP", "management": "BUSINESS",
}

// ParseGenre finds the genre that a text names, by its key, its name or a short
// form of them. Case, blanks, hyphens, underscores and apostrophes do not matter.
// The name of a subgenre means the genre that it belongs to.
func ParseGenre(text string) (Genre, bool) {
	for _, form := range genreForms(fold(text)) {
		for _, g := range genreTable() {
			if fold(g.Key) == form || fold(g.Name) == form || shortGenres[form] == g.Key {
				return g, true
			}
		}
	}
	return homeOf(text)
}

// genreForms are what a folded name may be, the likeliest first: itself, one that
// is said without its "fiction", one with "novel" or the like after it, a plural.
func genreForms(name string) []string {
	if name == "" {
		return nil
	}
	forms := []string{name, name + "fiction"}
	for _, end := range []string{"novels", "novel", "stories", "story", "fiction", "books", "book", "s"} {
		if rest, ok := strings.CutSuffix(name, end); ok && rest != "" {
			forms = append(forms, rest, rest+"fiction")
		}
	}
	return forms
}

// homeOf is the genre of a subgenre that is named in full. One of two genres is
// at home in the one whose name it bears.
func homeOf(text string) (home Genre, ok bool) {
	for _, g := range genreTable() {
		s, found := g.find(text, whole)
		if found && (!ok || strings.HasSuffix(s.Key, g.Key)) {
			home, ok = g, true
		}
	}
	return home, ok
}

// shortSubgenres are other names of subgenres, as fold leaves them.
var shortSubgenres = map[string]string{
	"hardscifi": "HARD_SCIENCE_FICTION", "hardsf": "HARD_SCIENCE_FICTION", "firstcontact": "ALIEN_CONTACT", "dystopia": "DYSTOPIAN",
	"postapocalypse": "POST_APOCALYPTIC", "magicrealism": "MAGICAL_REALISM", "swordsorcery": "SWORD_AND_SORCERY", "romantasy": "ROMANTIC_FANTASY",
	"cozy": "COZY_MYSTERY", "cosy": "COZY_MYSTERY", "cosymystery": "COZY_MYSTERY", "procedural": "POLICE_PROCEDURAL", "spy": "ESPIONAGE", "spythriller": "ESPIONAGE", "spynovel": "ESPIONAGE",
	"queerromance": "LGBTQ_ROMANCE", "gayromance": "LGBTQ_ROMANCE", "lesbianromance": "LGBTQ_ROMANCE", "zombie": "ZOMBIE_APOCALYPSE", "zombies": "ZOMBIE_APOCALYPSE",
	"bildungsroman": "COMING_OF_AGE", "antiquity": "ANCIENT_WORLD", "middleages": "MEDIEVAL", "wwi": "WORLD_WAR_I", "ww1": "WORLD_WAR_I",
	"worldwar1": "WORLD_WAR_I", "firstworldwar": "WORLD_WAR_I", "wwii": "WORLD_WAR_II", "ww2": "WORLD_WAR_II", "worldwar2": "WORLD_WAR_II",
	"secondworldwar": "WORLD_WAR_II", "yascifi": "YA_SCIENCE_FICTION", "yadystopia": "YA_DYSTOPIAN", "marshal": "MARSHAL_SHERIFF",
	"sheriff": "MARSHAL_SHERIFF", "amish": "AMISH_FICTION", "biblical": "BIBLICAL_FICTION", "college": "COLLEGE_FICTION",
	"childrenshumour": "CHILDRENS_HUMOR", "picturebooks": "PICTURE_BOOK",
}

// ParseSubgenre finds the subgenre of a genre that a text names, with the same
// freedom as ParseGenre; the name of the genre may be left out, as in "cozy" for
// a mystery. Without a genre, any genre's is found that is named in full.
func ParseSubgenre(genre, text string) (Subgenre, bool) {
	if fold(genre) == "" {
		g, ok := homeOf(text)
		if !ok {
			return Subgenre{}, false
		}
		return g.find(text, whole)
	}
	g, ok := ParseGenre(genre)
	if !ok {
		return Subgenre{}, false
	}
	return g.find(text, short)
}

// find is the subgenre of a genre that goes by a name, in one of the forms that
// it may have there.
func (g Genre) find(text string, forms func(Genre, Subgenre) []string) (Subgenre, bool) {
	for _, name := range genreForms(fold(text)) {
		for _, s := range g.Subgenres {
			if shortSubgenres[name] == s.Key || slices.Contains(forms(g, s), name) {
				return s, true
			}
		}
	}
	return Subgenre{}, false
}

// whole are the folded names of a subgenre anywhere.
func whole(_ Genre, s Subgenre) []string { return []string{fold(s.Key), fold(s.Name)} }

// short are the folded names of a subgenre inside its genre, which may be left
// out at either end.
func short(g Genre, s Subgenre) []string {
	key, forms := fold(s.Key), whole(g, s)
	said := []string{fold(g.Key), strings.TrimSuffix(fold(g.Key), "fiction")}
	if g.Key == "YOUNG_ADULT" {
		said = append(said, "ya")
	}
	for _, name := range said {
		for _, rest := range []string{strings.TrimPrefix(key, name), strings.TrimSuffix(key, name)} {
			if rest != "" {
				forms = append(forms, rest)
			}
		}
	}
	return forms
}

// Placed is the genre and the subgenre that a brief names. Unknown ones are
// zero; a subgenre alone, or in place of the genre, brings its genre along.
func (b Brief) Placed() (Genre, Subgenre) {
	if fold(b.Genre) == "" {
		g, ok := homeOf(b.Subgenre)
		if !ok {
			return Genre{}, Subgenre{}
		}
		s, _ := g.find(b.Subgenre, whole)
		return g, s
	}
	g, ok := ParseGenre(b.Genre)
	if !ok {
		return Genre{}, Subgenre{}
	}
	if b.Subgenre == "" {
		s, _ := g.find(b.Genre, whole)
		return g, s
	}
	s, _ := g.find(b.Subgenre, short)
	return g, s
}

// fold is a name by its letters and digits alone, written small.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}
