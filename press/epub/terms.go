package epub

import "quire/press"

// terms are the words that this package puts into a book, besides press.Words.
type terms struct {
	cover, titlePage, imprint, text, notes, back, untitled string
}

// termsByLanguage holds the terms by base language, as press.WordsIn does.
var termsByLanguage = map[string]terms{
	"en": {"Cover", "Title page", "Imprint", "Start of the text", "Notes", "Back to the text", "Untitled"},
	"de": {"Umschlag", "Titelseite", "Impressum", "Textbeginn", "Anmerkungen", "Zurück zum Text", "Ohne Titel"},
	"fr": {"Couverture", "Page de titre", "Mentions légales", "Début du texte", "Notes", "Retour au texte", "Sans titre"},
	"es": {"Cubierta", "Portada", "Créditos", "Comienzo del texto", "Notas", "Volver al texto", "Sin título"},
	"it": {"Copertina", "Frontespizio", "Colophon", "Inizio del testo", "Note", "Torna al testo", "Senza titolo"},
	"pt": {"Capa", "Folha de rosto", "Ficha técnica", "Início do texto", "Notas", "Voltar ao texto", "Sem título"},
	"nl": {"Omslag", "Titelpagina", "Colofon", "Begin van de tekst", "Noten", "Terug naar de tekst", "Zonder titel"},
	"sv": {"Omslag", "Titelsida", "Kolofon", "Textens början", "Noter", "Tillbaka till texten", "Utan titel"},
	"da": {"Omslag", "Titelblad", "Kolofon", "Tekstens begyndelse", "Noter", "Tilbage til teksten", "Uden titel"},
	"nb": {"Omslag", "Tittelside", "Kolofon", "Tekstens begynnelse", "Noter", "Tilbake til teksten", "Uten tittel"},
	"fi": {"Kansi", "Nimiösivu", "Julkaisutiedot", "Tekstin alku", "Viitteet", "Takaisin tekstiin", "Nimetön"},
	"pl": {"Okładka", "Strona tytułowa", "Strona redakcyjna", "Początek tekstu", "Przypisy", "Wróć do tekstu", "Bez tytułu"},
	"cs": {"Obálka", "Titulní strana", "Tiráž", "Začátek textu", "Poznámky", "Zpět k textu", "Bez názvu"},
	"ru": {"Обложка", "Титульный лист", "Выходные данные", "Начало текста", "Примечания", "Назад к тексту", "Без названия"},
	"uk": {"Обкладинка", "Титульна сторінка", "Вихідні дані", "Початок тексту", "Примітки", "Назад до тексту", "Без назви"},
	"el": {"Εξώφυλλο", "Σελίδα τίτλου", "Στοιχεία έκδοσης", "Αρχή του κειμένου", "Σημειώσεις", "Επιστροφή στο κείμενο", "Χωρίς τίτλο"},
}

// termsIn returns the terms in a language, where it knows no better the words
// that the press has, and English otherwise.
func termsIn(lang string) terms {
	if t, ok := termsByLanguage[press.BaseLanguage(lang)]; ok {
		return t
	}
	t, words := termsByLanguage["en"], press.WordsIn(lang)
	t.cover, t.notes = words.Cover, words.Notes
	return t
}
