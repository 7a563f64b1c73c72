package wire

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/llm"
)

func TestASchemaIsSaidInEachDialect(t *testing.T) {
	plain := Dialect{}
	strict := Dialect{Takes: []string{"minItems"}, AllRequired: true}
	for name, tt := range map[string]struct {
		schema        string
		plain, strict string // "" is refused
	}{
		"required": {
			`{"type":"object","properties":{"b":{"type":"string"},"a":{"type":"integer"}},"required":["b","a"]}`,
			`{"type":"object","properties":{"b":{"type":"string"},"a":{"type":"integer"}},"required":["b","a"],"additionalProperties":false}`,
			`{"type":"object","properties":{"b":{"type":"string"},"a":{"type":"integer"}},"required":["b","a"],"additionalProperties":false}`,
		},
		"optional": {
			`{"type":"object","properties":{"b":{"type":"string"},"a":{"type":"integer"}},"required":["a"],"additionalProperties":false}`,
			`{"type":"object","properties":{"b":{"type":"string"},"a":{"type":"integer"}},"required":["a"],"additionalProperties":false}`,
			`{"type":"object","properties":{"b":{"type":["string","null"]},"a":{"type":"integer"}},"required":["b","a"],"additionalProperties":false}`,
		},
		"lists, nullable for Go": {
			`{"type":"object","properties":{"a":{"type":["null","array"],"items":{"type":"object","properties":{"x":{"type":"string"}}}},"b":{"type":["null","array"],"items":true}},"required":["a"]}`,
			`{"type":"object","properties":{"a":{"type":"array","items":{"type":"object","properties":{"x":{"type":"string"}},"additionalProperties":false}},"b":{"type":"array","items":true}},"required":["a"],"additionalProperties":false}`,
			`{"type":"object","properties":{"a":{"type":"array","items":{"type":"object","properties":{"x":{"type":["string","null"]}},"additionalProperties":false,"required":["x"]}},"b":{"type":["array","null"],"items":true}},"required":["a","b"],"additionalProperties":false}`,
		},
		"more than one type": {
			`{"type":"object","properties":{"a":{"type":["string","integer","null"]},"n":{"type":["null"]}}}`,
			`{"type":"object","properties":{"a":{"type":["string","integer"]},"n":{"type":"null"}},"additionalProperties":false}`,
			`{"type":"object","properties":{"a":{"anyOf":[{"type":["string","integer"]},{"type":"null"}]},"n":{"type":"null"}},"additionalProperties":false,"required":["a","n"]}`,
		},
		"a choice": {
			`{"type":"object","properties":{"a":{"type":"string","enum":["x","<y>"]}}}`,
			`{"type":"object","properties":{"a":{"type":"string","enum":["x","<y>"]}},"additionalProperties":false}`,
			`{"type":"object","properties":{"a":{"anyOf":[{"type":"string","enum":["x","<y>"]},{"type":"null"}]}},"additionalProperties":false,"required":["a"]}`,
		},
		"references": {
			`{"type":"object","properties":{"a":{"$ref":"#/$defs/n"}},"required":["a"],"$defs":{"n":{"type":"object","properties":{"x":{"type":"number","minimum":1}},"required":["x"]}}}`,
			`{"type":"object","properties":{"a":{"$ref":"#/$defs/n"}},"required":["a"],"$defs":{"n":{"type":"object","properties":{"x":{"type":"number"}},"required":["x"],"additionalProperties":false}},"additionalProperties":false}`,
			`{"type":"object","properties":{"a":{"$ref":"#/$defs/n"}},"required":["a"],"$defs":{"n":{"type":"object","properties":{"x":{"type":"number"}},"required":["x"],"additionalProperties":false}},"additionalProperties":false}`,
		},
		"what is not taken": {
			`{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{"a":{"type":"array","items":{"type":"string","minLength":1,"pattern":"x"},"minItems":2,"uniqueItems":true,"default":[]}},"required":["a"],"allOf":[]}`,
			`{"type":"object","properties":{"a":{"type":"array","items":{"type":"string"}}},"required":["a"],"additionalProperties":false}`,
			`{"type":"object","properties":{"a":{"type":"array","items":{"type":"string"},"minItems":2}},"required":["a"],"additionalProperties":false}`,
		},
		"nothing in it": {
			`{"type":"object"}`,
			`{"type":"object","additionalProperties":false}`,
			`{"type":"object","additionalProperties":false,"properties":{},"required":[]}`,
		},
		"keys of any name": {`{"type":"object","properties":{"a":{"type":"object","additionalProperties":{"type":"string"}}}}`, "", ""},
		"no object":        {`{"type":"array","items":{"type":"string"}}`, "", ""},
		"no schema":        {`{"type":`, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			for way, v := range map[string]struct {
				dialect Dialect
				want    string
			}{"plain": {plain, tt.plain}, "strict": {strict, tt.strict}} {
				got, err := v.dialect.Of(json.RawMessage(tt.schema))
				if diff := cmp.Diff(v.want, string(got)); diff != "" || (err == nil) != (v.want != "") {
					t.Errorf("%s: %v (-want +got):\n%s", way, err, diff)
				}
			}
		})
	}
}

