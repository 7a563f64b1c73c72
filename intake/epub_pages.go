package intake

import (
	"errors"
	"strings"

	"quire/problem"
)

// readPages reads the files of the spine. One that is missing is counted.
func (r *epubReader) readPages() error {
	var kept []*page
	for _, p := range r.spine {
		if r.pages[p.name] != nil {
			continue // listed twice
		}
		err := r.readPage(p)
		switch {
		case problem.Is(err, problem.Invalid):
			return err
		case errors.As(err, new(errTooLarge)):
			return r.archive.bomb()
		case err != nil:
			r.tally.lose(lostDocuments)
			continue
		}
		r.pages[p.name] = p
		kept = append(kept, p)
	}
	if r.spine = kept; len(kept) == 0 {
		return damaged(r.draft.name, "epub")
	}
	return nil
}

// readPage reads one file.
func (r *epubReader) readPage(p *page) error {
	data, err := r.read(p.name, MaxTextPart)
	if err != nil {
		return err
	}
	if pictureEnding(data) != "" && !strings.Contains(string(data[:min(len(data), 4096)]), "<html") {
		return errors.New("a picture in the place of a page")
	}
	root := parsePage(markupText(data), &r.draft.left)
	if r.draft.left < 0 {
		return invalid("%s holds too many elements", r.draft.name).Try("make two books of it")
	}
	p.head, p.body = root.find("head"), root.find("body")
	if p.body == nil {
		p.body = root
	}
	p.lang = first(p.body.language(), root.find("html").language(), r.meta.Language)
	p.ids = map[string]*element{}
	p.body.each(func(e *element) bool {
		for _, a := range e.attrs {
			if (a.name == "id" || a.name == "name" && e.name == "a" || a.name == "xml:id") && p.ids[a.value] == nil {
				p.ids[a.value] = e
			}
		}
		return e.name != "svg" && e.name != "math"
	})
	r.pageStyles(p)
	return nil
}

// language is the language that an element says, "" if it says none.
func (e *element) language() string {
	return bookLanguage(first(e.attr("xml:lang"), e.attr("lang")))
}

// at is the element that a key leads to, and its page.
func (r *epubReader) at(key string) (*page, *element) {
	name, fragment, hashed := strings.Cut(key, "#")
	p := r.pages[name]
	if p == nil || !hashed {
		return p, nil
	}
	return p, p.ids[fragment]
}
