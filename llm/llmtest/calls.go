package llmtest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"quire/llm"
	"quire/llm/fake"
)

// promise is how soon a canceled call returns.
const promise = 100 * time.Millisecond

// patience is how long silence may last before an adapter gives up.
const patience = 10 * time.Minute

// silence is looked at with a clock that is simulated.
func silence(t *testing.T, p Provider) {
	for name, tt := range map[string]struct{ rule, text string }{
		"before the headers": {`{"fault":"slow_headers","delay":"24h"}`, ""},
		"in the midst":       {`{"fault":"stall","after":3}`, half},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := script(t, tt.rule)
				server.Author = &Author{}
				client, stop := Serve(server)
				defer stop()
				began := time.Now()
				res, err := p.New(Base, secret, client).Stream(t.Context(), Question("section/ch_1/1"), nil)
				isFault(t, p, err, llm.Timeout)
				if took := time.Since(began); took < time.Second || took > patience || res.Text != tt.text {
					t.Errorf("after %s: %q", took, res.Text)
				}
				synctest.Wait()
				if log := server.Log(); len(log) != 1 || log[0].Outcome != "left" {
					t.Errorf("the connection stays: %+v", log)
				}
			})
		})
	}
	t.Run("a slow drip is no silence", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := script(t, `{"fault":"slow_drip","delay":"20s"}`)
			server.Author = &Author{}
			client, stop := Serve(server)
			defer stop()
			if res, err := p.New(Base, secret, client).Stream(t.Context(), Question("section/ch_1/1"), nil); err != nil || res.Finish != llm.Stop {
				t.Errorf("%q (%v)", res.Text, err)
			}
		})
	})
}

// canceled stops calls that nothing else would end: over HTTP, and where the
// time it takes can be told without a doubt.
func canceled(t *testing.T, p Provider) {
	for name, rule := range map[string]string{"in the midst": `{"fault":"stall","after":3}`, "before the headers": `{"fault":"slow_headers","delay":"24h"}`} {
		t.Run(name+", simulated", func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := script(t, rule)
				server.Author = &Author{}
				client, stop := Serve(server)
				defer stop()
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(time.Second, cancel)
				began := time.Now()
				res, err := p.New(Base, secret, client).Stream(ctx, Question("section/ch_1/1"), nil)
				if took := time.Since(began) - time.Second; took > promise {
					t.Errorf("it returned %s after it was canceled", took)
				}
				wasCanceled(t, res, err, rule)
			})
		})
	}
	t.Run("over HTTP", func(t *testing.T) {
		rule := `{"fault":"stall","after":3}`
		s := open(t, p, script(t, rule))
		ctx, cancel := context.WithCancel(t.Context())
		chunks := 0
		res, err := s.model.Stream(ctx, Question("section/ch_1/1"), func(llm.Chunk) error {
			if chunks++; chunks == 3 {
				cancel()
			}
			return nil
		})
		wasCanceled(t, res, err, rule)
	})
	t.Run("before it began", func(t *testing.T) {
		s := open(t, p, &fake.Server{})
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := s.model.Stream(ctx, Question("a"), nil); llm.ClassOf(err) != llm.Canceled {
			t.Errorf("the class is %q (%v)", llm.ClassOf(err), err)
		}
	})
}

func wasCanceled(t *testing.T, res llm.Result, err error, rule string) {
	t.Helper()
	hasNoKey(t, err)
	if llm.ClassOf(err) != llm.Canceled {
		t.Errorf("the class is %q (%v)", llm.ClassOf(err), err)
	}
	want := ""
	if rule == `{"fault":"stall","after":3}` {
		want = half
	}
	if res.Text != want || res.Finish != "" {
		t.Errorf("so far %q, finish %q", res.Text, res.Finish)
	}
}

// listener gives an error back to the adapter.
func listener(t *testing.T, p Provider) {
	enough := errors.New("enough")
	s := open(t, p, script(t, `{"fault":"stall","after":4}`))
	chunks := 0
	res, err := s.model.Stream(t.Context(), Question("section/ch_1/1"), func(llm.Chunk) error {
		if chunks++; chunks == 3 {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) || chunks != 3 || res.Text != half || res.Finish != "" {
		t.Errorf("after %d chunks %q, finish %q (%v)", chunks, res.Text, res.Finish, err)
	}
}

func together(t *testing.T, p Provider) {
	s := open(t, p, &fake.Server{})
	var all sync.WaitGroup
	for i := range 24 {
		all.Go(func() {
			artefact := fmt.Sprintf("section/ch_%d/1", i)
			res, err := s.model.Stream(t.Context(), Question(artefact), nil)
			if err != nil || res.Text != prose+"This is "+artefact+"." {
				t.Errorf("call %d: %q (%v)", i, res.Text, err)
			}
		})
	}
	all.Wait()
	for key, n := range s.server.AllAnswered() {
		if n != 1 {
			t.Errorf("%s was answered %d times", key, n)
		}
	}
}

// check is for adapters that can look whether they would work.
func check(t *testing.T, p Provider) {
	model := func(server *fake.Server) Checker {
		c, ok := open(t, p, server).model.(Checker)
		if !ok {
			t.Skip("the adapter has no check")
		}
		return c
	}
	name := model(&fake.Server{}).(llm.Model).Caps().Model
	sound := &fake.Server{Models: []string{name}}
	if err := model(sound).Check(t.Context()); err != nil {
		t.Errorf("a sound provider: %v", err)
	}
	if sum := sound.Summary(); sum.Routes[fake.Models] != 1 || len(sum.Routes) != 1 {
		t.Errorf("the check asked %v", sum.Routes)
	}
	for what, tt := range map[string]struct {
		server *fake.Server
		class  llm.Class
	}{
		"a wrong key":      {&fake.Server{Keys: []string{"another-key"}}, llm.Auth},
		"an unknown model": {&fake.Server{Models: []string{"another-model"}}, llm.Bad},
		"a failing one":    {script(t, `{"route":"models","fault":"status","status":503}`), llm.Overloaded},
	} {
		err := model(tt.server).Check(t.Context())
		hasNoKey(t, err)
		if llm.ClassOf(err) != tt.class {
			t.Errorf("%s: the class is %q (%v), want %q", what, llm.ClassOf(err), err, tt.class)
		}
	}
}
