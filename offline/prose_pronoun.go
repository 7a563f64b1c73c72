package offline

// pronouns are the forms of a personal pronoun.
type pronouns struct{ he, him, his, hers, self string }

// pronounsOf gives the forms for she, he or, for all others, they.
func pronounsOf(subject string) pronouns {
	switch subject {
	case "she":
		return pronouns{"she", "her", "her", "hers", "herself"}
	case "he":
		return pronouns{"he", "him", "his", "his", "himself"}
	default:
		return pronouns{"they", "them", "their", "theirs", "themself"}
	}
}

// form returns the form that is asked for by its masculine name; an upper
// first letter asks for a capital. The second result is false for no form.
func (p pronouns) form(name string) (string, bool) {
	switch name {
	case "he":
		return p.he, true
	case "him":
		return p.him, true
	case "his":
		return p.his, true
	case "hers":
		return p.hers, true
	case "self", "himself":
		return p.self, true
	case "He":
		return upper(p.he), true
	case "His":
		return upper(p.his), true
	default:
		return "", false
	}
}
