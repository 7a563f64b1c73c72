package google_test

import (
	"net/http"
	"testing"

	"quire/llm"
	"quire/llm/fake"
	"quire/llm/google"
	"quire/llm/llmtest"
)

func TestTheAdapterConforms(t *testing.T) {
	llmtest.Run(t, llmtest.Provider{Name: "Google", Route: fake.Generate, New: func(base string, key llm.Secret, client *http.Client) llm.Model {
		can := llm.Caps{Provider: "google", Model: "a-model", Schema: true, Temperature: true, Seed: true, Cache: llm.Automatic}
		return &google.Model{Client: client, Base: base, Key: key, Ability: can}
	}})
}
