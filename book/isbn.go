package book

import "strings"

// ParseISBN returns the digits of an ISBN of 13 or 10 digits, and whether its
// check digit is right (ISO 2108). Spaces, dashes and the letters ISBN before it
// do not matter; the last digit of ten may be X.
func ParseISBN(s string) (digits string, ok bool) {
	s = strings.ToUpper(strings.NewReplacer("-", "", " ", "", "\u00a0", "", "\u2010", "", "\u2011", "", "–", "").Replace(s))
	s = strings.TrimLeft(strings.TrimPrefix(s, "ISBN"), ":")
	sum := 0
	for i, r := range s {
		value := int(r - '0')
		if r == 'X' && i == 9 && len(s) == 10 {
			value = 10
		} else if r < '0' || r > '9' {
			return "", false
		}
		if len(s) == 10 {
			sum += value * (10 - i)
		} else {
			sum += value * (1 + i%2*2)
		}
	}
	switch len(s) {
	case 13:
		return s, sum%10 == 0 && (s[:3] == "978" || s[:3] == "979")
	case 10:
		return s, sum%11 == 0
	}
	return "", false
}
