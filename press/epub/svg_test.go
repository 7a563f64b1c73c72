package epub

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/press"
)

func TestDrawingsAreWrittenAnewWithoutDanger(t *testing.T) {
	const open = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">`
	for name, tt := range map[string]struct{ in, want string }{
		"shapes":              {`<svg><g fill="red"><path d="M0 0"/></g></svg>`, `<g fill="red"><path d="M0 0"></path></g>`},
		"text":                {`<svg><text x="1">a &amp; &lt;b</text></svg>`, `<text x="1">a &amp; &lt;b</text>`},
		"scripts":             {`<svg><script>x</script><g onclick="x()" onLoad="y"/></svg>`, `<g></g>`},
		"foreign content":     {`<svg><foreignObject><p>x</p></foreignObject><x:y xmlns:x="urn:z"><g/></x:y></svg>`, ``},
		"animation":           {`<svg><g><animate/><set to="x"/><animateTransform/></g></svg>`, `<g></g>`},
		"links":               {`<svg><a href="http://x.y"><g/></a></svg>`, `<g></g>`},
		"own references":      {`<svg><use href="#a"/><use xlink:href="#b" href="#c"/></svg>`, `<use xlink:href="#a"></use><use xlink:href="#b"></use>`},
		"references out":      {`<svg><image href="http://x.y/z.png"/><use href="other.svg#a"/></svg>`, `<image></image><use></use>`},
		"pictures inside":     {`<svg><image href="data:image/png;base64,AA=="/><image href="data:image/svg+xml;base64,AA=="/></svg>`, `<image xlink:href="data:image/png;base64,AA=="></image><image></image>`},
		"styles":              {`<svg><g style="fill:url(#a)"/><g style="fill:url( 'http://x')"/><g fill="url(//x)"/></svg>`, `<g style="fill:url(#a)"></g><g></g><g></g>`},
		"style sheets":        {`<svg><style>.a{fill:red}</style><style>@import 'x';</style><style>a{b:\75rl(x)}</style></svg>`, `<style>.a{fill:red}</style><style></style><style></style>`},
		"ids":                 {`<svg><g id="a"/><g id="a"/><g id="1"/><g id="ü"/></svg>`, `<g id="a"></g><g></g><g></g><g></g>`},
		"an attribute twice":  {`<svg><g fill="a" fill="b"/></svg>`, `<g fill="a"></g>`},
		"language and blanks": {`<svg><text xml:space="preserve" xml:lang="de" xml:base="x">a</text><text xml:lang="&lt;" xml:space="x"/></svg>`, `<text xml:space="preserve" xml:lang="de">a</text><text></text>`},
		"what follows":        {`<svg><g/></svg><svg><script/></svg>`, `<g></g>`},
		"comments":            {`<!-- a --><?x y?><svg><!-- b --><g/><?x y?></svg>`, `<g></g>`},
	} {
		t.Run(name, func(t *testing.T) {
			out, err := cleanSVG([]byte(tt.in))
			if err != nil {
				t.Fatal(err)
			}
			want := "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + open + tt.want + "</svg>\n"
			if diff := cmp.Diff(want, string(out)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestADrawingThatIsNoneIsLeftOutWithAWarning(t *testing.T) {
	for name, data := range map[string]string{"torn": "<svg><g>", "another root": "<html><svg/></html>", "another namespace": `<svg xmlns="urn:x"/>`, "nothing": ""} {
		t.Run(name, func(t *testing.T) {
			doc, _, err := press.Parse(one(book.Meta{}))
			if err != nil {
				t.Fatal(err)
			}
			doc.Images = []*press.Image{{ID: "image-1", Source: "a.svg", Format: press.SVG, Data: []byte(data)}, {ID: "image-2", Source: "b.tif", Format: "tiff"}}
			b := newBinder(t.Context(), Output{}, doc, press.Options{})
			b.pictures()
			if len(b.files) != 0 || len(b.warnings) != 2 || !strings.HasPrefix(b.warnings[0].Detail, "the picture a.svg is left out: the SVG") {
				t.Errorf("%d files, %v", len(b.files), b.warnings)
			}
		})
	}
}

// FuzzCleanSVG proves that whatever is read as a drawing is written as one
// that can be cleaned again without change.
func FuzzCleanSVG(f *testing.F) {
	for _, s := range []string{drawingSVG, `<svg><a><text>x</text></a></svg>`, `<svg id="a" style="x" xlink:href="#a"/>`, `<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:g/></s:svg>`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		out, err := cleanSVG([]byte(s))
		if err != nil {
			return
		}
		if err := wellFormed(string(out)); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		again, err := cleanSVG(out)
		if err != nil || string(again) != string(out) {
			t.Fatalf("%v\n%s\n%s", err, out, again)
		}
	})
}
