package oracle

import (
	"flag"
	"net/http"
	"testing"

	anthropicsdk "github.com/anthropics/anthropic-sdk-go"
	anthropicoption "github.com/anthropics/anthropic-sdk-go/option"
	openaisdk "github.com/openai/openai-go/v3"
	openaioption "github.com/openai/openai-go/v3/option"
	genai "google.golang.org/genai"

	"quire/llm"
	"quire/llm/anthropic"
	"quire/llm/google"
	"quire/llm/openai"
)

// played is where `quire fake-llm` listens; make oracle starts one.
var played = flag.String("fake", "", "base URL of a running quire fake-llm, such as http://127.0.0.1:8790")

const topic = "Tell me of the sea."

// TestTheSDKsTalkToTheFake lets each SDK and our adapter ask the played
// provider the same, as a stream and at once: all of them hear the same.
func TestTheSDKsTalkToTheFake(t *testing.T) {
	if *played == "" {
		t.Skip("no fake server was named: go test -fake URL")
	}
	request := llm.Request{Book: "bk_1", Role: llm.Draft, MaxTokens: 2000, Blocks: []llm.Block{{Text: topic}}}
	for name, tt := range map[string]struct {
		model    llm.Model
		streamed func(*testing.T) string
		whole    func(*testing.T) string
	}{
		"openai":    {&openai.Model{Client: http.DefaultClient, Base: *played + "/v1", Official: true, Ability: llm.Caps{Model: "gpt-x"}}, openaiStreamed, openaiWhole},
		"anthropic": {&anthropic.Model{Client: http.DefaultClient, Base: *played, Ability: llm.Caps{Model: "claude-x"}}, anthropicStreamed, anthropicWhole},
		"google":    {&google.Model{Client: http.DefaultClient, Base: *played, Ability: llm.Caps{Model: "gemini-x"}}, googleStreamed, googleWhole},
	} {
		t.Run(name, func(t *testing.T) {
			ours, err := tt.model.Stream(t.Context(), request, nil)
			if err != nil || ours.Finish != llm.Stop || len(ours.Text) < 100 {
				t.Fatalf("we hear %q, %s (%v)", ours.Text, ours.Finish, err)
			}
			if got := tt.streamed(t); got != ours.Text {
				t.Errorf("the SDK hears %q, we %q", got, ours.Text)
			}
			if got := tt.whole(t); got != ours.Text {
				t.Errorf("the SDK hears at once %q, we %q", got, ours.Text)
			}
		})
	}
}

func openaiClient() openaisdk.Client {
	return openaisdk.NewClient(openaioption.WithBaseURL(*played+"/v1"), openaioption.WithAPIKey(secret), openaioption.WithMaxRetries(0))
}

func openaiStreamed(t *testing.T) string {
	client := openaiClient()
	acc := openaisdk.ChatCompletionAccumulator{}
	stream := client.Chat.Completions.NewStreaming(t.Context(), openaiTopic())
	for stream.Next() {
		acc.AddChunk(stream.Current())
	}
	if err := stream.Err(); err != nil || acc.Choices[0].FinishReason != "stop" {
		t.Fatalf("%+v (%v)", acc.Choices, err)
	}
	return acc.Choices[0].Message.Content
}

func openaiWhole(t *testing.T) string {
	client := openaiClient()
	got, err := client.Chat.Completions.New(t.Context(), openaiTopic())
	if err != nil || got.Usage.CompletionTokens == 0 {
		t.Fatalf("%+v (%v)", got, err)
	}
	return got.Choices[0].Message.Content
}

func openaiTopic() openaisdk.ChatCompletionNewParams {
	return openaisdk.ChatCompletionNewParams{Model: "gpt-x", MaxCompletionTokens: openaisdk.Int(2000), Messages: []openaisdk.ChatCompletionMessageParamUnion{openaisdk.UserMessage(topic)}}
}

func anthropicClient() anthropicsdk.Client {
	return anthropicsdk.NewClient(anthropicoption.WithBaseURL(*played), anthropicoption.WithAPIKey(secret), anthropicoption.WithMaxRetries(0))
}

func anthropicStreamed(t *testing.T) string {
	client := anthropicClient()
	acc := anthropicsdk.Message{}
	stream := client.Messages.NewStreaming(t.Context(), anthropicTopic())
	for stream.Next() {
		if err := acc.Accumulate(stream.Current()); err != nil {
			t.Fatal(err)
		}
	}
	if err := stream.Err(); err != nil || acc.StopReason != anthropicsdk.StopReasonEndTurn {
		t.Fatalf("%+v (%v)", acc, err)
	}
	return acc.Content[0].Text
}

func anthropicWhole(t *testing.T) string {
	client := anthropicClient()
	got, err := client.Messages.New(t.Context(), anthropicTopic())
	if err != nil || got.Usage.OutputTokens == 0 {
		t.Fatalf("%+v (%v)", got, err)
	}
	return got.Content[0].Text
}

func anthropicTopic() anthropicsdk.MessageNewParams {
	return anthropicsdk.MessageNewParams{Model: "claude-x", MaxTokens: 2000, Messages: []anthropicsdk.MessageParam{anthropicsdk.NewUserMessage(anthropicsdk.NewTextBlock(topic))}}
}

func googleClient(t *testing.T) *genai.Client {
	client, err := genai.NewClient(t.Context(), &genai.ClientConfig{APIKey: secret, Backend: genai.BackendGeminiAPI, HTTPOptions: genai.HTTPOptions{BaseURL: *played}})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func googleStreamed(t *testing.T) string {
	text := ""
	for part, err := range googleClient(t).Models.GenerateContentStream(t.Context(), "gemini-x", genai.Text(topic), &genai.GenerateContentConfig{MaxOutputTokens: 2000}) {
		if err != nil {
			t.Fatal(err)
		}
		text += part.Text()
	}
	return text
}

func googleWhole(t *testing.T) string {
	got, err := googleClient(t).Models.GenerateContent(t.Context(), "gemini-x", genai.Text(topic), &genai.GenerateContentConfig{MaxOutputTokens: 2000})
	if err != nil || got.UsageMetadata.CandidatesTokenCount == 0 {
		t.Fatalf("%+v (%v)", got, err)
	}
	return got.Text()
}
