package intake

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"quire/press"
	"quire/problem"
)

// packed makes an archive of files, in the order given: name, text, name, text.
func zipped(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	containerXML = `<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="OPS/p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`
	packageXML   = `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Mill</dc:title><dc:creator>A. Miller</dc:creator><dc:language>en</dc:language></metadata>` +
		`<manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="i" href="i.png" media-type="image/png"/></manifest><spine><itemref idref="a"/></spine></package>`
)

// epubOf is an EPUB with one page.
func epubOf(t testing.TB, body string, more ...string) []byte {
	t.Helper()
	page := `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>` + body + `</body></html>`
	return zipped(t, append([]string{"mimetype", "application/epub+zip", "META-INF/container.xml", containerXML, "OPS/p.opf", packageXML, "OPS/a.xhtml", page}, more...)...)
}

const wordNames = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"`

// docxOf is a Word file with a body.
func docxOf(t testing.TB, body string, more ...string) []byte {
	t.Helper()
	return zipped(t, append([]string{"[Content_Types].xml", `<Types/>`, "word/document.xml", `<?xml version="1.0"?><w:document ` + wordNames + `><w:body>` + body + `</w:body></w:document>`}, more...)...)
}

// importedText is the Markdown of a file with one chapter.
func importedText(t testing.TB, name string, data []byte) (string, Report) {
	t.Helper()
	m, report := imported(t, name, data)
	if len(m.Chapters) != 1 {
		t.Fatalf("%d chapters", len(m.Chapters))
	}
	return strings.TrimSpace(m.Chapters[0].Markdown), report
}

func TestImportRefuses(t *testing.T) {
	good := epubOf(t, "<h1>One</h1><p>Text.</p>")
	for name, tt := range map[string]struct{ file, data, want string }{
		"an old Word file":       {"a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc is a file of an old Word or Office"},
		"a locked DOCX":          {"a.docx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.docx is locked with a password"},
		"rtf":                    {"a.rtf", `{\rtf1 x}`, "a.rtf is an RTF file"},
		"rtf under a false name": {"a.docx", `{\rtf1 x}`, "a.docx is an RTF file"},
		"pdf":                    {"a.epub", "%PDF-1.7\n", "a.epub is a PDF"},
		"odt":                    {"a.odt", string(zipped(t, "mimetype", "application/vnd.oasis.opendocument.text")), "a.odt is an OpenDocument text"},
		"mobi":                   {"a.azw3", strings.Repeat("x", 60) + "BOOKMOBI", "a.azw3 is a Kindle file"},
		"cut off":                {"a.epub", string(good[:len(good)/2]), "a.epub cannot be read: it is damaged or cut off"},
		"no archive":             {"a.docx", "hello", "a.docx cannot be read: it is damaged or cut off"},
		"another archive":        {"a.zip", string(zipped(t, "x", "y")), "a.zip is an archive"},
		"no document":            {"a.docx", string(zipped(t, "[Content_Types].xml", "<Types/>")), "a.docx cannot be read: it is damaged"},
		"no package":             {"a.epub", string(zipped(t, "META-INF/container.xml", containerXML)), "a.epub cannot be read: it is damaged"},
		"a package that leads out": {"a.epub", string(zipped(t, "META-INF/container.xml", strings.Replace(containerXML, "OPS/p.opf", "../../etc/passwd", 1))),
			"a.epub cannot be read: it is damaged"},
		"copy protection": {"a.epub", string(epubOf(t, "<p>x</p>", "META-INF/encryption.xml",
			`<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><enc:CipherData><enc:CipherReference URI="OPS/a.xhtml"/></enc:CipherData></enc:EncryptedData></encryption>`)),
			"a.epub is locked by copy protection"},
		"empty":         {"a.epub", string(epubOf(t, "")), "a.epub holds no text"},
		"an empty DOCX": {"a.docx", string(docxOf(t, "<w:p/>")), "a.docx holds no text"},
		"deep XML":      {"a.docx", string(docxOf(t, strings.Repeat("<w:p>", 1000)+strings.Repeat("</w:p>", 1000))), "a.docx cannot be read: it is damaged"},
		"entities": {"a.docx", string(zipped(t, "word/document.xml", `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><w:document `+wordNames+`><w:body><w:p><w:r><w:t>&b;&c;</w:t></w:r></w:p></w:body></w:document>`)),
			"a.docx cannot be read: it is damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := Import(fstest.MapFS{tt.file: {Data: []byte(tt.data)}}, tt.file)
			refuses(t, err, tt.want)
		})
	}
	_, _, err := Import(fstest.MapFS{}, "gone.docx")
	refuses(t, err, `there is no book "gone.docx"`)
}

func TestABombIsNotUnpacked(t *testing.T) {
	for name, data := range map[string][]byte{
		"a.epub": epubOf(t, "<p>"+strings.Repeat("a", 40<<20)+"</p>"),
		"a.docx": docxOf(t, "<w:p><w:r><w:t>"+strings.Repeat("a", 40<<20)+"</w:t></w:r></w:p>"),
	} {
		_, _, err := Import(fstest.MapFS{name: {Data: data}}, name)
		refuses(t, err, name+" unpacks to far more than a book holds")
	}
}

