package llm

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// plan is a schema with one of each thing that the mending knows.
const plan = `{"type":"object","additionalProperties":false,"required":["title"],"$defs":{"part":{"type":"object","required":["name"],
	"properties":{"name":{"type":"string"},"parts":{"type":"array","items":{"$ref":"#/$defs/part"}}}}},
	"properties":{
	"title":{"type":"string"},"words":{"type":"integer"},"share":{"type":"number"},"done":{"type":"boolean"},
	"kind":{"type":"string","enum":["fiction","nonfiction"]},"notes":{"type":["null","array"],"items":{"type":"string"}},
	"tags":{"type":"array","items":{"type":"string"}},"motif":{"anyOf":[{"type":"integer"},{"type":"null"}]},
	"part":{"$ref":"#/$defs/part"},"sizes":{"type":"object","additionalProperties":{"type":"integer"}}}}`

func planShape(t testing.TB) *shape {
	t.Helper()
	s, err := newShape(json.RawMessage(plan))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAnAnswerIsMendedWhereNothingIsGuessed(t *testing.T) {
	s := planShape(t)
	for name, tt := range map[string]struct{ text, want string }{
		"what is right stays":                    {" {\"words\": 5,\n \"title\":\"a\" } ", " {\"words\": 5,\n \"title\":\"a\" } "},
		"a fence":                                {"```json\n{\"title\":\"a\"}\n```", `{"title":"a"}`},
		"prose around":                           {"Sure! Here's [your plan] {as asked}:\n{\"title\":\"a\"}\nI hope it helps [1].", `{"title":"a"}`},
		"reasoning before":                       {"<think>Maybe {\"title\":\"b\"}?</think>\n{\"title\":\"a\"}", `{"title":"a"}`},
		"the same value twice":                   {`{"title":"a"} or again {"title": "a"}`, `{"title":"a"}`},
		"a list of footnotes beside it":          {`[1] {"title":"a",}`, `{"title":"a"}`},
		"commas after the last":                  {`{"title":"a","tags":["x","y",],}`, `{"tags":["x","y"],"title":"a"}`},
		"single quotes":                          {`{'title':'say "a" and it\'s'}`, `{"title":"say \"a\" and it's"}`},
		"keys without quotes":                    {`{title:"a", words : 3}`, `{"title":"a","words":3}`},
		"line ends and tabs in a string":         {"{\"title\":\"a\nb\tc\"}", `{"title":"a\nb\tc"}`},
		"escapes that are none":                  {`{"title":"a\d \' \u00e4 \\"}`, `{"title":"a\\d ' ä \\"}`},
		"an escaped line end":                    {"{\"title\":\"a\\\nb\"}", `{"title":"a\nb"}`},
		"words of Python":                        {`{"title":"a","done":True,"notes":None}`, `{"done":true,"notes":null,"title":"a"}`},
		"comments":                               {"{ // the plan\n\"title\": /* short */ \"a # b // c\", # end\n}", `{"title":"a # b // c"}`},
		"no commas between lines":                {"{\"title\":\"a\"\n\"words\":3\n}", `{"title":"a","words":3}`},
		"numbers of other languages":             {`{"title":"a","words":+007,"share":.5}`, `{"share":0.5,"title":"a","words":7}`},
		"a number with a bare point":             {`{"title":"a","share":2.}`, `{"share":2,"title":"a"}`},
		"digits beyond a float":                  {`{"title":"a","words":9007199254740993,}`, `{"title":"a","words":9007199254740993}`},
		"a bracket that was forgotten":           {`{"title":"a","tags":["x","y"]`, `{"tags":["x","y"],"title":"a"}`},
		"brackets forgotten before a fence":      {"```\n{\"title\":\"a\",\"tags\":[\"x\"\n```", `{"tags":["x"],"title":"a"}`},
		"a bracket forgotten after a word":       {`{"title":"a","done":true`, `{"done":true,"title":"a"}`},
		"html stays readable":                    {`{"title":"<a> & b",}`, `{"title":"<a> & b"}`},
		"a number in quotes":                     {`{"title":"a","words":" 12 ","share":"-1.5e3"}`, `{"share":-1.5e3,"title":"a","words":12}`},
		"a number without quotes":                {`{"title":1984}`, `{"title":"1984"}`},
		"a claim in quotes":                      {`{"title":"a","done":"True"}`, `{"done":true,"title":"a"}`},
		"its opposite in quotes":                 {`{"title":"a","done":"false"}`, `{"done":false,"title":"a"}`},
		"one value for a list":                   {`{"title":"a","tags":"x","notes":7}`, `{"notes":["7"],"tags":["x"],"title":"a"}`},
		"a list of numbers for one of words":     {`{"title":"a","tags":[1,2]}`, `{"tags":["1","2"],"title":"a"}`},
		"a word of a list in another case":       {`{"title":"a","kind":" Fiction"}`, `{"kind":"fiction","title":"a"}`},
		"null for what may be missing":           {`{"title":"a","kind":null,"words":null,"part":null,"motif":null}`, `{"motif":null,"title":"a"}`},
		"a key in another case":                  {`{"Title":"a"}`, `{"title":"a"}`},
		"an alternative to null":                 {`{"title":"a","motif":"3"}`, `{"motif":3,"title":"a"}`},
		"a schema that holds itself":             {`{"title":"a","part":{"name":1,"parts":{"name":"x","parts":null}}}`, `{"part":{"name":"1","parts":[{"name":"x"}]},"title":"a"}`},
		"values of free keys":                    {`{"title":"a","sizes":{"x":"1","Y":2}}`, `{"sizes":{"Y":2,"x":1},"title":"a"}`},
		"valid JSON that is wrong in two places": {`{"title":"a","words":"3","done":"true"}`, `{"done":true,"title":"a","words":3}`},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := s.mend(tt.text)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("mended (-want +got), %v:\n%s", err, diff)
			}
		})
	}
}

