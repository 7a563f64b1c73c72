package fake

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"quire/llm"
)

// dialect is the wire format of one provider.
type dialect interface {
	listener
	speaker
	refuser
}

// listener reads what a client sends.
type listener interface {
	// key is the key that came with the request, "" if none did.
	key(r *http.Request) string
	// read makes a question of the body; the refusal says what the provider would
	// not take. A question that only counts tokens needs less.
	read(r *http.Request, body []byte, count bool) (question, *refusal)
}

// speaker says answers.
type speaker interface {
	head(a *answer) []frame              // of a stream, before the text
	piece(a *answer, text string) frame  // of the text
	tail(a *answer) []frame              // of a stream, after the text; its terminator is in it
	whole(a *answer) obj                 // an answer that is no stream
	counted(tokens int) obj              // the answer to a count of tokens
	allowed(h http.Header, m allowances) // what is said of limits beside an answer
}

// refuser says no.
type refuser interface {
	failure(f refusal, id string) obj
	broken(form, id string) frame // an error in the midst of a stream
	noKey(given string) refusal
	noModel(name string) refusal
	noCredit() refusal
}

// obj is a JSON object.
type obj map[string]any

// frame is one event of a stream; raw stands for data if it is set.
type frame struct {
	event string
	data  obj
	raw   string
}

// question is a request as a dialect read it.
type question struct {
	request  llm.Request
	model    string
	user     string // the last words of the user
	cacheKey string // chat: what keeps caches apart
	ours     bool   // the prompt has our task element
	stream   bool
	usage    bool // chat: the stream shall end with what was used
	plain    bool // generate: the stream is an array, not events
}

// answer is what a speaker says.
type answer struct {
	id       string
	at       time.Time
	model    string
	text     string
	thoughts string // said before the text
	no       string // the words of a refusal
	blocked  bool   // nothing was said at all
	finish   llm.Finish
	usage    llm.Usage
	said     int    // tokens of the text so far
	counting string // how usage is told: "", "null" or "absent"
	asked    bool   // the client asked for usage in the stream
	strange  bool   // with fields that nobody knows
}

// refusal is an answer that is an error.
type refusal struct {
	status  int
	message string
	code    string // chat: the error's code
	param   string // chat: the field that is meant
	kind    string // chat: the error's type, if not the status's usual one
	quota   string // generate: the quota that is used up
	reason  string // generate: the reason of an ErrorInfo
	wait    time.Duration
	as      string // how the wait is told: see the script's wait_as
}

// encode renders a frame as server-sent events do.
func (f frame) encode(newline string) []byte {
	var out bytes.Buffer
	if f.event != "" {
		out.WriteString("event: " + f.event + newline)
	}
	if f.raw != "" {
		out.WriteString(f.raw)
	} else {
		out.WriteString("data: ")
		out.Write(encode(f.data))
	}
	out.WriteString(newline + newline)
	return out.Bytes()
}

// encode is JSON as providers send it: < > & stand for themselves.
func encode(v any) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err) // objects of strings and numbers always marshal
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// fields reads the top level of an object and names the first field, by the
// alphabet, that is not known.
func fields(body []byte, known string) (stranger string, err error) {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(body, &all); err != nil {
		return "", err
	}
	list := strings.Fields(known)
	var strangers []string
	for name := range all {
		if !slices.Contains(list, name) {
			strangers = append(strangers, name)
		}
	}
	if len(strangers) == 0 {
		return "", nil
	}
	return slices.Min(strangers), nil
}

// settle fills in what the prompt itself says of the question.
func (q *question) settle() {
	sheet, err := llm.ReadSheet(q.request.Blocks)
	if err != nil {
		return
	}
	t := sheet.Task
	q.ours = true
	q.request.Role, q.request.Artefact, q.request.Revision, q.request.Attempt = t.Role, t.Artefact, t.Revision, t.Attempt
	q.request.Words, q.request.Seed = t.Words, t.Seed
}

// Key is the key under which the server counts a question: the journal key of
// what every wire carries, which is the prompt with its task. Book, schema,
// bounds and cache marks are not in it, and how the prompt is divided is not.
func Key(r llm.Request) string {
	var text strings.Builder
	for _, b := range r.Blocks {
		text.WriteString(b.Text)
	}
	q := question{request: llm.Request{Blocks: []llm.Block{{Text: text.String()}}}}
	q.settle()
	return llm.Key(q.request)
}
