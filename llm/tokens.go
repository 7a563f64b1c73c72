package llm

// Tokens estimates how many tokens a text has: a quarter of its letters, the
// usual rule of thumb for English (writing.md §5).
func Tokens(text string) int { return (len(text) + 3) / 4 }

// TokensOf estimates the tokens of all blocks of a request.
func TokensOf(r Request) int {
	n := 0
	for _, b := range r.Blocks {
		n += Tokens(b.Text)
	}
	return n
}