func TestFilesOutsideOfTheArchiveAreNotKnown(t *testing.T) {
	md, report := importedText(t, "a.epub", epubOf(t, `<h1>One</h1><p>x<img src="../../i.png" alt="a b c"/><img src="http://x.y/i.png" alt="d e f"/></p>`, "../i.png", string(testPicture(t)), "/i.png", "x"))
	if md != "x" || len(report.Dropped) != 2 {
		t.Errorf("%q, %v", md, report.Dropped)
	}
}

func testPicture(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/import/picture.png")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestManyParagraphsAreRead(t *testing.T) {
	if testing.Short() {
		t.Skip("large")
	}
	var b strings.Builder
	for i := range 200_000 {
		fmt.Fprintf(&b, "<w:p><w:r><w:t>%d</w:t></w:r></w:p>", i*7919)
	}
	m, _ := imported(t, "a.docx", docxOf(t, b.String()))
	if n := strings.Count(m.Chapters[0].Markdown, "\n\n"); n != 199_999 {
		t.Errorf("%d paragraphs", n+1)
	}
}

func TestForeignFilesAreReadWithoutWarnings(t *testing.T) {
	for name, want := range map[string][5]int{"pandoc.docx": {2, 2, 1, 1}, "pandoc.epub": {2, 2, 1, 1}, "pandoc-epub2.epub": {2, 2, 1, 1}, "libreoffice.docx": {2, 2, 1, 1}} {
		m, r, err := Import(os.DirFS("testdata/import"), name)
		if err != nil {
			t.Fatal(err)
		}
		if got := [5]int{r.Chapters, r.Notes, r.Pictures, r.Tables}; got != want {
			t.Errorf("%s: chapters, notes, pictures, tables %v, want %v", name, got, want)
		}
		doc, warnings := document(t, m)
		if doc.Chapters[0].Title != "Leaving" || doc.Chapters[0].Number != 1 || m.Meta.Title != "The Salt Road" || m.Meta.Author != "Ann Writer, Bo Second" && name != "libreoffice.docx" {
			t.Errorf("%s: %+v %q %d", name, m.Meta, doc.Chapters[0].Title, doc.Chapters[0].Number)
		}
		for _, w := range warnings {
			if name != "pandoc-epub2.epub" { // its picture has no description
				t.Errorf("%s: %v", name, w)
			}
		}
	}
}

// tryImport imports anything; what comes out must be a book.
func tryImport(t *testing.T, name string, data []byte) {
	t.Helper()
	m, _, err := Import(fstest.MapFS{name: {Data: data}}, name)
	if err != nil {
		if !problem.Is(err, problem.Invalid) || hintOf(err) == "" {
			t.Errorf("%v is no invalid problem with a hint", err)
		}
		return
	}
	if _, _, err := press.Parse(m); err != nil {
		t.Errorf("the press refuses it: %v", err)
	}
}

func FuzzImportEPUB(f *testing.F) {
	for _, name := range []string{"pandoc.epub", "pandoc-epub2.epub"} {
		data, err := os.ReadFile("testdata/import/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, "")
	}
	for _, s := range []string{
		`<h1>Chapter 1</h1><p>x<sup><a id="r" href="#n">1</a></sup></p><aside id="n" epub:type="footnote"><p><a href="#r">1</a> note</p></aside>`,
		`<table><tr><td colspan="3" rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></table><ol start="7"><li>a<ul><li>b</li></ul></li></ol>`,
		`<math><msup><mi>x</mi><mn>2</mn></msup><mfrac><mi>a</mi><mtable><mtr><mtd>1</mtd></mtr></mtable></mfrac></math><pre>a  b</pre><dl><dt>t</dt><dd>m</dd></dl>`,
		`<p>a<p>b<li>c</p></div><svg viewBox="0 0 1 1"><path d="M0 0"/></svg><blockquote><blockquote><hr/></blockquote></blockquote><ruby>a<rt>b</rt></ruby>`,
	} {
		f.Add([]byte(nil), s)
	}
	f.Fuzz(func(t *testing.T, data []byte, body string) {
		if len(data) > 0 {
			tryImport(t, "a.epub", data)
		}
		if len(body) < 5000 {
			tryImport(t, "a.epub", epubOf(t, body))
		}
	})
}

func FuzzImportDOCX(f *testing.F) {
	data, err := os.ReadFile("testdata/import/pandoc.docx")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data, "")
	for _, s := range []string{
		`<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Chapter 1</w:t></w:r></w:p><w:p><w:r><w:rPr><w:b/><w:i/></w:rPr><w:t>x</w:t><w:br/></w:r><w:del><w:r><w:delText>y</w:delText></w:r></w:del></w:p>`,
		`<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr><w:p/></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>`,
		`<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText> HYPERLINK "http://x.y" </w:instrText><w:fldChar w:fldCharType="separate"/></w:r><w:hyperlink w:anchor="a"><w:r><w:t>z</w:t><w:fldChar w:fldCharType="end"/></w:r></w:hyperlink></w:p>`,
		`<w:p><m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den/></m:f><m:nary><m:e><m:r><m:t>x</m:t></m:r></m:e></m:nary></m:oMath><w:pPr><w:numPr><w:ilvl w:val="3"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>`,
	} {
		f.Add([]byte(nil), s)
	}
	f.Fuzz(func(t *testing.T, data []byte, body string) {
		if len(data) > 0 {
			tryImport(t, "a.docx", data)
		}
		if len(body) < 5000 {
			tryImport(t, "a.docx", docxOf(t, body))
		}
	})
}
