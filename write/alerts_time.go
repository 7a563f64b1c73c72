package write

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"quire/book"
)

// aged is somebody's age as a place of the book has it.
type aged struct {
	spot
	years int
	word  string // as the quote writes it
	quote string
}

var (
	ageBehind = regexp.MustCompile(`^(?:,| was| is| had just turned| just turned| turned)(?: only| just| now)? ` + numberPattern + `(?: years old| years of age)?(?:[,.;!?—]|\s+and\b|\s+now\b|$)`)
	ageBefore = regexp.MustCompile(numberPattern + `-year-old $`)
	// otherTime are signs that a sentence tells of another time than its chapter.
	otherTime = regexp.MustCompile(`(?i)\b(?:when|ago|once|had been|would|if|as though|used to|since|before|until|till|remember\w*|years earlier|by the time)\b`)
)

// wrongAges finds people who are younger or older than they can be: an age has to agree
// with the last one, with the years that the text lets pass, and a birthday.
func wrongAges(k *continuity) (list []candidate) {
	for _, c := range k.concept.Cast {
		var last aged
		for i, a := range k.agesOf(c.ID) {
			if i == 0 {
				last = a
				continue
			}
			passed, known := k.passed(last.spot, a.spot)
			switch diff := a.years - last.years; {
			case diff >= 0 && (!known || diff >= passed-1 && diff <= passed+1):
				last = a
				continue
			}
			now := last.years + passed
			list = append(list, candidate{book.Alert{
				Subject: k.shown(c.ID),
				Problem: fmt.Sprintf("%s is %d in one place and %d in a later one, and the time between does not make up for it.", k.shown(c.ID), last.years, a.years),
				Earlier: k.excerpt(last.chapter, last.quote), Later: k.excerpt(a.chapter, a.quote),
			}, pair{attr: "age", was: writtenLike(a.word, now), is: a.word}})
		}
	}
	return list
}

// agesOf is what the book says of somebody's age, in reading order: in the bible,
// in facts, and in the texts. In one chapter each age counts once.
func (k *continuity) agesOf(id string) (list []aged) {
	for _, p := range k.bible.Characters {
		if n, ok := readNumber(p.Age); ok && p.ID == id {
			list = append(list, aged{spot{-1, 0}, n, p.Age, k.shown(id) + ": " + p.Age})
		}
	}
	for i, t := range k.chapters {
		var here []aged
		for _, f := range t.facts {
			if f.Subject != id || f.Attr != "age" || otherTime.MatchString(f.Quote) {
				continue
			}
			if n, word, ok := numberIn(f.Quote, f.Value); ok {
				here = append(here, aged{k.where(i, f.Quote), n, word, f.Quote})
			}
		}
		for _, s := range t.sentences {
			if n, word, ok := k.ageIn(s, id); ok {
				here = append(here, aged{spot{i, s.at}, n, word, s.text})
			}
		}
		slices.SortStableFunc(here, func(a, b aged) int { return a.at - b.at })
		for j, a := range here {
			if !slices.ContainsFunc(here[:j], func(b aged) bool { return b.years == a.years }) {
				list = append(list, a)
			}
		}
	}
	return list
}

var anyNumber = regexp.MustCompile(`\b` + numberPattern + `\b`)

// numberIn is the number of a value as the quote writes it; ok is false if it does
// not stand there, so that a record's own sum proves nothing.
func numberIn(quote, value string) (n int, word string, ok bool) {
	said := anyNumber.FindString(value)
	want, ok := readNumber(said)
	if !ok {
		return 0, "", false
	}
	for _, word := range anyNumber.FindAllString(quote, -1) {
		if n, ok := readNumber(word); ok && n == want {
			return n, word, true
		}
	}
	return 0, "", false
}

// ageIn reads a sentence that tells the age of somebody now: "Ann was thirty-four."
func (k *continuity) ageIn(s sentence, id string) (n int, word string, ok bool) {
	if !slices.Contains(s.named, id) || otherTime.MatchString(s.text) {
		return 0, "", false
	}
	for _, at := range k.who.FindAllStringIndex(s.text, -1) {
		if k.called(s.text[at[0]:at[1]]) != id {
			continue
		}
		for _, m := range [][]string{ageBehind.FindStringSubmatch(s.text[at[1]:]), ageBefore.FindStringSubmatch(s.text[:at[0]])} {
			if m == nil {
				continue
			}
			if n, ok := readNumber(m[1]); ok && n > 2 {
				return n, m[1], true
			}
		}
	}
	return 0, "", false
}

// dated is a date with its day of the week as a place of the book has it.
type dated struct {
	spot
	weekday string
	day     int
	month   time.Month
	year    int // 0 is not said
	quote   string
}

const (
	weekdayNames = `(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)`
	monthNames   = `(January|February|March|April|May|June|July|August|September|October|November|December)`
	gregorian    = 1753 // the first whole year of today's calendar where English is spoken
)

