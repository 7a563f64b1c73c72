package llm_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"quire/llm"
	"quire/problem"
)

// house is a fallback over providers that always answer, and its calls.
func house(lanes ...llm.Caps) (*llm.Fallback, *calls) {
	log, f := &calls{}, &llm.Fallback{}
	for _, c := range lanes {
		f.Lanes = append(f.Lanes, &provider{caps: c, log: log, script: times(9999, says("by "+c.Name()))})
	}
	return f, log
}

func lane(name string) llm.Caps {
	of, model, _ := strings.Cut(name, "/")
	return llm.Caps{Provider: of, Model: model, Schema: true}
}

func TestTheFirstLaneThatFitsIsAsked(t *testing.T) {
	plain, small, short := lane("local/plain"), lane("google/small"), lane("openai/short")
	plain.Schema, small.Context, short.MaxOutput = false, 600, 400
	large := lane("anthropic/large")
	large.Context, large.MaxOutput = 1000, 1000
	all := []llm.Caps{plain, small, short, large, lane("openai/any")}
	for name, tt := range map[string]struct {
		lanes  []llm.Caps
		roles  map[llm.Role][]string
		ask    func() llm.Request
		change func(*llm.Request)
		want   string
	}{
		"by priority":                     {lanes: all, want: "local/plain"},
		"one that follows a schema":       {lanes: all, ask: planned, want: "google/small"},
		"one that follows none, alone":    {lanes: all[:1], ask: planned, want: "local/plain"},
		"one with room for the question":  {lanes: all[1:], change: func(r *llm.Request) { r.Blocks[0].Text = strings.Repeat("word ", 200) }, want: "anthropic/large"},
		"one that says as much":           {lanes: all[2:], want: "anthropic/large"},
		"one whose room nobody knows":     {lanes: all[1:], change: func(r *llm.Request) { r.MaxTokens = 2000 }, want: "openai/any"},
		"one that the role prefers":       {lanes: all, roles: map[llm.Role][]string{llm.Draft: {"openai/none", "openai/any", "local/plain"}}, want: "openai/any"},
		"another role's wish":             {lanes: all, roles: map[llm.Role][]string{llm.Observe: {"openai/any"}}, want: "local/plain"},
		"of the book's provider":          {lanes: all, change: func(r *llm.Request) { r.Provider, r.MaxTokens = "openai", 300 }, want: "openai/short"},
		"the role's wish at the provider": {lanes: all, roles: map[llm.Role][]string{llm.Draft: {"local/plain", "openai/any"}}, change: func(r *llm.Request) { r.Provider, r.MaxTokens = "openai", 300 }, want: "openai/any"},
		"the book's model":                {lanes: all, roles: map[llm.Role][]string{llm.Draft: {"local/plain"}}, change: func(r *llm.Request) { r.Model = "large" }, want: "anthropic/large"},
		"the book's model by full name":   {lanes: all, change: func(r *llm.Request) { r.Model = "anthropic/large" }, want: "anthropic/large"},
		"none whose answer was of no use": {lanes: all, change: func(r *llm.Request) { r.Skip = []string{"local/plain"}; r.MaxTokens = 300 }, want: "google/small"},
		"that one if there is no other":   {lanes: all[:1], change: func(r *llm.Request) { r.Skip = []string{"local/plain"} }, want: "local/plain"},
		"a preferred one of no use":       {lanes: all, roles: map[llm.Role][]string{llm.Draft: {"openai/any"}}, change: func(r *llm.Request) { r.Skip = []string{"openai/any"} }, want: "local/plain"},
		"not the snapshot of no use":      {lanes: all, change: func(r *llm.Request) { r.Skip = []string{"local/plain-2026-03-01"}; r.MaxTokens = 300 }, want: "google/small"},
		"though a namesake was of no use": {lanes: all, change: func(r *llm.Request) { r.Skip = []string{"local/plain-mini", "local/plain-4"} }, want: "local/plain"},
	} {
		t.Run(name, func(t *testing.T) {
			f, log := house(tt.lanes...)
			f.Roles = tt.roles
			r := section()
			if tt.ask != nil {
				r = tt.ask()
			}
			r.MaxTokens = 500
			if tt.change != nil {
				tt.change(&r)
			}
			if res, err := f.Stream(t.Context(), r, nil); err != nil || log.String() != tt.want {
				t.Errorf("asked %s, got %q (%v), want %s", log, res.Text, err, tt.want)
			}
		})
	}
}

