package write

import "strings"

// phrases are the words that code itself puts into a text.
type phrases struct {
	bibliography string // title of the list of sources
	unsourced    string // the note of a claim that no source supports
	missing      string // stands where a chapter could not be written
}

// phrasesIn returns them in a language, English where no better is known.
func phrasesIn(language string) phrases {
	base, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(language, "_", "-")), "-")
	line, ok := phraseLines[base]
	if !ok {
		line = phraseLines["en"]
	}
	p := strings.Split(line, "|")
	return phrases{p[0], p[1], p[2]}
}

// phraseLines are the phrases by base language, in the order of the fields.
//
//nolint:misspell // they are no English
var phraseLines = map[string]string{
	"en": "Bibliography|None of the sources of this book says so.|This chapter is missing: it could not be written.",
	"de": "Literatur|Keine der Quellen dieses Buches belegt das.|Dieses Kapitel fehlt: Es konnte nicht geschrieben werden.",
	"fr": "Bibliographie|Aucune des sources de ce livre ne l’affirme.|Ce chapitre manque : il n’a pas pu être écrit.",
	"es": "Bibliografía|Ninguna de las fuentes de este libro lo afirma.|Falta este capítulo: no se pudo escribir.",
	"it": "Bibliografia|Nessuna delle fonti di questo libro lo afferma.|Questo capitolo manca: non è stato possibile scriverlo.",
	"pt": "Bibliografia|Nenhuma das fontes deste livro o afirma.|Falta este capítulo: não foi possível escrevê-lo.",
	"nl": "Literatuur|Geen van de bronnen van dit boek zegt dit.|Dit hoofdstuk ontbreekt: het kon niet worden geschreven.",
	"sv": "Litteratur|Ingen av bokens källor säger detta.|Detta kapitel saknas: det kunde inte skrivas.",
	"da": "Litteratur|Ingen af bogens kilder siger dette.|Dette kapitel mangler: det kunne ikke skrives.",
	"nb": "Litteratur|Ingen av bokens kilder sier dette.|Dette kapittelet mangler: det kunne ikke skrives.",
	"no": "Litteratur|Ingen av bokens kilder sier dette.|Dette kapittelet mangler: det kunne ikke skrives.",
	"fi": "Lähteet|Mikään tämän kirjan lähteistä ei sano tätä.|Tämä luku puuttuu: sitä ei voitu kirjoittaa.",
	"pl": "Bibliografia|Żadne ze źródeł tej książki tego nie podaje.|Brakuje tego rozdziału: nie udało się go napisać.",
	"cs": "Literatura|Žádný ze zdrojů této knihy to neuvádí.|Tato kapitola chybí: nepodařilo se ji napsat.",
	"hu": "Irodalom|A könyv egyik forrása sem állítja ezt.|Ez a fejezet hiányzik: nem sikerült megírni.",
	"ro": "Bibliografie|Niciuna dintre sursele acestei cărți nu afirmă acest lucru.|Acest capitol lipsește: nu a putut fi scris.",
	"ru": "Литература|Ни один из источников этой книги этого не утверждает.|Этой главы нет: её не удалось написать.",
	"uk": "Література|Жодне з джерел цієї книги цього не стверджує.|Цього розділу немає: його не вдалося написати.",
	"el": "Βιβλιογραφία|Καμία από τις πηγές αυτού του βιβλίου δεν το αναφέρει.|Αυτό το κεφάλαιο λείπει: δεν στάθηκε δυνατό να γραφτεί.",
	"tr": "Kaynakça|Bu kitabın kaynaklarından hiçbiri bunu söylemiyor.|Bu bölüm eksik: yazılamadı.",
	"ca": "Bibliografia|Cap de les fonts d’aquest llibre no ho diu.|Falta aquest capítol: no s’ha pogut escriure.",
	"zh": "参考文献|本书的资料来源均未提及此说。|本章缺失：未能写成。",
	"ja": "参考文献|本書の資料にはこの記述がありません。|この章は欠けています。書くことができませんでした。",
	"ko": "참고문헌|이 책의 출처 어디에도 이 내용은 없습니다.|이 장은 빠져 있습니다. 쓰지 못했습니다.",
	"ar": "المراجع|لا يذكر ذلك أي من مصادر هذا الكتاب.|هذا الفصل مفقود: تعذّرت كتابته.",
	"he": "ביבליוגרפיה|אף אחד ממקורות הספר אינו אומר זאת.|פרק זה חסר: לא ניתן היה לכתוב אותו.",
}
