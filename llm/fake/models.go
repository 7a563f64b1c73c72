package fake

import (
	"net/http"
	"strings"
	"time"

	"quire/llm"
)

// visitModels lists the models, or shows one, in the shape of the client's
// provider: Anthropic's if its headers are there.
func (s *Server) visitModels(w http.ResponseWriter, r *http.Request) {
	v := s.begin(w, r, Models, dialectOf(r))
	defer v.end()
	if !v.admit() {
		return
	}
	if rule, ok := s.cues.pick(s.Script, Models, question{}); ok {
		v.rule, v.call.Fault = rule, rule.Fault
	}
	if v.turnedAway() {
		return
	}
	v.call.Outcome = "listed"
	names := append([]string{s.Author.Caps().Model}, s.Models...)
	name := r.PathValue("model")
	if name == "" {
		v.say(http.StatusOK, listed(v.d, names, s.Author.Caps()))
		return
	}
	if !s.knows(name) {
		v.refuse(v.d.noModel(name))
		return
	}
	v.say(http.StatusOK, shown(v.d, name, s.Author.Caps()))
}

// began is when the fake models were made.
var began = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// shown is one model.
func shown(d dialect, name string, c llm.Caps) obj {
	switch d.(type) {
	case messages:
		return obj{"type": "model", "id": name, "display_name": name, "created_at": began.Format(time.RFC3339), "max_input_tokens": c.Context, "max_tokens": c.MaxOutput}
	case generate:
		return obj{"name": "models/" + strings.TrimPrefix(name, "models/"), "displayName": name, "version": "001", "inputTokenLimit": c.Context, "outputTokenLimit": c.MaxOutput,
			"supportedGenerationMethods": []string{"generateContent", "countTokens"}}
	default:
		return obj{"id": name, "object": "model", "created": began.Unix(), "owned_by": "quire"}
	}
}

// listed is all of them.
func listed(d dialect, names []string, c llm.Caps) obj {
	var list []any
	seen := map[string]bool{}
	for _, name := range names {
		if !seen[name] {
			list = append(list, shown(d, name, c))
		}
		seen[name] = true
	}
	switch d.(type) {
	case messages:
		return obj{"data": list, "has_more": false, "first_id": names[0], "last_id": names[len(names)-1]}
	case generate:
		return obj{"models": list}
	default:
		return obj{"object": "list", "data": list}
	}
}
