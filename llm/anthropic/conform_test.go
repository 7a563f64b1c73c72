package anthropic_test

import (
	"net/http"
	"testing"

	"quire/llm"
	"quire/llm/anthropic"
	"quire/llm/fake"
	"quire/llm/llmtest"
)

func TestTheAdapterConforms(t *testing.T) {
	llmtest.Run(t, llmtest.Provider{Name: "Anthropic", Route: fake.Messages, New: func(base string, key llm.Secret, client *http.Client) llm.Model {
		can := llm.Caps{Provider: "anthropic", Model: "a-model", Schema: true, Temperature: true, Seed: true, Cache: llm.Marked}
		return &anthropic.Model{Client: client, Base: base, Key: key, Ability: can}
	}})
}
