// Package openai speaks OpenAI's Chat Completions: to OpenAI itself, and to the
// many servers that speak like it (Ollama, llama.cpp, vLLM, LM Studio,
// OpenRouter, DeepSeek), also without a key.
package openai

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"quire/llm"
	"quire/llm/wire"
)

// Base is OpenAI's own address.
const Base = "https://api.openai.com/v1"

// Model is one model of OpenAI's or of a server that speaks like it.
type Model struct {
	Client   *http.Client  // required; see wire.NewTransport
	Base     string        // URL with /v1 or what stands for it; "" is OpenAI's
	Key      llm.Secret    // "" sends none
	Ability  llm.Caps      // names the model that is asked
	Official bool          // speak as OpenAI does now; others get what all understand
	Name     string        // as people know the provider; "" is OpenAI, or the host of Base
	First    time.Duration // until the first byte of an answer; 0 is five minutes
	Idle     time.Duration // between two bytes; 0 is one minute
}

// Caps is the model's Ability.
func (m *Model) Caps() llm.Caps { return m.Ability }

// Stream asks the model, once.
func (m *Model) Stream(ctx context.Context, r llm.Request, on func(llm.Chunk) error) (llm.Result, error) {
	a := &answer{Answer: wire.Answer{On: on, Result: llm.Result{Provider: m.Ability.Provider, Model: m.Ability.Model}}}
	q, err := m.question(r)
	if err != nil {
		return a.Result, err
	}
	head, err := m.server().Stream(ctx, "/chat/completions", q, a)
	return a.With(head), err
}

// Check asks whether the provider answers with this key and has this model. It
// costs nothing.
func (m *Model) Check(ctx context.Context) error {
	s := m.server()
	if m.Official {
		var one listed
		if err := s.Get(ctx, "/models/"+url.PathEscape(m.Ability.Model), &one); err != nil {
			return err
		}
		if one.ID == "" {
			return s.Stranger()
		}
		return nil
	}
	var all struct {
		Data *[]listed `json:"data"`
	}
	if err := s.Get(ctx, "/models", &all); err != nil {
		return err
	}
	if all.Data == nil {
		return s.Stranger()
	}
	if !slices.ContainsFunc(*all.Data, m.is) {
		return s.UnknownModel()
	}
	return nil
}

// listed is a model in a server's list.
type listed struct {
	ID    string `json:"id"`
	Owner string `json:"owned_by"`
}

// is reports whether a listed model is the one that is asked. Ollama lists tags
// with the name; llama.cpp has one model and answers to any name.
func (m *Model) is(l listed) bool {
	return l.ID == m.Ability.Model || strings.TrimSuffix(l.ID, ":latest") == m.Ability.Model || l.Owner == "llamacpp"
}

func (m *Model) server() wire.Server {
	s := wire.Server{
		Client: m.Client, Name: m.Name, Base: strings.TrimRight(m.Base, "/"), Model: m.Ability.Model, Key: m.Key,
		Header: http.Header{}, KeyName: "OPENAI_API_KEY", BaseName: "OPENAI_BASE_URL", First: m.First, Idle: m.Idle,
	}
	if s.Base == "" {
		s.Base = Base
	}
	if s.Name == "" {
		s.Name = m.name(s.Base)
	}
	if m.Key != "" {
		s.Header.Set("Authorization", "Bearer "+m.Key.Reveal())
	}
	return s
}

// name is how people know the server behind an address.
func (m *Model) name(base string) string {
	if m.Official {
		return "OpenAI"
	}
	if at, err := url.Parse(base); err == nil && at.Host != "" {
		return at.Host
	}
	return "the model server"
}
