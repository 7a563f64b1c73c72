package anthropic

import (
	"encoding/json"

	"quire/llm"
	"quire/llm/wire"
)

// answer reads the events of a message. Its terminator is message_stop.
type answer struct {
	wire.Answer
	usage  usage
	finish llm.Finish
	whole  bool
}

type event struct {
	Type    string `json:"type"`
	Message struct {
		ID    string          `json:"id"`
		Model string          `json:"model"`
		Usage json.RawMessage `json:"usage"`
	} `json:"message"`
	Delta struct {
		Type   string `json:"type"`
		Text   string `json:"text"`
		Reason string `json:"stop_reason"`
	} `json:"delta"`
	Block struct {
		Type string `json:"type"`
		Text string `json:"text"`
	} `json:"content_block"`
	Usage json.RawMessage `json:"usage"`
}

// usage is read over itself: what a later event does not say stays.
type usage struct {
	Fresh    int `json:"input_tokens"` // neither read from a cache nor written to one
	Read     int `json:"cache_read_input_tokens"`
	Written  int `json:"cache_creation_input_tokens"`
	Creation struct {
		Hour int `json:"ephemeral_1h_input_tokens"`
	} `json:"cache_creation"`
	Output  int `json:"output_tokens"`
	Details struct {
		Thinking int `json:"thinking_tokens"`
	} `json:"output_tokens_details"`
}

// Whole reports whether message_stop came.
func (a *answer) Whole() bool { return a.whole }

// Read takes in an event.
func (a *answer) Read(e wire.Event) error {
	if len(e.Data) == 0 || e.Name == "ping" {
		return nil
	}
	if e.Name == "error" {
		return wire.Complaint(e.Data)
	}
	var v event
	if err := json.Unmarshal(e.Data, &v); err != nil {
		return wire.Garbled(err)
	}
	switch v.Type {
	case "error":
		return wire.Complaint(e.Data)
	case "message_start":
		a.Result.ID = v.Message.ID
		if v.Message.Model != "" {
			a.Result.Model = v.Message.Model
		}
		return a.count(v.Message.Usage)
	case "content_block_start":
		if v.Block.Type == "text" {
			return a.Say(v.Block.Text)
		}
	case "content_block_delta":
		if v.Delta.Type == "text_delta" {
			return a.Say(v.Delta.Text)
		}
	case "message_delta":
		return a.delta(v)
	case "message_stop":
		return a.stop()
	}
	return nil
}

func (a *answer) delta(v event) error {
	if err := a.count(v.Usage); err != nil {
		return err
	}
	if v.Delta.Reason == "" {
		return nil
	}
	finish, ok := finishes[v.Delta.Reason]
	if !ok {
		return wire.BrokenOff(v.Delta.Reason)
	}
	a.finish = finish
	return nil
}

func (a *answer) stop() error {
	a.whole = true
	a.Result.Finish = a.finish
	if a.finish == "" {
		a.Result.Finish = llm.Stop
	}
	return wire.ErrEnd
}

// finishes sorts the stop reasons.
var finishes = map[string]llm.Finish{
	"end_turn":                      llm.Stop,
	"stop_sequence":                 llm.Stop,
	"max_tokens":                    llm.Length,
	"model_context_window_exceeded": llm.Length,
	"refusal":                       llm.Refused,
}

// count takes in what the message has used so far.
func (a *answer) count(said json.RawMessage) error {
	if said == nil {
		return nil
	}
	u := &a.usage
	if err := json.Unmarshal(said, u); err != nil {
		return wire.Garbled(err)
	}
	a.Result.Usage = llm.Usage{
		Input: u.Fresh + u.Read + u.Written, CachedRead: u.Read, CachedWrite: u.Written, CachedHour: u.Creation.Hour,
		Output: u.Output, Reasoning: u.Details.Thinking,
	}
	return nil
}