func TestAChoiceThatNobodyServesIsExplained(t *testing.T) {
	small := lane("openai/a")
	small.Context = 300
	for name, tt := range map[string]struct {
		lanes  []llm.Caps
		change func(*llm.Request)
		want   string
	}{
		"no lanes":          {want: "no model is configured"},
		"no such provider":  {lanes: []llm.Caps{small}, change: func(r *llm.Request) { r.Provider = "acme" }, want: "the provider acme is not configured"},
		"no such model":     {lanes: []llm.Caps{small}, change: func(r *llm.Request) { r.Model = "z" }, want: "the model z is not configured"},
		"not of a provider": {lanes: []llm.Caps{small}, change: func(r *llm.Request) { r.Provider, r.Model = "openai", "z" }, want: "the model z of openai is not configured"},
		"no room":           {lanes: []llm.Caps{small}, want: "a question of about 27 tokens with an answer of up to 500 fits no model that may be asked"},
	} {
		t.Run(name, func(t *testing.T) {
			f, log := house(tt.lanes...)
			r := section()
			if tt.change != nil {
				tt.change(&r)
			}
			res, err := f.Stream(t.Context(), r, nil)
			if p := problem.Of(err); p == nil || p.Kind != problem.Invalid || p.Detail != tt.want || p.Hint == "" || log.String() != "" || res.Cost != llm.Free {
				t.Errorf("asked %q, got %+v, %v", log, res, err)
			}
		})
	}
}

func TestAModelThatAnswersUnderAnotherNameIsKnownByIt(t *testing.T) {
	log := &calls{}
	file := &provider{caps: lane("local/a"), as: "/models/a.gguf", log: log, script: times(9, says(nonsense))}
	other := &provider{caps: lane("openai/b"), log: log, script: one(says(good))}
	m, _ := stack(file, other)
	if _, err := m.Stream(t.Context(), planned(), nil); err != nil || log.String() != "local/a×2 openai/b" {
		t.Errorf("asked %s (%v)", log, err)
	}
}

func TestSoftWordsComeBeforeTheTask(t *testing.T) {
	m := &provider{caps: openai, script: one(refuses("no"), says("words"))}
	if _, err := (&llm.Fallback{Lanes: []llm.Model{m}}).Stream(t.Context(), section(), nil); err != nil {
		t.Fatal(err)
	}
	asked, soft := m.asked[0], m.asked[1]
	last := soft.Blocks[1].Text
	before, after, _ := strings.Cut(asked.Blocks[1].Text, "<task ")
	if !strings.HasPrefix(last, before) || !strings.HasSuffix(last, "<task "+after) || !strings.Contains(last, "milder") || soft.Blocks[0] != asked.Blocks[0] {
		t.Errorf("asked\n%s", last)
	}
	if strings.Contains(asked.Blocks[1].Text, "milder") {
		t.Error("the first request changed")
	}
}

func TestTheFirstErrorSpeaksAndTellsOfTheOthers(t *testing.T) {
	a := &provider{caps: lane("openai/a"), script: one(fails(llm.Quota))}
	b := &provider{caps: lane("google/b"), script: one(fails(llm.Auth))}
	_, err := (&llm.Fallback{Lanes: []llm.Model{a, b}}).Stream(t.Context(), section(), nil)
	p := problem.Of(err)
	if llm.ClassOf(err) != llm.Quota || p.Detail != "the account at openai has no credit left" || p.Hint != "add credit there, or use another provider; the other models were asked too, in vain" {
		t.Errorf("got %v; hint %q", err, p.Hint)
	}
}

