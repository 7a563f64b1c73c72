package offline

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"

	"quire/llm"
)

// read takes the author's input out of a request.
func read(r llm.Request) (*input, error) {
	s, err := llm.ReadSheet(r.Blocks)
	if err != nil {
		return nil, err
	}
	in := &input{task: s.Task, rand: chance(s.Task.Seed, s.Task.Role, s.Task.Artefact, s.Task.Revision, s.Task.Attempt)}
	for name, into := range map[string]any{
		"brief": &in.brief, "concept": &in.concept, "outline": &in.outline, "plan": &in.plan,
		"position": &in.position, "chapter": &in.chapter, "review": &in.review, "begun": &in.begun, "passages": &in.passages,
		"beats": &in.sheet, "section": &in.section, "text": &in.text, "pairs": &in.pairs, "before_text": &in.before,
	} {
		if err := s.Read(name, into); err != nil {
			return nil, err
		}
	}
	return in, nil
}

// chance is a source of choices that follows from the parts alone: PCG seeded
// by their SHA-256 (writing.md §6.1).
func chance(parts ...any) *rand.Rand {
	sum := sha256.Sum256(fmt.Append(nil, parts...))
	return rand.New(rand.NewPCG(binary.BigEndian.Uint64(sum[:8]), binary.BigEndian.Uint64(sum[8:16])))
}
