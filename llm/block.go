package llm

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"quire/problem"
)

// Task is the last thing a request says: what is asked for, in numbers.
type Task struct {
	Role     Role
	Artefact string
	Revision int
	Attempt  int
	Seed     uint64
	Words    int
}

// Data renders value as a data element: <data name="…" v="…">canonical JSON
// </data>. Inside strings < > & are escaped, so nothing that value holds can
// close the element: this is the fence around foreign text. Object keys follow
// the struct's order or, in maps, the alphabet.
func Data(name string, version int, value any) (string, error) {
	text, err := json.Marshal(value) // escapes < > & as \u003c …
	if err != nil {
		return "", fmt.Errorf("data %s of a prompt: %w", name, err)
	}
	return fmt.Sprintf("<data name=%q v=\"%d\">%s</data>", name, version, text), nil
}

// String renders the task element that ends a request's last block.
func (t Task) String() string {
	return fmt.Sprintf("<task role=%q artefact=%q revision=\"%d\" attempt=\"%d\" seed=\"%d\" words=\"%d\"/>",
		t.Role, t.Artefact, t.Revision, t.Attempt, t.Seed, t.Words)
}

var (
	dataOpening = regexp.MustCompile(`^<data name="([a-z_0-9]+)" v="\d+">`)
	taskElement = regexp.MustCompile(`<task role="([a-z]+)" artefact="([^"]*)" revision="(\d+)" attempt="(\d+)" seed="(\d+)" words="(\d+)"/>\s*$`)
)

// Sheet is what a program can read of a request: its data elements by name and
// its task. All other words are for models.
type Sheet struct {
	Task Task
	data map[string][]byte
}

// ReadSheet reads the data and task elements of the blocks. A later data
// element stands for an earlier one of its name.
func ReadSheet(blocks []Block) (Sheet, error) {
	s := Sheet{data: map[string][]byte{}}
	var last string
	for _, b := range blocks {
		s.readData(b.Text)
		last = b.Text
	}
	if at := strings.LastIndex(last, "<task "); at >= 0 {
		last = last[at:]
	}
	m := taskElement.FindStringSubmatch(last)
	if m == nil {
		return s, problem.New(problem.Internal, "the request has no task")
	}
	s.Task = Task{Role: Role(m[1]), Artefact: m[2]}
	for i, into := range []*int{&s.Task.Revision, &s.Task.Attempt} {
		n, err := strconv.Atoi(m[3+i])
		if err != nil {
			return s, fmt.Errorf("task of the request: %w", err)
		}
		*into = n
	}
	var err error
	if s.Task.Seed, err = strconv.ParseUint(m[5], 10, 64); err != nil {
		return s, fmt.Errorf("task of the request: %w", err)
	}
	if s.Task.Words, err = strconv.Atoi(m[6]); err != nil {
		return s, fmt.Errorf("task of the request: %w", err)
	}
	return s, nil
}

// readData takes in the data elements of a text. They hold no < of their own, so
// the next closing tag is theirs.
func (s Sheet) readData(text string) {
	for {
		at := strings.Index(text, "<data ")
		if at < 0 {
			return
		}
		text = text[at:]
		m := dataOpening.FindStringSubmatch(text)
		end := strings.Index(text, "</data>")
		if m == nil || end < 0 {
			text = text[len("<data "):]
			continue
		}
		s.data[m[1]] = []byte(text[len(m[0]):end])
		text = text[end:]
	}
}

// Has reports whether the sheet has a data element of the name.
func (s Sheet) Has(name string) bool { return s.data[name] != nil }

// Read puts the named data into value, a pointer. A missing one leaves value as
// it is.
func (s Sheet) Read(name string, value any) error {
	text := s.data[name]
	if text == nil {
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	if err := dec.Decode(value); err != nil {
		return fmt.Errorf("data %s of the request: %w", name, err)
	}
	return nil
}
