package wire

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"quire/llm"
)

// refused is the fault of an answer whose status is not 200.
func (c *call) refused() error {
	s, status := c.server, c.resp.StatusCode
	text, err := io.ReadAll(io.LimitReader(c.watch, mostRefusal))
	if err != nil && c.parent.Err() != nil {
		return s.canceled(c.parent)
	}
	said, ok := complaintIn(text)
	switch {
	case status < 400:
		return s.elsewhere(status, c.resp.Header.Get("Location"))
	case ok || (status == http.StatusUnauthorized || status == http.StatusForbidden) && !isPage(text):
		return s.sort(status, said, c.resp.Header)
	case status == http.StatusTooManyRequests || status == http.StatusRequestTimeout || status == http.StatusPaymentRequired:
		return s.sort(status, said, c.resp.Header)
	case status == http.StatusRequestEntityTooLarge:
		return s.tooLong(status, errors.New("status 413"))
	case status >= 500 && !isPage(text):
		return s.sort(status, said, c.resp.Header)
	default:
		return s.stranger(status, text)
	}
}

// sort makes the fault of what a provider says with a status; in the middle of
// a stream, where that is 200, of what the complaint amounts to.
func (s Server) sort(status int, said complaint, header http.Header) *llm.Fault {
	if status == http.StatusOK {
		status = said.asStatus()
	}
	wait := retryAfter(header)
	if wait == 0 {
		wait = said.wait
	}
	cause := s.told(status, said)
	f := s.fault(status, said, cause)
	if wait > 0 && (f.Class == llm.RateLimited || f.Class == llm.Overloaded) {
		f = f.After(wait)
	}
	f.Status = status
	return f
}

// fault chooses class, sentence and hint. What a provider's words say is
// clearer than its status, so they come first.
func (s Server) fault(status int, said complaint, cause error) *llm.Fault {
	clientError := status >= 400 && status < 500
	switch {
	case status == http.StatusPaymentRequired || clientError && said.says(quotaWords...):
		return llm.NewFault(llm.Quota, s.Name, cause)
	case status == http.StatusTooManyRequests && said.daily:
		return llm.NewFault(llm.Quota, s.Name, cause).With("today's share of "+s.Name+" is used up for this key", "go on tomorrow, raise the limit there, or use another provider")
	case status == http.StatusTooManyRequests:
		return llm.NewFault(llm.RateLimited, s.Name, cause)
	case status == http.StatusUnauthorized || clientError && said.says("api_key_invalid", "invalid_api_key", "api key not valid"):
		return s.auth(cause)
	case status == http.StatusForbidden:
		return llm.NewFault(llm.Auth, s.Name, cause).With(s.Name+" does not let this key use the model "+s.Model, "choose another model, or give the key the right to it; "+s.checkKey())
	case status == http.StatusRequestEntityTooLarge || clientError && said.says(longWords...):
		return s.tooLong(status, cause)
	case status == http.StatusNotFound && said.says("model") || clientError && said.says("model_not_found", "not a valid model", "invalid model"):
		return s.unknownModel(cause)
	case status == http.StatusNotFound:
		return s.strange(cause)
	case status == http.StatusRequestTimeout:
		return llm.NewFault(llm.Timeout, s.Name, cause)
	case status >= 500:
		return llm.NewFault(llm.Overloaded, s.Name, cause)
	default:
		return llm.NewFault(llm.Bad, s.Name, cause).With(s.Name+" does not take this request for the model "+s.Model, "use another model; quire models lists what each can do")
	}
}

// What providers say, beside a status that may mean many things.
var (
	quotaWords = []string{"insufficient_quota", "credit balance", "insufficient balance", "insufficient credits", "billing_hard_limit", "billing_not_active", "billing_error"}
	longWords  = []string{"context_length", "context length", "context window", "prompt is too long", "input is too long", "request_too_large", "exceeds the maximum number of tokens", "exceed_context_size"}
)

func (s Server) auth(cause error) *llm.Fault {
	f := llm.NewFault(llm.Auth, s.Name, cause)
	if s.Key == "" {
		return f.With(s.Name+" asks for a key, and none is set", "set "+s.keyName())
	}
	return f.With(s.Name+" refused the key", s.checkKey())
}

