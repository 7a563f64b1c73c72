package epub

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/press"
)

func TestFormulasAreMathML(t *testing.T) {
	for name, tt := range map[string]struct{ source, want string }{
		"a power":      {`a^2`, `<msup><mi>a</mi><mn>2</mn></msup>`},
		"a sum":        {`\sum_{i}^n`, `<munderover><mo movablelimits="true">∑</mo><mi>i</mi><mi>n</mi></munderover>`},
		"a fraction":   {`\tfrac{1}{x+y}`, `<mrow><mstyle displaystyle="false" scriptlevel="0"><mfrac><mn>1</mn><mrow><mi>x</mi><mo>+</mo><mi>y</mi></mrow></mfrac></mstyle></mrow>`},
		"roots":        {`\sqrt{x}\sqrt[3]y`, `<mrow><msqrt><mi>x</mi></msqrt><mroot><mi>y</mi><mn>3</mn></mroot></mrow>`},
		"a fence":      {`\left(x\right.`, `<mrow><mo fence="true" stretchy="true" form="prefix">(</mo><mi>x</mi></mrow>`},
		"alphabets":    {`\mathbb{R}\mathrm{d}`, `<mrow><mi>ℝ</mi><mi mathvariant="normal">d</mi></mrow>`},
		"an accent":    {`\vec v`, `<mover accent="true"><mi>v</mi><mo stretchy="false">→</mo></mover>`},
		"a matrix":     {`\begin{matrix}a&b\end{matrix}`, `<mrow><mtable columnalign="center center" columnspacing="1em" displaystyle="false"><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr></mtable></mrow>`},
		"a space":      {`\,`, `<mspace width="0.166em"/>`},
		"text":         {`\text{if }`, "<mtext>if\u00a0</mtext>"},
		"a style":      {`\displaystyle x`, `<mrow><mstyle displaystyle="true" scriptlevel="0"><mi>x</mi></mstyle></mrow>`},
		"nothing":      {`{}^2`, `<msup><mrow></mrow><mn>2</mn></msup>`},
		"signs of XML": {`a<b\&`, `<mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi><mi mathvariant="normal">&amp;</mi></mrow>`},
	} {
		t.Run(name, func(t *testing.T) {
			page, _ := chapterOf(t, "x $"+tt.source+"$")
			_, got, _ := strings.Cut(page, `<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="`)
			_, got, _ = strings.Cut(got, `">`)
			got, _, _ = strings.Cut(strings.TrimPrefix(got, "<semantics>"), "<annotation")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheManifestNamesFilesWithFormulas(t *testing.T) {
	data, _ := bind(t, book.Manuscript{Meta: book.Meta{Title: "T"}, Chapters: []book.Text{{Markdown: "$a$"}, {Markdown: "b"}}}, press.Options{})
	opf := unpack(t, data)["package.opf"]
	if strings.Count(opf, `properties="mathml"`) != 1 || !strings.Contains(opf, `href="chapter-1.xhtml" media-type="application/xhtml+xml" properties="mathml"`) {
		t.Error(opf)
	}
}

func TestDefinitionsSpansAndCaptionsComeOut(t *testing.T) {
	page, _ := chapterOf(t, "Salt\n:   White.\n\n|a|b|\n|-|-|\n|c||\n|d|e|\n|^^|f|\n\nTable: Cap {#t}\n\n![x](img/a.png){width=50%}\n")
	want := `<dl>
<dt>Salt</dt>
<dd>
<p>White.</p>
</dd>
</dl>
<table id="t">
<caption><span class="label">Table 1.</span> Cap</caption>
<thead>
<tr><th scope="col">a</th><th scope="col">b</th></tr>
</thead>
<tbody>
<tr><td colspan="2">c</td></tr>
<tr><td rowspan="2">d</td><td>e</td></tr>
<tr><td>f</td></tr>
</tbody>
</table>
<figure id="figure-1">
<img src="images/image-1.png" alt="x" style="width: 50.0%"/>
<figcaption><span class="label">Figure 1.</span> x</figcaption>
</figure>
`
	if diff := cmp.Diff(want, body(page)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDedicationAndCoverAreTheManuscripts(t *testing.T) {
	data, _ := bind(t, book.Manuscript{
		Meta:     book.Meta{Title: "T", Dedication: "For *you*", About: "She writes.", Cover: "img/b.dat"},
		Chapters: []book.Text{{Title: "One", Markdown: "x"}}, Assets: pictures(t),
	}, press.Options{})
	files := unpack(t, data)
	if files["cover.svg"] != "" || !strings.Contains(files["package.opf"], `<item id="cover-image" href="images/image-1.jpg" media-type="image/jpeg" properties="cover-image"/>`) {
		t.Error(files["package.opf"])
	}
	if !strings.Contains(files["cover.xhtml"], `<img src="images/image-1.jpg"`) {
		t.Error(files["cover.xhtml"])
	}
	if !strings.Contains(files["dedication.xhtml"], `epub:type="dedication" role="doc-dedication" aria-label="Dedication"`) || !strings.Contains(files["dedication.xhtml"], "<p>For <em>you</em></p>") {
		t.Error(files["dedication.xhtml"])
	}
	if !strings.Contains(files["chapter-2.xhtml"], "About the author") || !strings.Contains(files["nav.xhtml"], `epub:type="dedication" href="dedication.xhtml"`) {
		t.Error(files["nav.xhtml"])
	}
}
