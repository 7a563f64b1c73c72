package intake

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"quire/problem"
)

// pdfFile writes a PDF of objects, numbered from 1; the first is its catalog.
func pdfFile(objects ...string) string {
	var b strings.Builder
	b.WriteString("%PDF-1.7\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R/Info 6 0 R/ID[<01><01>]>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.String()
}

// pdfStream is a stream object.
func pdfStream(dict, data string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

// packedStream is a stream object that is packed.
func packedStream(dict string, data []byte) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write(data) // into memory
	_ = z.Close()
	return pdfStream(dict+"/Filter/FlateDecode", b.String())
}

// paintedPDF has one page that paints content in Helvetica, F, with more
// resources and objects from number 6.
func paintedPDF(content, resources string, more ...string) string {
	return pdfFile(append([]string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>" + resources + ">>>>",
		pdfStream("", content),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
	}, more...)...)
}

// pdfOf is a PDF with lines of text.
func pdfOf(lines ...string) string {
	var b strings.Builder
	b.WriteString("BT /F 12 Tf 14 TL 72 700 Td\n")
	for _, l := range lines {
		fmt.Fprintf(&b, "(%s) Tj T*\n", l)
	}
	return paintedPDF(b.String()+"ET", "")
}

// lockedPDF needs a password to be opened.
func lockedPDF(t testing.TB) string {
	t.Helper()
	conf := &model.Configuration{Reader15: true, Offline: true, ValidationMode: model.ValidationRelaxed, Limits: model.DefaultResourceLimits(),
		UserPW: "secret", OwnerPW: "owner", EncryptUsingAES: true, EncryptKeyLength: 256, Eol: "\n", WriteXRefStream: true, WriteObjectStream: true}
	var b bytes.Buffer
	if err := api.Encrypt(strings.NewReader(pdfOf("Hidden.")), &b, conf); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// pdfText is what a PDF says, a line for each block.
func pdfText(t testing.TB, data string) string {
	t.Helper()
	s, err := readPDF(t.Context(), "a.pdf", []byte(data))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, block := range s.blocks {
		if block.heading {
			b.WriteString("# ")
		}
		b.WriteString(block.text + "\n")
	}
	return strings.TrimSpace(b.String())
}

func TestWhatAPDFPaintsIsRead(t *testing.T) {
	unicode := "begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 2 beginbfchar <0001> <6d77> <0002> <fb01> endbfchar " +
		"2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0078> <0079>] endbfrange endcmap"
	arabic := "1 begincodespacerange <00> <ff> endcodespacerange 3 beginbfchar <01> <0645> <02> <062f> <03> <0028> endbfchar"
	wide := []string{
		"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[7 0 R]/ToUnicode 8 0 R>>",
		"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 500/W[1[1000 600] 16 18 700]>>", pdfStream("", unicode),
	}
	for name, tt := range map[string]struct {
		data, want string
	}{
		"lines and paragraphs": {paintedPDF("BT /F 10 Tf 12 TL 72 700 Td (One be-) Tj (gins here.) ' (Still it.) ' 0 -30 Td (Two.) Tj ET", ""), "One begins here. Still it.\nTwo."},
		"an indented line":     {paintedPDF("BT /F 10 Tf 72 700 Td (One ends.) Tj 12 -12 Td (Two ends.) Tj -12 -12 Td (Still two.) Tj ET", ""), "One ends.\nTwo ends. Still two."},
		"headings":             {paintedPDF("BT /F 20 Tf 72 700 Td (Title) Tj /F 10 Tf 0 -40 Td (Text that is longer than the title.) Tj ET", ""), "# Title\nText that is longer than the title."},
		"gaps are blanks":      {paintedPDF("BT /F 10 Tf 72 700 Td [(Wo)20(rd)-300(after)-60( it)] TJ ET", ""), "Word after it"},
		"words set alone":      {paintedPDF("BT /F 10 Tf 1 0 0 1 72 700 Tm (One) Tj 1 0 0 1 100 700 Tm (two) Tj ET", ""), "One two"},
		"escapes": {paintedPDF(`BT /F 10 Tf 72 700 Td (\(a\) \251 \\ b\
c\n) Tj <44 e9 4> Tj ET`, ""), `(a) © \ bc Dé@`},
		"a form":              {paintedPDF("q 2 0 0 2 0 0 cm /X Do Q", "/XObject<</X 6 0 R>>", pdfStream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Matrix[1 0 0 1 5 5]", "BT /F 10 Tf 9 9 Td (Inside.) Tj ET")), "Inside."},
		"a form in itself":    {paintedPDF("/X Do", "/XObject<</X 6 0 R>>", pdfStream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "BT /F 10 Tf 9 9 Td (x) Tj ET /X Do")), "xxxxxxxx"},
		"a picture in a line": {paintedPDF("BI /W 1 /H 1 ID \x01(Tj EI BT /F 10 Tf 72 700 Td (After.) Tj ET", ""), "After."},
		"an artifact":         {paintedPDF("/Artifact <</Type/Pagination>> BDC BT /F 10 Tf 72 780 Td (Head) Tj ET EMC /P <</MCID 0>> BDC BT /F 10 Tf 72 700 Td (Text.) Tj ET EMC", ""), "Text."},
		"a turned page":       {paintedPDF("BT /F 10 Tf 0 1 -1 0 300 50 Tm (Up one.) Tj 0 1 -1 0 312 50 Tm (Up two.) Tj ET", ""), "Up one. Up two."},
		"a page number":       {paintedPDF("BT /F 10 Tf 72 700 Td (Text.) Tj 0 -600 Td (- 12 -) Tj ET", ""), "Text."},
		"a composite font":    {paintedPDF("BT /W 10 Tf 72 700 Td <000100020010001200200021> Tj ET", "/Font<</W 6 0 R>>", wide...), "海fiACxy"},
		"Arabic as painted":   {paintedPDF("BT /A 10 Tf 72 700 Td <02012003> Tj ET", "/Font<</A 6 0 R>>", "<</Type/Font/Subtype/Type1/BaseFont/Y/FirstChar 1/Widths[500 500 500]/ToUnicode 7 0 R>>", pdfStream("", arabic)), ") مد"},
		"names of letters": {paintedPDF("BT /D 10 Tf 72 700 Td <0102030405061f> Tj ET", "/Font<</D 6 0 R>>",
			"<</Type/Font/Subtype/Type1/BaseFont/Z/Encoding<</Differences[1/eacute/ffi/uni0416/a.sc/f_f/quoteright 31/nonsense]>>>>"), "éffiЖaff’"},
		"every way to set text": {paintedPDF(`BT /F 10 Tf 72 700 TD 90 Tz 1 Tc 2 Tw 0 Ts 0 Tr (One.) Tj 0 -12 TD (Two.) Tj T* (Three.) Tj 0 0 (Four.) " 12 TL (x\
\
y) ' % a remark
ET`, ""), "One. Two. Three. Four. xy"},
		"upside down":         {paintedPDF("BT /F 10 Tf -1 0 0 -1 300 300 Tm (One) Tj 0 -1 1 0 9 300 Tm (Down.) Tj ET", ""), "One\nDown."},
		"a name escaped":      {paintedPDF("BT /#46 10 Tf 72 700 Td (Text.) Tj ET", ""), "Text."},
		"Knuth's fonts":       {paintedPDF("BT /D 10 Tf 72 700 Td (e\\016cient \\\\o\\013\"{) Tj ET", "/Font<</D 6 0 R>>", "<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+CMR10>>"), "efficient “off”–"},
		"what is no operator": {paintedPDF("] >> } BT /F 10 Tf 72 700 Td (Text.) Tj Q Q ET EMC ( never closed", ""), "Text."},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "Knuth's fonts" || name == "a composite font" || name == "Arabic as painted" || name == "names of letters" {
				tt.data = strings.Replace(tt.data, "/Font<</F 5 0 R>>", "", 1)
			}
			if diff := cmp.Diff(tt.want, pdfText(t, tt.data)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestRunningHeadsAreLeftOut(t *testing.T) {
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"}
	var kids strings.Builder
	for i := range 4 {
		objects = append(objects, fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>", len(objects)+2),
			pdfStream("", fmt.Sprintf("BT /F 10 Tf 72 760 Td (On Tides %d) Tj 0 -60 Td (Page %d has a sentence) Tj 0 -12 Td (that goes on.) Tj 0 -12 Td (and on) Tj 0 -12 Td (The moon.) Tj 0 -600 Td (%d) Tj ET", i, i, i)))
		fmt.Fprintf(&kids, "%d 0 R ", len(objects)-1)
	}
	objects[1] = "<</Type/Pages/Kids[" + kids.String() + "]/Count 4>>"
	got := pdfText(t, pdfFile(objects...))
	if strings.Contains(got, "On Tides") || strings.Count(got, "that goes on") != 4 {
		t.Errorf("got %s", got)
	}
}

func TestAHostilePDFIsRefusedInTime(t *testing.T) {
	bomb := bytes.Repeat([]byte("BT /F 9 Tf (x) Tj ET "), MaxPDFStream/21+1)
	forms := "BT /F 9 Tf (x) Tj ET " + strings.Repeat("/X Do ", 50)
	const damage, tooMuch = "a.pdf cannot be read: it is damaged", "a.pdf shows far more than a source holds"
	for name, tt := range map[string]struct{ data, want string }{
		"a packed bomb":           {strings.Replace(paintedPDF("", ""), pdfStream("", ""), packedStream("", bomb), 1), damage},
		"forms without end":       {paintedPDF(forms, "/XObject<</X 6 0 R>>", pdfStream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", forms)), tooMuch},
		"pages in a ring":         {pdfFile("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 3>>"), damage},
		"too many pages":          {pdfFile("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 99999>>", "<</Type/Page/Parent 2 0 R>>"), "a.pdf has 99999 pages; at most 3000 are read"},
		"less than no pages":      {pdfFile("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count -1>>"), damage},
		"no catalog":              {pdfFile("<</Type/Other>>"), damage},
		"many bundles":            {pdfOf("Text.") + strings.Repeat("/ObjS#74m ", maxPDFBundles+1), "a.pdf is made of more parts than a source has"},
		"a length that refers on": {pdfFile("<</Type/Catalog/Pages 2 0 R>>", "<</Length 2 0 R>>\nstream\nx\nendstream"), damage},
		"deep lists":              {pdfFile("<</Type/Catalog/Pages " + strings.Repeat("[", 50_000) + ">>"), damage},
		"a huge table":            {"%PDF-1.7\nxref\n0 99999999999\n0000000000 65535 f \ntrailer\n<</Size 99999999999/Root 1 0 R>>\nstartxref\n9\n%%EOF\n", damage},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := readPDF(t.Context(), "a.pdf", []byte(tt.data))
			refuses(t, err, tt.want)
		})
	}
}

func FuzzSource(f *testing.F) {
	f.Add("a.txt", []byte("The sea rises. It falls.\n\nTwice."))
	f.Add("a.md", []byte("---\ntitle: T\n---\n# A\n\n> - x\n\n```\n</data>\n```\n"))
	f.Add("a.html", []byte("<html><body><h1>A</h1><p>x<table><tr><td>y"))
	f.Add("a.pdf", []byte(pdfOf("The moon pulls.", "Twice.")))
	f.Add("a.pdf", []byte(paintedPDF("/X Do", "/XObject<</X 6 0 R>>", packedStream("/Type/XObject/Subtype/Form", []byte("BT /F 1 Tf (x) Tj ET")))))
	f.Add("a.docx", docxOf(f, wp("Text.")))
	f.Add("/", []byte("A name of nothing but a slash."))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if len(data) > 1<<20 {
			return
		}
		s := &sources{seen: map[[32]byte]int{}, ids: map[string]bool{}}
		name = sourceName(name)
		read, err := readSource(t.Context(), name, data)
		if err == nil {
			err = s.add(name, data, [32]byte{}, 3, read)
		}
		if err != nil {
			if p := problem.Of(err); p.Kind != problem.Invalid || p.Hint == "" {
				t.Fatalf("%v", err)
			}
			return
		}
		if err := s.list[0].Check(); err != nil {
			t.Fatal(err)
		}
	})
}
