package edition_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"slices"
	"strings"
	"testing"

	"quire/edition"
)

// leaflet is the objects of a PDF of 24 pages in which nothing is found, by
// number. Page n is object 100+n.
func leaflet() map[int]string {
	o := map[int]string{
		1: "<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 3 0 R/Lang(en)/ViewerPreferences<</DisplayDocTitle true>>/PageLabels<</Nums[0<</S/D>>]>>/Outlines 4 0 R/OutputIntents[<</S/GTS_PDFX>>]>>",
		3: "<</Type/StructTreeRoot>>", 4: "<</Type/Outlines>>", 5: "<</Title(A leaflet)>>",
		6: "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Sorts#20Mill/DescendantFonts[7 0 R]>>",
		7: "<</Type/Font/Subtype/CIDFontType2/FontDescriptor 8 0 R>>", 8: "<</Type/FontDescriptor/FontFile2 9 0 R>>", 9: "<</Length 4>>\nstream\nface\nendstream",
		10: "<</Font<</F1 6 0 R>>>>",
	}
	kids := ""
	for n := range 24 {
		o[100+n] = "<</Type/Page/Parent 2 0 R>>"
		kids += fmt.Sprintf("%d 0 R ", 100+n)
	}
	o[2] = "<</Type/Pages/Count 24/MediaBox[0 0 432 648]/Resources 10 0 R/Kids[" + kids + "]>>"
	for n := range 24 {
		o[100+n] = "<</Type/Page/Parent 2 0 R/TrimBox[0 0 432 648]>>"
	}
	return o
}

// joined puts objects together as a PDF. Nothing here reads its table.
func joined(objects map[int]string, version, trailer string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-" + version + "\n%\xe2\xe3\xcf\xd3\n")
	for _, n := range sortedKeys(objects) {
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", n, objects[n])
	}
	out.WriteString("trailer\n<</Root 1 0 R/Info 5 0 R" + trailer + ">>\nstartxref\n0\n%%EOF\n")
	return out.Bytes()
}

