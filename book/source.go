package book

// Passage is a part of a source.
type Passage struct {
	ID      string `json:"id"`
	Heading string `json:"heading,omitempty"`
	Text    string `json:"text"`
}
