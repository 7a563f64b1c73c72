package quality

import "strings"

// Severity is how much a finding matters.
type Severity string

// The severities: what breaks a book, and what an author may want to look at.
const (
	Major Severity = "major"
	Minor Severity = "minor"
)

// Finding is a red light as an item of a review: where it is seen, and what to
// do about it. Start and End are bytes of the chapter's Markdown, and Quote is
// what stands between them; all are zero if the whole chapter is meant.
type Finding struct {
	Metric   string   `json:"metric"`  // such as "M4"
	Reading  string   `json:"reading"` // the red reading; "" is the metric's value
	Severity Severity `json:"severity"`
	Chapter  int      `json:"chapter"` // from 1; 0 is the whole book
	Start    int      `json:"start"`
	End      int      `json:"end"`
	Quote    string   `json:"quote"`
	Note     string   `json:"note"` // what is wrong there, with the number if no place shows it
	Do       string   `json:"do"`   // one sentence
}

// Findings are the red metrics of a report, breakage first: each place that
// speaks for one, or one finding without a place. Amber lights are none.
func Findings(r Report) []Finding {
	list := []Finding{}
	for _, severity := range []Severity{Major, Minor} {
		for _, m := range r.Metrics {
			if m.Light == Red && (m.Class == Breakage) == (severity == Major) {
				list = append(list, m.findings(severity, r.wholeChapter())...)
			}
		}
	}
	return list
}

// wholeChapter is the chapter that a finding without a place is about: the only
// one, or 0.
func (r Report) wholeChapter() int {
	if r.Chapters != 1 {
		return 0
	}
	for _, m := range r.Metrics {
		for _, e := range m.Evidence {
			return e.Chapter
		}
	}
	return 1
}

// findings are those of one red metric, by its red readings.
func (m Metric) findings(severity Severity, chapter int) (list []Finding) {
	red := map[string]bool{}
	for _, p := range m.readings() {
		red[p.Name] = p.Band != nil && p.Band.light(p.Value) == Red
	}
	told := map[int]bool{}
	for _, p := range m.readings() {
		if !red[p.Name] {
			continue
		}
		f, places := Finding{Metric: m.ID, Reading: p.Name, Severity: severity, Do: adviceFor(m.ID, p)}, 0
		for i, e := range m.Evidence {
			// What speaks for another reading speaks for what is broken too, but for
			// no matter of style.
			if told[i] || e.Of != p.Name && (red[e.Of] || m.Class == Style) {
				continue
			}
			told[i] = true
			places++
			f.Chapter, f.Start, f.End, f.Quote, f.Note = e.Chapter, e.Start, e.End, e.Quote, e.Note
			list = append(list, f)
		}
		if places == 0 {
			f.Chapter, f.Note = chapter, strings.TrimSpace(p.Band.Shown(p.Value)+" "+p.Unit)+", wanted "+p.Band.String()
			list = append(list, f)
		}
	}
	return list
}

// Advice is what to do about the light of a metric, in one sentence: that of its
// first reading with this light. It is "" for what is green or not judged.
func (m Metric) Advice() string {
	for _, p := range m.readings() {
		if p.Band == nil || m.Light == Green {
			continue
		}
		if p.Band.light(p.Value) == m.Light {
			return adviceFor(m.ID, p)
		}
	}
	return ""
}

// adviceFor is what to do about a reading outside of its band.
func adviceFor(id string, p Part) string {
	side := "high"
	if p.Band.Low != nil && p.Value < *p.Band.Low {
		side = "low"
	}
	if p.Name != "" {
		id += " " + p.Name
	}
	return advice[id+", "+side]
}

// advice is what to do at each edge of each reading; a metric's value has no
// name.
var advice = map[string]string{
	"M1, low":                        "Write the book out to the length that was asked for.",
	"M1, high":                       "Shorten the book to the length that was asked for.",
	"M1 worst chapter, low":          "Write the chapter out to the length that was asked for.",
	"M1 worst chapter, high":         "Shorten the chapter to the length that was asked for.",
	"M2, low":                        "Use more different words.",
	"M2, high":                       "Use plainer words, and let words that matter come again.",
	"M3, low":                        "Use more different words on each page.",
	"M3, high":                       "Use plainer words, and let words that matter come again.",
	"M4, high":                       "Say it once, and cut what repeats it.",
	"M4 worst window, high":          "Say it once, and cut what repeats it.",
	"M5, high":                       "Put it in other words: another chapter has these.",
	"M6, high":                       "Write another sentence in its place: another chapter has this one.",
	"M8, high":                       "Put a plain word of your own in its place.",
	"M8 runs of three, high":         "Put plain words of your own in their place.",
	"M9, high":                       "Cut the phrase, or say what is meant in words of this book.",
	"M10, high":                      "Say what is, without saying first what is not.",
	"M11, high":                      "Write in plain words of your own, without contrasts for effect.",
	"M12, high":                      "Begin or end the chapter in another way.",
	"M12 one sort of ending, high":   "End some chapters in another way: with speech, a question, a short line or something done.",
	"M13, low":                       "Let paragraphs differ in length: join some, divide others.",
	"M14, low":                       "Let sentences differ in length: join some, divide others.",
	"M14 mean, low":                  "Join some of the short sentences.",
	"M14 mean, high":                 "Divide some of the long sentences.",
	"M15, low":                       "Let people speak.",
	"M15, high":                      "Tell more between what people say.",
	"M16, low":                       "Write for older readers: longer sentences and words where they fit.",
	"M16, high":                      "Write for younger readers: shorter sentences and words.",
	"M17, high":                      "Mend the name, or who acts here.",
	"M17 suspects, high":             "See whether these names are what they should be.",
	"M18, high":                      "Mend the fact so that it agrees with what stands in the book before.",
	"M19, low":                       "Bring in what was planned for the chapter.",
	"M20, high":                      "Mend the structure: close, finish or remove what is marked.",
	"M20 open quotation marks, high": "Close the quotation mark.",
	"M22, low":                       "See whether this is prose: hardly anything in it comes again.",
	"M22, high":                      "Cut or rewrite what the book says over and over.",
	"M22 worst 40 kB, high":          "Cut or rewrite what the book says over and over.",
	"M23, high":                      "Write the later chapters with the care of the first ones.",
	"M24, low":                       "Name the source of the number, or take the number out.",
	"M24 lost references, high":      "Put the figure or table in, or take the reference out.",
	"M24 used early, high":           "Say what the word means where it is used first.",
	"M24 introduced twice, high":     "Say it once, and refer to that place.",
	"M25, high":                      "Put it in words of your own, or mark it as a quotation.",
}
