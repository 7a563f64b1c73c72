package press

import (
	"strings"
)

// Words are the words that the press itself puts into a book.
type Words struct {
	Contents, Chapter, Part, Figure string
	Notes, Figures                  string
}

// words holds the press's own words by base language.
var words = map[string]Words{
	"en": {Notes: "Notes", Figures: "Figures", Contents: "Contents", Chapter: "Chapter", Part: "Part", Figure: "Figure"},
	"de": {Contents: "Inhalt", Chapter: "Kapitel", Part: "Teil", Figure: "Abbildung"},
	"fr": {Contents: "Table des matières", Chapter: "Chapitre", Part: "Partie", Figure: "Figure"},
	"es": {Contents: "Índice", Chapter: "Capítulo", Part: "Parte", Figure: "Figura"},
	"it": {Contents: "Indice", Chapter: "Capitolo", Part: "Parte", Figure: "Figura"},
	"pt": {Contents: "Sumário", Chapter: "Capítulo", Part: "Parte", Figure: "Figura"},
	"nl": {Contents: "Inhoud", Chapter: "Hoofdstuk", Part: "Deel", Figure: "Figuur"},
	"sv": {Contents: "Innehåll", Chapter: "Kapitel", Part: "Del", Figure: "Figur"},
	"da": {Contents: "Indhold", Chapter: "Kapitel", Part: "Del", Figure: "Figur"},
	"nb": {Contents: "Innhold", Chapter: "Kapittel", Part: "Del", Figure: "Figur"},
	"fi": {Contents: "Sisällys", Chapter: "Luku", Part: "Osa", Figure: "Kuva"},
	"pl": {Contents: "Spis treści", Chapter: "Rozdział", Part: "Część", Figure: "Rysunek"},
	"cs": {Contents: "Obsah", Chapter: "Kapitola", Part: "Část", Figure: "Obrázek"},
	"ru": {Contents: "Содержание", Chapter: "Глава", Part: "Часть", Figure: "Рисунок"},
	"uk": {Contents: "Зміст", Chapter: "Розділ", Part: "Частина", Figure: "Рисунок"},
	"el": {Contents: "Περιεχόμενα", Chapter: "Κεφάλαιο", Part: "Μέρος", Figure: "Εικόνα"},
}

// WordsIn returns the press's own words in a language, English if it knows no
// better.
func WordsIn(lang string) Words {
	if w, ok := words[BaseLanguage(lang)]; ok {
		return w
	}
	return words["en"]
}

// BaseLanguage returns the first subtag of a BCP 47 tag in lower case.
func BaseLanguage(lang string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(lang), "_", "-"), "-")
	return base
}

// Roman returns n in lower-case Roman numerals; "" below 1.
func Roman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		n int
		s string
	}{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for n >= d.n {
			b.WriteString(d.s)
			n -= d.n
		}
	}
	return b.String()
}
