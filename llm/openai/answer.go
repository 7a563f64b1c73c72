package openai

import (
	"encoding/json"

	"quire/llm"
	"quire/llm/wire"
)

// answer reads the chunks of a stream. Its terminator is a finish reason; usage
// comes after it, and [DONE] last, if at all.
type answer struct {
	wire.Answer
	refused bool
}

type chunk struct {
	ID      string `json:"id"`
	Model   string `json:"model"`
	Choices []struct {
		Index int `json:"index"`
		Delta struct {
			Content string `json:"content"`
			Refusal string `json:"refusal"`
		} `json:"delta"`
		Finish string `json:"finish_reason"`
	} `json:"choices"`
	Usage *usage          `json:"usage"`
	Error json.RawMessage `json:"error"`
}

type usage struct {
	Input  int `json:"prompt_tokens"`
	Output int `json:"completion_tokens"`
	Hit    int `json:"prompt_cache_hit_tokens"` // DeepSeek's name for Cached
	In     struct {
		Cached  int `json:"cached_tokens"`
		Written int `json:"cache_write_tokens"`
	} `json:"prompt_tokens_details"`
	Out struct {
		Reasoning int `json:"reasoning_tokens"`
	} `json:"completion_tokens_details"`
}

// Whole reports whether a finish reason came.
func (a *answer) Whole() bool { return a.Result.Finish != "" }

// Read takes in a chunk.
func (a *answer) Read(e wire.Event) error {
	if string(e.Data) == "[DONE]" {
		return wire.ErrEnd
	}
	if len(e.Data) == 0 {
		return nil
	}
	if e.Name == "error" {
		return wire.Complaint(e.Data)
	}
	var c chunk
	if err := json.Unmarshal(e.Data, &c); err != nil {
		return wire.Garbled(err)
	}
	if c.complains() {
		return wire.Complaint(e.Data)
	}
	if c.ID != "" {
		a.Result.ID = c.ID
	}
	if c.Model != "" {
		a.Result.Model = c.Model
	}
	if c.Usage != nil {
		a.Result.Usage = c.Usage.tokens()
	}
	return a.choices(c)
}

// complains reports whether a chunk is an error, in one of the ways in which
// servers say so.
func (c chunk) complains() bool {
	return len(c.Error) > 0 && string(c.Error) != "null" || c.ID == "" && c.Choices == nil && c.Usage == nil
}

func (a *answer) choices(c chunk) error {
	for _, choice := range c.Choices {
		if choice.Index != 0 {
			continue
		}
		a.refused = a.refused || choice.Delta.Refusal != ""
		if err := a.Say(choice.Delta.Content); err != nil {
			return err
		}
		if choice.Finish == "" {
			continue
		}
		finish, ok := finishes[choice.Finish]
		if !ok {
			return wire.BrokenOff(choice.Finish)
		}
		if a.refused {
			finish = llm.Refused
		}
		a.Result.Finish = finish
	}
	return nil
}

// finishes sorts the finish reasons of OpenAI and of those who follow it.
var finishes = map[string]llm.Finish{
	"stop":           llm.Stop,
	"eos":            llm.Stop,
	"eos_token":      llm.Stop,
	"end_turn":       llm.Stop,
	"stop_sequence":  llm.Stop,
	"length":         llm.Length,
	"max_tokens":     llm.Length,
	"content_filter": llm.Refused,
}

func (u usage) tokens() llm.Usage {
	return llm.Usage{Input: u.Input, CachedRead: max(u.In.Cached, u.Hit), CachedWrite: u.In.Written, Output: u.Output, Reasoning: u.Out.Reasoning}
}