func TestAnAnswerIsNotMendedByGuessing(t *testing.T) {
	s := planShape(t)
	for name, text := range map[string]string{
		"nothing":                           "",
		"prose":                             "I would rather not.",
		"a refusal with an apostrophe":      "I can't do {that}.",
		"cut in a string":                   `{"title":"a","tags":["x","half of`,
		"cut after a comma":                 `{"title":"a","tags":["x",`,
		"cut after a colon":                 `{"title":"a","tags":`,
		"cut after a key":                   `{"title":"a","tags"`,
		"cut in a number":                   `{"title":"a","words":12`,
		"cut in a word":                     `{"title":"a","done":tru`,
		"cut after a bracket opened":        `{"title":"a","tags":[`,
		"cut before what is needed":         `{"words":3,"done":true`,
		"cut in the reasoning":              `<think>It could be {"title":"a"}`,
		"something left out":                `{"title":"a","tags":["x", ...]}`,
		"two answers":                       `First {"title":"a"}, better {"title":"b"}`,
		"an answer and a broken one":        `{"title":"a"} then {"title":"b`,
		"the wrong bracket":                 `{"title":"a","tags":["x"}]`,
		"quotes in a string":                `{"title":"he said "a" to her"}`,
		"an apostrophe in single quotes":    `{'title':'it's'}`,
		"a whole inside of a broken one":    `{"plan":{"title":"a"},"x":}`,
		"a plan inside another thing":       `{"plan":{"title":"a"}}`,
		"a part of a list":                  `[{"title":"a"},{"title":"a"}]`,
		"what is needed is null":            `{"title":null}`,
		"a key that is not known":           `{"title":"a","abstract":"b"}`,
		"two keys for one":                  `{"title":"a","Words":1,"WORDS":2}`,
		"a key in another case beside it":   `{"title":"a","Title":"b"}`,
		"a number that is none":             `{"title":"a","words":"about 12"}`,
		"half a word for a whole number":    `{"title":"a","words":"1.5"}`,
		"a date as a number":                `{"title":"a","words":2024-01-01}`,
		"thousands":                         `{"title":"a","words":1,200}`,
		"a word that is in no list":         `{"title":"a","kind":"poetry"}`,
		"bad hexadecimals":                  `{"title":"\u12 "}`,
		"a sign alone":                      `{"title":"a","words":-}`,
		"no comma in a line":                `{"title":"a" "words":3}`,
		"no colon":                          `{"title" "a"}`,
		"brackets without end":              strings.Repeat(`[`, 100_000),
		"brackets too deep":                 `{"title":"a","tags":` + strings.Repeat(`[`, 300) + strings.Repeat(`]`, 300) + `,}`,
		"a number too large for any number": `{"title":"a","share":1e999}`,
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := s.mend(text); err == nil {
				t.Errorf("%q was mended to %q", text, got)
			}
		})
	}
}

