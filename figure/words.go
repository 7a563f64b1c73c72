package figure

import (
	"cmp"
	"strings"
)

// Words are the few words that figures add to their data, and how numbers and
// dates are written. What is empty is English.
type Words struct {
	Decimal   string // mark
	Thousands string // mark
	Percent   string // stands between a number and %
	Source    string
	Note      string
	Total     string
	Era       string   // behind years before Christ
	Months    []string // twelve, as they stand behind a day
	Alone     []string // twelve, as they stand without a day; the same if left out
	DayMark   string   // behind the day of a date
	MonthMark string   // between month and year, beside the blank
}

// WordsIn returns the words of a language (BCP 47), English where it knows no
// better.
func WordsIn(lang string) Words {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(lang), "_", "-"), "-")
	switch base {
	case "no", "nn":
		base = "nb"
	}
	line, ok := wordLines[base]
	if !ok {
		return Words{}.orEnglish()
	}
	v := strings.Split(line, "|")
	w := Words{
		Decimal: v[0], Thousands: v[1], Percent: v[2], Source: v[3], Note: v[4], Total: v[5], Era: v[6],
		DayMark: v[7], MonthMark: v[8], Months: strings.Fields(v[9]), Alone: strings.Fields(v[10]),
	}
	return w.orEnglish()
}

// orEnglish fills in what is left out. A language that names its own decimal
// mark also says what stands before percent signs.
func (w Words) orEnglish() Words {
	w.Decimal, w.Thousands = cmp.Or(w.Decimal, "."), cmp.Or(w.Thousands, ",")
	w.Source, w.Note = cmp.Or(w.Source, "Source"), cmp.Or(w.Note, "Note")
	w.Total, w.Era = cmp.Or(w.Total, "Total"), cmp.Or(w.Era, "BC")
	if len(w.Months) != 12 {
		w.Months, w.Alone = strings.Fields("January February March April May June July August September October November December"), nil
	}
	if len(w.Alone) != 12 {
		w.Alone = w.Months
	}
	return w
}

// english are the words of English books.
func english() Words { return Words{}.orEnglish() }

// wordLines are the words by language, in this order: decimal mark, thousands
// mark, blank before %, source, note, total, before Christ, day mark, month
// mark, months, months alone.
var wordLines = map[string]string{
	"de": ",|.|\u00a0|Quelle|Anmerkung|Insgesamt|v.\u00a0Chr.|.||Januar Februar März April Mai Juni Juli August September Oktober November Dezember|",
	"fr": ",|\u00a0|\u00a0|Source|Note|Total|av.\u00a0J.-C.|||janvier février mars avril mai juin juillet août septembre octobre novembre décembre|",
	"es": ",|.|\u00a0|Fuente|Nota|Total|a.\u00a0C.|\u00a0de| de|enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre|",
	"it": ",|.||Fonte|Nota|Totale|a.C.|||gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre|",
	"pt": ",|.||Fonte|Nota|Total|a.C.|\u00a0de| de|janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro|",
	"nl": ",|.||Bron|Noot|Totaal|v.Chr.|||januari februari maart april mei juni juli augustus september oktober november december|",
	"sv": ",|\u00a0|\u00a0|Källa|Anmärkning|Totalt|f.Kr.|||januari februari mars april maj juni juli augusti september oktober november december|",
	"da": ",|.|\u00a0|Kilde|Note|I alt|f.Kr.|.||januar februar marts april maj juni juli august september oktober november december|",
	"nb": ",|\u00a0|\u00a0|Kilde|Merknad|Totalt|f.Kr.|.||januar februar mars april mai juni juli august september oktober november desember|",
	"fi": ",|\u00a0|\u00a0|Lähde|Huomautus|Yhteensä|eaa.|.||tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta|" +
		"tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu",
	"pl": ",|\u00a0||Źródło|Uwaga|Razem|p.n.e.|||stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia|" +
		"styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
	"cs": ",|\u00a0|\u00a0|Zdroj|Poznámka|Celkem|př.\u00a0n.\u00a0l.|.||ledna února března dubna května června července srpna září října listopadu prosince|" +
		"leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
	"ru": ",|\u00a0|\u00a0|Источник|Примечание|Всего|до\u00a0н.\u00a0э.|||января февраля марта апреля мая июня июля августа сентября октября ноября декабря|" +
		"январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
}
