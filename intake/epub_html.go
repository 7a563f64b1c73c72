package intake

import (
	"strings"

	"golang.org/x/net/html"
)

// void are the elements of HTML that never have an end tag.
var void = names("area base br col embed hr img input link meta param source track wbr")

// blockNames are the elements that begin a line of their own.
var blockNames = names("address article aside blockquote body center caption dd details dialog dir div dl dt fieldset figcaption figure footer form" +
	" h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noscript ol p pre section summary table tbody td tfoot th thead tr ul")

// closedBy are the elements whose end tag may be missing before some others, up
// to the element that holds them.
var closedBy = map[string][2]map[string]bool{
	"li": {names("li"), names("ul ol menu dir")}, "dt": {names("dt dd"), names("dl")}, "dd": {names("dt dd"), names("dl")},
	"tr": {names("tr td th"), names("table tbody thead tfoot")}, "td": {names("td th"), names("tr table")}, "th": {names("td th"), names("tr table")},
	"tbody": {names("tbody thead tfoot tr td th"), names("table")}, "thead": {names("tbody thead tfoot tr td th"), names("table")},
	"tfoot": {names("tbody thead tfoot tr td th"), names("table")},
}

func names(list string) map[string]bool {
	out := map[string]bool{}
	for _, n := range strings.Fields(list) {
		out[n] = true
	}
	return out
}

// pageParser builds the tree of a page. It takes XHTML and HTML, well formed
// or not, in a time that grows with their length only: an element that closes
// itself is empty, as XML has it; an end tag without its start is passed over.
type pageParser struct {
	z     *html.Tokenizer
	open  []*element
	left  *int
	svg   *element // the drawing that is being read
	drawn strings.Builder
}

// parsePage reads a page. Beyond the number of elements that are left nothing
// more is read; *left is then below 0.
func parsePage(text string, left *int) *element {
	root := &element{name: "page"}
	p := &pageParser{z: html.NewTokenizer(strings.NewReader(text)), open: []*element{root}, left: left}
	p.z.AllowCDATA(true)
	for *left >= 0 {
		kind := p.z.Next()
		if kind == html.ErrorToken {
			return root
		}
		*left--
		if p.svg != nil {
			p.drawn.Write(p.z.Raw())
		}
		p.token(kind)
	}
	return root
}

// token takes one token.
func (p *pageParser) token(kind html.TokenType) {
	switch kind {
	case html.TextToken:
		p.add(&element{text: string(p.z.Text())})
	case html.StartTagToken, html.SelfClosingTagToken:
		p.start(kind == html.SelfClosingTagToken)
	case html.EndTagToken:
		name, _ := p.z.TagName()
		p.end(local(string(name)))
	}
}

// local is a name without its prefix.
func local(name string) string {
	return name[strings.LastIndexByte(name, ':')+1:]
}

func (p *pageParser) top() *element { return p.open[len(p.open)-1] }

func (p *pageParser) add(e *element) {
	e.above = p.top()
	e.at = len(e.above.kids)
	e.above.kids = append(e.above.kids, e)
}

// start takes a start tag.
func (p *pageParser) start(closed bool) {
	raw := string(p.z.Raw())
	name, more := p.z.TagName()
	e := &element{name: local(string(name))}
	for more && len(e.attrs) < 100 {
		var key, value []byte
		key, value, more = p.z.TagAttr()
		e.attrs = append(e.attrs, attribute{string(key), string(value)})
	}
	if p.svg == nil {
		p.implied(e.name)
	}
	p.add(e)
	if closed {
		p.z.NextIsNotRawText()
	}
	if closed || void[e.name] && p.svg == nil || len(p.open) >= MaxDepth {
		return
	}
	p.open = append(p.open, e)
	if e.name == "svg" && p.svg == nil {
		p.svg = e
		p.drawn.Reset()
		p.drawn.WriteString(raw)
	}
}

// implied closes what the start of an element closes without saying so.
func (p *pageParser) implied(name string) {
	if blockNames[name] {
		for i := len(p.open) - 1; i > 0 && (p.open[i].name == "p" || !blockNames[p.open[i].name]); i-- {
			if p.open[i].name == "p" {
				p.open = p.open[:i]
				break
			}
		}
	}
	rule, ok := closedBy[name]
	if !ok {
		return
	}
	for i := len(p.open) - 1; i > 0 && !rule[1][p.open[i].name]; i-- {
		if rule[0][p.open[i].name] {
			p.open = p.open[:i]
		}
	}
}

// end takes an end tag.
func (p *pageParser) end(name string) {
	for i := len(p.open) - 1; i > 0; i-- {
		if p.open[i].name != name {
			continue
		}
		if p.svg != nil && i <= p.indexOf(p.svg) {
			p.svg.raw = p.drawn.String()
			p.svg = nil
		}
		p.open = p.open[:i]
		return
	}
}

func (p *pageParser) indexOf(e *element) int {
	for i := range p.open {
		if p.open[i] == e {
			return i
		}
	}
	return -1
}
