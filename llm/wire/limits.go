package wire

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"quire/llm"
)

// mostWait is the longest wait that is believed.
const mostWait = 7 * 24 * time.Hour

// limits reads what a provider says of its limits: the headers of OpenAI and
// those who follow it, or those of Anthropic.
func limits(h http.Header) llm.Limits {
	const a = "Anthropic-Ratelimit-"
	if h.Get(a+"Requests-Limit")+h.Get(a+"Tokens-Limit")+h.Get(a+"Input-Tokens-Limit") != "" {
		now := answered(h)
		of := func(what string) llm.Allowance {
			return allowance(h.Get(a+what+"-Limit"), h.Get(a+what+"-Remaining"), until(h.Get(a+what+"-Reset"), now))
		}
		return llm.Limits{Requests: of("Requests"), Tokens: of("Tokens"), Input: of("Input-Tokens"), Output: of("Output-Tokens")}
	}
	of := func(what string) llm.Allowance {
		return allowance(h.Get("X-Ratelimit-Limit-"+what), h.Get("X-Ratelimit-Remaining-"+what), span(h.Get("X-Ratelimit-Reset-"+what)))
	}
	return llm.Limits{Requests: of("Requests"), Tokens: of("Tokens")}
}

// allowance is zero unless both numbers are there.
func allowance(most, left string, reset time.Duration) llm.Allowance {
	m, err := strconv.Atoi(strings.TrimSpace(most))
	if err != nil || m <= 0 {
		return llm.Allowance{}
	}
	l, err := strconv.Atoi(strings.TrimSpace(left))
	if err != nil {
		return llm.Allowance{}
	}
	return llm.Allowance{Most: m, Left: max(l, 0), Reset: reset}
}

// retryAfter is how long the headers ask to wait, 0 if they do not.
func retryAfter(h http.Header) time.Duration {
	if ms, err := strconv.ParseFloat(strings.TrimSpace(h.Get("Retry-After-Ms")), 64); err == nil {
		return seconds(ms / 1000)
	}
	value := strings.TrimSpace(h.Get("Retry-After"))
	if s, err := strconv.ParseFloat(value, 64); err == nil {
		return seconds(s)
	}
	if at, err := http.ParseTime(value); err == nil {
		return sane(at.Sub(answered(h)))
	}
	return 0
}

// span reads a duration such as 6m0s, 20ms or 1.5, which is in seconds.
func span(text string) time.Duration {
	text = strings.TrimSpace(text)
	if s, err := strconv.ParseFloat(text, 64); err == nil {
		return seconds(s)
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0
	}
	return sane(d)
}

// until is the time from now to a moment in RFC 3339.
func until(text string, now time.Time) time.Duration {
	at, err := time.Parse(time.RFC3339, strings.TrimSpace(text))
	if err != nil {
		return 0
	}
	return sane(at.Sub(now))
}

// answered is when the provider answered by its own clock, else by ours.
func answered(h http.Header) time.Time {
	if at, err := http.ParseTime(h.Get("Date")); err == nil {
		return at
	}
	return time.Now()
}

func seconds(s float64) time.Duration {
	if math.IsNaN(s) || s <= 0 {
		return 0
	}
	return time.Duration(min(s, mostWait.Seconds()) * float64(time.Second))
}

func sane(d time.Duration) time.Duration { return min(max(d, 0), mostWait) }