// chapter asks for the n-th section of a chapter.
func chapter(id string, n int) llm.Request {
	r := section()
	r.Artefact = fmt.Sprintf("section/%s/%d", id, n)
	return r
}

func TestTheWriterOfAChapterStays(t *testing.T) {
	for name, tt := range map[string]struct {
		first  []does // what lane a does; b always answers
		writer string // of the chapter, as the records know; "-" is a failure
		change func(*llm.Request)
		want   []string // who answers sections 1, 2, …; a class if nobody
	}{
		"all is well":                      {first: times(9, says("a")), want: []string{"openai/a", "openai/a"}},
		"the second goes on":               {first: append(one(fails(llm.Timeout)), times(9, says("a"))...), want: []string{"google/b", "google/b", "google/b"}},
		"one that fails is waited for":     {first: one(says("a"), fails(llm.Overloaded), says("a")), want: []string{"openai/a", "overloaded", "openai/a"}},
		"one without credit is replaced":   {first: append(one(says("a"), fails(llm.Quota)), times(9, says("a"))...), want: []string{"openai/a", "google/b", "google/b"}},
		"one with a bad key is replaced":   {first: append(one(says("a"), fails(llm.Auth)), times(9, says("a"))...), want: []string{"openai/a", "google/b", "google/b"}},
		"its refusal stands":               {first: one(says("a"), refuses("no"), refuses("no"), says("a")), want: []string{"openai/a", "refused by openai/a", "openai/a"}},
		"the records know":                 {first: times(9, says("a")), writer: "google/b", want: []string{"google/b", "google/b"}},
		"the records know a snapshot":      {first: times(9, says("a")), writer: "google/b-001", want: []string{"google/b", "google/b"}},
		"the records know one that left":   {first: times(9, says("a")), writer: "acme/x", want: []string{"openai/a", "openai/a"}},
		"the records cannot be read":       {first: times(9, says("a")), writer: "-", want: []string{"unavailable"}},
		"the book chose another since":     {first: times(9, says("a")), writer: "google/b", change: func(r *llm.Request) { r.Provider = "openai" }, want: []string{"openai/a"}},
		"a question that has no room left": {first: times(9, says("a")), writer: "google/b", change: func(r *llm.Request) { r.MaxTokens = 5000 }, want: []string{"openai/a"}},
	} {
		t.Run(name, func(t *testing.T) {
			a := &provider{caps: lane("openai/a"), script: tt.first}
			b := &provider{caps: lane("google/b"), script: times(9, says("b"))}
			b.caps.MaxOutput = 1000
			f := &llm.Fallback{Lanes: []llm.Model{a, b}}
			if tt.writer != "" {
				f.Writer = records(t, tt.writer)
			}
			var got []string
			for n := range tt.want {
				r := chapter("ch_1", n)
				if tt.change != nil {
					tt.change(&r)
				}
				got = append(got, answers(f.Stream(t.Context(), r, nil)))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("answered (-want +got):\n%s", diff)
			}
		})
	}
}

// records knows the writer of all chapters, or fails.
func records(t *testing.T, writer string) func(context.Context, string, string) (string, error) {
	return func(_ context.Context, id, prefix string) (string, error) {
		if id != "bk" || prefix != "section/ch_1/" {
			t.Errorf("asked who wrote %q of %q", prefix, id)
		}
		if writer == "-" {
			return "", problem.New(problem.Unavailable, "away")
		}
		return writer, nil
	}
}

// answers says who answered, or why nobody did.
func answers(res llm.Result, err error) string {
	switch {
	case llm.ClassOf(err) != "":
		return string(llm.ClassOf(err))
	case err != nil:
		return string(problem.Of(err).Kind)
	case res.Finish == llm.Refused:
		return "refused by " + res.Provider + "/" + res.Model
	default:
		return res.Provider + "/" + res.Model
	}
}

