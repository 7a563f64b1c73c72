package llm

import (
	"fmt"
	"io"
	"log/slog"
)

// Secret is a provider's key. It shows itself to nobody: not in logs, in errors,
// in JSON or with any verb of fmt.
type Secret string

const hidden = "***"

// String hides the secret.
func (Secret) String() string { return hidden }

// GoString hides the secret.
func (Secret) GoString() string { return hidden }

// Format hides the secret from every verb, also those that are wrong for it.
func (Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hidden) } // fmt keeps no error of it

// LogValue hides the secret.
func (Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalText hides the secret.
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// Hint is the last four characters behind an ellipsis, by which an owner knows
// the key again; a short secret shows none. "" is "".
func (s Secret) Hint() string {
	switch {
	case s == "":
		return ""
	case len(s) < 12:
		return "…"
	default:
		return "…" + string(s[len(s)-4:])
	}
}

// Reveal is the secret itself, for the header that carries it.
func (s Secret) Reveal() string { return string(s) }
