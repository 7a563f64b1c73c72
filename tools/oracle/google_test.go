package oracle

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
	sdk "google.golang.org/genai"

	"quire/llm"
	"quire/llm/google"
)

const googleAnswer = "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hm\",\"thought\":true},{\"text\":\"Grüße, \"}],\"role\":\"model\"},\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":2000},\"modelVersion\":\"gemini-x-001\",\"responseId\":\"r1\"}\r\n\r\n" +
	"data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Welt\"}],\"role\":\"model\"},\"finishReason\":\"STOP\",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":2000,\"cachedContentTokenCount\":1500,\"candidatesTokenCount\":300,\"thoughtsTokenCount\":200,\"totalTokenCount\":2500},\"modelVersion\":\"gemini-x-001\",\"responseId\":\"r1\"}\r\n\r\n"

// googleParams is a request in the SDK's words.
func googleParams(t *testing.T, q question) ([]*sdk.Content, *sdk.GenerateContentConfig) {
	t.Helper()
	r := q.request
	c := &sdk.GenerateContentConfig{MaxOutputTokens: int32(r.MaxTokens)}
	rest := r.Blocks
	if len(rest) > 1 {
		c.SystemInstruction = &sdk.Content{Parts: []*sdk.Part{{Text: rest[0].Text}}}
		rest = rest[1:]
	}
	var parts []*sdk.Part
	for _, b := range rest {
		parts = append(parts, &sdk.Part{Text: b.Text})
	}
	if r.Temperature > 0 {
		c.Temperature = sdk.Ptr(float32(r.Temperature))
	}
	if r.Seed > 0 {
		c.Seed = sdk.Ptr(int32(r.Seed))
	}
	if q.schema != "" {
		c.ResponseMIMEType, c.ResponseJsonSchema = "application/json", object(t, plainSchema)
	}
	return []*sdk.Content{{Role: "user", Parts: parts}}, c
}

func TestGoogle(t *testing.T) {
	base, last := recorder(t, googleAnswer)
	client, err := sdk.NewClient(t.Context(), &sdk.ClientConfig{APIKey: secret, Backend: sdk.BackendGeminiAPI, HTTPOptions: sdk.HTTPOptions{BaseURL: base}})
	if err != nil {
		t.Fatal(err)
	}
	var found []Difference
	for name, q := range questions() {
		t.Run(name, func(t *testing.T) {
			contents, config := googleParams(t, q)
			want := llm.Result{Provider: "google"}
			for part, err := range client.Models.GenerateContentStream(t.Context(), "gemini-x", contents, config) {
				if err != nil {
					t.Fatal(err)
				}
				u := part.UsageMetadata
				want.Text += part.Text()
				want.Model, want.ID = part.ModelVersion, part.ResponseID
				want.Usage = llm.Usage{Input: int(u.PromptTokenCount), CachedRead: int(u.CachedContentTokenCount), Output: int(u.CandidatesTokenCount + u.ThoughtsTokenCount), Reasoning: int(u.ThoughtsTokenCount)}
				if part.Candidates[0].FinishReason == sdk.FinishReasonStop {
					want.Finish = llm.Stop
				}
			}
			theirs := last()
			q.caps.Provider, q.caps.Model = "google", "gemini-x"
			m := &google.Model{Client: http.DefaultClient, Base: base, Key: secret, Ability: q.caps}
			got, err := m.Stream(t.Context(), q.request, nil)
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, equal(t, "google", last(), theirs)...)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("answer (-SDK +ours):\n%s", diff)
			}
		})
	}
	needed(t, "google", found)
}
