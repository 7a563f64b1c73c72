package llmtest_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/llm"
	"quire/llm/fake"
)

// ending is all that a call leaves behind.
type ending struct {
	Calls  string        // as the server saw them: status or finish, b: is the second lane
	Tries  string        // as they were recorded: outcome and tokens in+out, q is the question's 100, q' a longer one, ~ is estimated
	Waited time.Duration // on a clock that only waiting moves
	Text   string        // whole, or whole[:n], or itself
	Finish llm.Finish
	Class  llm.Class     // of the error, "" is none
	Again  time.Duration // when to come again, as the error says
	Cost   string        // of all tries; billed is what the server counted, where questions are longer than q
	Kept   bool          // in the journal
}

// stackCase is a fault script with what comes of it.
type stackCase struct {
	wires  []fake.Route // nil is all
	rules  []fake.Rule  // for the first lane
	second []fake.Rule  // for the second; nil is no second lane
	ask    func() llm.Request
	leaves time.Duration // when the caller goes, 0 is never
	down   int           // dials that find nobody
	keys   []string      // that the server takes
	most   book.USD      // budget; 0 is enough for anything
	want   ending
	but    map[fake.Route]func(*ending) // what is otherwise on a wire
}

func TestEachFaultScriptEndsAsItShouldOnEachWire(t *testing.T) {
	cases := stackCases()
	if len(cases) < 40 {
		t.Errorf("%d fault scripts, want 40 at least", len(cases))
	}
	for name, tt := range cases {
		wires := tt.wires
		if wires == nil {
			wires = routes
		}
		for _, route := range wires {
			t.Run(name+"/"+string(route), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { hold(t, tt, route) })
			})
		}
	}
}

// hold plays a case on a wire and holds it against what is wanted.
func hold(t *testing.T, tt stackCase, route fake.Route) {
	server := &fake.Server{Keys: tt.keys}
	lanes := []fake.Route{route}
	server.Script.Rules = routed(tt.rules, route)
	if tt.second != nil {
		lanes = append(lanes, next(route))
		server.Script.Rules = append(server.Script.Rules, routed(tt.second, next(route))...)
	}
	h, end := build(server, lanes...)
	defer end()
	h.client.Transport = &flaky{h.client.Transport, tt.down}
	if tt.most > 0 {
		h.cap = tt.most
	}
	r := prose()
	if tt.ask != nil {
		r = tt.ask()
	}
	want := tt.want
	if change := tt.but[route]; change != nil {
		change(&want)
	}
	got := h.play(t, tt, route, r)
	if want.Cost == "billed" {
		want.Cost = h.billed().String()
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what came of it (-want +got):\n%s", diff)
	}
	if all := h.tries.cost().String(); got.Cost != all {
		t.Errorf("the result cost %s, but its tries %s", got.Cost, all)
	}
	h.accounts(t)
	h.settled(t)
	h.again(t, r, got)
}

// play asks once.
func (h *house) play(t *testing.T, tt stackCase, route fake.Route, r llm.Request) ending {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if tt.leaves > 0 {
		time.AfterFunc(tt.leaves, cancel)
	}
	began := time.Now()
	var heard strings.Builder
	res, err := h.model.Stream(ctx, r, func(c llm.Chunk) error {
		if c.Again {
			heard.Reset()
		}
		heard.WriteString(c.Text)
		return nil
	})
	got := ending{Waited: time.Since(began), Text: named(res.Text), Finish: res.Finish, Class: llm.ClassOf(err), Cost: res.Cost.String(), Kept: h.memory.len() == 1}
	if err == nil && res.Finish != llm.Refused && heard.String() != res.Text {
		t.Errorf("heard %q, but the text is %q", heard.String(), res.Text)
	}
	if err != nil && strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), stackKey.Reveal()) {
		t.Error("the key is in the error")
	}
	var f *llm.Fault
	if errors.As(err, &f) {
		got.Again = f.Problem.Wait
	}
	synctest.Wait() // the server has heard of whoever left
	got.Calls, got.Tries = saw(h.server.Log(), route), recorded(h.tries.all(), route)
	return got
}

// routed gives rules their wire.
func routed(rules []fake.Rule, route fake.Route) []fake.Rule {
	out := slices.Clone(rules)
	for i := range out {
		out[i].Route = string(route)
	}
	return out
}

