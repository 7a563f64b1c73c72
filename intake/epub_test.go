package intake

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPagesComeAsMarkdown(t *testing.T) {
	for name, tt := range map[string]struct{ body, want string }{
		"elements that close themselves": {`<p>a<a id="x"/>b <i/>c</p><p/>`, "ab c"},
		"tags that are not closed":       {`<p>a<p>b<ul><li>c<li>d</ul>e`, "a\n\nb\n\n- c\n- d\n\ne"},
		"named characters":               {`<p>a&nbsp;&mdash;&eacute;&#8212;</p>`, "a\u00a0—é—"},
		"a note that says so":            {`<p>a<a epub:type="noteref" href="#n">1</a></p><aside id="n" epub:type="footnote"><p>Note.</p><p>More.</p></aside>`, "a[^1]\n\n[^1]: Note.\n\n    More."},
		"a note that only looks so":      {`<p>a<sup><a id="r" href="#n">[1]</a></sup></p><hr/><p><a id="n" href="#r">[1]</a> Note.</p>`, "a[^1]\n\n[^1]: Note."},
		"a note in a list":               {`<p>a<a id="r" href="#n"><sup>1</sup></a></p><ol><li id="n">Note. <a href="#r">↩</a></li></ol>`, "a[^1]\n\n[^1]: Note."},
		"a link that is no note":         {`<p>see <a href="#n">1</a></p><p id="n">Nothing.</p>`, "see [1](#n)\n\n::: {#n}\nNothing.\n:::"},
		"looks of classes":               {`<p>a <span style="font-style: italic">b</span> <span style="font-weight: 700">c</span></p>`, "a *b* **c**"},
		"scripts and comments":           {`<script>alert(1)</script><!-- x --><p>a</p><style>p{}</style>`, "a"},
		"line ends":                      {`<p>a<br/>b<br/><br/>c</p>`, "a\\\nb\n\nc"},
		"a poem":                         {`<div class="verse"><p>a<br/>b</p><p>c</p></div>`, "::: verse\na\\\nb\n\nc\n:::"},
		"another language":               {`<p xml:lang="fr">oui</p><p lang="fr">non</p>`, "::: {lang=fr}\noui\n\nnon\n:::"},
		"a picture with words":           {`<figure><img src="i.png" alt="A mill"/><figcaption>Figure 3. The mill</figcaption></figure>`, `![A mill](images/picture-1.png "The mill")`},
		"a picture without a caption":    {`<p><img src="i.png" alt="A mill"/></p>`, `![A mill](images/picture-1.png " ")`},
		"a picture of a letter":          {`<p><img src="i.png" alt="O"/>nce</p>`, "Once"},
		"cells that are joined":          {`<table><thead><tr><th>a</th><th>b</th></tr></thead><tr><td rowspan="2">c</td><td>d</td></tr><tr><td>e</td></tr><tr><td colspan="2">f</td></tr></table>`, "| a | b |\n|---|---|\n| c | d |\n| ^^ | e |\n| f ||"},
		"MathML":                         {`<p><math><mfrac><mi>a</mi><mn>2</mn></mfrac><mo>≤</mo><msqrt><mi>x</mi></msqrt></math></p>`, `$\frac{a}{2}≤\sqrt{x}$`},
		"MathML with its source":         {`<p><math><semantics><mi>x</mi><annotation encoding="application/x-tex">\alpha_1</annotation></semantics></math></p>`, `$\alpha_1$`},
		"two lists":                      {`<ul><li>a</li></ul><ul><li>b</li></ul>`, "- a\n\n<!-- -->\n\n- b"},
		"code":                           {"<pre>a\n  b ```\n</pre><p><code>c`d</code></p>", "```\na\n  b ```\n```\n\n``c`d``"},
	} {
		t.Run(name, func(t *testing.T) {
			got, _ := importedText(t, "a.epub", epubOf(t, "<h1>One</h1>"+tt.body, "OPS/i.png", string(testPicture(t))))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("markdown (-want +got):\n%s", diff)
			}
		})
	}
}