func (s Server) checkKey() string {
	return "check " + s.keyName() + "; quire config shows the last characters of the key in use"
}

func (s Server) unknownModel(cause error) *llm.Fault {
	return llm.NewFault(llm.Bad, s.Name, cause).With(fmt.Sprintf("%s does not know the model %q", s.Name, s.Model), "choose another model; quire models lists those that are known here")
}

// UnknownModel is the fault of a model that is not among those a provider lists.
func (s Server) UnknownModel() *llm.Fault {
	return s.unknownModel(errors.New("the provider does not list it"))
}

func (s Server) tooLong(status int, cause error) *llm.Fault {
	f := llm.NewFault(llm.Bad, s.Name, cause).With(fmt.Sprintf("the question is too long for %s of %s", s.Model, s.Name), "use a model with a larger context")
	f.Status = status
	return f
}

// stranger is the fault of an answer that no model server gives.
func (s Server) stranger(status int, text []byte) *llm.Fault {
	cause := fmt.Errorf("status %d with %d bytes that are no answer of a model", status, len(text))
	var f *llm.Fault
	switch {
	case status >= 500:
		f = llm.NewFault(llm.Overloaded, s.Name, cause).With("a web page came instead of an answer of "+s.Name, "a proxy or gateway on the way is failing: try again in a few minutes, or look at it")
	case isPage(text):
		f = llm.NewFault(llm.Bad, s.Name, cause).With("a web page came instead of an answer of "+s.Name, "look at "+s.baseName()+", and at the proxy if there is one")
	default:
		f = s.strange(cause)
	}
	f.Status = status
	return f
}

// Stranger is the fault of a JSON document that is not what the path gives.
func (s Server) Stranger() *llm.Fault { return s.stranger(http.StatusOK, nil) }

func (s Server) strange(cause error) *llm.Fault {
	return llm.NewFault(llm.Bad, s.Name, cause).With("what answers at the address of "+s.Name+" is not the server of a model", "look at "+s.baseName()+", above all at its path")
}

// elsewhere is the fault of a redirect.
func (s Server) elsewhere(status int, location string) *llm.Fault {
	to := "another address"
	if at, err := url.Parse(location); err == nil && at.Host != "" {
		to = at.Scheme + "://" + at.Host
	}
	f := llm.NewFault(llm.Bad, s.Name, fmt.Errorf("status %d to %s", status, to)).
		With("the address of "+s.Name+" sends on to another one, where the key is not sent", "set "+s.baseName()+" to the address itself, with the right http or https")
	f.Status = status
	return f
}

func (s Server) noAddress() *llm.Fault {
	return llm.NewFault(llm.Bad, s.Name, errors.New("no URL with http or https and a host")).
		With("the base URL of "+s.Name+" is not an address", "set "+s.baseName()+" to one that begins with https:// or http://")
}

func (s Server) noKey() *llm.Fault {
	return llm.NewFault(llm.Auth, s.Name, errors.New("a blank or foreign letter in the key")).
		With("the key of "+s.Name+" holds a blank or a letter that no key has", "set "+s.keyName()+" anew, without spaces and line breaks")
}

func (s Server) truncated(cause error) *llm.Fault {
	return llm.NewFault(llm.Truncated, s.Name, errors.New(s.clean(cause.Error())))
}

func (s Server) keyName() string {
	if s.KeyName == "" {
		return "the provider's key"
	}
	return s.KeyName
}

func (s Server) baseName() string {
	if s.BaseName == "" {
		return "the provider's base URL"
	}
	return s.BaseName
}

// isPage reports whether a text is HTML, or XML.
func isPage(text []byte) bool {
	text = bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\ufeff")))
	return bytes.HasPrefix(text, []byte("<"))
}

// told is the cause of a refusal: the status and the provider's words, cleaned.
func (s Server) told(status int, said complaint) error {
	parts := []string{fmt.Sprintf("status %d", status)}
	for _, part := range []string{said.kind, said.code, said.text} {
		if part != "" {
			parts = append(parts, s.clean(part))
		}
	}
	return errors.New(strings.Join(parts, ": "))
}
