// Package anthropic speaks Anthropic's Messages API.
package anthropic

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"quire/llm"
	"quire/llm/wire"
)

// Base is Anthropic's own address.
const Base = "https://api.anthropic.com"

// version is the one of the API that this package speaks.
const version = "2023-06-01"

// Model is one model of Anthropic's.
type Model struct {
	Client  *http.Client  // required; see wire.NewTransport
	Base    string        // URL without /v1; "" is Anthropic's
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
	head, err := m.server().Stream(ctx, "/v1/messages", q, a)
	return a.With(head), err
}

// Check asks whether Anthropic answers with this key and has this model. It
// costs nothing.
func (m *Model) Check(ctx context.Context) error {
	s := m.server()
	var one struct {
		ID string `json:"id"`
	}
	if err := s.Get(ctx, "/v1/models/"+url.PathEscape(m.Ability.Model), &one); err != nil {
		return err
	}
	if one.ID == "" {
		return s.Stranger()
	}
	return nil
}

func (m *Model) server() wire.Server {
	s := wire.Server{
		Client: m.Client, Name: "Anthropic", Base: strings.TrimRight(m.Base, "/"), Model: m.Ability.Model, Key: m.Key,
		Header:  http.Header{"Anthropic-Version": {version}},
		KeyName: "ANTHROPIC_API_KEY", BaseName: "ANTHROPIC_BASE_URL, which has no /v1", First: m.First, Idle: m.Idle,
	}
	if s.Base == "" {
		s.Base = Base
	}
	if m.Key != "" {
		s.Header.Set("X-Api-Key", m.Key.Reveal())
	}
	return s
}
