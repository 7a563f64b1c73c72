package press

import (
	"strings"
)

// Words are the words that the press itself puts into a book.
type Words struct {
	Contents, Chapter, Part, Figure, Table   string
	About, Dedication, Figures, Notes, Cover string
	numberFirst                              string // between number and word where the number comes first: "4. fejezet"
}

// Label is a word and a number as one name: "Chapter 4", or "4. fejezet".
func (w Words) Label(word, number string) string {
	if w.numberFirst != "" && (word == "" || strings.ToLower(word) == word) {
		return number + w.numberFirst + word
	}
	return word + " " + number
}

// WordsIn returns the press's own words in a language, English where it knows
// no better.
func WordsIn(lang string) Words {
	base := BaseLanguage(lang)
	line, ok := wordLines[strings.ToLower(strings.ReplaceAll(lang, "_", "-"))]
	switch {
	case ok:
	case latinScript(lang) && base == "sr":
		line = wordLines["sr-latn"]
	case base == "no":
		line = wordLines["nb"]
	default:
		line = wordLines[base]
	}
	w := strings.Split(line+strings.Repeat("|", wordCount), "|")
	english := strings.Split(wordLines["en"], "|")
	for i := range english {
		if w[i] == "" {
			w[i] = english[i]
		}
	}
	return Words{
		Contents: w[0], Chapter: w[1], Part: w[2], Figure: w[3], Table: w[4],
		About: w[5], Dedication: w[6], Figures: w[7], Notes: w[8], Cover: w[9], numberFirst: numbersFirst[base],
	}
}

// latinScript reports whether a tag names the Latin script.
func latinScript(lang string) bool {
	return strings.Contains(strings.ToLower(strings.ReplaceAll(lang, "_", "-"))+"-", "-latn-")
}

// wordCount is the number of words in a line of wordLines.
const wordCount = 10