func TestAnotherChapterOrTaskMayHaveAnotherWriter(t *testing.T) {
	a := &provider{caps: lane("openai/a"), script: append(times(2, fails(llm.Timeout)), times(9, says("a"))...)}
	b := &provider{caps: lane("google/b"), script: times(9, says("b"))}
	f := &llm.Fallback{Lanes: []llm.Model{a, b}}
	elsewhere, beats, more := chapter("ch_1", 1), section(), section()
	elsewhere.Book = "other"
	beats.Role, beats.Artefact = llm.Beats, "beats/ch_1"
	more.Role, more.Artefact = llm.Beats, "beats/ch_2"
	for i, tt := range []struct {
		r    llm.Request
		want string
	}{{chapter("ch_1", 0), "google/b"}, {beats, "google/b"}, {more, "openai/a"}, {chapter("ch_2", 0), "openai/a"}, {elsewhere, "openai/a"}, {chapter("ch_1", 1), "google/b"}} {
		if got := answers(f.Stream(t.Context(), tt.r, nil)); got != tt.want {
			t.Errorf("call %d was answered by %s, want %s", i, got, tt.want)
		}
	}
}

func TestTheMemoryOfWritersIsBounded(t *testing.T) {
	f, _ := house(lane("openai/a"))
	asked := 0
	f.Writer = func(context.Context, string, string) (string, error) { asked++; return "", nil }
	for i := range 4097 {
		_ = answers(f.Stream(t.Context(), chapter(fmt.Sprint(i), 0), nil))
	}
	before := asked
	_ = answers(f.Stream(t.Context(), chapter("4096", 1), nil)) // remembered
	_ = answers(f.Stream(t.Context(), chapter("0", 1), nil))    // not any more
	if before != 4097 || asked != 4098 {
		t.Errorf("the records were asked %d, then %d times", before, asked)
	}
}

func TestAProviderThatOnlyFailsIsLeftAloneForAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &calls{}
		a := &provider{caps: lane("openai/a"), log: log, script: append(times(7, fails(llm.Overloaded)), times(9, says("a"))...)}
		m := &llm.Fallback{Lanes: []llm.Model{a}}
		ask := func(want string, calls int, again time.Duration) {
			t.Helper()
			r := planned()
			res, err := m.Stream(t.Context(), r, nil)
			wait := time.Duration(0)
			if err != nil {
				wait = problem.Of(err).Wait
			}
			if got := answers(res, err); got != want || len(a.asked) != calls || wait != again || res.Cost.USD != 0 && err != nil {
				t.Errorf("after %d calls: %s, come again in %v; want %s after %d, again in %v", len(a.asked), got, wait, want, calls, again)
			}
		}
		pass := func(d time.Duration) { <-time.After(d) }
		for i := range 5 {
			ask("overloaded", i+1, 0)
		}
		ask("overloaded", 5, 30*time.Second)
		pass(29 * time.Second)
		ask("overloaded", 5, time.Second)
		pass(time.Second)
		ask("overloaded", 6, 0) // the probe fails
		ask("overloaded", 6, time.Minute)
		pass(time.Minute)
		ask("overloaded", 7, 0)
		ask("overloaded", 7, 2*time.Minute)
		pass(2 * time.Minute)
		ask("openai/a", 8, 0)
		ask("openai/a", 9, 0)
	})
}

func TestACallerWhoLeavesTellsNothingOfTheProvider(t *testing.T) {
	m := &model{err: llm.NewFault(llm.Timeout, "openai", nil)}
	f := &llm.Fallback{Lanes: []llm.Model{m}}
	for range 9 {
		ctx, leave := context.WithCancel(t.Context())
		m.after = leave
		_ = answers(f.Stream(ctx, planned(), nil))
	}
	if m.asked != 9 {
		t.Errorf("asked %d times", m.asked)
	}
}

func TestTheRestOfAProviderIsFiveMinutesAtMost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &llm.Fallback{Lanes: []llm.Model{&provider{caps: lane("openai/a"), script: times(99, fails(llm.Unreachable))}}}
		rest := time.Duration(0)
		for range 20 {
			_, err := f.Stream(t.Context(), planned(), nil)
			if wait := problem.Of(err).Wait; wait > 0 {
				rest = wait
				<-time.After(wait)
			}
		}
		if rest != 5*time.Minute {
			t.Errorf("the last rest was %v", rest)
		}
	})
}

