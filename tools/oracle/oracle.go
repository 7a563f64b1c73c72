// Package oracle holds the official SDKs of the three providers against our own
// adapters, which do without them: for a table of requests the bodies that both
// send mean the same, and both read the same out of an answer. It is a module of
// its own, because the SDKs take minutes to compile and nothing of quire needs
// them; make oracle runs it.
//
// What differs, and why, is listed here and nowhere else; the tests take these
// differences out before they compare, and fail if one of them goes away.
package oracle

// Difference is something that an SDK says otherwise than we do.
type Difference struct {
	Provider string
	Path     string // in the body, keys with dots between them
	Ours     string // JSON; "" is left out
	Theirs   string // JSON; "" is left out
	Why      string
}

// Differences are all that are known.
var Differences = []Difference{
	{"google", "systemInstruction.role", "", `"user"`, "the SDK gives a role to the system's words, where it means nothing"},
	{"google", "generationConfig", "", "{}", "the SDK sends it also when there is nothing in it"},
}
