package fake

import (
	"net/http"
	"strconv"
	"time"

	"quire/llm"
)

func (m messages) head(a *answer) []frame {
	usage := m.usage(a.usage)
	usage["output_tokens"] = min(a.usage.Output, 1)
	message := m.message(a, []any{}, usage)
	message["stop_reason"], message["stop_details"] = nil, nil
	m.count(a, message)
	list := []frame{event("message_start", obj{"message": message})}
	index := 0
	if a.thoughts != "" {
		list = append(list, event("content_block_start", obj{"index": 0, "content_block": obj{"type": "thinking", "thinking": "", "signature": ""}}))
		for _, word := range words(a.thoughts) {
			list = append(list, event("content_block_delta", obj{"index": 0, "delta": obj{"type": "thinking_delta", "thinking": word}}))
		}
		list = append(list, event("content_block_delta", obj{"index": 0, "delta": obj{"type": "signature_delta", "signature": "ZmFrZQ=="}}),
			event("content_block_stop", obj{"index": 0}))
		index = 1
	}
	if a.strange {
		list = append(list, event("content_note", obj{"note": "nobody knows this"}))
	}
	if a.spoken() == "" {
		return list
	}
	list = append(list, event("content_block_start", obj{"index": index, "content_block": obj{"type": "text", "text": ""}}), event("ping", obj{}))
	for _, word := range words(a.no) {
		list = append(list, m.piece(a, word))
	}
	return list
}

// event is a frame whose name stands in its data too.
func event(name string, data obj) frame {
	data["type"] = name
	return frame{event: name, data: data}
}

func (messages) piece(a *answer, text string) frame {
	delta := obj{"type": "text_delta", "text": text}
	data := obj{"index": a.index(), "delta": delta}
	if a.strange {
		delta["x_mood"], data["x_unheard_of"] = "curious", []any{1, "two", nil}
	}
	return event("content_block_delta", data)
}

// index is the place of the text among the parts of the answer.
func (a *answer) index() int {
	if a.thoughts != "" {
		return 1
	}
	return 0
}

// spoken is all that the answer says.
func (a *answer) spoken() string { return a.no + a.text }

func (m messages) tail(a *answer) []frame {
	var list []frame
	if a.spoken() != "" {
		list = append(list, event("content_block_stop", obj{"index": a.index()}))
	}
	delta := obj{"stop_reason": m.finish(a), "stop_sequence": nil, "stop_details": m.details(a), "container": nil}
	usage := m.usage(a.usage)
	for _, name := range []string{"cache_creation", "service_tier", "inference_geo", "speed"} {
		delete(usage, name)
	}
	last := obj{"delta": delta, "usage": usage}
	m.count(a, last)
	return append(list, event("message_delta", last), event("message_stop", obj{}))
}

// count tells the usage in the way that the script wants.
func (messages) count(a *answer, where obj) {
	switch a.counting {
	case "null":
		where["usage"] = nil
	case "absent":
		delete(where, "usage")
	}
}

// usage is the usage as Anthropic tells it: what was read from a cache or
// written to one is not among the input tokens.
func (messages) usage(u llm.Usage) obj {
	return obj{
		"input_tokens": u.Input - u.CachedRead - u.CachedWrite, "output_tokens": u.Output,
		"cache_read_input_tokens": u.CachedRead, "cache_creation_input_tokens": u.CachedWrite,
		"cache_creation":        obj{"ephemeral_5m_input_tokens": u.CachedWrite - u.CachedHour, "ephemeral_1h_input_tokens": u.CachedHour},
		"output_tokens_details": obj{"thinking_tokens": u.Reasoning},
		"server_tool_use":       nil, "service_tier": "standard", "inference_geo": "not_available", "speed": "standard",
	}
}

func (messages) finish(a *answer) string {
	switch a.finish {
	case llm.Length:
		return "max_tokens"
	case llm.Refused:
		return "refusal"
	default:
		return "end_turn"
	}
}

