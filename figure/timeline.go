package figure

// maxEvents is how many events a timeline may have.
const maxEvents = 14

// event is something that happened.
type event struct {
	at          date
	label, text string
}

// readTimeline reads events in the order of their dates.
func readTimeline(r *reader, o *object, s *Spec) {
	if o.at["events"] == nil {
		r.wrong(o.node, "events", "the events are missing: each has a date and a label")
		return
	}
	for i, n := range o.list("events", 2, maxEvents) {
		p := r.object(n, entry("events", i))
		e := event{label: p.words("label", maxLabel), text: p.words("text", maxText)}
		when := p.words("date", maxLabel)
		var err error
		switch e.at, err = parseDate(when); {
		case len(p.keys) == 0 || p.bad["date"]:
		case when == "":
			r.wrong(n, p.field("date"), "the date is missing")
		case err != nil:
			r.wrong(p.at["date"], p.field("date"), "%q %s", clipped(when), err)
		case i > 0 && e.at.before(s.events[i-1].at):
			r.wrong(p.at["date"], p.field("date"), "%s comes before %s; put the events in the order of their dates", when, s.events[i-1].at.text(english()))
		}
		if e.label == "" && !p.bad["label"] && len(p.keys) > 0 {
			r.wrong(n, p.field("label"), "the label is missing")
		}
		p.only("date", "label", "text")
		s.events = append(s.events, e)
	}
}

// drawTimeline draws events below each other along a line, true to scale or at
// equal distances.
func drawTimeline(c *canvas, s *Spec) {
	bold, f := c.strong(), c.minor()
	dates := make([]string, len(s.events))
	for i, e := range s.events {
		dates[i] = e.at.text(c.words)
	}
	df := c.plain().in(c.quiet)
	wide := min(c.widestLine(df, dates...), c.w*26/100)
	axis := wide + c.base*120/100
	left := axis + c.base*120/100
	var at, high []dot
	var heads, texts, whens [][]string
	total := dot(0)
	gap := c.base * 90 / 100
	for i, e := range s.events {
		heads, texts = append(heads, c.wrap(e.label, bold, c.w-left)), append(texts, c.wrap(e.text, f, c.w-left))
		whens = append(whens, c.wrap(dates[i], df, wide))
		h := bold.high(len(heads[i]))
		if e.text != "" {
			h += f.high(len(texts[i]))
		}
		h = max(h, df.high(len(whens[i])))
		high = append(high, h+gap)
		total += h + gap
	}
	tops := s.eventTops(high, total, c)
	for _, t := range tops {
		at = append(at, t.mark)
	}
	mid := bold.rise() - bold.caps()/2
	last := len(tops) - 1
	c.rule(axis, at[0]+mid, axis, at[last]+mid, c.rest(), 120)
	for i, t := range tops {
		color := c.ramp(1)[0]
		if s.highlight != "" && s.highlight != s.events[i].label {
			color = c.ink.towards(c.paper, 300)
		}
		if t.top != t.mark {
			c.path(pathOf([]dot{axis, axis + 500, left - 500, left - 250}, []dot{t.mark + mid, t.mark + mid, t.top + mid, t.top + mid}),
				`fill="none" stroke="`+c.quiet.String()+`" stroke-width="0.5"`)
		}
		c.disc(axis, t.mark+mid, 280, color)
		c.lines(axis-c.base*80/100, t.top, end, df, whens[i])
		y := c.lines(left, t.top, start, bold, heads[i])
		y = c.lines(left, y, start, f, texts[i])
		c.y = max(c.y, y, t.top+df.high(len(whens[i])))
	}
}

// eventPlace is where an event stands: its mark on the line, and its words.
type eventPlace struct{ mark, top dot }

// eventTops lays events out. At equal distances each stands below the one
// before. On a scale, marks stand where their dates are, and words that would
// cover each other move apart; a scale that leaves most of the height empty is
// bounded, so that words stay near their marks.
func (s *Spec) eventTops(high []dot, total dot, c *canvas) []eventPlace {
	out := make([]eventPlace, len(high))
	y := c.y
	for i := range out {
		out[i] = eventPlace{y, y}
		y += high[i]
	}
	first, last := s.events[0].at.days(), s.events[len(high)-1].at.days()
	if s.spacing == "equal" || first == last {
		return out
	}
	long := int64(min(total*125/100, max(total, 420*point1))) - int64(high[len(high)-1])
	at := make([]dot, len(high))
	for i, e := range s.events {
		out[i].mark = c.y + dot((e.at.days()-first)*long/(last-first))
		at[i] = out[i].mark + high[i]/2
		if i > 0 { // they keep their order even if one is much higher
			at[i] = max(at[i], at[i-1])
		}
	}
	for i, mid := range spread(at, high, c.y, c.y+dot(long)+high[len(high)-1]) {
		out[i].top = mid - high[i]/2
		if d := out[i].top - out[i].mark; d > -c.base/4 && d < c.base/4 { // the gap between them has room for that
			out[i].top = out[i].mark
		}
	}
	return out
}