// wordLines are the words by base language, in the order of Words' fields. A
// word that is left empty is not known. Where the number comes first, words
// that follow one have no capital.
//
//nolint:misspell // they are no English
var wordLines = map[string]string{
	"en":      "Contents|Chapter|Part|Figure|Table|About the author|Dedication|List of figures|Notes|Cover",
	"de":      "Inhalt|Kapitel|Teil|Abbildung|Tabelle|Über den Autor|Widmung|Abbildungsverzeichnis|Anmerkungen|Umschlag",
	"fr":      "Table des matières|Chapitre|Partie|Figure|Tableau|À propos de l’auteur|Dédicace|Table des figures|Notes|Couverture",
	"es":      "Índice|Capítulo|Parte|Figura|Tabla|Sobre el autor|Dedicatoria|Índice de figuras|Notas|Cubierta",
	"it":      "Indice|Capitolo|Parte|Figura|Tabella|L’autore|Dedica|Elenco delle figure|Note|Copertina",
	"pt":      "Sumário|Capítulo|Parte|Figura|Tabela|Sobre o autor|Dedicatória|Lista de figuras|Notas|Capa",
	"nl":      "Inhoud|Hoofdstuk|Deel|Figuur|Tabel|Over de auteur|Opdracht|Lijst van figuren|Noten|Omslag",
	"sv":      "Innehåll|Kapitel|Del|Figur|Tabell|Om författaren|Tillägnan|Figurförteckning|Noter|Omslag",
	"da":      "Indhold|Kapitel|Del|Figur|Tabel|Om forfatteren|Dedikation|Figurliste|Noter|Omslag",
	"nb":      "Innhold|Kapittel|Del|Figur|Tabell|Om forfatteren|Dedikasjon|Figurliste|Noter|Omslag",
	"nn":      "Innhald|Kapittel|Del|Figur|Tabell|Om forfattaren|Dedikasjon|Figurliste|Notar|Omslag",
	"fi":      "Sisällys|Luku|Osa|Kuva|Taulukko|Kirjailijasta|Omistus|Kuvaluettelo|Viitteet|Kansi",
	"pl":      "Spis treści|Rozdział|Część|Rysunek|Tabela|O autorze|Dedykacja|Spis rysunków|Przypisy|Okładka",
	"cs":      "Obsah|Kapitola|Část|Obrázek|Tabulka|O autorovi|Věnování|Seznam obrázků|Poznámky|Obálka",
	"sk":      "Obsah|Kapitola|Časť|Obrázok|Tabuľka|O autorovi|Venovanie|Zoznam obrázkov|Poznámky|Obálka",
	"sl":      "Kazalo|Poglavje|Del|Slika|Tabela|O avtorju|Posvetilo|Kazalo slik|Opombe|Naslovnica",
	"hr":      "Sadržaj|Poglavlje|Dio|Slika|Tablica|O autoru|Posveta|Popis slika|Bilješke|Naslovnica",
	"sr":      "Садржај|Поглавље|Део|Слика|Табела|О аутору|Посвета|Списак слика|Напомене|Насловна страна",
	"sr-latn": "Sadržaj|Poglavlje|Deo|Slika|Tabela|O autoru|Posveta|Spisak slika|Napomene|Naslovna strana",
	"hu":      "Tartalom|fejezet|rész|ábra|táblázat|A szerzőről|Ajánlás|Ábrák jegyzéke|Jegyzetek|Borító",
	"ro":      "Cuprins|Capitolul|Partea|Figura|Tabelul|Despre autor|Dedicație|Lista figurilor|Note|Copertă",
	"bg":      "Съдържание|Глава|Част|Фигура|Таблица|За автора|Посвещение|Списък на фигурите|Бележки|Корица",
	"ru":      "Содержание|Глава|Часть|Рисунок|Таблица|Об авторе|Посвящение|Список рисунков|Примечания|Обложка",
	"uk":      "Зміст|Розділ|Частина|Рисунок|Таблиця|Про автора|Присвята|Список рисунків|Примітки|Обкладинка",
	"be":      "Змест|Раздзел|Частка|Малюнак|Табліца|Пра аўтара|Прысвячэнне|Спіс малюнкаў|Заўвагі|Вокладка",
	"el":      "Περιεχόμενα|Κεφάλαιο|Μέρος|Εικόνα|Πίνακας|Για τον συγγραφέα|Αφιέρωση|Κατάλογος εικόνων|Σημειώσεις|Εξώφυλλο",
	"la":      "Index|Caput|Pars|Figura|Tabula|De auctore|Dedicatio|Index figurarum|Notae|",
	"tr":      "İçindekiler|Bölüm|Kısım|Şekil|Tablo|Yazar hakkında|İthaf|Şekiller listesi|Notlar|Kapak",
	"et":      "Sisukord|peatükk|osa|Joonis|Tabel|Autorist|Pühendus|Jooniste loetelu|Märkused|Kaas",
	"lv":      "Saturs|nodaļa|daļa|attēls|tabula|Par autoru|Veltījums|Attēlu saraksts|Piezīmes|Vāks",
	"lt":      "Turinys|skyrius|dalis|pav.|lentelė|Apie autorių|Dedikacija|Paveikslų sąrašas|Pastabos|Viršelis",
	"ca":      "Índex|Capítol|Part|Figura|Taula|Sobre l’autor|Dedicatòria|Índex de figures|Notes|Coberta",
	"gl":      "Índice|Capítulo|Parte|Figura|Táboa|Sobre o autor|Dedicatoria|Índice de figuras|Notas|Cuberta",
	"eu":      "Aurkibidea|kapitulua|zatia|irudia|taula|Egileari buruz||Irudien zerrenda|Oharrak|Azala",
	"ga":      "Clár ábhair|Caibidil|Cuid|Fíor|Tábla|Faoin údar|Tiomnú|||Clúdach",
	"cy":      "Cynnwys|Pennod|Rhan|Ffigur|Tabl|Am yr awdur|Cyflwyniad|Rhestr ffigurau|Nodiadau|Clawr",
	"is":      "Efnisyfirlit|Kafli|Hluti|Mynd|Tafla|Um höfundinn|Tileinkun|Myndaskrá||Kápa",
	"hsb":     "Wobsah|Kapitl|Dźěl|||||||",
	"af":      "Inhoud|Hoofstuk|Deel|Figuur|Tabel|Oor die skrywer|Opdrag|Lys van figure|Notas|Omslag",
	"eo":      "Enhavo|Ĉapitro|Parto|Figuro|Tabelo|Pri la aŭtoro|Dediĉo|Listo de figuroj|Notoj|Kovrilo",
	"mk":      "Содржина|Глава|Дел|Слика|Табела|За авторот|Посвета|Список на слики|Забелешки|Корица",
}

// numbersFirst is what stands between number and word in the languages that
// put the number first.
var numbersFirst = map[string]string{"hu": ". ", "et": ". ", "lv": ". ", "lt": " ", "eu": ". "}

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
