package fake

// Kind is a kind of fault that a script can name.
type Kind struct {
	Name  string
	Does  string   // one sentence without its period
	Takes []string // fields of the rule that mean something to it
	Needs []string // those of them that must be there
	Forms []string // values of form; the first is the usual one

	on calling
}

// calling is on which calls a fault can be played.
type calling int

const (
	anyCall   calling = iota // also on lists of models
	textCall                 // every answer
	proseCall                // answers in prose
	jsonCall                 // answers that follow a schema
)

// waitForms are the ways of telling a client how long to wait.
var waitForms = []string{"seconds", "ms", "date", "info", "none"}

// Kinds lists the faults in the order of the documents.
func Kinds() []Kind { return append([]Kind(nil), kinds...) }

var kinds = []Kind{
	{Name: "status", Does: "answers with the HTTP status and the provider's error; wait_as says how the client learns to wait: seconds and date in Retry-After, ms in retry-after-ms, info in Google's RetryInfo, none not at all",
		Takes: []string{"status", "wait", "wait_as"}, Needs: []string{"status"}},
	{Name: "html", Does: "answers with a page of HTML, as a proxy does; the status is 502 if none is given", Takes: []string{"status"}},
	{Name: "quota", Does: "says that the account has no credit, in the provider's own way (429 at OpenAI and Google, 400 at Anthropic)"},
	{Name: "slow_headers", Does: "waits before it says anything", Takes: []string{"delay"}, Needs: []string{"delay"}},
	{Name: "slow_drip", Does: "waits before each chunk of text", Takes: []string{"delay"}, Needs: []string{"delay"}, on: textCall},
	{Name: "stall", Does: "says no more after so many chunks and leaves the line open", Takes: []string{"after"}, on: textCall},
	{Name: "cut", Does: "closes the connection in the midst of the answer after so many chunks; the form reset throws it away instead", Takes: []string{"after", "form"}, Forms: []string{"close", "reset"}, on: textCall},
	{Name: "clean_end", Does: "ends the answer properly after so many chunks, but without its terminator", Takes: []string{"after"}, on: textCall},
	{Name: "error_event", Does: "sends an error in the midst of the stream after so many chunks, under status 200", Takes: []string{"after", "form"}, Forms: []string{"overloaded", "rate_limit", "api"}, on: textCall},
	{Name: "length", Does: "ends the answer at so many tokens as too long", Takes: []string{"tokens"}, Needs: []string{"tokens"}, on: textCall},
	{Name: "refusal", Does: "refuses to answer: spoken in words, or by a filter after so many chunks", Takes: []string{"form", "after"}, Forms: []string{"spoken", "filter"}, on: textCall},
	{Name: "bad_json", Does: "spoils a structured answer; wrong_enum is wrong_type where the schema has no enum", Takes: []string{"form"},
		Forms: []string{"fenced", "trailing_comma", "cut", "wrong_enum", "wrong_type", "missing_field", "prose", "single_quotes", "not_json"}, on: jsonCall},
	{Name: "empty", Does: "ends properly without a word", on: textCall},
	{Name: "usage_null", Does: "says that the usage is null", on: textCall},
	{Name: "usage_absent", Does: "leaves the usage out", on: textCall},
	{Name: "unknown", Does: "adds fields, events, comments and line kinds that no client knows", on: textCall},
	{Name: "reasoning", Does: "thinks aloud before the text: reasoning_content, a thinking block, a part that is a thought", Takes: []string{"tokens"}, on: textCall},
	{Name: "split_utf8", Does: "sends each event in two writes, the first ending inside a letter if there is one of more than a byte", on: textCall},
	{Name: "long_line", Does: "pads the event after so many chunks to so many bytes in one line, usually 2 MB; the text stays as it is", Takes: []string{"bytes", "after"}, on: textCall},
	{Name: "undershoot", Does: "says only a part of the words, usually half", Takes: []string{"factor"}, on: proseCall},
	{Name: "overshoot", Does: "says more words than it should, usually twice as many", Takes: []string{"factor"}, on: proseCall},
	{Name: "loop", Does: "says the same sentence over and over from half of the text on, until so many tokens, usually 2,000", Takes: []string{"tokens"}, on: proseCall},
	{Name: "name_drift", Does: "gives the most frequent name of the text another form in its second half", on: proseCall},
}

func kindOf(name string) (Kind, bool) {
	for _, k := range kinds {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}
