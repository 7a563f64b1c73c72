package google

import (
	"encoding/json"

	"quire/llm"
	"quire/llm/wire"
)

// answer reads the parts of a stream. Its terminator is a finish reason, or the
// reason why the question was blocked.
type answer struct {
	wire.Answer
}

type chunk struct {
	ID         string `json:"responseId"`
	Model      string `json:"modelVersion"`
	Candidates []struct {
		Index   int `json:"index"`
		Content struct {
			Parts []struct {
				Text    string `json:"text"`
				Thought bool   `json:"thought"`
			} `json:"parts"`
		} `json:"content"`
		Finish string `json:"finishReason"`
	} `json:"candidates"`
	Feedback struct {
		Block string `json:"blockReason"`
	} `json:"promptFeedback"`
	Usage *usage          `json:"usageMetadata"`
	Error json.RawMessage `json:"error"`
}

type usage struct {
	Input    int `json:"promptTokenCount"` // with the cached ones
	Cached   int `json:"cachedContentTokenCount"`
	Output   int `json:"candidatesTokenCount"` // without the thoughts
	Thoughts int `json:"thoughtsTokenCount"`
}

// Whole reports whether a finish reason came.
func (a *answer) Whole() bool { return a.Result.Finish != "" }

// Read takes in a part.
func (a *answer) Read(e wire.Event) error {
	if len(e.Data) == 0 {
		return nil
	}
	var c chunk
	if err := json.Unmarshal(e.Data, &c); err != nil {
		return wire.Garbled(err)
	}
	if e.Name == "error" || len(c.Error) > 0 && string(c.Error) != "null" {
		return wire.Complaint(e.Data)
	}
	if c.ID != "" {
		a.Result.ID = c.ID
	}
	if c.Model != "" {
		a.Result.Model = c.Model
	}
	if u := c.Usage; u != nil {
		a.Result.Usage = llm.Usage{Input: u.Input, CachedRead: u.Cached, Output: u.Output + u.Thoughts, Reasoning: u.Thoughts}
	}
	if c.Feedback.Block != "" {
		a.Result.Finish = llm.Refused
	}
	return a.candidates(c)
}

func (a *answer) candidates(c chunk) error {
	for _, candidate := range c.Candidates {
		if candidate.Index != 0 {
			continue
		}
		for _, p := range candidate.Content.Parts {
			if p.Thought {
				continue
			}
			if err := a.Say(p.Text); err != nil {
				return err
			}
		}
		if candidate.Finish == "" {
			continue
		}
		finish, ok := finishes[candidate.Finish]
		if !ok {
			return wire.BrokenOff(candidate.Finish)
		}
		a.Result.Finish = finish
	}
	return nil
}

// finishes sorts the finish reasons of text. Those that are not here leave an
// answer unfinished.
var finishes = map[string]llm.Finish{
	"STOP":               llm.Stop,
	"MAX_TOKENS":         llm.Length,
	"SAFETY":             llm.Refused,
	"RECITATION":         llm.Refused,
	"LANGUAGE":           llm.Refused,
	"BLOCKLIST":          llm.Refused,
	"PROHIBITED_CONTENT": llm.Refused,
	"SPII":               llm.Refused,
}