// flaky is a network on which the first dials find nobody.
type flaky struct {
	http.RoundTripper
	down int
}

func (f *flaky) RoundTrip(r *http.Request) (*http.Response, error) {
	if f.down--; f.down >= 0 {
		return nil, errors.New("dial: nobody listens")
	}
	return f.RoundTripper.RoundTrip(r)
}

func named(text string) string {
	rest, longer := strings.CutPrefix(text, whole)
	switch {
	case text == "" || text == plan:
		return text
	case longer && rest == "":
		return "whole"
	case strings.HasPrefix(whole, text):
		return fmt.Sprintf("whole[:%d]", len(text))
	case len(text) > 100:
		return fmt.Sprintf("%s… of %d", text[:8], len(text))
	default:
		return text
	}
}

// runs joins words; what stands n times in a row is said once.
func runs(list []string, separator string) string {
	var out []string
	for i := 0; i < len(list); {
		n := 1
		for i+n < len(list) && list[i+n] == list[i] {
			n++
		}
		if i += n; n > 1 {
			out = append(out, fmt.Sprintf("%s×%d", list[i-1], n))
		} else {
			out = append(out, list[i-1])
		}
	}
	return strings.Join(out, separator)
}

func saw(log []fake.Call, first fake.Route) string {
	var list []string
	for _, c := range log {
		lane := ""
		if c.Route != first {
			lane = "b:"
		}
		list = append(list, lane+c.Outcome)
	}
	return runs(list, " ")
}

func recorded(all []llm.Try, first fake.Route) string {
	var list []string
	for _, t := range all {
		text := t.Outcome
		switch {
		case t.Usage.Input == 100:
			text += fmt.Sprintf(" q+%d", t.Usage.Output)
		case t.Usage.Input > 100:
			text += fmt.Sprintf(" q'+%d", t.Usage.Output)
		}
		if t.Estimated {
			text += "~"
		}
		if t.Provider != providers[first] {
			text = "b:" + text
		}
		list = append(list, text)
	}
	return runs(list, ", ")
}

// billed is what the server has counted of whole answers, and our estimate of
// all others.
func (h *house) billed() llm.Cost {
	sum, all := llm.Free, h.tries.all()
	for i, c := range h.server.Log() {
		switch {
		case c.Whole():
			sum = sum.Plus(price.Of(c.Usage))
		case i < len(all):
			sum = sum.Plus(all[i].Cost)
		}
	}
	return sum
}

// accounts holds the books of the house against each other: tries, totals,
// buckets and what the server counted.
func (h *house) accounts(t *testing.T) {
	t.Helper()
	all, calls, cost := h.tries.all(), 0, llm.Free
	for _, total := range h.totals.List() {
		calls, cost = calls+total.Calls, cost.Plus(total.Cost)
	}
	if calls != len(all) || cost != h.tries.cost() {
		t.Errorf("%d calls for %s in the totals, but %d tries for %s were recorded", calls, cost, len(all), h.tries.cost())
	}
	log := h.server.Log()
	if at := len(all) - len(log); at >= 0 {
		all = all[at:] // those before never arrived
	} else {
		t.Fatalf("the server saw %d calls, but %d tries were recorded", len(log), len(all))
	}
	for i, c := range log {
		used := c.Usage
		used.Reasoning = all[i].Usage.Reasoning
		if c.Whole() && !all[i].Estimated && used != all[i].Usage {
			t.Errorf("call %d used %+v, but %+v was recorded", i+1, c.Usage, all[i].Usage)
		}
	}
}

// again asks once more: what is in the journal is asked of nobody, and what is
// not in it is asked again.
func (h *house) again(t *testing.T, r llm.Request, got ending) {
	t.Helper()
	if !got.Kept {
		return
	}
	before, began := len(h.server.Log()), time.Now()
	res, err := h.model.Stream(t.Context(), r, nil)
	if err != nil || named(res.Text) != got.Text || res.Finish != got.Finish {
		t.Errorf("the journal says %q, %s (%v)", res.Text, res.Finish, err)
	}
	if n := len(h.server.Log()) - before; n != 0 || time.Since(began) != 0 {
		t.Errorf("%d calls and %s for a reply that is in the journal", n, time.Since(began))
	}
}
