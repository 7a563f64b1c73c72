package book

// Terms is by whom and for how much a book is written. They decide nothing about
// the text that was written already.
type Terms struct {
	Provider string `json:"provider,omitempty"` // "" is any that is configured, in their order
	Model    string `json:"model,omitempty"`    // "" is the one configured for each role
	Chapters int    `json:"chapters,omitempty"` // written chapters at which the book pauses; 0 is never
	Budget   *USD   `json:"budget,omitempty"`   // cap on what its calls may cost, in millionths of a dollar; nil is none
}

// BuiltIn is the provider's name of the built-in author.
const BuiltIn = "offline"
