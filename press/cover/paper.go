package cover

import (
	"strconv"
	"strings"

	"quire/press"
	"quire/problem"
)

// Paper is what the pages are printed on.
type Paper struct {
	Name        string
	PerPage     int64 // thickness of a page, which is half a leaf, in nanometres
	Least, Most int   // pages that printers bind; 0 is not known
}

// papers are the papers that have a name. Thickness and numbers of pages are
// those of Kindle Direct Publishing (help pages "Paperback cover" and "Print
// options"): 0.002252 inches a page for white paper, 0.0025 for cream, 0.002347
// for colour.
var papers = []Paper{
	{"white", 57201, 24, 828},
	{"cream", 63500, 24, 776},
	{"colour", 59614, 24, 828},
}

// Papers returns the papers that have a name.
func Papers() []Paper { return append([]Paper(nil), papers...) }

// ParsePaper reads a paper: white, cream, colour, or grammage and bulk such as
// 80g/1.8, which is 80 g/m² of 1.8 cm³/g. A leaf of that is 144 µm thick.
func ParsePaper(s string) (Paper, error) {
	text := strings.ToLower(strings.Join(strings.Fields(s), ""))
	if text == "color" {
		text = "colour"
	}
	for _, p := range papers {
		if text == p.Name {
			return p, nil
		}
	}
	weight, bulk, ok := strings.Cut(text, "/")
	weight = strings.TrimSuffix(strings.TrimSuffix(weight, "m²"), "/m2")
	grams, err1 := strconv.Atoi(strings.TrimSuffix(weight, "g"))
	volume, err2 := press.ParsePt(bulk) // a number with up to three decimals
	milli := (int64(volume)*1000 + 512) / 1024
	if !ok || err1 != nil || err2 != nil || strings.Trim(bulk, "0123456789.") != "" {
		return Paper{}, problem.New(problem.Invalid, "%q is not a paper", s).Try("use white, cream, colour, or grammage and bulk like 80g/1.8")
	}
	if grams < 30 || grams > 400 || milli < 500 || milli > 3000 {
		return Paper{}, problem.New(problem.Invalid, "there is no such paper as %q", s).Try("paper for books weighs 30 to 400 g/m² and has a bulk of 0.5 to 3 cm³/g")
	}
	return Paper{Name: strconv.Itoa(grams) + "g/" + strings.TrimRight(strings.TrimRight(decimals(milli), "0"), "."), PerPage: int64(grams) * milli / 2}, nil
}

// decimals writes thousandths.
func decimals(milli int64) string {
	frac := strconv.FormatInt(milli%1000+1000, 10)[1:]
	return strconv.FormatInt(milli/1000, 10) + "." + frac
}

// SpineWidth returns how thick a book is: an odd number of pages is raised to
// the next even one, because a leaf has two.
func SpineWidth(pages int, paper Paper) press.Pt {
	pages += pages & 1
	nanometres := int64(pages) * paper.PerPage
	return press.Pt((nanometres*int64(press.Inch) + 12700000) / 25400000)
}