var (
	dayFirst   = regexp.MustCompile(weekdayNames + `,? (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: of)? ` + monthNames + `(?:,? (\d{4}))?\b`)
	monthFirst = regexp.MustCompile(weekdayNames + `,? ` + monthNames + ` (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?\b`)
	plainDay   = regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? ` + monthNames + `(?:,? (\d{4}))\b`)
	plainMonth = regexp.MustCompile(`\b` + monthNames + ` (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b`)
	otherYear  = regexp.MustCompile(`(?i)\b(?:last|next) year\b|\byears? ago\b`)
)

// wrongDates finds days of the week that the calendar does not have, those that do not
// agree with one another, and dates of one event that differ or run backwards.
func wrongDates(k *continuity) []candidate {
	return append(k.weekdays(), k.dateFacts()...)
}

// weekdays holds days of the week against the calendar, and those of a month
// without a year against one another.
func (k *continuity) weekdays() (list []candidate) {
	first := map[time.Month]dated{} // of each month, while no year passes
	for i, t := range k.chapters {
		for _, s := range t.sentences {
			for _, d := range datesIn(s.text) {
				d.spot = spot{i, s.at}
				d.quote = s.text
				if d.year >= gregorian {
					if c, wrong := k.againstCalendar(d); wrong {
						list = append(list, c)
					}
					continue
				}
				was, seen := first[d.month]
				years, known := 0, true
				if seen {
					years, known = k.passed(was.spot, d.spot)
				}
				if d.year != 0 || otherYear.MatchString(s.text) {
					continue
				}
				if !seen || years != 0 || !known {
					first[d.month] = d
					continue
				}
				want := dayAfter(was.weekday, d.day-was.day)
				if want == d.weekday {
					continue
				}
				list = append(list, candidate{book.Alert{
					Subject: fmt.Sprintf("%d %s", d.day, d.month),
					Problem: fmt.Sprintf("If %d %s is a %s, %d %s cannot be a %s.", was.day, was.month, was.weekday, d.day, d.month, d.weekday),
					Earlier: k.excerpt(was.chapter, was.quote), Later: k.excerpt(i, d.quote),
				}, pair{attr: "date", was: want, is: d.weekday}})
			}
		}
	}
	return list
}

// datesIn are the dates with a day of the week in a sentence.
func datesIn(text string) (list []dated) {
	if !strings.Contains(text, "day") {
		return nil
	}
	read := func(m []string, day, month int) {
		d, _ := strconv.Atoi(m[day])
		year, _ := strconv.Atoi(m[4])
		of, err := time.Parse("January", m[month])
		if err == nil && d >= 1 && d <= 31 {
			list = append(list, dated{weekday: m[1], day: d, month: of.Month(), year: year})
		}
	}
	for _, m := range dayFirst.FindAllStringSubmatch(text, -1) {
		read(m, 2, 3)
	}
	for _, m := range monthFirst.FindAllStringSubmatch(text, -1) {
		read(m, 3, 2)
	}
	return list
}

// againstCalendar holds a date with its year against the calendar.
func (k *continuity) againstCalendar(d dated) (candidate, bool) {
	on := time.Date(d.year, d.month, d.day, 0, 0, 0, 0, time.UTC)
	if on.Day() != d.day || on.Weekday().String() == d.weekday {
		return candidate{}, false
	}
	day := on.Format("2 January 2006")
	return candidate{book.Alert{
		Subject: day, Problem: fmt.Sprintf("%s was a %s, not a %s.", day, on.Weekday(), d.weekday),
		Earlier: k.excerpt(-1, fmt.Sprintf("the calendar: %s, %s", on.Weekday(), day)), Later: k.excerpt(d.chapter, d.quote),
	}, pair{attr: "date", was: on.Weekday().String(), is: d.weekday}}, true
}

// dayAfter is the day of the week so many days later.
func dayAfter(weekday string, days int) string {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if d.String() == weekday {
			return time.Weekday(((int(d)+days)%7 + 7) % 7).String()
		}
	}
	return ""
}

// stories are subjects whose date is that of the story itself, which goes on.
var stories = map[string]bool{"story": true, "book": true, "chapter": true, "scene": true, "now": true, "today": true, "present": true, "narrative": true}

// dateFacts compares the facts that date something: of one event there is one date,
// and the story's own runs forward, but for what is notNow or read.
func (k *continuity) dateFacts() (list []candidate) {
	type dateFact struct {
		book.Fact
		chapter int
		on      time.Time
		word    string
	}
	last := map[string]dateFact{}
	for i, t := range k.chapters {
		for _, f := range t.facts {
			on, word, ok := dateIn(f.Quote)
			if f.Attr != "date" || !ok || otherTime.MatchString(f.Quote) {
				continue
			}
			key := book.FoldName(f.Subject)
			was, seen := last[key]
			forward := stories[key] && !on.Before(was.on)
			if !seen || was.on.Equal(on) || forward {
				last[key] = dateFact{f, i, on, word}
				continue
			}
			problem := fmt.Sprintf("The date of %s is %s in one place and %s in a later one.", k.shown(f.Subject), was.word, word)
			if stories[key] {
				problem = fmt.Sprintf("The story is at %s and later at %s, which is before it.", was.word, word)
			}
			list = append(list, candidate{book.Alert{
				Subject: k.shown(f.Subject), Problem: problem, Earlier: k.excerpt(was.chapter, was.Quote), Later: k.excerpt(i, f.Quote),
			}, pair{attr: "date", was: was.word, is: word}})
		}
	}
	return list
}

// dateIn is the first date with a year in a text, and the words that say it.
func dateIn(text string) (time.Time, string, bool) {
	if m := plainDay.FindStringSubmatch(text); m != nil {
		on, err := time.Parse("2 January 2006", m[1]+" "+m[2]+" "+m[3])
		return on, m[0], err == nil
	}
	if m := plainMonth.FindStringSubmatch(text); m != nil {
		on, err := time.Parse("January 2 2006", m[1]+" "+m[2]+" "+m[3])
		return on, m[0], err == nil
	}
	return time.Time{}, "", false
}
