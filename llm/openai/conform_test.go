package openai_test

import (
	"net/http"
	"testing"

	"quire/llm"
	"quire/llm/fake"
	"quire/llm/llmtest"
	"quire/llm/openai"
)

func TestTheAdapterConforms(t *testing.T) {
	llmtest.Run(t, llmtest.Provider{Name: "OpenAI", Route: fake.Chat, New: func(base string, key llm.Secret, client *http.Client) llm.Model {
		can := llm.Caps{Provider: "openai", Model: "a-model", Schema: true, Temperature: true, Seed: true, Cache: llm.Automatic}
		return &openai.Model{Client: client, Base: base + "/v1", Key: key, Ability: can, Official: true}
	}})
}

func TestItConformsToServersThatSpeakLikeOpenAI(t *testing.T) {
	for name, can := range map[string]llm.Caps{
		"with a schema":    {Provider: "openai", Model: "a-model", Schema: true, Temperature: true, Seed: true},
		"without a schema": {Provider: "openai", Model: "a-model"},
	} {
		t.Run(name, func(t *testing.T) {
			llmtest.Run(t, llmtest.Provider{Name: "Acme", Route: fake.Chat, New: func(base string, key llm.Secret, client *http.Client) llm.Model {
				return &openai.Model{Client: client, Base: base + "/v1", Key: key, Name: "Acme", Ability: can}
			}})
		})
	}
}