func sortedKeys(m map[int]string) []int {
	var keys []int
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// swapped replaces a text in an object.
func swapped(t *testing.T, o map[int]string, n int, old, with string) {
	t.Helper()
	if !strings.Contains(o[n], old) {
		t.Fatalf("object %d has no %q", n, old)
	}
	o[n] = strings.ReplaceAll(o[n], old, with)
}

func TestEachMistakeOfAPDFIsFound(t *testing.T) {
	m := presses(t)
	for name, tt := range map[string]struct {
		object    int
		old, with string
		want      string
	}{
		"no face":               {8, "/FontFile2 9 0 R", "", "error pdf.fonts Sorts Mill is not embedded"},
		"a face that is none":   {8, "9 0 R", "999 0 R", "error pdf.fonts Sorts Mill"},
		"a standard font":       {10, "/F1 6 0 R", "/F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", "error pdf.fonts Helvetica"},
		"a font in a form":      {10, ">>>>", ">>/XObject<</X 11 0 R>>>>", "error pdf.fonts Courier"},
		"a font of drawings":    {10, "/F1 6 0 R", "/F1<</Type/Font/Subtype/Type3>>", "warning pdf.type3 drawings"},
		"no tags":               {1, "/StructTreeRoot 3 0 R", "", "warning pdf.tags not tagged"},
		"no language":           {1, "/Lang(en)", "", "warning pdf.language language"},
		"no title":              {5, "A leaflet", " ", "warning pdf.title no title"},
		"no title shown":        {1, "true>>/PageLabels", "false>>/PageLabels", "advice pdf.title-shown name of the file"},
		"no labels":             {1, "/PageLabels<</Nums[0<</S/D>>]>>", "", "advice pdf.labels count the pages"},
		"no bookmarks":          {1, "/Outlines 4 0 R", "", "advice pdf.bookmarks bookmarks"},
		"no intent":             {1, "/OutputIntents[<</S/GTS_PDFX>>]", "", "advice pdf.intent colours"},
		"a script":              {1, "/Lang", "/OpenAction<</S/JavaScript/JS(x)>>/Lang", "error pdf.active scripts"},
		"a form":                {1, "/Lang", "/AcroForm<</Fields[3 0 R]>>/Lang", "error pdf.active form"},
		"a file inside":         {1, "/Lang", "/Names<</EmbeddedFiles 3 0 R>>/Lang", "error pdf.active attached"},
		"a comment":             {107, "/TrimBox", "/Annots[<</Subtype/Highlight>>]/TrimBox", "warning pdf.comments Highlight"},
		"a film":                {107, "/TrimBox", "/Annots[<</Subtype/Movie>>]/TrimBox", "warning pdf.comments Movie"},
		"an old link":           {107, "/TrimBox", "/Annots[<</Subtype/Link/A<</S/URI/URI(http://example.org/)>>>>]/TrimBox", "advice links.http http"},
		"a program":             {107, "/TrimBox", "/Annots[<</Subtype/Link/A<</S/Launch/F(x.exe)>>>>]/TrimBox", "error pdf.active program"},
		"another size":          {107, "/TrimBox[0 0 432 648]", "/MediaBox[0 0 500 648]/TrimBox[0 0 500 648]", "error pdf.sizes 6.00 in × 9.00 in and 6.94 in × 9.00 in"},
		"on its side":           {107, "/TrimBox", "/Rotate 90/TrimBox", "error pdf.sizes 9.00 in × 6.00 in"},
		"no size":               {2, "/MediaBox[0 0 432 648]", "", "error pdf.boxes no size"},
		"no trim":               {107, "/TrimBox[0 0 432 648]", "", "advice pdf.trim-box where it is cut"},
		"trim outside":          {107, "/TrimBox[0 0 432 648]", "/TrimBox[-9 0 423 648]", "error pdf.boxes outside of itself"},
		"bleed inside the trim": {107, "/TrimBox", "/BleedBox[5 5 420 640]/TrimBox", "error pdf.boxes bleed box"},
		"crop marks":            {107, "/TrimBox", "/MediaBox[-40 -40 472 688]/TrimBox", "warning pdf.marks crop marks"},
		"an odd page":           {2, "123 0 R ", "", "advice pages.even 23"},
		"too few pages":         {2, "122 0 R 123 0 R ", "", "error pages.few 22 pages"},
		"no pages":              {2, "/Kids[100", "/Kids[]/Was[100", "error pdf.damaged no pages"},
		"no catalog":            {1, "/Pages 2 0 R", "", "error pdf.damaged no catalog"},
	} {
		t.Run(name, func(t *testing.T) {
			o := leaflet()
			o[11] = "<</Subtype/Form/Resources<</Font<</F<</Subtype/Type1/BaseFont/Courier>>>>>>/Length 1>>\nstream\nx\nendstream"
			swapped(t, o, tt.object, tt.old, tt.with)
			p, err := m.PreflightFile(joined(o, "1.7", ""), edition.PDF, false, "")
			if err != nil || !says(p, tt.want) {
				t.Errorf("%v, want %q, found %+v", err, tt.want, notFine(p))
			}
		})
	}
}

func TestASoundPDFHasNoFindings(t *testing.T) {
	m := presses(t)
	var made bytes.Buffer
	look, err := edition.Look(edition.Looks{Archive: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Press(t.Context(), &made, sound(t), look, edition.PDF, false); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"plain": joined(leaflet(), "1.7", ""), "packed": packedObjects(t, leaflet()), "ours": made.Bytes(),
		"with a later change": append(joined(leaflet(), "1.4", ""), "5 0 obj\n<</Title(Changed)>>\nendobj\n%%EOF\n"...),
		"behind junk":         append([]byte("junk\n"), joined(leaflet(), "1.5", "")...),
	} {
		p, err := m.PreflightFile(data, edition.PDF, false, "")
		got := slices.DeleteFunc(found(p), func(s string) bool { return s == "advice pages.even" })
		if err != nil || len(got) > 0 {
			t.Errorf("%s: %v, found %+v", name, err, notFine(p))
		}
		if name == "with a later change" && !says(p, "ok pdf.title Changed") {
			t.Errorf("%s: the earlier title counts: %+v", name, p.Findings)
		}
	}
}

// packedObjects puts all objects without streams into an object stream.
func packedObjects(t testing.TB, objects map[int]string) []byte {
	t.Helper()
	var head, body strings.Builder
	n := 0
	out := map[int]string{}
	for _, k := range sortedKeys(objects) {
		if strings.Contains(objects[k], "stream") {
			out[k] = objects[k]
			continue
		}
		fmt.Fprintf(&head, "%d %d ", k, body.Len())
		body.WriteString(objects[k] + " ")
		n++
	}
	var small bytes.Buffer
	z := zlib.NewWriter(&small)
	_, _ = z.Write([]byte(head.String() + body.String()))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	out[900] = fmt.Sprintf("<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream", n, head.Len(), small.Len(), small.String())
	out[901] = "<</Type/XRef/Root 1 0 R/Info 5 0 R/Length 0>>\nstream\n\nendstream"
	return bytes.Replace(joined(out, "1.5", ""), []byte("trailer\n<</Root 1 0 R/Info 5 0 R>>"), nil, 1)
}

func TestHostilePDFsEndInASentence(t *testing.T) {
	m, whole := presses(t), joined(leaflet(), "1.7", "")
	loop := leaflet()
	loop[2] = "<</Type/Pages/Kids[2 0 R 2 0 R 100 0 R]/MediaBox[0 0 432 648]>>"
	for name, tt := range map[string]struct {
		data []byte
		want string
	}{
		"cut off early":       {whole[:60], "error pdf.damaged"},
		"cut off late":        {whole[:len(whole)-90], "error pdf.damaged ends in the middle"},
		"encrypted":           {joined(leaflet(), "1.7", "/Encrypt 77 0 R"), "error pdf.encrypted encrypted"},
		"a head alone":        {[]byte("%PDF-1.4\n"), "error pdf.damaged no catalog"},
		"pages in a circle":   {joined(loop, "1.7", ""), "error pages.few 1 pages"},
		"version 2":           {joined(leaflet(), "2.0", ""), "warning pdf.version 2.0"},
		"no version":          {joined(leaflet(), "x", ""), "warning pdf.version does not say"},
		"open brackets":       {append([]byte("%PDF-1.4\n1 0 obj\n"), bytes.Repeat([]byte("[<<(/"), 1<<20/slower)...), "error pdf.damaged"},
		"objects without end": {append([]byte("%PDF-1.4\n"), bytes.Repeat([]byte("1 0 obj ("), 1<<20/slower)...), "error pdf.damaged"},
		"streams without end": {append([]byte("%PDF-1.4\n"), bytes.Repeat([]byte("1 0 obj <<>> stream "), 1<<20/slower)...), "error pdf.damaged"},
		"much junk":           {append([]byte("%PDF-1.4\n"), bytes.Repeat([]byte{0xa5, 'o', 'b', 'j'}, 4<<20/slower)...), "error pdf.damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := m.PreflightFile(tt.data, edition.PDF, false, "")
			if err != nil || !says(p, tt.want) {
				t.Errorf("%v, want %q, found %+v", err, tt.want, notFine(p))
			}
		})
	}
}

func TestAPDFForScreensIsNotMeasuredForPrint(t *testing.T) {
	o := leaflet()
	swapped(t, o, 2, "0 0 432 648", "0 0 900 600")
	swapped(t, o, 2, "101 0 R", "")
	for n := range 24 {
		swapped(t, o, 100+n, "/TrimBox[0 0 432 648]", "")
	}
	p, err := presses(t).PreflightFile(joined(o, "1.7", ""), edition.PDF, true, "cream")
	if err != nil || len(notFine(p)) > 0 {
		t.Errorf("%v, found %+v", err, notFine(p))
	}
}

// FuzzPDF looks for panics and for hangs in what looks at PDFs.
func FuzzPDF(f *testing.F) {
	f.Add(joined(leaflet(), "1.7", ""))
	f.Add(packedObjects(f, leaflet()))
	f.Add([]byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/MediaBox[0 0 1e9 -1]>>endobj trailer<</Root 1 0 R>>"))
	f.Add([]byte("%PDF-1.4\n1 0 obj <</Type/ObjStm/N 9999999/First -1>>stream\n0 0 0 0\nendstream"))
	m := &edition.Maker{}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := m.PreflightFile(data, edition.PDF, false, "")
		for _, one := range p.Findings {
			if strings.ContainsAny(one.Detail, "\n\x00\x1b") || len(one.Detail) > 2000 {
				t.Errorf("a sentence that cannot be shown: %q", one.Detail)
			}
		}
		if err == nil && len(p.Findings) == 0 {
			t.Error("nothing was found at all")
		}
	})
}
