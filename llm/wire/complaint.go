package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// complaint is what a provider says of a failure, whichever its dialect.
type complaint struct {
	kind   string        // its type or status, such as overloaded_error
	code   string        // its code, such as insufficient_quota
	text   string        // its sentence
	status int           // of HTTP as the body has it; 0 if it has none
	wait   time.Duration // as the body asks for
	daily  bool          // a limit of a day, not of a minute
}

// Error is the complaint as it came. It is never shown: sort makes a fault of it.
func (c *complaint) Error() string { return c.kind + " " + c.code + ": " + c.text }

// Complaint is what a Reader returns on an event that holds the provider's
// error. An event that is none is garbled.
func Complaint(data []byte) error {
	c, ok := complaintIn(data)
	if !ok {
		return Garbled(fmt.Errorf("an error of %d bytes", len(data)))
	}
	return &c
}

// saying is a provider's error. The shapes of OpenAI, Anthropic, Google and of
// the usual servers that speak like OpenAI overlap without a clash.
type saying struct {
	Message string          `json:"message"`
	Type    string          `json:"type"`
	Status  string          `json:"status"`
	Code    json.RawMessage `json:"code"` // a number or a word
	Details []struct {
		Type       string `json:"@type"`
		Reason     string `json:"reason"`
		RetryDelay string `json:"retryDelay"`
		Violations []struct {
			QuotaID string `json:"quotaId"`
		} `json:"violations"`
	} `json:"details"`
}

// complaintIn finds the provider's error in a JSON document.
func complaintIn(text []byte) (complaint, bool) {
	text = bytes.TrimSpace(text)
	if bytes.HasPrefix(text, []byte("[")) { // Google outside a stream
		var list []json.RawMessage
		if json.Unmarshal(text, &list) != nil || len(list) == 0 {
			return complaint{}, false
		}
		text = list[0]
	}
	var doc struct {
		saying
		Object string          `json:"object"`
		Error  json.RawMessage `json:"error"`
		Detail json.RawMessage `json:"detail"`
	}
	if json.Unmarshal(text, &doc) != nil {
		return complaint{}, false
	}
	var inner saying
	var word string
	switch {
	case json.Unmarshal(doc.Error, &inner) == nil && string(doc.Error) != "null":
		return inner.complaint(), true
	case json.Unmarshal(doc.Error, &word) == nil && word != "":
		return complaint{text: word}, true
	case doc.Object == "error" || doc.Message != "" && (doc.Type != "" || doc.Code != nil):
		return doc.complaint(), true
	case len(doc.Detail) > 0:
		return complaint{text: string(doc.Detail)}, true
	case doc.Message != "":
		return complaint{text: doc.Message}, true
	}
	return complaint{}, false
}

func (s saying) complaint() complaint {
	c := complaint{kind: s.Type, text: s.Message, code: strings.Trim(string(s.Code), `"`)}
	if c.kind == "" {
		c.kind = s.Status
	}
	if n, err := strconv.Atoi(c.code); err == nil && n >= 400 && n <= 599 {
		c.status, c.code = n, ""
	}
	for _, d := range s.Details {
		if d.Reason != "" {
			c.code = d.Reason
		}
		if wait, err := time.ParseDuration(d.RetryDelay); err == nil {
			c.wait = sane(wait)
		}
		for _, v := range d.Violations {
			c.daily = c.daily || strings.Contains(v.QuotaID, "PerDay")
		}
	}
	return c
}

// statuses is what an error's type would be as a status, where a stream had
// begun with 200.
var statuses = map[string]int{
	"invalid_request_error": http.StatusBadRequest,
	"authentication_error":  http.StatusUnauthorized,
	"billing_error":         http.StatusPaymentRequired,
	"insufficient_quota":    http.StatusPaymentRequired,
	"permission_error":      http.StatusForbidden,
	"not_found_error":       http.StatusNotFound,
	"request_too_large":     http.StatusRequestEntityTooLarge,
	"rate_limit_error":      http.StatusTooManyRequests,
	"rate_limit_exceeded":   http.StatusTooManyRequests,
	"requests":              http.StatusTooManyRequests,
	"tokens":                http.StatusTooManyRequests,
	"timeout_error":         http.StatusGatewayTimeout,
	"overloaded_error":      529,
	"INVALID_ARGUMENT":      http.StatusBadRequest,
	"FAILED_PRECONDITION":   http.StatusBadRequest,
	"OUT_OF_RANGE":          http.StatusBadRequest,
	"UNAUTHENTICATED":       http.StatusUnauthorized,
	"PERMISSION_DENIED":     http.StatusForbidden,
	"NOT_FOUND":             http.StatusNotFound,
	"RESOURCE_EXHAUSTED":    http.StatusTooManyRequests,
	"UNAVAILABLE":           http.StatusServiceUnavailable,
	"DEADLINE_EXCEEDED":     http.StatusGatewayTimeout,
}

// asStatus is the status that a complaint in an answer with 200 amounts to. One
// that cannot be sorted is the provider's failure.
func (c complaint) asStatus() int {
	if c.status != 0 {
		return c.status
	}
	for _, word := range []string{c.code, c.kind} {
		if status := statuses[word]; status != 0 {
			return status
		}
	}
	return http.StatusInternalServerError
}

// says reports whether the complaint has one of the words in any of its parts.
func (c complaint) says(words ...string) bool {
	all := strings.ToLower(c.kind + "\n" + c.code + "\n" + c.text)
	for _, w := range words {
		if strings.Contains(all, w) {
			return true
		}
	}
	return false
}
