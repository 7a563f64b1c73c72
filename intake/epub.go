package intake

import (
	"strings"

	"quire/problem"
)

// epubReader is the reading of an EPUB.
type epubReader struct {
	*archive
	*draft
	folder  string // name of the package file: links in it start there
	items   map[string]*manifestItem
	listed  []*manifestItem // in the package file's order
	spine   []*page
	pages   map[string]*page // by name
	looks   map[string]*stylesheet
	toc     []*tocEntry
	places  map[string]string // what landmarks and the guide call a key
	notes   map[*element]*note
	targets map[string]*element // where a note stands, by the key of its reference
	returns map[string]bool     // keys of references to notes: where links back lead
	fits    map[*element]bool   // whether it can be one note, by its size
	tries   int                 // links that may be marks
	ours    bool                // quire made it
}

// manifestItem is a file as the package file lists it.
type manifestItem struct{ id, name, media, properties string }

// page is an XHTML file of the book.
type page struct {
	name   string
	body   *element
	head   *element
	ids    map[string]*element
	lang   string
	linear bool
	styles []*stylesheet
}

// readEPUB reads an EPUB 2 or 3.
func readEPUB(a *archive, d *draft) error {
	a.kind = "epub"
	d.gallery = newGallery(a)
	r := &epubReader{archive: a, draft: d, items: map[string]*manifestItem{}, pages: map[string]*page{}, looks: map[string]*stylesheet{},
		places: map[string]string{}, notes: map[*element]*note{}, targets: map[string]*element{}, returns: map[string]bool{},
		fits: map[*element]bool{}}
	for _, step := range []func() error{r.protection, r.packageFile, r.readPages, r.contents, r.findNotes, r.assemble} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// harmless are the ways in which fonts are obfuscated; everything else in
// encryption.xml is copy protection.
var harmless = map[string]bool{"http://www.idpf.org/2008/embedding": true, "http://ns.adobe.com/pdf/enc#RC": true}

// protection refuses a book whose text is locked.
func (r *epubReader) protection() error {
	locked := r.archive.has("META-INF/sinf.xml")
	if r.archive.has("META-INF/encryption.xml") {
		root, err := r.part("META-INF/encryption.xml")
		if err != nil {
			return err
		}
		root.each(func(e *element) bool {
			if e.name == "enc:EncryptedData" && !harmless[e.kid("enc:EncryptionMethod").attr("Algorithm")] {
				ref := strings.ToLower(e.find("enc:CipherReference").attr("URI"))
				locked = locked || !strings.HasSuffix(ref, ".otf") && !strings.HasSuffix(ref, ".ttf") && !strings.HasSuffix(ref, ".woff")
			}
			return true
		})
	}
	if locked {
		return invalid("%s is locked by copy protection (DRM)", r.draft.name).Try("get the book without protection from where it was bought, or from its author")
	}
	return nil
}

// part reads an XML file that the book needs.
func (r *epubReader) part(name string) (*element, error) {
	data, err := r.read(name, MaxTextPart)
	if err != nil {
		return nil, r.broken(err)
	}
	root, err := newXML(markupText(data), &r.draft.left).tree()
	if err != nil {
		return nil, r.broken(err)
	}
	return root, nil
}

// broken turns what went wrong with a part into a sentence.
func (a *archive) broken(err error) error {
	if problem.Is(err, problem.Invalid) {
		return err
	}
	return damaged(a.name, a.kind).Because(err)
}
