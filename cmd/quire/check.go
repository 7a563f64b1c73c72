package main

import (
	"context"

	"quire/edition"
	"quire/press/font"
	"quire/problem"
)

// checkVerb sees whether the home is sound.
type checkVerb struct {
	JSON bool `help:"Print JSON."`
}

// finding is the outcome of one check.
type finding struct {
	Check  string `json:"check"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"`
	Hint   string `json:"hint,omitempty"`
}

// Run checks home, database, stored bytes and fonts, and fails if one of them is
// not sound.
func (v *checkVerb) Run(s *session) error {
	list := s.checks()
	if v.JSON {
		if err := s.json(list); err != nil {
			return err
		}
	} else if err := s.tellFindings(list); err != nil {
		return err
	}
	for _, f := range list {
		if !f.OK {
			return errShown{problem.Conflict}
		}
	}
	return nil
}

func (s *session) checks() []finding {
	list := []finding{found("fonts", "every vendored font can be read", soundFonts())}
	h, err := s.open()
	if err != nil {
		return append(list, found("home", "", err))
	}
	defer h.close() // nothing was changed
	list = append(list, found("home", "the home can be written", edition.Writable(h.home.note())))
	list = append(list, found("database", "the database is sound", h.store.Check(s.ctx)))
	return append(list, found("stored bytes", "every stored file is as it was", h.checkBlobs(s.ctx)))
}

func found(check, good string, err error) finding {
	if err == nil {
		return finding{Check: check, OK: true, Detail: good}
	}
	p := problem.Of(err)
	return finding{Check: check, Detail: p.Detail, Hint: p.Hint}
}

func (s *session) tellFindings(list []finding) error {
	t := s.table()
	for _, f := range list {
		mark := "ok"
		if !f.OK {
			mark = "NOT OK"
		}
		t.row(mark, f.Check, f.Detail)
		if f.Hint != "" {
			t.row("", "", f.Hint)
		}
	}
	return t.flush()
}

// checkBlobs hashes every stored file again.
func (h *house) checkBlobs(ctx context.Context) error {
	hashes, err := h.store.Blobs(ctx)
	if err != nil {
		return err
	}
	for _, hash := range hashes {
		if err := h.maker.Bucket.Check(ctx, hash); err != nil {
			return err
		}
	}
	return nil
}

func soundFonts() error {
	_, err := font.Open()
	return err
}
