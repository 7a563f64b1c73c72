package fake

import (
	"encoding/json"
	"net/http"
	"strings"

	"quire/llm"
)

// generate is Google's generateContent.
type generate struct{}

// What Google knows of a request and of its generationConfig (API reference of
// November 2026), in camel case; names in snake case are taken too.
const (
	generateFields = `contents systemInstruction generationConfig safetySettings tools toolConfig cachedContent serviceTier store
	labels model generateContentRequest`
	generationFields = `responseJsonSchema candidateCount frequencyPenalty logprobs maxOutputTokens mediaResolution presencePenalty
	responseLogprobs responseMimeType responseModalities responseSchema routingConfig seed speechConfig stopSequences temperature
	thinkingConfig topK topP enableEnhancedCivicAnswers responseFormat audioTimestamp modelSelectionConfig imageConfig _responseJsonSchema`
)

type generateRequest struct {
	SystemInstruction *content          `json:"systemInstruction"`
	Contents          []content         `json:"contents"`
	GenerationConfig  *generationConfig `json:"generationConfig"`
	Inner             *generateRequest  `json:"generateContentRequest"` // of a count
}

type content struct {
	Role  string `json:"role"`
	Parts []struct {
		Text string `json:"text"`
	} `json:"parts"`
}

type generationConfig struct {
	MaxOutputTokens    *int            `json:"maxOutputTokens"`
	Temperature        *float64        `json:"temperature"`
	Seed               *int64          `json:"seed"`
	ResponseMimeType   string          `json:"responseMimeType"`
	ResponseJSONSchema json.RawMessage `json:"responseJsonSchema"`
	ResponseSchema     json.RawMessage `json:"responseSchema"`
}

func (generate) key(r *http.Request) string {
	if key := r.Header.Get("X-Goog-Api-Key"); key != "" {
		return key
	}
	return r.URL.Query().Get("key")
}

// noField refuses a name that Google does not know.
func noField(where, name string) *refusal {
	at := ""
	if where != "" {
		at = " at '" + where + "'"
	}
	return wrongly("Invalid JSON payload received. Unknown name %q%s: Cannot find field.", name, at)
}

func (g generate) read(r *http.Request, body []byte, _ bool) (question, *refusal) {
	call := r.PathValue("call")
	model, verb := call[:strings.LastIndex(call, ":")], call[strings.LastIndex(call, ":")+1:]
	q := question{model: model, stream: verb == "streamGenerateContent"}
	q.plain = q.stream && r.URL.Query().Get("alt") != "sse"
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(body, &raw); err != nil {
		return q, wrongly("Invalid JSON payload received. %s", err)
	}
	in, bad := g.parse(raw)
	if bad != nil {
		return q, bad
	}
	if in.Inner != nil {
		in = *in.Inner
	}
	if len(in.Contents) == 0 {
		return q, wrongly("* GenerateContentRequest.contents: contents is not specified\n")
	}
	if in.SystemInstruction != nil {
		q.take(*in.SystemInstruction)
	}
	for _, c := range in.Contents {
		if c.Role != "" && c.Role != "user" && c.Role != "model" {
			return q, wrongly("Please use a valid role: user, model.")
		}
		if len(c.Parts) == 0 {
			return q, wrongly("* GenerateContentRequest.contents[0].parts: contents.parts must not be empty.\n")
		}
		text := q.take(c)
		if c.Role != "model" {
			q.user = text
		}
	}
	if bad := in.GenerationConfig.fill(&q); bad != nil {
		return q, bad
	}
	q.settle()
	return q, nil
}

// parse reads the object, whichever way its names are written.
func (generate) parse(raw map[string]json.RawMessage) (generateRequest, *refusal) {
	var in generateRequest
	named := camel(raw)
	if config := named["generationConfig"]; config != nil {
		var inner map[string]json.RawMessage
		if err := json.Unmarshal(config, &inner); err != nil {
			return in, wrongly("Invalid value at 'generation_config'")
		}
		inner = camel(inner)
		named["generationConfig"] = encode(inner)
		if stranger, _ := fields(named["generationConfig"], generationFields); stranger != "" {
			return in, noField("generation_config", stranger)
		}
	}
	text := encode(named)
	if stranger, _ := fields(text, generateFields); stranger != "" {
		return in, noField("", stranger)
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return in, wrongly("Invalid value: %s", err)
	}
	return in, nil
}

// camel turns the names of an object into camel case.
func camel(raw map[string]json.RawMessage) map[string]json.RawMessage {
	out := map[string]json.RawMessage{}
	for name, v := range raw {
		parts := strings.Split(strings.TrimPrefix(name, "_"), "_")
		for i := 1; i < len(parts); i++ {
			if parts[i] != "" {
				parts[i] = strings.ToUpper(parts[i][:1]) + parts[i][1:]
			}
		}
		out[strings.Join(parts, "")] = v
	}
	return out
}

// take adds the parts of a content and returns their text.
func (q *question) take(c content) string {
	var all strings.Builder
	for _, p := range c.Parts {
		if p.Text != "" {
			q.request.Blocks = append(q.request.Blocks, llm.Block{Text: p.Text})
			all.WriteString(p.Text)
		}
	}
	return all.String()
}

// fill takes the settings of the answer into the question.
func (c *generationConfig) fill(q *question) *refusal {
	if c == nil {
		return nil
	}
	schema, name := c.ResponseJSONSchema, "response_json_schema"
	if schema == nil {
		schema, name = c.ResponseSchema, "response_schema"
	}
	switch {
	case c.Seed != nil && (*c.Seed > 1<<31-1 || *c.Seed < -1<<31):
		return wrongly("Invalid value at 'generation_config.seed' (TYPE_INT32), %d", *c.Seed)
	case c.Temperature != nil && (*c.Temperature < 0 || *c.Temperature > 2):
		return wrongly("* GenerateContentRequest.generation_config.temperature: temperature must be in the range [0.0, 2.0].\n")
	case c.MaxOutputTokens != nil && *c.MaxOutputTokens < 1:
		return wrongly("* GenerateContentRequest.generation_config.max_output_tokens: max_output_tokens must be positive.\n")
	case schema != nil && c.ResponseMimeType != "application/json":
		return wrongly("* GenerateContentRequest.generation_config.%s: only allowed when response_mime_type is 'application/json'.\n", name)
	}
	if c.MaxOutputTokens != nil {
		q.request.MaxTokens = *c.MaxOutputTokens
	}
	if c.Temperature != nil {
		q.request.Temperature = *c.Temperature
	}
	if c.Seed != nil {
		q.request.Seed = uint64(*c.Seed) //nolint:gosec // any number is a seed
	}
	q.request.Schema = schema
	if schema == nil && c.ResponseMimeType == "application/json" {
		q.request.Schema = json.RawMessage(`{"type":"object"}`)
	}
	return nil
}
