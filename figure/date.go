package figure

import (
	"fmt"
	"strconv"
	"strings"
)

// date is a day, a month or a year. Years before Christ are negative: -44 is
// 44 BC, and there is no year 0.
type date struct {
	year, month, day int // month and day are 0 if nobody said
}

// maxYear is the latest year; the earliest is a hundred times as far.
const maxYear = 9999

// parseDate reads YYYY, YYYY-MM or YYYY-MM-DD, each with a minus before Christ.
func parseDate(text string) (date, error) {
	bare, before := strings.CutPrefix(strings.Replace(strings.TrimSpace(text), "−", "-", 1), "-")
	parts := strings.Split(bare, "-")
	if len(parts) > 3 {
		return date{}, errDate
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || strings.ContainsAny(p, "+-") || i > 0 && len(p) != 2 {
			return date{}, errDate
		}
		n[i] = v
	}
	d := date{year: n[0], month: n[1], day: n[2]}
	switch {
	case d.year == 0:
		return d, fmt.Errorf("is a year 0, which history does not have: before the year 1 was -1, 1 BC")
	case !before && d.year > maxYear || d.year > 100*maxYear:
		return d, fmt.Errorf("is a year beyond %d", maxYear)
	case len(parts) > 1 && (d.month < 1 || d.month > 12):
		return d, fmt.Errorf("has no month from 01 to 12")
	case len(parts) > 2 && (d.day < 1 || d.day > daysIn(d.year, d.month)):
		return d, fmt.Errorf("is a day that its month does not have")
	}
	if before {
		d.year = -d.year
	}
	return d, nil
}

// errDate refuses what is no date.
var errDate = fmt.Errorf("is not a date like 1969, 1969-07, 1969-07-20 or -44")

// daysIn is how many days a month has.
func daysIn(year, month int) int {
	switch {
	case month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0):
		return 29
	case month == 2:
		return 28
	case month == 4 || month == 6 || month == 9 || month == 11:
		return 30
	}
	return 31
}

// days is where a date stands on a scale, in days; months are taken as 30.5
// days long, which nobody sees in a drawing.
func (d date) days() int64 {
	year := int64(d.year)
	if year < 0 {
		year++ // there is no year 0
	}
	half := int64(0)
	if d.month > 0 {
		half = int64(d.month-1)*61 + 2*int64(max(d.day, 1)-1)
	}
	return (year*732 + half) / 2
}

// before reports whether one date is surely before another: 1969-07 is not
// before 1969.
func (d date) before(e date) bool {
	switch {
	case d.year != e.year:
		return d.year < e.year
	case d.month == 0 || e.month == 0 || d.month != e.month:
		return d.month != 0 && e.month != 0 && d.month < e.month
	}
	return d.day != 0 && e.day != 0 && d.day < e.day
}

// text writes a date for people.
func (d date) text(w Words) string {
	year := strconv.Itoa(max(d.year, -d.year))
	if len(year) > 4 {
		year = w.number(float64(max(d.year, -d.year)), 0)
	}
	if d.year < 0 {
		year += "\u00a0" + w.Era
	}
	switch {
	case d.month == 0:
		return year
	case d.day == 0:
		return w.Alone[d.month-1] + w.MonthMark + " " + year
	}
	return strconv.Itoa(d.day) + w.DayMark + "\u00a0" + w.Months[d.month-1] + w.MonthMark + " " + year
}
