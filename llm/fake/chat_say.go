package fake

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"quire/llm"
)

// chunk is one chat.completion.chunk.
func (chat) chunk(a *answer, delta obj, finish any) frame {
	data := obj{
		"id": "chatcmpl-" + a.id, "object": "chat.completion.chunk", "created": a.at.Unix(), "model": a.model,
		"service_tier": "default", "system_fingerprint": "fp_fake",
		"choices": []any{obj{"index": 0, "delta": delta, "logprobs": nil, "finish_reason": finish}},
	}
	if a.asked && a.counting != "absent" {
		data["usage"] = nil
	}
	if a.strange {
		data["x_unheard_of"] = obj{"nested": []any{1, "two", nil}}
		delta["x_mood"] = "curious"
	}
	return frame{data: data}
}

func (c chat) head(a *answer) []frame {
	list := []frame{c.chunk(a, obj{"role": "assistant", "content": "", "refusal": nil}, nil)}
	if a.strange {
		list = append(list, frame{raw: ": a comment that keeps the line open"}, frame{raw: "id: 7\nretry: 3000"},
			frame{data: obj{"object": "chat.completion.note", "choices": []any{}, "note": "nobody knows this"}})
	}
	for _, word := range words(a.thoughts) {
		list = append(list, c.chunk(a, obj{"reasoning_content": word}, nil))
	}
	for _, word := range words(a.no) {
		list = append(list, c.chunk(a, obj{"refusal": word}, nil))
	}
	return list
}

func (c chat) piece(a *answer, text string) frame { return c.chunk(a, obj{"content": text}, nil) }

func (c chat) tail(a *answer) []frame {
	list := []frame{c.chunk(a, obj{}, c.finish(a))}
	if a.asked && a.counting != "absent" {
		last := c.chunk(a, obj{}, nil)
		last.data["choices"] = []any{}
		if a.counting == "" {
			last.data["usage"] = details(a.usage)
		}
		list = append(list, last)
	}
	return append(list, frame{raw: "data: [DONE]"})
}

func (chat) finish(a *answer) string {
	switch {
	case a.finish == llm.Length:
		return "length"
	case a.finish == llm.Refused && a.no == "":
		return "content_filter"
	default:
		return "stop"
	}
}

func (c chat) whole(a *answer) obj {
	message := obj{"role": "assistant", "content": a.text, "refusal": nil, "annotations": []any{}}
	if a.thoughts != "" {
		message["reasoning_content"] = a.thoughts
	}
	if a.no != "" {
		message["content"], message["refusal"] = nil, a.no
	}
	data := obj{
		"id": "chatcmpl-" + a.id, "object": "chat.completion", "created": a.at.Unix(), "model": a.model,
		"service_tier": "default", "system_fingerprint": "fp_fake", "usage": details(a.usage),
		"choices": []any{obj{"index": 0, "message": message, "logprobs": nil, "finish_reason": c.finish(a)}},
	}
	switch a.counting {
	case "null":
		data["usage"] = nil
	case "absent":
		delete(data, "usage")
	}
	if a.strange {
		data["x_unheard_of"] = obj{"nested": []any{1, "two", nil}}
	}
	return data
}

// counted is never asked for: OpenAI counts no tokens over this wire.
func (chat) counted(tokens int) obj { return obj{"input_tokens": tokens} }

func (chat) allowed(h http.Header, m allowances) {
	for name, a := range map[string]llm.Allowance{"requests": m.Requests, "tokens": m.Tokens} {
		if a.Most > 0 {
			h.Set("X-Ratelimit-Limit-"+name, strconv.Itoa(a.Most))
			h.Set("X-Ratelimit-Remaining-"+name, strconv.Itoa(a.Left))
			h.Set("X-Ratelimit-Reset-"+name, a.Reset.Round(time.Millisecond).String())
		}
	}
}

func (chat) failure(f refusal, _ string) obj {
	kind, code := f.kind, any(f.code)
	if kind == "" {
		switch {
		case f.status == http.StatusTooManyRequests:
			kind = "requests"
		case f.status >= 500:
			kind = "server_error"
		default:
			kind = "invalid_request_error"
		}
	}
	if f.code == "" {
		code = nil
	}
	var param any
	if f.param != "" {
		param = f.param
	}
	return obj{"error": obj{"message": f.message, "type": kind, "param": param, "code": code}}
}

func (c chat) broken(form, id string) frame {
	switch form {
	case "rate_limit":
		return frame{data: c.failure(refusal{status: http.StatusTooManyRequests, message: "Rate limit reached.", kind: "tokens", code: "rate_limit_exceeded"}, id)}
	case "overloaded":
		return frame{data: c.failure(refusal{status: http.StatusServiceUnavailable, message: "The server is currently overloaded with other requests. Sorry about that!", code: "server_overloaded"}, id)}
	default:
		return frame{data: c.failure(refusal{status: http.StatusInternalServerError, message: "The server had an error while processing your request. Sorry about that!"}, id)}
	}
}

func (chat) noKey(given string) refusal {
	if given == "" {
		return refusal{status: http.StatusUnauthorized, message: "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY)."}
	}
	return refusal{status: http.StatusUnauthorized, code: "invalid_api_key", message: "Incorrect API key provided: " + masked(given) + ". You can find your API key at https://platform.openai.com/account/api-keys."}
}

// masked is a key as OpenAI repeats it: a few letters at both ends.
func masked(key string) string {
	if len(key) < 12 {
		return "***"
	}
	return key[:4] + "****" + key[len(key)-4:]
}

func (chat) noModel(name string) refusal {
	return refusal{status: http.StatusNotFound, code: "model_not_found", message: fmt.Sprintf("The model `%s` does not exist or you do not have access to it.", name)}
}

func (chat) noCredit() refusal {
	return refusal{status: http.StatusTooManyRequests, kind: "insufficient_quota", code: "insufficient_quota",
		message: "You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors."}
}

// details is the usage as OpenAI tells it.
func details(u llm.Usage) obj {
	return obj{
		"prompt_tokens": u.Input, "completion_tokens": u.Output, "total_tokens": u.Input + u.Output,
		"prompt_tokens_details":     obj{"cached_tokens": u.CachedRead, "cache_write_tokens": u.CachedWrite, "audio_tokens": 0},
		"completion_tokens_details": obj{"reasoning_tokens": u.Reasoning, "audio_tokens": 0, "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0},
	}
}