func (messages) details(a *answer) any {
	if a.finish != llm.Refused {
		return nil
	}
	return obj{"type": "refusal", "category": nil, "explanation": nil}
}

func (m messages) message(a *answer, content []any, usage obj) obj {
	data := obj{
		"id": "msg_" + a.id, "type": "message", "role": "assistant", "model": a.model, "content": content, "container": nil, "diagnostics": nil,
		"stop_reason": m.finish(a), "stop_sequence": nil, "stop_details": m.details(a), "usage": usage,
	}
	if a.strange {
		data["x_unheard_of"] = obj{"nested": []any{1, "two", nil}}
	}
	return data
}

func (m messages) whole(a *answer) obj {
	content := []any{}
	if a.thoughts != "" {
		content = append(content, obj{"type": "thinking", "thinking": a.thoughts, "signature": "ZmFrZQ=="})
	}
	if text := a.spoken(); text != "" {
		content = append(content, obj{"type": "text", "text": text, "citations": nil})
	}
	data := m.message(a, content, m.usage(a.usage))
	m.count(a, data)
	return data
}

func (messages) counted(tokens int) obj { return obj{"input_tokens": tokens} }

func (messages) allowed(h http.Header, m allowances) {
	for name, a := range map[string]llm.Allowance{"Requests": m.Requests, "Tokens": m.Tokens, "Input-Tokens": m.Input, "Output-Tokens": m.Output} {
		if a.Most > 0 {
			h.Set("Anthropic-Ratelimit-"+name+"-Limit", strconv.Itoa(a.Most))
			h.Set("Anthropic-Ratelimit-"+name+"-Remaining", strconv.Itoa(a.Left))
			h.Set("Anthropic-Ratelimit-"+name+"-Reset", time.Now().Add(a.Reset).UTC().Format(time.RFC3339))
		}
	}
}

// anthropicKinds are the types of errors by their status; any other 4xx is an
// invalid request, any other 5xx the provider's own fault.
var anthropicKinds = map[int]string{
	http.StatusUnauthorized: "authentication_error", http.StatusPaymentRequired: "billing_error", http.StatusForbidden: "permission_error",
	http.StatusNotFound: "not_found_error", http.StatusRequestEntityTooLarge: "request_too_large", http.StatusTooManyRequests: "rate_limit_error",
	http.StatusGatewayTimeout: "timeout_error", statusOverloaded: "overloaded_error",
}

// statusOverloaded is Anthropic's own.
const statusOverloaded = 529

func (messages) failure(f refusal, id string) obj {
	kind := anthropicKinds[f.status]
	if kind == "" {
		kind = "invalid_request_error"
		if f.status >= 500 {
			kind = "api_error"
		}
	}
	return obj{"type": "error", "error": obj{"type": kind, "message": f.message}, "request_id": "req_" + id}
}

func (m messages) broken(form, id string) frame {
	f := map[string]refusal{
		"overloaded": {status: statusOverloaded, message: "Overloaded"},
		"rate_limit": {status: http.StatusTooManyRequests, message: "This request would exceed your account's rate limit. Please try again later."},
		"api":        {status: http.StatusInternalServerError, message: "Internal server error"},
	}[form]
	return frame{event: "error", data: m.failure(f, id)}
}

func (messages) noKey(given string) refusal {
	if given == "" {
		return refusal{status: http.StatusUnauthorized, message: "x-api-key header is required"}
	}
	return refusal{status: http.StatusUnauthorized, message: "invalid x-api-key"}
}

func (messages) noModel(name string) refusal {
	return refusal{status: http.StatusNotFound, message: "model: " + name}
}

// noCredit is a 400 at Anthropic; its 402 is about the payment itself.
func (messages) noCredit() refusal {
	return refusal{status: http.StatusBadRequest, message: "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits."}
}
