// Package google speaks the generateContent of Google's Gemini API.
package google

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"quire/llm"
	"quire/llm/wire"
)

// Base is Google's own address.
const Base = "https://generativelanguage.googleapis.com"

// Model is one model of Google's.
type Model struct {
	Client  *http.Client  // required; see wire.NewTransport
	Base    string        // URL without /v1beta; "" is Google's
	Key     llm.Secret    // "" sends none
	Ability llm.Caps      // names the model that is asked
	First   time.Duration // until the first byte of an answer; 0 is five minutes
	Idle    time.Duration // between two bytes; 0 is one minute
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
	head, err := m.server().Stream(ctx, m.path()+":streamGenerateContent?alt=sse", q, a)
	return a.With(head), err
}

// Check asks whether Google answers with this key and has this model. It costs
// nothing.
func (m *Model) Check(ctx context.Context) error {
	s := m.server()
	var one struct {
		Name string `json:"name"`
	}
	if err := s.Get(ctx, m.path(), &one); err != nil {
		return err
	}
	if one.Name == "" {
		return s.Stranger()
	}
	return nil
}

// path is where the model is. The key is never part of it.
func (m *Model) path() string {
	return "/v1beta/models/" + url.PathEscape(strings.TrimPrefix(m.Ability.Model, "models/"))
}

func (m *Model) server() wire.Server {
	s := wire.Server{
		Client: m.Client, Name: "Google", Base: strings.TrimRight(m.Base, "/"), Model: m.Ability.Model, Key: m.Key,
		Header:  http.Header{},
		KeyName: "GOOGLE_AI_API_KEY", BaseName: "GOOGLE_BASE_URL, which has no /v1beta", First: m.First, Idle: m.Idle,
	}
	if s.Base == "" {
		s.Base = Base
	}
	if m.Key != "" {
		s.Header.Set("X-Goog-Api-Key", m.Key.Reveal())
	}
	return s
}