func TestALaneWhoseProviderRestsIsPassedOver(t *testing.T) {
	log := &calls{}
	a := &provider{caps: lane("openai/a"), log: log, script: times(9, fails(llm.Timeout))}
	c := &provider{caps: lane("openai/c"), log: log, script: times(9, says("c"))}
	b := &provider{caps: lane("google/b"), log: log, script: times(9, says("b"))}
	f := &llm.Fallback{Lanes: []llm.Model{a, c, b}}
	r := planned()
	r.Skip = []string{"openai/c"} // asked last, so that only a is seen to fail
	for range 7 {
		if got := answers(f.Stream(t.Context(), r, nil)); got != "google/b" {
			t.Errorf("answered by %s", got)
		}
	}
	if len(a.asked) != 5 || len(b.asked) != 7 || len(c.asked) != 0 {
		t.Errorf("asked a %d, b %d, c %d times", len(a.asked), len(b.asked), len(c.asked))
	}
}

func TestOnlyFailuresInARowCount(t *testing.T) {
	for name, between := range map[string]does{
		"an answer":     says("words"),
		"a refused key": fails(llm.Auth),
		"no JSON":       fails(llm.BadJSON),
	} {
		a := &provider{caps: lane("openai/a"), script: append(append(times(4, fails(llm.Timeout)), between), times(4, fails(llm.Timeout))...)}
		f := &llm.Fallback{Lanes: []llm.Model{a}}
		for range 9 {
			_ = answers(f.Stream(t.Context(), planned(), nil))
		}
		if len(a.asked) != 9 {
			t.Errorf("%s between failures: %d calls", name, len(a.asked))
		}
	}
	limits := &provider{caps: lane("openai/a"), script: times(9, fails(llm.RateLimited))}
	f := &llm.Fallback{Lanes: []llm.Model{limits}}
	for range 9 {
		_ = answers(f.Stream(t.Context(), planned(), nil))
	}
	if len(limits.asked) != 9 {
		t.Errorf("a limit opened the breaker: %d calls", len(limits.asked))
	}
}

func TestOneProbeAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := does{says: "words", finish: llm.Stop, takes: 10 * time.Second}
		a := &provider{caps: lane("openai/a"), script: append(times(5, fails(llm.Timeout)), times(9, slow)...)}
		f := &llm.Fallback{Lanes: []llm.Model{a}}
		for range 5 {
			_ = answers(f.Stream(t.Context(), planned(), nil))
		}
		<-time.After(30 * time.Second)
		probe := func(ctx context.Context) chan string {
			done := make(chan string, 1)
			go func() { done <- answers(f.Stream(ctx, planned(), nil)) }()
			synctest.Wait()
			return done
		}
		ctx, leave := context.WithCancel(t.Context())
		left := probe(ctx)
		if got := answers(f.Stream(t.Context(), planned(), nil)); got != "timeout" || len(a.asked) != 6 {
			t.Errorf("beside a probe: %s after %d calls", got, len(a.asked))
		}
		leave() // a probe that its caller left tells nothing: the next call probes
		if got := <-left; got != "canceled" {
			t.Errorf("the probe that was left: %s", got)
		}
		if got := <-probe(t.Context()); got != "openai/a" || len(a.asked) != 7 {
			t.Errorf("the next probe: %s after %d calls", got, len(a.asked))
		}
		one, two := probe(t.Context()), probe(t.Context())
		if first, second := <-one, <-two; first != "openai/a" || second != "openai/a" {
			t.Errorf("two at once after the probe: %s and %s", first, second)
		}
	})
}

func TestTheFallbackCanWhatItsFirstLaneCan(t *testing.T) {
	f, _ := house(lane("openai/a"), lane("google/b"))
	if f.Caps().Name() != "openai/a" || (&llm.Fallback{}).Caps().Name() != "/" {
		t.Errorf("caps of %s", f.Caps().Name())
	}
}
