package html

import (
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Escape makes a text safe inside HTML and XML, as text or as an attribute's
// value in double quotes. What XML 1.0 or HTML forbids is left out.
func Escape(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case allowed(r):
			b.WriteRune(r) // bytes that are no UTF-8 come as U+FFFD
		}
	}
	return b.String()
}

// isPlain reports whether a text needs no escaping at all.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < 0x20 && c != '\n' && c != '\t' || c == '&' || c == '<' || c == '>' || c == '"' || c == 0x7f {
			return false
		}
		if c >= utf8.RuneSelf {
			return !strings.ContainsAny(s[i:], "&<>\"") && utf8.ValidString(s[i:]) && !strings.ContainsFunc(s[i:], func(r rune) bool { return !allowed(r) })
		}
	}
	return true
}

// allowed reports whether a character may stand in a page.
func allowed(r rune) bool {
	switch {
	case r == '\t' || r == '\n':
		return true
	case r < 0x20, r >= 0x7f && r < 0xa0, r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe:
		return false
	}
	return true
}

// languageName matches the names of programming languages.
var languageName = regexp.MustCompile(`^[A-Za-z0-9+#._-]{1,40}$`)

// LanguageClass is the class of code in a programming language, as the HTML
// standard proposes it: language-go. Without a language it is "".
func LanguageClass(language string) string {
	if !languageName.MatchString(language) {
		return ""
	}
	return attr("class", "language-"+language)
}

// attr writes an attribute with a blank before it; an empty value writes none.
func attr(name, value string) string {
	if value == "" {
		return ""
	}
	return " " + name + `="` + Escape(value) + `"`
}

var (
	hostName  = regexp.MustCompile(`^[A-Za-z0-9._-]+(:[0-9]{1,5})?$`)
	urlUnsafe = regexp.MustCompile("[^A-Za-z0-9._~:/?#@!$&'()*+,;=%-]")
	badEscape = regexp.MustCompile(`%([^0-9A-Fa-f]|[0-9A-Fa-f]([^0-9A-Fa-f]|$)|$)`)
)

// WebAddress returns a web or mail address as strict readers want it, with all
// unusual characters escaped, and whether it is one. Addresses with names and
// passwords are none.
func WebAddress(address string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil {
		return "", false
	}
	switch u.Scheme = strings.ToLower(u.Scheme); {
	case u.Scheme == "mailto" && strings.Contains(u.Opaque, "@"):
	case (u.Scheme == "http" || u.Scheme == "https") && hostName.MatchString(u.Host) && u.User == nil:
	default:
		return "", false
	}
	fragment := u.EscapedFragment()
	u.Fragment, u.RawFragment = "", ""
	s := u.String()
	if fragment != "" {
		s += "#" + strings.ReplaceAll(fragment, "#", "%23")
	}
	s = urlUnsafe.ReplaceAllStringFunc(s, url.PathEscape)
	for badEscape.MatchString(s) {
		s = badEscape.ReplaceAllString(s, "%25$1")
	}
	return s, true
}