func TestAPromptIsDivided(t *testing.T) {
	b := func(text string, mark llm.Mark) llm.Block { return llm.Block{Text: text, Mark: mark} }
	schema := json.RawMessage(`{"type":"object"}`)
	words := b("Answer with one JSON object and nothing else: no words before or after it, and\nno code fence. It follows this JSON Schema:\n{\"type\":\"object\"}\n", "")
	for name, tt := range map[string]struct {
		request llm.Request
		takes   bool
		want    Prompt
	}{
		"two blocks":        {llm.Request{Blocks: []llm.Block{b("s", "1h"), b("u", "5m")}}, true, Prompt{[]llm.Block{b("s", "1h")}, []llm.Block{b("u", "5m")}}},
		"one block":         {llm.Request{Blocks: []llm.Block{b("u", "")}}, true, Prompt{nil, []llm.Block{b("u", "")}}},
		"an empty one":      {llm.Request{Blocks: []llm.Block{b("s", ""), b("", "1h"), b("u", "")}}, true, Prompt{[]llm.Block{b("s", "1h")}, []llm.Block{b("u", "")}}},
		"a schema":          {llm.Request{Blocks: []llm.Block{b("s", ""), b("u", "")}, Schema: schema}, true, Prompt{[]llm.Block{b("s", "")}, []llm.Block{b("u", "")}}},
		"a schema in words": {llm.Request{Blocks: []llm.Block{b("s", ""), b("u", "")}, Schema: schema}, false, Prompt{[]llm.Block{b("s", ""), words}, []llm.Block{b("u", "")}}},
		"words alone":       {llm.Request{Blocks: []llm.Block{b("u", "")}, Schema: schema}, false, Prompt{[]llm.Block{words}, []llm.Block{b("u", "")}}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, PromptOf(tt.request, tt.takes)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	if got := Join([]llm.Block{b("a\n", ""), b("b", ""), b("c\n", "")}); got != "a\nb\nc\n" {
		t.Errorf("joined %q", got)
	}
}

func TestASeedFitsEveryProvider(t *testing.T) {
	seen := map[int32]bool{}
	for _, seed := range []uint64{1, 2, 1 << 31, 1<<31 + 1, 1 << 40, 1 << 63, math.MaxUint64} {
		got := Seed(seed)
		if got < 0 || seen[got] && seed < 1<<31 {
			t.Errorf("seed %d is %d", seed, got)
		}
		seen[got] = true
	}
	if Seed(0) != 0 || Seed(7) != 7 {
		t.Error("small seeds change")
	}
}
