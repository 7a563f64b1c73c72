package oracle

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
	sdk "github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/shared"

	"quire/llm"
	"quire/llm/openai"
)

// strictSchema is the table's schema as OpenAI wants it in strict mode.
const strictSchema = `{"type":"object","properties":{"title":{"type":"string"},"parts":{"type":["array","null"],"items":{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":false}}},"required":["title","parts"],"additionalProperties":false}`

const openaiAnswer = `data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-x-2026","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"finish_reason":null}]}

data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-x-2026","choices":[{"index":0,"delta":{"content":"Grüße, "},"finish_reason":null}]}

data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-x-2026","choices":[{"index":0,"delta":{"content":"Welt"},"finish_reason":null}]}

data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-x-2026","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-x-2026","choices":[],"usage":{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,"prompt_tokens_details":{"cached_tokens":1920,"cache_write_tokens":64},"completion_tokens_details":{"reasoning_tokens":192}}}

data: [DONE]

`

// openaiParams is a request in the SDK's words.
func openaiParams(t *testing.T, q question, official bool) sdk.ChatCompletionNewParams {
	t.Helper()
	r := q.request
	p := sdk.ChatCompletionNewParams{Model: "gpt-x", StreamOptions: sdk.ChatCompletionStreamOptionsParam{IncludeUsage: sdk.Bool(true)}}
	rest := r.Blocks
	if len(rest) > 1 && official {
		p.Messages = append(p.Messages, sdk.SystemMessage([]sdk.ChatCompletionContentPartTextParam{{Text: rest[0].Text}}))
		rest = rest[1:]
	} else if len(rest) > 1 {
		p.Messages = append(p.Messages, sdk.SystemMessage(rest[0].Text))
		rest = rest[1:]
	}
	var parts []sdk.ChatCompletionContentPartUnionParam
	text := ""
	for i, b := range rest {
		parts = append(parts, sdk.TextContentPart(b.Text))
		if i > 0 {
			text += "\n"
		}
		text += b.Text
	}
	if official {
		p.Messages = append(p.Messages, sdk.UserMessage(parts))
		p.PromptCacheKey = sdk.String("245ecb4dd174fe11a77ee0aefc465555")
	} else {
		p.Messages = append(p.Messages, sdk.UserMessage(text))
	}
	if r.MaxTokens > 0 && official {
		p.MaxCompletionTokens = sdk.Int(int64(r.MaxTokens))
	} else if r.MaxTokens > 0 {
		p.MaxTokens = sdk.Int(int64(r.MaxTokens))
	}
	if r.Temperature > 0 {
		p.Temperature = sdk.Float(r.Temperature)
	}
	if r.Seed > 0 {
		p.Seed = sdk.Int(int64(r.Seed))
	}
	if q.schema != "" {
		p.ResponseFormat.OfJSONSchema = &shared.ResponseFormatJSONSchemaParam{JSONSchema: shared.ResponseFormatJSONSchemaJSONSchemaParam{
			Name: "answer", Strict: sdk.Bool(true), Schema: object(t, strictSchema),
		}}
	}
	return p
}

func TestOpenAI(t *testing.T) {
	base, last := recorder(t, openaiAnswer)
	client := sdk.NewClient(option.WithBaseURL(base+"/v1"), option.WithAPIKey(secret), option.WithMaxRetries(0))
	var found []Difference
	for name, q := range questions() {
		for way, official := range map[string]bool{"OpenAI": true, "others": false} {
			t.Run(name+", "+way, func(t *testing.T) {
				stream := client.Chat.Completions.NewStreaming(t.Context(), openaiParams(t, q, official))
				acc, usage := sdk.ChatCompletionAccumulator{}, sdk.CompletionUsage{}
				for stream.Next() {
					acc.AddChunk(stream.Current())
					usage = stream.Current().Usage
				}
				if err := stream.Err(); err != nil {
					t.Fatal(err)
				}
				theirs := last()
				q.caps.Provider, q.caps.Model = "openai", "gpt-x"
				m := &openai.Model{Client: http.DefaultClient, Base: base + "/v1", Key: secret, Official: official, Ability: q.caps}
				got, err := m.Stream(t.Context(), q.request, nil)
				if err != nil {
					t.Fatal(err)
				}
				found = append(found, equal(t, "openai", last(), theirs)...)
				u := usage // the SDK's accumulator forgets what was written to the cache
				want := llm.Result{
					Text: acc.Choices[0].Message.Content, Finish: llm.Finish(acc.Choices[0].FinishReason), Provider: "openai", Model: acc.Model, ID: acc.ID,
					Usage: llm.Usage{Input: int(u.PromptTokens), CachedRead: int(u.PromptTokensDetails.CachedTokens), CachedWrite: int(u.PromptTokensDetails.CacheWriteTokens), Output: int(u.CompletionTokens), Reasoning: int(u.CompletionTokensDetails.ReasoningTokens)},
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("answer (-SDK +ours):\n%s", diff)
				}
			})
		}
	}
	needed(t, "openai", found)
}