func TestAWordThatCouldBeTwoOfAListStays(t *testing.T) {
	s, err := newShape(json.RawMessage(`{"type":"object","properties":{"size":{"enum":["x","X",1]}}}`))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.mend(`{"size":" x"}`); err == nil {
		t.Errorf("mended to %q", got)
	}
	if s, err = newShape(json.RawMessage(`{"type":"object","properties":{"ab":{},"AB":{}},"additionalProperties":false}`)); err != nil {
		t.Fatal(err)
	}
	if got, err := s.mend(`{"Ab":1}`); err == nil {
		t.Errorf("a key that could be two was mended to %q", got)
	}
}

func TestPartsOfASchemaAreFollowed(t *testing.T) {
	s, err := newShape(json.RawMessage(`{"allOf":[{"type":"object","properties":{"n":{"type":"integer"}}}],"properties":{
		"pair":{"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"items":{"type":"boolean"}},
		"self":{"$ref":"#"},"either":{"oneOf":[{"type":"integer"},{"type":"boolean"}]},"free":{}}}`))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		`{"n":"1","pair":["1",2,"true"],"self":{"n":"2"}}`:                      `{"n":1,"pair":[1,"2",true],"self":{"n":2}}`,
		`{"n":"1","free":null,"either":null}`:                                   `{"free":null,"n":1}`,
		`{"free":` + strings.Repeat(`[`, 150) + strings.Repeat(`]`, 150) + `,}`: `{"free":` + strings.Repeat(`[`, 150) + strings.Repeat(`]`, 150) + `}`,
		`{"free":` + strings.Repeat(`[`, 200) + strings.Repeat(`]`, 200) + `,}`: "", // too deep
		`{"n":1,"either":"1"}`: "", // which of the two was meant?
	} {
		if got, _ := s.mend(text); got != want {
			t.Errorf("%s became %q, want %q", text, got, want)
		}
	}
}

func TestASchemaThatIsNoneIsOurMistake(t *testing.T) {
	for _, text := range []string{`[`, `{"$ref":"#/nowhere"}`} {
		if _, err := newShape(json.RawMessage(text)); err == nil {
			t.Errorf("%s was taken for a schema", text)
		}
	}
}

func TestOnlySoManySchemasAreKeptCompiled(t *testing.T) {
	p := &Repair{}
	for i := range 3 * mostShapes {
		if _, err := p.shape(json.RawMessage(`{"minimum":` + strings.Repeat("1", i+1) + `}`)); err != nil {
			t.Fatal(err)
		}
		if len(p.shapes) > mostShapes {
			t.Fatalf("%d schemas are kept", len(p.shapes))
		}
	}
}

func FuzzMend(f *testing.F) {
	for _, seed := range []string{
		`{"title":"a"}`, "```json\n{'title':'a',}\n```", `{"title":"a","part":{"name":1,"parts":{"name":"x"}}}`, `{"title":"a","tags":["x"`,
		`[1] {title: "a" /* b */, "words":"12"} // c`, "{\"Title\":\"a\nb\"\n\"done\":None}", `{"title":"\ud800","share":+.5e1}`,
	} {
		f.Add(seed)
	}
	s := planShape(f)
	f.Fuzz(func(t *testing.T, text string) {
		got, err := s.mend(text)
		if s.check(text) == nil && got != text {
			t.Fatalf("%q was right and became %q (%v)", text, got, err)
		}
		if err != nil {
			return
		}
		if wrong := s.check(got); wrong != nil {
			t.Fatalf("%q became %q, which is wrong: %v", text, got, wrong)
		}
		if again, err := s.mend(got); err != nil || again != got {
			t.Fatalf("%q became %q and then %q (%v)", text, got, again, err)
		}
	})
}
