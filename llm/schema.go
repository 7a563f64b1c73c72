package llm

import (
	"encoding/json"
	"fmt"

	"github.com/google/jsonschema-go/jsonschema"
)

// SchemaOf derives the JSON Schema (draft 2020-12) that an answer of type T
// must follow. Fields without omitempty are required; other keys are refused.
func SchemaOf[T any]() (json.RawMessage, error) {
	s, err := jsonschema.For[T](nil)
	if err != nil {
		return nil, fmt.Errorf("schema of an answer: %w", err)
	}
	text, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("schema of an answer: %w", err)
	}
	return text, nil
}
