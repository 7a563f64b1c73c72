package llm

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// shape is a schema that answers are held against. It is safe for concurrent use.
type shape struct {
	schema *jsonschema.Schema
	whole  *jsonschema.Resolved
}

// newShape compiles a schema; one that cannot be is our own mistake.
func newShape(text json.RawMessage) (*shape, error) {
	s := &shape{schema: &jsonschema.Schema{}}
	if err := json.Unmarshal(text, s.schema); err != nil {
		return nil, fmt.Errorf("schema of a request: %w", err)
	}
	var err error
	if s.whole, err = s.schema.Resolve(nil); err != nil {
		return nil, fmt.Errorf("schema of a request: %w", err)
	}
	return s, nil
}

// check says why a text is not JSON that follows the schema.
func (s *shape) check(text string) error {
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return err
	}
	return s.whole.Validate(v)
}

var (
	errNoValue    = errors.New("it holds no whole JSON value")
	errManyValues = errors.New("it holds more than one JSON value that follows the schema")
)

// mend returns the text as JSON that follows the schema: as it is if it does,
// else the one value in it that does once its form is mended. Nothing is made up
// and nothing that the schema knows is left out. The error says what is wrong, in
// words that may quote the text.
func (s *shape) mend(text string) (string, error) {
	wrong := s.check(text)
	if wrong == nil {
		return text, nil
	}
	values := looseValues(text)
	if len(values) == 0 {
		return "", errors.Join(errNoValue, wrong)
	}
	found := ""
	for _, v := range values {
		mended, err := canonical(s.fit(v, s.schema, 0))
		if err == nil {
			err = s.check(mended)
		}
		switch {
		case err != nil:
			wrong = err
		case found != "" && found != mended:
			return "", errManyValues
		default:
			found = mended
		}
	}
	if found == "" {
		return "", wrong
	}
	return found, nil
}

// canonical is a value as JSON with its keys in alphabetical order.
func canonical(v any) (string, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return strings.TrimSuffix(out.String(), "\n"), err
}
