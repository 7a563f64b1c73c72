package cover

import (
	"strings"

	"quire/book"
	"quire/press/font"
)

// lettering is the type of a cover: of the title, and of all other words.
type lettering struct {
	title    typeface
	most     int // largest size of the title
	names    typeface
	subtitle typeface
}

// The letterings. Small capitals are the face's own.
var (
	garamondNames = typeface{family: "EB Garamond", features: font.SmallCaps, track: 700}
	sansNames     = typeface{family: "PT Sans", features: font.Lining, track: 200}

	classic = lettering{typeface{family: "EB Garamond", features: font.Lining, track: -100}, 250, garamondNames, typeface{family: "EB Garamond", style: font.Italic}}
	roman   = lettering{typeface{family: "EB Garamond", features: font.Lining, caps: true, track: 500}, 190, garamondNames, typeface{family: "EB Garamond", style: font.Italic}}
	cursive = lettering{typeface{family: "EB Garamond", style: font.Italic, features: font.Lining}, 260, garamondNames, typeface{family: "EB Garamond"}}
	sturdy  = lettering{typeface{family: "Charis SIL", style: font.Bold, track: -150}, 200, garamondNames, typeface{family: "Charis SIL", style: font.Italic}}
	modern  = lettering{typeface{family: "Open Sans", style: font.Bold, track: -250}, 215, sansNames, typeface{family: "Open Sans"}}
	poster  = lettering{typeface{family: "PT Sans", style: font.Bold, caps: true, track: 50}, 240, sansNames, typeface{family: "PT Sans"}}
	airy    = lettering{typeface{family: "PT Sans", caps: true, track: 1200}, 195, typeface{family: "PT Sans", track: 500}, typeface{family: "PT Sans"}}
	playful = lettering{typeface{family: "Andika", style: font.Bold, track: -100}, 230, typeface{family: "Andika"}, typeface{family: "Andika"}}
)

// taste is what a genre prefers; chance picks among what is listed.
type taste struct {
	genre     string // beginnings of words of its names; _ stands for a blank
	motifs    string
	palettes  string
	lettering lettering
}

// tastes are the genres; the first that fits counts.
var tastes = []taste{
	{"science_fiction sci-fi scifi space cyberpunk dystop", "moons constellation circles horizon", "midnight ember slate peacock", airy},
	{"child kids picture_book middle_grade kinder jeunesse", "circles tiles waves moons", "lemon meadow sea blossom", playful},
	{"cook food recipe koch cuisine", "botanical tiles weave", "terracotta meadow parchment lemon", classic},
	{"thriller crime mystery suspense noir detective horror krimi polar", "windows skyline stairs rays", "ember newsprint slate burgundy", poster},
	{"fantas myth fairy magic märchen", "constellation ridges botanical moons", "plum midnight forest peacock", roman},
	{"roman_d'amour romance love liebes", "botanical waves horizon", "blossom burgundy plum", cursive},
	{"poe lyri verse gedicht", "waves folds moons botanical", "parchment sea arctic blossom", cursive},
	{"travel reise nature walking voyage", "ridges contours delta horizon", "sea terracotta meadow arctic", classic},
	{"histor biograph memoir war gesch", "contours delta weave skyline", "parchment burgundy forest terracotta", sturdy},
	{"business econom manage career self-help self_help ratgeber wirtschaft", "stairs rays circles initial", "bauhaus lemon arctic newsprint", modern},
	{"science technology comput programming math engineering textbook", "contours tiles weave circles", "arctic slate peacock bauhaus", modern},
	{"philosoph essay psycholog religion spiritual", "circles folds initial moons", "parchment slate newsprint sea", classic},
	{"art design music architect photo kunst", "initial folds rays tiles", "bauhaus newsprint lemon ember", modern},
	{"young_adult jugend", "windows skyline moons rays", "plum lemon blossom peacock", modern},
	{"literary novel roman fiction", "horizon waves folds windows ridges botanical", "midnight parchment sea burgundy forest terracotta", classic},
}

// The tastes of books whose genre says nothing.
var (
	anyFiction    = taste{"", "horizon waves ridges moons folds constellation botanical", "midnight forest burgundy parchment sea plum peacock terracotta", classic}
	anyNonfiction = taste{"", "tiles circles stairs contours weave rays", "bauhaus arctic parchment slate lemon sea", modern}
)

// tasteOf is what a book's genre prefers.
func tasteOf(meta book.Meta) taste {
	genre := strings.ToLower(meta.Genre)
	facts := meta.Kind == book.Nonfiction
	for _, name := range []string{"non-fiction", "nonfiction", "sachbuch"} {
		if rest := strings.ReplaceAll(genre, name, " "); rest != genre {
			genre, facts = rest, true
		}
	}
	words := " " + strings.Join(strings.FieldsFunc(genre, func(r rune) bool { return strings.ContainsRune(" ,;:/&()", r) }), " ")
	for _, t := range tastes {
		for _, part := range strings.Fields(t.genre) {
			// Parts begin words: art is in "art history", not in "party".
			if strings.Contains(words, " "+strings.ReplaceAll(part, "_", " ")) {
				return t
			}
		}
	}
	if facts {
		return anyNonfiction
	}
	return anyFiction
}

// look is what a cover is made of.
type look struct {
	palette
	motif   motif
	letters lettering
}

// pickLook takes what the design names and lets chance pick the rest from what
// the genre prefers. It draws the same numbers whatever is named, so that a
// change of palette leaves the motif as it is.
func pickLook(d Design, t taste, dice *chance) (look, error) {
	pick := func(list string) string {
		f := strings.Fields(list)
		return f[dice.below(len(f))]
	}
	name, colors := pick(t.motifs), pick(t.palettes)
	if d.Motif != "" {
		name = d.Motif
	}
	if d.Palette != "" {
		colors = d.Palette
	}
	m, err := findMotif(name)
	if err != nil {
		return look{}, err
	}
	p, err := findPalette(colors)
	return look{p, m, t.lettering}, err
}
