package wire

import (
	_ "embed" // for the words about schemas
	"encoding/json"
	"strings"
	"text/template"

	"quire/llm"
)

// schemaWords says a schema in words, for models that take none. Its first line
// is its version.
//
//go:embed prompts/schema.tmpl
var schemaWords string

// Prompt is a request as every provider takes it: what the model is told, and
// what it is asked.
type Prompt struct {
	System []llm.Block // the first block, and a schema said in words
	User   []llm.Block // the other blocks
}

// PromptOf divides a request's blocks: the first is for the system, the others
// are the user's; a lone one is the user's. Empty blocks are left out, their
// marks kept by the block before. If the model takes no schema, it is said.
func PromptOf(r llm.Request, takesSchema bool) Prompt {
	var blocks []llm.Block
	for _, b := range r.Blocks {
		switch n := len(blocks); {
		case b.Text != "":
			blocks = append(blocks, b)
		case n > 0 && b.Mark != llm.NoMark:
			blocks[n-1].Mark = b.Mark
		}
	}
	p := Prompt{User: blocks}
	if len(blocks) > 1 {
		p = Prompt{System: blocks[:1:1], User: blocks[1:]}
	}
	if r.Schema != nil && !takesSchema {
		p.System = append(p.System, llm.Block{Text: sayingSchema(r.Schema)})
	}
	return p
}

func sayingSchema(schema json.RawMessage) string {
	_, body, _ := strings.Cut(schemaWords, "\n") // the version
	var out strings.Builder
	data := struct{ Schema string }{string(schema)}
	if err := template.Must(template.New("schema").Parse(body)).Execute(&out, data); err != nil {
		panic(err) // a mistake in the template
	}
	return out.String()
}

// Join is the text of blocks, each beginning on a line of its own.
func Join(blocks []llm.Block) string {
	var out strings.Builder
	for i, b := range blocks {
		if i > 0 && !strings.HasSuffix(blocks[i-1].Text, "\n") {
			out.WriteByte('\n')
		}
		out.WriteString(b.Text)
	}
	return out.String()
}

// Seed folds a seed into 31 bits, which is what every provider takes.
func Seed(seed uint64) int32 {
	return int32((seed ^ seed>>31 ^ seed>>62) & 0x7fffffff) //nolint:gosec // 31 bits fit
}

// Answer gathers what a Reader reads: its text goes to On as it comes.
type Answer struct {
	On     func(llm.Chunk) error // may be nil
	Result llm.Result            // all but its text
	text   strings.Builder
}

// Say takes in a piece of the text.
func (a *Answer) Say(text string) error {
	if text == "" {
		return nil
	}
	a.text.WriteString(text)
	if a.On == nil {
		return nil
	}
	return a.On(llm.Chunk{Text: text})
}

// With is the result with its text and with what stood beside it. A server that
// echoes the key in a name does not get it into any record.
func (a *Answer) With(h Head) llm.Result {
	res := a.Result
	res.Text, res.Limits = a.text.String(), h.Limits
	if h.ID != "" {
		res.ID = h.ID
	}
	res.ID, res.Model = shredded(res.ID, h.key), shredded(res.Model, h.key)
	return res
}
