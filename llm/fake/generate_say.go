package fake

import (
	"fmt"
	"net/http"
	"time"

	"quire/llm"
)

// chunk is one GenerateContentResponse; finish is "" but in the last one.
func (g generate) chunk(a *answer, parts []any, finish string) frame {
	candidate := obj{"content": obj{"parts": parts, "role": "model"}, "index": 0}
	if len(parts) == 0 {
		candidate["content"] = obj{"role": "model"}
	}
	if finish != "" {
		candidate["finishReason"] = finish
	}
	data := obj{"candidates": []any{candidate}, "modelVersion": a.model, "responseId": a.id}
	g.count(a, data, finish != "")
	if a.strange {
		data["xUnheardOf"], candidate["xMood"] = obj{"nested": []any{1, "two", nil}}, "curious"
	}
	return frame{data: data}
}

// count tells what was used so far, or in all.
func (generate) count(a *answer, data obj, all bool) {
	said, thought := a.said, 0
	if all {
		said, thought = a.usage.Output-a.usage.Reasoning, a.usage.Reasoning
	}
	usage := obj{
		"promptTokenCount": a.usage.Input, "totalTokenCount": a.usage.Input + said + thought,
		"promptTokensDetails": []any{obj{"modality": "TEXT", "tokenCount": a.usage.Input}},
	}
	for name, n := range map[string]int{"candidatesTokenCount": said, "thoughtsTokenCount": thought, "cachedContentTokenCount": a.usage.CachedRead} {
		if n > 0 { // Google leaves out what is 0
			usage[name] = n
		}
	}
	if a.usage.CachedRead > 0 {
		usage["cacheTokensDetails"] = []any{obj{"modality": "TEXT", "tokenCount": a.usage.CachedRead}}
	}
	switch a.counting {
	case "":
		data["usageMetadata"] = usage
	case "null":
		data["usageMetadata"] = nil
	}
}

func (g generate) head(a *answer) []frame {
	var list []frame
	for _, word := range words(a.thoughts) {
		list = append(list, g.chunk(a, []any{obj{"text": word, "thought": true}}, ""))
	}
	if a.strange {
		list = append(list, g.chunk(a, []any{obj{"xThing": obj{"a": 1}}}, ""))
	}
	return list
}

func (g generate) piece(a *answer, text string) frame {
	return g.chunk(a, []any{obj{"text": text}}, "")
}

func (g generate) tail(a *answer) []frame {
	if a.blocked {
		return []frame{{data: g.block(a)}}
	}
	if a.finish == llm.Refused {
		return []frame{g.chunk(a, nil, g.finish(a))}
	}
	return []frame{g.chunk(a, []any{obj{"text": ""}}, g.finish(a))}
}

// block is the answer to a prompt that Google did not let in.
func (g generate) block(a *answer) obj {
	data := obj{"promptFeedback": obj{"blockReason": "PROHIBITED_CONTENT"}, "modelVersion": a.model, "responseId": a.id}
	g.count(a, data, true)
	return data
}

func (generate) finish(a *answer) string {
	switch {
	case a.finish == llm.Length:
		return "MAX_TOKENS"
	case a.finish == llm.Refused && a.no != "":
		return "SAFETY"
	case a.finish == llm.Refused:
		return "PROHIBITED_CONTENT"
	default:
		return "STOP"
	}
}

func (g generate) whole(a *answer) obj {
	if a.blocked {
		return g.block(a)
	}
	var parts []any
	if a.thoughts != "" {
		parts = append(parts, obj{"text": a.thoughts, "thought": true})
	}
	if a.text != "" || a.finish == llm.Stop {
		parts = append(parts, obj{"text": a.text})
	}
	return g.chunk(a, parts, g.finish(a)).data
}

func (generate) counted(tokens int) obj {
	return obj{"totalTokens": tokens, "promptTokensDetails": []any{obj{"modality": "TEXT", "tokenCount": tokens}}}
}

// allowed says nothing: Google's answers do not tell its limits.
func (generate) allowed(http.Header, allowances) {}

// googleStatus are the names of statuses; any other 4xx is an invalid argument,
// any other 5xx internal.
var googleStatus = map[int]string{
	http.StatusUnauthorized: "UNAUTHENTICATED", http.StatusForbidden: "PERMISSION_DENIED", http.StatusNotFound: "NOT_FOUND",
	http.StatusTooManyRequests: "RESOURCE_EXHAUSTED", http.StatusServiceUnavailable: "UNAVAILABLE", http.StatusGatewayTimeout: "DEADLINE_EXCEEDED",
}

func (generate) failure(f refusal, _ string) obj {
	status := googleStatus[f.status]
	if status == "" {
		status = "INVALID_ARGUMENT"
		if f.status >= 500 {
			status = "INTERNAL"
		}
	}
	e := obj{"code": f.status, "message": f.message, "status": status}
	var details []any
	if f.reason != "" {
		details = append(details, obj{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": f.reason, "domain": "googleapis.com", "metadata": obj{"service": "generativelanguage.googleapis.com"}})
	}
	if f.quota != "" {
		details = append(details, obj{"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": []any{obj{
			"quotaMetric": "generativelanguage.googleapis.com/" + f.quota, "quotaId": f.quota, "quotaDimensions": obj{"location": "global"}}}})
	}
	if f.as == "info" && f.wait > 0 {
		details = append(details, obj{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": protoDuration(f.wait)})
	}
	if details != nil {
		e["details"] = details
	}
	return obj{"error": e}
}

// protoDuration writes a duration as Google's JSON does: seconds with an s.
func protoDuration(d time.Duration) string { return fmt.Sprintf("%gs", d.Seconds()) }

func (g generate) broken(form, id string) frame {
	f := map[string]refusal{
		"overloaded": {status: http.StatusServiceUnavailable, message: "The model is overloaded. Please try again later."},
		"rate_limit": {status: http.StatusTooManyRequests, message: "Resource has been exhausted (e.g. check quota)."},
		"api":        {status: http.StatusInternalServerError, message: "An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting"},
	}[form]
	return frame{data: g.failure(f, id)}
}

func (generate) noKey(given string) refusal {
	if given == "" {
		return refusal{status: http.StatusForbidden, message: "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API."}
	}
	return refusal{status: http.StatusBadRequest, message: "API key not valid. Please pass a valid API key.", reason: "API_KEY_INVALID"}
}

func (generate) noModel(name string) refusal {
	return refusal{status: http.StatusNotFound, message: fmt.Sprintf("models/%s is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.", name)}
}

func (generate) noCredit() refusal {
	return refusal{status: http.StatusTooManyRequests, message: "You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.", quota: "GenerateRequestsPerDayPerProjectPerModel"}
}
