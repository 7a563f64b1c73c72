package html

import (
	"strings"

	"quire/press"
)

// terms are the words that this package puts into a book, besides press.Words.
type terms struct {
	untitled, imprint, notes, back     string
	skip, search, none, previous, next string
	look, light, sepia, dark           string
	smaller, larger, data, start       string
	close                              string
	lang                               string // of the terms, where it is not the book's: BCP 47
}

// termsByLanguage holds the terms by base language, in the order of fields.
//
//nolint:misspell // they are no English
var termsByLanguage = map[string]string{
	"en": "Untitled|Imprint|Notes|Back to the text|Skip to the text|Search|No results|Previous|Next|Appearance|Light|Sepia|Dark|Smaller text|Larger text|Data|Start reading|Close",
	"de": "Ohne Titel|Impressum|Anmerkungen|Zurück zum Text|Zum Text springen|Suchen|Keine Treffer|Zurück|Weiter|Darstellung|Hell|Sepia|Dunkel|Kleinere Schrift|Größere Schrift|Daten|Lesen|Schließen",
	"fr": "Sans titre|Mentions légales|Notes|Retour au texte|Aller au texte|Rechercher|Aucun résultat|Précédent|Suivant|Affichage|Clair|Sépia|Sombre|Texte plus petit|Texte plus grand|Données|Commencer la lecture|Fermer",
	"es": "Sin título|Créditos|Notas|Volver al texto|Saltar al texto|Buscar|Sin resultados|Anterior|Siguiente|Apariencia|Claro|Sepia|Oscuro|Texto más pequeño|Texto más grande|Datos|Empezar a leer|Cerrar",
	"it": "Senza titolo|Colophon|Note|Torna al testo|Vai al testo|Cerca|Nessun risultato|Precedente|Successivo|Aspetto|Chiaro|Seppia|Scuro|Testo più piccolo|Testo più grande|Dati|Inizia a leggere|Chiudi",
	"pt": "Sem título|Ficha técnica|Notas|Voltar ao texto|Ir para o texto|Procurar|Sem resultados|Anterior|Seguinte|Aspeto|Claro|Sépia|Escuro|Texto menor|Texto maior|Dados|Começar a ler|Fechar",
	"nl": "Zonder titel|Colofon|Noten|Terug naar de tekst|Naar de tekst|Zoeken|Geen resultaten|Vorige|Volgende|Weergave|Licht|Sepia|Donker|Kleinere tekst|Grotere tekst|Gegevens|Begin met lezen|Sluiten",
	"sv": "Utan titel|Kolofon|Noter|Tillbaka till texten|Hoppa till texten|Sök|Inga träffar|Föregående|Nästa|Utseende|Ljust|Sepia|Mörkt|Mindre text|Större text|Data|Börja läsa|Stäng",
	"da": "Uden titel|Kolofon|Noter|Tilbage til teksten|Gå til teksten|Søg|Ingen resultater|Forrige|Næste|Udseende|Lys|Sepia|Mørk|Mindre tekst|Større tekst|Data|Begynd at læse|Luk",
	"nb": "Uten tittel|Kolofon|Noter|Tilbake til teksten|Gå til teksten|Søk|Ingen treff|Forrige|Neste|Utseende|Lys|Sepia|Mørk|Mindre tekst|Større tekst|Data|Begynn å lese|Lukk",
	"fi": "Nimetön|Julkaisutiedot|Viitteet|Takaisin tekstiin|Siirry tekstiin|Hae|Ei tuloksia|Edellinen|Seuraava|Ulkoasu|Vaalea|Seepia|Tumma|Pienempi teksti|Suurempi teksti|Tiedot|Aloita lukeminen|Sulje",
	"pl": "Bez tytułu|Strona redakcyjna|Przypisy|Wróć do tekstu|Przejdź do tekstu|Szukaj|Brak wyników|Poprzedni|Następny|Wygląd|Jasny|Sepia|Ciemny|Mniejszy tekst|Większy tekst|Dane|Zacznij czytać|Zamknij",
	"cs": "Bez názvu|Tiráž|Poznámky|Zpět k textu|Přejít k textu|Hledat|Nic nenalezeno|Předchozí|Další|Vzhled|Světlý|Sépie|Tmavý|Menší text|Větší text|Data|Začít číst|Zavřít",
	"ru": "Без названия|Выходные данные|Примечания|Назад к тексту|Перейти к тексту|Поиск|Ничего не найдено|Назад|Далее|Вид|Светлый|Сепия|Тёмный|Мельче|Крупнее|Данные|Начать чтение|Закрыть",
	"uk": "Без назви|Вихідні дані|Примітки|Назад до тексту|Перейти до тексту|Пошук|Нічого не знайдено|Назад|Далі|Вигляд|Світлий|Сепія|Темний|Менший текст|Більший текст|Дані|Почати читання|Закрити",
	"el": "Χωρίς τίτλο|Στοιχεία έκδοσης|Σημειώσεις|Επιστροφή στο κείμενο|Μετάβαση στο κείμενο|Αναζήτηση|Κανένα αποτέλεσμα|Προηγούμενο|Επόμενο|Εμφάνιση|Φωτεινό|Σέπια|Σκούρο|Μικρότερο κείμενο|Μεγαλύτερο κείμενο|Δεδομένα|Έναρξη ανάγνωσης|Κλείσιμο",
	"he": "ללא כותרת|פרטי ההוצאה|הערות|חזרה לטקסט|דילוג לטקסט|חיפוש|אין תוצאות|הקודם|הבא|תצוגה|בהיר|ספיה|כהה|טקסט קטן יותר|טקסט גדול יותר|נתונים|התחלת קריאה|סגירה",
	"ar": "بلا عنوان|بيانات النشر|حواشٍ|العودة إلى النص|انتقل إلى النص|بحث|لا نتائج|السابق|التالي|المظهر|فاتح|بني داكن|داكن|نص أصغر|نص أكبر|بيانات|ابدأ القراءة|إغلاق",
}

// DataTerm is what the numbers behind a drawing are called in a language, in
// English where it is not known.
func DataTerm(lang string) string { return termsIn(lang).data }

// termsIn returns the terms in a language, in English where it knows no
// better.
func termsIn(lang string) terms {
	base, other := press.BaseLanguage(lang), ""
	if base == "nn" || base == "no" {
		base = "nb"
	}
	line, ok := termsByLanguage[base]
	if !ok {
		line = termsByLanguage["en"]
		if base != "en" {
			other = "en"
		}
	}
	w := strings.Split(line, "|")
	return terms{
		untitled: w[0], imprint: w[1], notes: w[2], back: w[3], skip: w[4], search: w[5], none: w[6], previous: w[7], next: w[8],
		look: w[9], light: w[10], sepia: w[11], dark: w[12], smaller: w[13], larger: w[14], data: w[15], start: w[16], close: w[17], lang: other,
	}
}

// speech is the lang attribute of controls that are not in the book's
// language.
func (t terms) speech() string {
	if t.lang == "" {
		return ""
	}
	return ` lang="` + t.lang + `" dir="ltr"`
}
