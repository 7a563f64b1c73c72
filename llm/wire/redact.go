package wire

import (
	"regexp"
	"strings"
	"unicode"
)

const (
	hidden    = "***"
	mostWords = 400 // letters of a provider's sentence that go into a cause
	shred     = 8   // letters of a key that betray it
)

// keyLike finds what looks like anybody's key, and the sign-in of a URL.
var keyLike = regexp.MustCompile(`\b(?:[spr]k[-_]|gsk_|xai-|nvapi-|hf_|AIza|AQ\.)[A-Za-z0-9_*.-]{8,}|(?i:bearer)\s+\S+|[?&]key=[^&\s"]+|://[^/\s@]+@`)

// clean makes a foreign text fit for a cause: one line, not too long, without
// the key, any part of the key, or anything like a key.
func (s Server) clean(text string) string {
	if len(text) > 8*mostWords {
		text = text[:8*mostWords]
	}
	text = strings.ToValidUTF8(text, "\ufffd")
	text = shredded(text, s.Key.Reveal())
	text = keyLike.ReplaceAllStringFunc(text, func(found string) string {
		if strings.HasPrefix(found, "://") {
			return "://" + hidden + "@"
		}
		return hidden
	})
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
	if letters := []rune(text); len(letters) > mostWords {
		text = string(letters[:mostWords]) + "…"
	}
	return strings.TrimSpace(text)
}

// shredded hides the key, and each stretch of it that is eight letters long or
// longer.
func shredded(text, key string) string {
	if key == "" {
		return text
	}
	text = strings.ReplaceAll(text, key, hidden)
	var out strings.Builder
	for i := 0; i < len(text); {
		n := shared(text[i:], key)
		if n < shred {
			out.WriteByte(text[i])
			i++
			continue
		}
		out.WriteString(hidden)
		i += n
	}
	return out.String()
}

// shared is how long a beginning of text the key holds somewhere.
func shared(text, key string) int {
	n := 0
	for n < len(text) && strings.Contains(key, text[:n+1]) {
		n++
	}
	return n
}
