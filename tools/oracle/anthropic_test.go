package oracle

import (
	"net/http"
	"strings"
	"testing"

	sdk "github.com/anthropics/anthropic-sdk-go"
	"github.com/anthropics/anthropic-sdk-go/option"
	"github.com/google/go-cmp/cmp"

	"quire/llm"
	"quire/llm/anthropic"
)

// plainSchema is the table's schema for providers who keep optional properties.
const plainSchema = `{"type":"object","properties":{"title":{"type":"string"},"parts":{"type":"array","items":{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":false}}},"required":["title"],"additionalProperties":false}`

var anthropicAnswer = named(
	`{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-x-2026","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":100,"cache_creation_input_tokens":500,"cache_read_input_tokens":2000,"cache_creation":{"ephemeral_5m_input_tokens":200,"ephemeral_1h_input_tokens":300},"output_tokens":1}}}`,
	`{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}`,
	`{"type":"ping"}`,
	`{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Grüße, "}}`,
	`{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Welt"}}`,
	`{"type":"content_block_stop","index":0}`,
	`{"type":"message_delta","delta":{"stop_reason":"max_tokens","stop_sequence":null},"usage":{"input_tokens":100,"cache_creation_input_tokens":500,"cache_read_input_tokens":2000,"output_tokens":300,"output_tokens_details":{"thinking_tokens":120}}}`,
	`{"type":"message_stop"}`,
)

// named is a stream of events with the names that are in their data.
func named(data ...string) string {
	var out strings.Builder
	for _, d := range data {
		_, rest, _ := strings.Cut(d, `"type":"`)
		name, _, _ := strings.Cut(rest, `"`)
		out.WriteString("event: " + name + "\ndata: " + d + "\n\n")
	}
	return out.String()
}

// anthropicParams is a request in the SDK's words.
func anthropicParams(t *testing.T, q question) sdk.MessageNewParams {
	t.Helper()
	r := q.request
	p := sdk.MessageNewParams{Model: "claude-x", MaxTokens: int64(q.caps.MaxOutput)}
	if r.MaxTokens > 0 {
		p.MaxTokens = int64(r.MaxTokens)
	}
	rest := r.Blocks
	if len(rest) > 1 {
		p.System = []sdk.TextBlockParam{{Text: rest[0].Text}}
		rest = rest[1:]
	}
	var parts []sdk.ContentBlockParamUnion
	for _, b := range rest {
		part := sdk.NewTextBlock(b.Text)
		if b.Mark != llm.NoMark {
			mark := sdk.NewCacheControlEphemeralParam()
			mark.TTL = sdk.CacheControlEphemeralTTL(b.Mark)
			part.OfText.CacheControl = mark
		}
		parts = append(parts, part)
	}
	p.Messages = []sdk.MessageParam{sdk.NewUserMessage(parts...)}
	if r.Temperature > 0 {
		p.Temperature = sdk.Float(r.Temperature)
	}
	if q.schema != "" {
		p.OutputConfig = sdk.OutputConfigParam{Format: sdk.JSONOutputFormatParam{Schema: object(t, plainSchema)}}
	}
	return p
}

func TestAnthropic(t *testing.T) {
	base, last := recorder(t, anthropicAnswer)
	client := sdk.NewClient(option.WithBaseURL(base), option.WithAPIKey(secret), option.WithMaxRetries(0))
	var found []Difference
	for name, q := range questions() {
		t.Run(name, func(t *testing.T) {
			stream := client.Messages.NewStreaming(t.Context(), anthropicParams(t, q))
			acc := sdk.Message{}
			for stream.Next() {
				if err := acc.Accumulate(stream.Current()); err != nil {
					t.Fatal(err)
				}
			}
			if err := stream.Err(); err != nil {
				t.Fatal(err)
			}
			theirs := last()
			q.caps.Provider, q.caps.Model = "anthropic", "claude-x"
			m := &anthropic.Model{Client: http.DefaultClient, Base: base, Key: secret, Ability: q.caps}
			got, err := m.Stream(t.Context(), q.request, nil)
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, equal(t, "anthropic", last(), theirs)...)
			u := acc.Usage
			want := llm.Result{
				Text: acc.Content[0].Text, Finish: llm.Length, Provider: "anthropic", Model: string(acc.Model), ID: acc.ID,
				Usage: llm.Usage{
					Input: int(u.InputTokens + u.CacheReadInputTokens + u.CacheCreationInputTokens), CachedRead: int(u.CacheReadInputTokens),
					CachedWrite: int(u.CacheCreationInputTokens), CachedHour: int(u.CacheCreation.Ephemeral1hInputTokens), Output: int(u.OutputTokens),
					Reasoning: int(u.OutputTokensDetails.ThinkingTokens),
				},
			}
			if acc.StopReason != sdk.StopReasonMaxTokens {
				t.Errorf("the SDK reads the reason as %q", acc.StopReason)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("answer (-SDK +ours):\n%s", diff)
			}
		})
	}
	needed(t, "anthropic", found)
}
